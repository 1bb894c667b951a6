import { absolute, add, type DecimalText, decimal, type Finding, type Source, ZERO } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import {
  invoicesOfLoad,
  invoicesOnTheirWay,
  type LoadRow,
  listLoads,
  loadResults,
  rowsOfLoad,
  type StoredLoadResult,
} from '../../state/index.js'
import type { Tools } from '../tools.js'
import { identityText } from './row-identity.js'

const HOUR = 3_600_000

/** What tonight says of loads: invoices that the vouchers show now, and what result files say. */
export interface Tonight {
  readonly confirmed: readonly string[]
  readonly results: readonly StoredLoadResult[]
}

/** LOAD-REJECTED: what the ERP's result files, tonight's and earlier ones, say it refused and nobody has given back. One a load and reason. */
export async function rejectedRows(job: JobSettings, tonight: Tonight, tools: Tools): Promise<Finding[]> {
  const { database } = tools.state
  const loads = (await listLoads(database, { job: job.job, statuses: ['sent'] })).reverse()
  const before = await loadResults(
    database,
    loads.map(({ id }) => id),
  )
  const last = new Map<string, Map<string, StoredLoadResult>>()
  for (const one of [...before, ...tonight.results])
    last.set(one.load_id, (last.get(one.load_id) ?? new Map()).set(one.row_id, one))
  const confirmed = new Set(tonight.confirmed)
  const findings: Finding[] = []
  for (const load of loads) {
    const told = [...(last.get(load.id)?.values() ?? [])]
    const rejected = told.filter(({ status, row_id }) => status === 'rejected' && !confirmed.has(row_id))
    if (rejected.length === 0) continue
    const amounts = await amountsOf(load, tools)
    const standing = rejected.filter(({ row_id }) => amounts.get(row_id) !== null)
    const byReason = new Map<string, StoredLoadResult[]>()
    for (const one of standing)
      byReason.set(one.reason_code ?? '', [...(byReason.get(one.reason_code ?? '') ?? []), one])
    const all = standing.length === (amounts.size || load.invoices || load.lines)
    for (const [reason, some] of byReason) findings.push(rejection(load, reason, some, all, amounts, tools))
  }
  return findings
}

/** By id the money of each row; null where it was given back, or an extract has shown it since. */
async function amountsOf({ id }: LoadRow, { state }: Tools): Promise<ReadonlyMap<string, DecimalText | null>> {
  const invoices = await invoicesOfLoad(state.database, id)
  const rows = await rowsOfLoad(state.database, id)
  return new Map([
    ...invoices.map((one): [string, DecimalText | null] => [
      one.invoice_id,
      one.given_back_at === null && one.state !== 'vouchered' ? absolute(decimal(one.amount)) : null,
    ]),
    ...rows.map((row): [string, DecimalText | null] => [
      identityText(row),
      row.given_back_at === null && row.confirmed_at === null ? ZERO : null,
    ]),
  ])
}

function rejection(
  load: LoadRow,
  reason: string,
  rows: readonly StoredLoadResult[],
  isAll: boolean,
  amounts: ReadonlyMap<string, DecimalText | null>,
  { workspace }: Tools,
): Finding {
  const words = rows.find((one) => one.reason !== null)?.reason
  const names = [...new Set(rows.map(({ reference }) => reference))]
  const said = [reason, words].filter(Boolean).join(': ') || 'no reason'
  return {
    code: 'LOAD-REJECTED',
    keys: { load: load.id, ...(reason === '' ? {} : { identifier: reason }) },
    message: `${isAll ? 'The ERP took NOTHING of load' : 'The ERP rejected rows of load'} ${load.id}: ${rows.length} by ${said}: ${listed(names)}`,
    amountAtRisk: rows.reduce<DecimalText>((sum, { row_id }) => add(sum, amounts.get(row_id) ?? ZERO), ZERO),
    currency: workspace.settings.currency,
    values: { reason: said, 'rows rejected': String(rows.length), rows: names.slice(0, 50).join(', ') },
    tolerance: null,
    evidence: rows.slice(0, 20).flatMap(placeOf),
  }
}

const placeOf = ({ file_name, file_sha256, record, reason_code }: StoredLoadResult): Source[] =>
  file_name === null
    ? []
    : [
        {
          file: file_name,
          ...(file_sha256 === null ? {} : { sha256: file_sha256 }),
          ...(record === null ? {} : { record }),
          field: 'reason_code',
          ...(reason_code === null ? {} : { value: reason_code }),
        },
      ]

/**
 * Invoices sent so long ago that the vouchers should show them, and do not: LOAD-UNCONFIRMED where they show none of the load, LOAD-PARTIAL
 * where they show some. What the ERP refused has its own.
 */
export async function invoicesNotSeen(job: JobSettings, tonight: Tonight, tools: Tools): Promise<Finding[]> {
  const { database } = tools.state
  const confirmHours = Math.max(0, ...job.loads.map((load) => load['confirm-hours']))
  const limit = new Date(Date.parse(tools.now()) - confirmHours * HOUR).toISOString()
  const confirmed = new Set(tonight.confirmed)
  const waiting = (await invoicesOnTheirWay(database, job.job, limit)).filter(
    ({ invoice_id }) => !confirmed.has(invoice_id),
  )
  const loads = [...new Set(waiting.map(({ load_id }) => load_id))]
  const told = [...(await loadResults(database, loads)), ...tonight.results]
  const rejected = new Set(
    told.flatMap(({ load_id, row_id, status }) => (status === 'rejected' ? [`${load_id} ${row_id}`] : [])),
  )
  return loads.flatMap((load) => {
    const rows = waiting.filter((one) => one.load_id === load && !rejected.has(`${load} ${one.invoice_id}`))
    const [first] = rows
    if (first === undefined) return []
    const amount = rows.reduce<DecimalText>((sum, one) => add(sum, absolute(decimal(one.amount))), ZERO)
    const names = rows.map(({ business_key }) => business_key)
    return [notSeen({ load, sentAt: first.sent_at ?? '', names, of: first.invoices, amount }, tools)]
  })
}

export interface NotSeen {
  readonly load: string
  readonly sentAt: string
  /** What people know the rows by that no extract shows. */
  readonly names: readonly string[]
  /** Rows of the load. */
  readonly of: number
  readonly amount: DecimalText
}

/** One a load. */
export function notSeen(
  { load, sentAt, names, of, amount }: NotSeen,
  { workspace }: Pick<Tools, 'workspace'>,
): Finding {
  const isNothing = names.length >= of
  return {
    code: isNothing ? 'LOAD-UNCONFIRMED' : 'LOAD-PARTIAL',
    keys: { load },
    message: `Load ${load} was sent at ${sentAt}, and the extracts show ${isNothing ? `NONE of its ${of} rows` : `${of - names.length} of its ${of} rows`}, not: ${listed(names)}`,
    amountAtRisk: amount,
    currency: workspace.settings.currency,
    values: { sent: sentAt, 'rows not shown': String(names.length), 'rows sent': String(of) },
    tolerance: null,
    evidence: [],
  }
}

const listed = (names: readonly string[]): string => `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', ...' : ''}`
