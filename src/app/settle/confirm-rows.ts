import { type Finding, ZERO } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { matcherOf } from '../../match/index.js'
import {
  loadResults,
  type RowIdentity,
  type RowOnItsWay,
  rowsOfLoad,
  rowsOnTheirWay,
  type StoredLoadResult,
} from '../../state/index.js'
import { rowsAskedAgain } from '../check/reversals-seen.js'
import { notSeen } from '../loads/load-findings.js'
import { identityOf, identityText } from '../loads/row-identity.js'
import type { TablesMatched } from '../match/matched.js'
import type { Tools } from '../tools.js'

export interface Confirmations {
  /** Rows that the rules no longer ask for: the extracts show that the ERP has taken them. */
  readonly confirmed: readonly RowIdentity[]
  /** LOAD-UNCONFIRMED or LOAD-PARTIAL: sent so long ago, and still asked for. One a load. */
  readonly findings: readonly Finding[]
  /** Rows of loads that take others back, seen by being asked for again. */
  readonly reversed: readonly StoredLoadResult[]
}

const HOUR = 3_600_000

/** What tonight's extracts say of the rows that earlier loads brought to the ERP. */
export async function confirmations(job: JobSettings, matched: TablesMatched, tools: Tools): Promise<Confirmations> {
  const loadable = matcherOf(job.matcher).tables.filter(({ load }) => load !== undefined)
  const asked = new Set(
    loadable.flatMap((table) => (matched.tables[table.name] ?? []).map((row) => identityText(identityOf(table, row)))),
  )
  const onTheirWay = await rowsOnTheirWay(tools.state.database, job.job)
  const limit = Date.parse(tools.now()) - Math.max(0, ...job.loads.map((load) => load['confirm-hours'])) * HOUR
  const isOverdue = ({ sent_at }: RowOnItsWay): boolean => sent_at !== null && Date.parse(sent_at) < limit
  const overdue = new Map<string, RowOnItsWay[]>()
  for (const row of onTheirWay.filter((one) => asked.has(identityText(one)) && isOverdue(one)))
    overdue.set(row.load_id, [...(overdue.get(row.load_id) ?? []), row])
  const findings: Finding[] = []
  for (const [load, rows] of overdue) {
    const told = await loadResults(tools.state.database, [load])
    const rejected = new Set(told.flatMap(({ status, row_id }) => (status === 'rejected' ? [row_id] : [])))
    // What the ERP refused has its own exception.
    const lost = rows.filter((row) => !rejected.has(identityText(row)))
    if (lost.length === 0) continue
    const names = lost.map(({ row_key }) => (JSON.parse(row_key) as unknown[]).join(' '))
    const of = (await rowsOfLoad(tools.state.database, load)).length
    findings.push(notSeen({ load, sentAt: lost[0]?.sent_at ?? '', names, of, amount: ZERO }, tools))
  }
  return {
    confirmed: onTheirWay.filter((one) => one.sent_at !== null && !asked.has(identityText(one))),
    findings,
    reversed: await rowsAskedAgain(job, asked, tools),
  }
}
