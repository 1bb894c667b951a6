import {
  absolute,
  add,
  type DecimalText,
  decimal,
  type ExceptionCode,
  type FindingKeys,
  ZERO,
} from '../../canonical/index.js'
import type { JobLoad, JobSettings } from '../../config/index.js'
import { fingerprint } from '../../exceptions/index.js'
import { type Loadable, matcherOf, type ResultTable, tableOf } from '../../match/index.js'
import type { PlannedRow, PlannedTable } from '../../outputs/load/index.js'
import {
  type LoadDecision,
  listExceptions,
  type RowIdentity,
  type RowOnItsWay,
  resultRows,
  rowsOnTheirWay,
  rowsTakenBack,
  type StateDatabase,
  type StoredException,
  type StoredRow,
  saveLoadDecisions,
} from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { type BookableLoad, bookLoad, type LoadContent, originOf, templateOf } from './book-load.js'
import { identityOf, identityText } from './row-identity.js'
import { type Payable, reconsider } from './waiting-loads.js'

/** A row of a matcher's table that may go out. */
export interface RowToLoad {
  /** The decision that let it go; none where nothing held it. */
  readonly decided?: LoadDecision
  readonly identity: RowIdentity
  readonly planned: PlannedRow
}

/**
 * The rows of the matcher's tables that a template takes, less those on their way to the ERP already and those that wait for a decision.
 * None when none is left.
 */
export async function planTableLoad(
  run: Run,
  job: JobSettings,
  load: JobLoad,
  tools: Tools,
): Promise<Partial<BookableLoad>> {
  const matcher = matcherOf(job.matcher)
  const payable: (readonly [kind: string, table: ResultTable, rows: readonly RowToLoad[]])[] = []
  for (const kind of new Set(templateOf(load, tools).files.map((file) => file.rows))) {
    const table = tableOf(matcher, kind)
    if (table?.load === undefined) throw new Error(`matcher ${matcher.name} leaves no table ${kind} to be loaded`)
    payable.push([kind, table, await freeRows(run, job, table, tools, load)])
  }
  const all = payable.flatMap(([, , rows]) => rows)
  const waiting = await reconsider(run, job, load, new Map(all.map(asPayable)), tools)
  const tables: Record<string, PlannedTable> = {}
  const rows: RowToLoad[] = []
  for (const [kind, table, some] of payable) {
    const free = some.filter(({ identity }) => !waiting.held.has(identityText(identity)))
    tables[kind] = {
      columns: table.columns.map(({ name }) => name),
      rows: asOne(
        table.load ?? {},
        free.map(({ planned }) => planned),
      ),
    }
    for (const row of free) rows.push(row)
  }
  if (rows.length === 0) return { commit: waiting.commit }
  return bookLoad(originOf(run), job, load, { ...contentOf(rows), tables, commitFirst: waiting.commit }, tools)
}

const asPayable = ({ identity, decided }: RowToLoad): [string, Payable] => [
  identityText(identity),
  { decisions: decided === undefined ? [] : [decided] },
]

/**
 * Rows of one of the matcher's tables that may go out now: not on their way already nor taken back, and not held by an exception that is
 * undecided. Rows in loads of `reconsidered` that nobody has applied are judged anew.
 */
export async function freeRows(
  run: Run,
  job: JobSettings,
  table: ResultTable,
  { state }: Tools,
  reconsidered?: JobLoad,
): Promise<RowToLoad[]> {
  const { database } = state
  const waits = ({ status, template }: RowOnItsWay): boolean =>
    (status === 'waiting' || status === 'approved') && template === reconsidered?.template
  const onTheirWay = new Set([
    ...(await rowsOnTheirWay(database, job.job)).filter((row) => !waits(row)).map(identityText),
    ...(await rowsTakenBack(database, job.job)).map(identityText),
  ])
  const decided = await decidedExceptions(job.job, database)
  const free: RowToLoad[] = []
  for await (const row of resultRows(database, run.id, table.name)) {
    const loadable = asLoadable(table, row)
    if (onTheirWay.has(identityText(loadable.identity))) continue
    if (row.needs_code === null || row.needs_code === undefined) free.push(loadable)
    else {
      const released = releasedBy(job.job, loadable, row, decided)
      if (released !== undefined) free.push({ ...loadable, decided: released })
    }
  }
  return free
}

