import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import { type CanonicalDocument, type Finding, ZERO } from '../canonical/index.js'
import type { JobSettings, X12Input } from '../config/index.js'
import { readDocument } from '../documents/index.js'
import { fileChunks, readInterchanges, type Transaction, type X12Finding } from '../formats/x12/index.js'
import {
  arrivalOf,
  type FileRow,
  filesOf,
  type NewDocument,
  type StateDatabase,
  saveDocument,
  saveFileFindings,
  setDisposition,
} from '../state/index.js'
import { assertTied, documentTotals } from './control-totals.js'
import { checkPartner, type Parties, partiesOf } from './partner-check.js'
import type { Run, StepResult } from './run.js'
import type { ReadDocuments } from './run-summary.js'
import type { Tools } from './tools.js'

const NOTHING: ReadDocuments = { in: 0, taken: 0, known: 0, unusable: 0 }

/** Reads the X12 files taken and not yet read. Each file's documents, findings and disposition are one transaction of the store. */
export async function readDrops(_run: Run, job: JobSettings, tools: Tools): Promise<StepResult<ReadDocuments>> {
  const inputs = Object.entries(job.inputs).filter((entry): entry is [string, X12Input] => entry[1].kind === 'x12')
  const files = await filesOf(
    tools.state.database,
    job.job,
    inputs.map(([name]) => name),
    ['taken'],
  )
  const parties = partiesOf(tools.workspace)
  let total = NOTHING
  for (const [n, file] of files.entries()) {
    tools.progress.advance(n, files.length, 'files')
    const sets = inputs.find(([name]) => name === file.input)?.[1].sets ?? []
    const read = await readFile(file, sets, parties, tools)
    total = sum(total, read)
  }
  assertTied([documentTotals(total)])
  const unusable = total.unusable > 0 ? `, ${total.unusable} unusable` : ''
  return { output: total, said: `${total.taken} documents from ${files.length} files${unusable}` }
}

const sum = (a: ReadDocuments, b: ReadDocuments): ReadDocuments => ({
  in: a.in + b.in,
  taken: a.taken + b.taken,
  known: a.known + b.known,
  unusable: a.unusable + b.unusable,
})

async function readFile(
  file: FileRow,
  sets: readonly string[],
  parties: Parties,
  tools: Tools,
): Promise<ReadDocuments> {
  const findings: Finding[] = []
  const documents: {
    readonly document: CanonicalDocument
    readonly partner: string
    readonly company: string | undefined
  }[] = []
  let unusable = 0
  const say = (finding: X12Finding, document?: string) => findings.push(findingOf(file, finding, document, tools))
  for await (const item of readInterchanges(fileChunks(await tools.archive.path(file.sha256)))) {
    if (item.kind === 'finding') {
      say(item.finding)
      if (item.finding.scope === 'transaction') unusable++
      continue
    }
    const { transaction } = item
    const sender = checkPartner(transaction.envelope, file.partner, parties)
    const refusal = sender.finding ?? unwanted(transaction, sets)
    const read = refusal === undefined ? readDocument(transaction) : undefined
    if (refusal !== undefined) say({ ...refusal, ...place(transaction) }, transaction.envelope.transactionControl)
    for (const finding of read?.findings ?? [])
      say({ ...finding, ...finding.span, scope: 'transaction' }, transaction.envelope.transactionControl)
    if (read?.document === undefined || sender.partner === undefined) unusable++
    else documents.push({ document: read.document, partner: sender.partner, company: sender.company })
  }
  if (documents.length === 0 && findings.length === 0) say({ ...empty, byteOffset: 0, byteLength: file.size, line: 1 })

  return tools.state.database.transaction().execute(async (database) => {
    const counts = { taken: 0, known: 0 }
    for (const { document, partner, company } of documents) {
      const row = documentRow(file, document, partner, company, tools)
      const arrival = await arrivalOf(database, row)
      if (arrival === 'taken') counts.taken++
      if (arrival === 'known') counts.known++
      if (arrival === 'control-reused') {
        unusable++
        say({ ...controlReused(document), ...document.span }, document.envelope.transactionControl)
      }
      if (arrival === 'taken') await saveDocument(database, row)
    }
    const records = counts.taken + counts.known + unusable
    await saveFileFindings(database, file.id, findings)
    await disposeOf(database, file, records, counts.taken + counts.known, unusable, findings)
    return { in: records, ...counts, unusable }
  })
}

