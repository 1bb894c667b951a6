import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'
import type { ColumnKind, SetEngine } from '../../canonical/index.js'
import { ExtractContract } from '../../config/extract-contract.js'
import { formatProblems, loadLoadTemplate } from '../../config/index.js'
import { asText, inferContract as inferLayout } from '../../contracts/index.js'
import { MatchbookError, nearMiss } from '../../errors/index.js'
import { plainDialect, sniffFile } from '../../formats/delimited/index.js'
import { matcherNeeds, matchers } from '../../match/index.js'
import { loadFields } from '../../outputs/load/index.js'
import { describedLayout } from '../contracts/described-layout.js'
import { inputFile } from '../diff/input-file.js'
import { openCalculator } from '../open-calculator.js'
import { acceptedColumns } from './accepted-columns.js'
import { draftTemplate, type LearntTemplate, type TemplateDraft } from './draft-template.js'
import { namesOf, type OfferedField } from './field-of-column.js'
import { nameFromFile, writeProposed } from './proposed-file.js'

export interface InferTemplateRequest {
  /** A file that the ERP accepted. */
  readonly file: string
  /** What a row is: invoice, or a table that a matcher leaves. */
  readonly rows: string
  readonly name: string | undefined
  readonly layout: string | undefined
  readonly delimiter: string | undefined
  readonly output: string | undefined
}

export interface InferredTemplate extends LearntTemplate {
  readonly output: string | null
}

/**
 * Proposes a load template from a file of the same import that the ERP accepted: its form, where each column stands, how numbers and
 * dates are written, what is the same in every row, and which field of ours a column is. What a person must decide stands in it as a comment.
 * @throws USAGE
 */
export async function inferTemplate(request: InferTemplateRequest): Promise<InferredTemplate> {
  const fields = fieldsOf(request.rows)
  const name = request.name ?? nameFromFile(request.file, 'load')
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new MatchbookError('USAGE', `${name} is no name for a template`, {
      hint: 'Lower-case letters, digits and single hyphens, starting with a letter',
    })
  const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-infer-'))
  const engine = await openCalculator(folder)
  try {
    const learnt = draftTemplate({
      name,
      file: path.basename(request.file),
      rows: request.rows,
      fields,
      ...(await read(engine, request, folder)),
    })
    await validated(learnt.yaml, name, folder)
    if (request.output !== undefined) await writeProposed(request.output, learnt.yaml)
    return { ...learnt, output: request.output ?? null }
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function read(
  engine: SetEngine,
  { file, layout, delimiter }: InferTemplateRequest,
  folder: string,
): Promise<Pick<TemplateDraft, 'contract' | 'accepted' | 'crlf' | 'sheet'>> {
  const input = await inputFile(file, folder)
  const { yaml } = await inferLayout(engine, {
    path: input.path,
    workbook: input.workbook === true,
    nested: input.nested,
    copiedFrom: input.copied?.encoding,
    tempFolder: folder,
    name: 'accepted',
    fileName: path.basename(file),
    source: undefined,
    layout: layout === undefined ? undefined : await describedLayout(layout),
    delimiter,
    encoding: undefined,
    known: [],
    relation: undefined,
    map: {},
    constants: {},
  })
  const contract = ExtractContract.parse(parse(yaml))
  const text = await asText(contract, file, path.join(folder, 'accepted.csv'))
  const { lineEnd } = await sniffFile(text.path, plainDialect)
  return {
    contract,
    accepted: await acceptedColumns(engine, text),
    crlf: lineEnd === 'crlf',
    ...(contract.format.kind === 'xlsx' ? { sheet: contract.format.sheet ?? (await firstSheet(file)) } : {}),
  }
}

async function firstSheet(file: string): Promise<string | undefined> {
  const { openWorkbook } = await import('../../formats/xlsx/index.js')
  const book = await openWorkbook(file)
  book.close()
  return book.sheets.find(({ hidden }) => !hidden)?.name
}

/** @throws USAGE for rows that nothing leaves */
function fieldsOf(rows: string): OfferedField[] {
  const known = [...new Set(Object.values(matcherNeeds()).flatMap(({ tables }) => tables))].sort()
  if (!known.includes(rows)) {
    const meant = nearMiss(rows, known)
    throw new MatchbookError(
      'USAGE',
      `no job leaves rows of ${rows}${meant === undefined ? '' : `; was ${meant} meant?`}`,
      {
        hint: `There are: ${known.join(', ')}`,
      },
    )
  }
  const ofLoads = Object.keys(loadFields).filter((field) => field.startsWith('load.'))
  if (rows === 'invoice' || rows === 'invoice-line') {
    const own = Object.keys(loadFields).filter(
      (field) => field.startsWith('invoice.') || (rows === 'invoice-line' && field.startsWith('line.')),
    )
    return [...own, ...ofLoads].map((from) => ({ from, kind: kindOfField(from), names: namesOf(from) }))
  }
  const table = [...matchers.values()]
    .flatMap(({ tables }) => tables)
    .find(({ name, load }) => load !== undefined && name.replaceAll('_', '-') === rows)
  return [
    ...(table?.columns ?? []).map(({ name, header, kind }) => ({
      from: name,
      kind: offeredKind(kind),
      names: [name, header],
    })),
    ...ofLoads.map((from) => ({ from, kind: kindOfField(from), names: namesOf(from) })),
  ]
}

const offeredKind = (kind: ColumnKind): OfferedField['kind'] =>
  kind === 'date' ? 'date' : kind === 'text' || kind === 'flag' ? 'text' : 'number'

const kindOfField = (from: string): OfferedField['kind'] =>
  from.endsWith('date') ? 'date' : /amount|quantity|price|row$|line\.number/.test(from) ? 'number' : 'text'

/** A proposal that does not validate is our own mistake. */
async function validated(yaml: string, name: string, folder: string): Promise<void> {
  const file = path.join(folder, `${name}.yaml`)
  await writeFile(file, yaml)
  const { value, problems } = await loadLoadTemplate(file, [])
  if (value === undefined || problems.length > 0)
    throw new Error(`the template proposed does not validate:\n${formatProblems(problems)}\n${yaml}`)
}
