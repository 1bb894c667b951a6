import { type Finding, ZERO } from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import { matcherOf } from '../match/index.js'
import { type RowIdentity, type RowOnItsWay, rowsOnTheirWay } from '../state/index.js'
import type { TablesMatched } from './matched.js'
import { identityOf, identityText } from './row-identity.js'
import type { Tools } from './tools.js'

export interface Confirmations {
  /** Rows that the rules no longer ask for: the extracts show that the ERP has taken them. */
  readonly confirmed: readonly RowIdentity[]
  /** LOAD-UNCONFIRMED: sent so long ago, and still asked for. One a load. */
  readonly findings: readonly Finding[]
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
  return {
    confirmed: onTheirWay.filter((one) => one.sent_at !== null && !asked.has(identityText(one))),
    findings: [...overdue].map(([load, rows]) => unconfirmed(load, rows, tools)),
  }
}

function unconfirmed(load: string, rows: readonly RowOnItsWay[], { workspace }: Tools): Finding {
  const shown = rows.slice(0, 5).map(({ row_key }) => (JSON.parse(row_key) as unknown[]).join(' '))
  return {
    code: 'LOAD-UNCONFIRMED',
    keys: { load },
    message: `Load ${load} was sent at ${rows[0]?.sent_at}, and the extracts do not show ${rows.length} of its rows: ${shown.join(', ')}${rows.length > shown.length ? ', ...' : ''}`,
    amountAtRisk: ZERO,
    currency: workspace.settings.currency,
    values: { sent: rows[0]?.sent_at ?? null, 'rows not shown': String(rows.length) },
    tolerance: null,
    evidence: [],
  }
}