/** What the store is told of the rows that go out together. */
export function contentOf(rows: readonly RowToLoad[]): Omit<LoadContent, 'tables'> {
  // Rows of several files may be of one thing, and go by one decision.
  const decisions = [
    ...new Map(rows.flatMap(({ decided }) => (decided ? [[decided.subject, decided] as const] : []))).values(),
  ]
  const amounts = rows.flatMap(({ planned }) => planned.amount ?? [])
  return {
    ids: rows.map(({ identity }) => identityText(identity)),
    invoices: [],
    money: rows.flatMap(({ planned: { amount, fields } }) =>
      amount === undefined ? [] : [{ amount, currency: fields.currency }],
    ),
    moved:
      amounts.length === 0 ? undefined : amounts.reduce<DecimalText>((sum, amount) => add(sum, absolute(amount)), ZERO),
    currencies: [...new Set(rows.flatMap(({ planned }) => planned.fields.currency || []))],
    booked: { invoices: [], rows: rows.map(({ identity }) => identity) },
    audited: { decisions: [...new Set(decisions.map(({ exception_id }) => exceptionId(exception_id)))] },
    commit: (transaction: StateDatabase, loadId: string) => saveLoadDecisions(transaction, loadId, decisions),
  }
}

/** Rows of one thing go out as one: each field from the row that fills it. */
function asOne({ oneFor }: Loadable, rows: readonly PlannedRow[]): readonly PlannedRow[] {
  if (oneFor === undefined) return rows
  const merged = new Map<string, PlannedRow>()
  for (const row of rows) {
    const key = oneFor.map((name) => row.fields[name] ?? '').join(' ')
    const before = merged.get(key)
    merged.set(key, {
      ...row,
      key,
      fields: { ...before?.fields, ...row.fields },
      identities: [...(before?.identities ?? []), ...row.identities],
    })
  }
  return [...merged.values()]
}

function asLoadable(table: ResultTable, row: StoredRow): RowToLoad {
  const { company, amount } = table.load ?? {}
  const fields = Object.fromEntries(
    table.columns.flatMap(({ name }) => {
      const value = row[name]
      return value === null || value === undefined || value === '' ? [] : [[name, String(value)]]
    }),
  )
  const money = amount === undefined ? undefined : fields[amount]
  const identity = identityOf(table, row)
  return {
    identity,
    planned: {
      identities: [identityText(identity)],
      key: table.key.map((name) => row[name] ?? '').join(' '),
      company: (company === undefined ? undefined : fields[company]) ?? '',
      fields,
      ...(money === undefined ? {} : { amount: decimal(money) }),
      ...beforeOf(table, row),
    },
  }
}

/** What the ERP has where the row is to go, as far as its table says how that is found. */
function beforeOf({ load }: ResultTable, row: StoredRow): Pick<PlannedRow, 'before'> {
  if (load?.has !== undefined) return { before: typeof row.erp_has === 'string' ? JSON.parse(row.erp_has) : null }
  if (load?.was === undefined) return {}
  const text = (name: string): string | null =>
    row[name] === null || row[name] === undefined ? null : String(row[name])
  return { before: Object.fromEntries(Object.entries(load.was).map(([column, old]) => [column, text(old)])) }
}

/** Exceptions of the job about which a decision stands, by fingerprint. */
async function decidedExceptions(job: string, database: StateDatabase): Promise<ReadonlyMap<string, StoredException>> {
  const decided = await listExceptions(database, { job, statuses: ['decided'] })
  return new Map(decided.map((exception) => [exception.fingerprint, exception]))
}

/** The decision by which a row may go that an exception holds; undefined: it is not decided, or otherwise. */
function releasedBy(
  job: string,
  { identity }: RowToLoad,
  row: StoredRow,
  decided: ReadonlyMap<string, StoredException>,
): LoadDecision | undefined {
  const keys: Readonly<Record<string, string | null>> = JSON.parse(String(row.needs_keys ?? '{}'))
  const told = Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null && value !== ''))
  const code = String(row.needs_code) as ExceptionCode
  const exception = decided.get(fingerprint(job, { code, keys: told as FindingKeys }))
  const allowed = String(row.needs_decisions ?? '').split(',')
  const { decision } = exception ?? {}
  if (exception === undefined || decision?.state !== 'standing' || !allowed.includes(decision.decision))
    return undefined
  return {
    subject: identity.row_key,
    exception_id: exception.id,
    code,
    decision: decision.decision,
    decided_by: decision.decidedBy,
    agreed_by: decision.agreedBy,
    note: decision.note,
  }
}
