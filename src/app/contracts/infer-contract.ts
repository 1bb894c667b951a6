import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { extractRelations, relations } from '../../canonical/index.js'
import { type ExtractContract, findWorkspace, formatProblems, loadContract } from '../../config/index.js'
import {
  type DescribedColumn,
  type Inferred,
  inferContract as infer,
  storedAsLines,
  titlesAbove,
} from '../../contracts/index.js'
import { MatchbookError, nearMiss } from '../../errors/index.js'
import { copyAsLines } from '../../formats/delimited/index.js'
import { type InputFile, inputFile } from '../diff/input-file.js'
import { openCalculator } from '../open-calculator.js'
import { nameFromFile, writeProposed } from '../templates/proposed-file.js'
import { shippedFolder } from '../workspace/shipped.js'
import { checkUnder } from './check-file.js'
import { describedLayout } from './described-layout.js'

export interface InferContractRequest {
  readonly file: string
  readonly workspace: string | undefined
  readonly name: string | undefined
  readonly source: string | undefined
  readonly relation: string | undefined
  /** FIELD=COLUMN. */
  readonly map: readonly string[]
  /** FIELD=VALUE. */
  readonly constants: readonly string[]
  readonly layout: string | undefined
  readonly delimiter: string | undefined
  readonly encoding: 'utf-8' | 'windows-1252' | undefined
  readonly output: string | undefined
}

export interface InferredContract extends Inferred {
  readonly contract: string
  /** Where it was written; null: nowhere. */
  readonly output: string | null
  /** Lines with decide: questions to a person. */
  readonly decide: readonly string[]
  /** The file under the contract proposed. */
  readonly check: {
    readonly usable: boolean
    readonly accepted: number
    readonly rejected: number
    readonly findings: readonly string[]
  }
}

const SHOWN = 5

/**
 * Proposes a contract for a file, makes sure that it validates, and holds the file against it.
 * @throws USAGE
 */
export async function inferContract(request: InferContractRequest): Promise<InferredContract> {
  const { file, output, workspace } = request
  const contract = request.name ?? nameFromFile(output ?? file, 'extract')
  const relation = request.relation === undefined ? undefined : relationOf(request.relation)
  const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-infer-'))
  const engine = await openCalculator(folder)
  try {
    const layout = request.layout === undefined ? undefined : await describedLayout(request.layout)
    const stored = await storedAsLines(file, layout, path.join(folder, 'unpacked-lines'))
    const input = stored === undefined ? await inputFile(file, folder, undefined, titlesAbove) : undefined
    const cut = stored ?? (input && (await withoutLineEnds(input, layout, folder)))
    const inferred = await infer(engine, {
      path: cut?.path ?? input?.path ?? file,
      recordLength: cut?.recordLength,
      stored,
      workbook: input?.workbook === true,
      nested: input?.nested,
      copiedFrom: stored?.file.encoding ?? input?.copied?.encoding,
      tempFolder: folder,
      name: contract,
      fileName: path.basename(file),
      source: request.source,
      layout,
      delimiter: request.delimiter,
      encoding: request.encoding,
      known: await knownContracts(workspace),
      relation,
      map: pairs(request.map, '--map'),
      constants: pairs(request.constants, '--constant'),
    })
    const proposed = await validated(inferred.yaml, contract, folder)
    const check = await checkUnder(proposed, file)
    if (output !== undefined) await writeProposed(output, inferred.yaml)
    return {
      ...inferred,
      contract,
      output: output ?? null,
      decide: inferred.yaml.split('\n').flatMap((line) => /#.*\b(decide: .*)$/.exec(line)?.[1] ?? []),
      check: {
        usable: check.usable,
        accepted: check.accepted,
        rejected: check.rejected,
        findings: check.findings.slice(0, SHOWN).map(({ code, message }) => `${code}  ${message}`),
      },
    }
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Records that follow one another without line ends, cut where the description of their places says that they end. */
async function withoutLineEnds(
  { path: text, copied, nested }: InputFile,
  layout: readonly DescribedColumn[] | undefined,
  folder: string,
): Promise<{ readonly path: string; readonly recordLength: number } | undefined> {
  const recordLength = Math.max(0, ...(layout ?? []).map(({ from = 1, width = 0 }) => from - 1 + width))
  if (recordLength === 0 || nested !== undefined || (await hasLineEnd(text))) return undefined
  const lines = path.join(folder, 'lines')
  const unreadable = await copyAsLines(copied?.original ?? text, lines, {
    encoding: copied?.encoding ?? 'utf-8',
    recordLength,
  })
  return unreadable === undefined ? { path: lines, recordLength } : undefined
}

async function hasLineEnd(file: string): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1 << 16), 0, 1 << 16, 0)
    return buffer.subarray(0, bytesRead).includes(10)
  } finally {
    await handle.close()
  }
}

function relationOf(written: string): (typeof extractRelations)[number] {
  const found = extractRelations.find((name) => name === written)
  if (found !== undefined) return found
  throw new MatchbookError('USAGE', `no relation "${written}" is filled by extracts`, {
    hint: `There are: ${extractRelations.join(', ')}${nearMiss(written, extractRelations) === undefined ? '' : `; was ${nearMiss(written, extractRelations)} meant?`}`,
  })
}

function pairs(written: readonly string[], flag: string): Record<string, string> {
  const fields = new Set(extractRelations.flatMap((relation) => Object.keys(relations[relation])))
  return Object.fromEntries(
    written.map((pair) => {
      const at = pair.indexOf('=')
      const field = pair.slice(0, at).trim()
      if (at < 1 || !fields.has(field))
        throw new MatchbookError(
          'USAGE',
          `${flag} ${pair}: ${at < 1 ? 'there is no =' : `no relation has a field "${field}"`}`,
          {
            hint:
              at < 1
                ? `Write ${flag} FIELD=${flag === '--map' ? 'COLUMN' : 'VALUE'}`
                : `Was ${nearMiss(field, fields) ?? 'another'} meant?`,
          },
        )
      return [field, pair.slice(at + 1).trim()]
    }),
  )
}

/** Contracts whose names of columns are known: those of the workspace and those shipped. One with mistakes teaches nothing. */
async function knownContracts(workspace: string | undefined): Promise<ExtractContract[]> {
  const own = await findWorkspace(workspace ?? process.cwd(), workspace !== undefined).catch((error) => {
    if (workspace !== undefined) throw error
    return undefined
  })
  const known: ExtractContract[] = []
  for (const root of [...(own === undefined ? [] : [own]), shippedFolder()]) {
    const folder = path.join(root, 'templates', 'extracts')
    for (const name of (await readdir(folder).catch(() => [])).sort()) {
      const { value } = await loadContract(path.join(folder, name), [])
      if (value !== undefined) known.push(value)
    }
  }
  return known
}

/** A proposal that does not validate is our own mistake. */
async function validated(yaml: string, name: string, folder: string): Promise<ExtractContract> {
  const file = path.join(folder, `${name}.yaml`)
  await writeFile(file, yaml)
  const { value: contract, problems } = await loadContract(file, [])
  if (contract === undefined || problems.length > 0)
    throw new Error(`the contract proposed does not validate:\n${formatProblems(problems)}\n${yaml}`)
  return contract
}