async function disposeOf(
  database: StateDatabase,
  file: FileRow,
  records: number,
  accepted: number,
  rejected: number,
  findings: readonly Finding[],
): Promise<void> {
  const lost = accepted === 0 && findings.length > 0
  await setDisposition(database, file.id, {
    disposition: lost ? 'quarantined' : 'read',
    reason:
      findings.length === 0
        ? null
        : `${findings[0]?.message}${findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''}`,
    records,
    accepted,
    rejected,
  })
}

const place = ({ span }: Transaction) => ({ ...span, segment: 'ST', scope: 'transaction' as const })

/** A set this input does not take: somebody sends more than was agreed, and must hear of it. */
function unwanted(transaction: Transaction, sets: readonly string[]): Refusal | undefined {
  if (sets.includes(transaction.set)) return undefined
  return {
    code: 'X12-UNSUPPORTED',
    standardCode: '1',
    message: `This drop takes ${sets.join(' and ')}, not ${transaction.set}`,
  }
}

type Refusal = Pick<X12Finding, 'code' | 'standardCode' | 'message'>

const empty = {
  code: 'FILE-EMPTY',
  standardCode: '',
  message: 'The file holds no transaction',
  scope: 'interchange',
  segment: 'ISA',
} as const

const controlReused = ({ envelope }: CanonicalDocument) =>
  ({
    code: 'X12-CONTROL-DUPLICATE',
    standardCode: '23',
    scope: 'transaction',
    segment: 'ST',
    message: `Interchange ${envelope.interchangeControl}, group ${envelope.groupControl}, transaction ${envelope.transactionControl} was sent before with other content; this one was not taken`,
  }) as const

function findingOf(file: FileRow, finding: X12Finding, document: string | undefined, { workspace }: Tools): Finding {
  const field =
    finding.segment === undefined
      ? undefined
      : `${finding.segment}${finding.element === undefined ? '' : String(finding.element).padStart(2, '0')}`
  return {
    code: finding.code,
    keys: {
      file: file.name,
      ...(file.partner === null ? {} : { partner: file.partner }),
      ...(document === undefined ? {} : { document }),
      record: String(finding.byteOffset),
      ...(field === undefined ? {} : { field }),
    },
    message: `${file.name}, line ${finding.line}, byte ${finding.byteOffset}: ${finding.message}`,
    amountAtRisk: ZERO,
    currency: workspace.settings.currency,
    values: {
      ...(finding.standardCode === undefined || finding.standardCode === ''
        ? {}
        : { 'standard code': finding.standardCode }),
      ...(finding.value === undefined ? {} : { value: finding.value }),
    },
    tolerance: null,
    evidence: [
      {
        file: file.name,
        sha256: file.sha256,
        line: finding.line,
        byteOffset: finding.byteOffset,
        byteLength: finding.byteLength,
        ...(field === undefined ? {} : { field }),
        ...(finding.value === undefined ? {} : { value: finding.value }),
      },
    ],
  }
}

const kinds: Readonly<Record<CanonicalDocument['kind'], (document: never) => string>> = {
  invoice: ({ invoiceNumber }: Extract<CanonicalDocument, { kind: 'invoice' }>) => invoiceNumber,
  acknowledgment: ({ poNumber }: Extract<CanonicalDocument, { kind: 'acknowledgment' }>) => poNumber,
  'purchase-order': ({ poNumber }: Extract<CanonicalDocument, { kind: 'purchase-order' }>) => poNumber,
}

function documentRow(
  file: FileRow,
  document: CanonicalDocument,
  partner: string,
  company: string | undefined,
  tools: Tools,
): NewDocument {
  const { envelope, span } = document
  const controls = [envelope.interchangeControl, envelope.groupControl, envelope.transactionControl]
  const content = createHash('sha256')
    .update(JSON.stringify(contentOf(document)))
    .digest('hex')
  const id = createHash('sha256')
    .update(JSON.stringify([partner, document.kind, controls, content]))
    .digest('hex')
    .slice(0, 20)
  return {
    id,
    file_id: file.id,
    job: file.job,
    kind: document.kind,
    partner,
    company: company ?? null,
    business_key: kinds[document.kind](document as never),
    interchange_control: envelope.interchangeControl,
    group_control: envelope.groupControl,
    transaction_control: envelope.transactionControl,
    content_hash: content,
    state: 'open',
    received_on: DateTime.fromISO(file.taken_at, { zone: tools.workspace.settings.timezone }).toISODate() ?? '',
    taken_at: file.taken_at,
    byte_offset: span.byteOffset,
    byte_length: span.byteLength,
    body: JSON.stringify(document),
  }
}

/** The document without its place in a file and its envelope: what makes two of them the same. */
const contentOf = (document: CanonicalDocument): unknown =>
  JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (key === 'span' || key === 'envelope' ? undefined : value)),
  )
