import type { SetEngine } from '../../canonical/index.js'
import type { TextContract } from '../../config/index.js'
import { canonicalTexts, type Layout, readLayout, trailerFields } from '../../contracts/index.js'
import { MatchbookError } from '../../errors/index.js'
import {
  type Dialect,
  detectDialect,
  plainDialect,
  readHead,
  type Sniffed,
  sniffFile,
} from '../../formats/delimited/index.js'
import type { DiffRequest } from './diff-request.js'
import type { InputFile } from './input-file.js'

/** Where the columns of a file stand and what their texts are. */
export interface InputLayout extends Sniffed {
  /** Values of a record. */
  readonly width: number
  /** Column: its text, as SQL over c1, c2, ... */
  readonly columns: ReadonlyMap<string, string>
  readonly isTrailer: (lastRecord: string) => boolean
  readonly contract?: TextContract
  readonly binding?: Layout['binding']
  readonly opening?: Layout['opening']
}

/** @throws USAGE when the file has no header that names its columns, or not the columns of its contract */
export async function inputLayout(
  engine: SetEngine,
  file: InputFile,
  request: Pick<DiffRequest, 'delimiter' | 'encoding' | 'header'>,
): Promise<InputLayout> {
  if (file.contract !== undefined) return layoutByContract(engine, file, file.contract)
  const { delimiter, encoding, header } = request
  const dialect: Dialect =
    file.workbook === undefined && file.nested === undefined
      ? await detectDialect(file.path, {
          header,
          ...(delimiter === undefined ? {} : { delimiter }),
          ...(encoding === undefined ? {} : { encoding }),
        })
      : { ...plainDialect, header }
  const sniffed = await sniffFile(file.path, dialect)
  const [first = []] = await readHead(file.path, sniffed.dialect, 1)
  const names = header ? headerNames(file.name, first) : first.map((_, n) => String(n + 1))
  return {
    ...sniffed,
    width: first.length,
    columns: new Map(names.flatMap((name, n) => (name === '' ? [] : [[name, `c${n + 1}`]]))),
    isTrailer: () => false,
  }
}

function headerNames(file: string, header: readonly string[]): string[] {
  const names = header.map((name) => name.trim())
  const twice = names.find((name, n) => name !== '' && names.findIndex((other) => same(other, name)) !== n)
  if (twice !== undefined)
    throw new MatchbookError('USAGE', `${file}: the header has ${twice} twice, and nothing tells which is meant`, {
      hint: 'Rename one of the two in the file, or read it without its header: --no-header',
      facts: { file, column: twice },
    })
  return names
}

async function layoutByContract(engine: SetEngine, file: InputFile, contract: TextContract): Promise<InputLayout> {
  const layout = await readLayout(engine, contract, file.path)
  if (layout.faults.length > 0)
    throw new MatchbookError(
      'USAGE',
      `${file.name} is not as contract ${contract.contract} says: ${layout.faults.map(({ message }) => message).join('; ')}`,
      {
        hint: 'Name the contract that fits, or let columns be detected by leaving it out',
        facts: { file: file.name, contract: contract.contract },
      },
    )
  return {
    ...layout,
    width: layout.binding.width,
    columns: canonicalTexts(contract, layout.binding),
    isTrailer: (text) => trailerFields(contract, layout, text) !== undefined,
    contract,
  }
}

export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
