import { unsettled } from '../../exceptions/index.js'
import { matcherOf } from '../../match/index.js'
import type { EvidenceList } from '../../outputs/evidence/index.js'
import {
  decisionsWithin,
  type ExceptionEventRow,
  exceptionEventsBefore,
  importsWithin,
  loadDecisionsWithin,
  loadEventsWithin,
  loadsWithin,
  type RunRow,
  type Span,
  type StateDatabase,
  type StoredRow,
  sentWithin,
  stepsWithin,
} from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { ReadDocuments } from '../run-summary.js'
import { documentTotals, extractTotals } from '../settle/control-totals.js'
import type { Settled } from '../settle/settled.js'

/** A list from records, a column a field. */
export const listOf = <Row>(
  name: string,
  says: string,
  columns: Readonly<Record<string, (row: Row) => string | number | null>>,
  rows: readonly Row[],
): EvidenceList => ({
  name,
  says,
  columns: Object.keys(columns),
  rows: rows.map((row) =>
    Object.values(columns).map((cell) => {
      const value = cell(row)
      return value === null ? null : String(value)
    }),
  ),
})

/** An instant that lies after the end of the period was not known in it. */
export const known =
  ({ until }: Span) =>
  (instant: string | null): string | null =>
    instant !== null && instant < until ? instant : null

export const runList = (runs: readonly RunRow[], span: Span): EvidenceList => {
  const then = known(span)
  return listOf(
    'runs',
    'a run that began in the period',
    {
      run: ({ id }) => id,
      job: ({ job }) => job,
      kind: ({ kind }) => kind,
      as_of: ({ as_of }) => as_of,
      status: ({ status, finished_at }) => (then(finished_at) === null ? 'running' : status),
      started_at: ({ started_at }) => started_at,
      finished_at: ({ finished_at }) => then(finished_at),
      host: ({ host }) => host,
      version: ({ version }) => version,
      rules_of: ({ rules_of }) => rules_of,
    },
    runs,
  )
}

/** Control totals as the workbooks of the period showed them. */
export async function totalList(database: StateDatabase, span: Span): Promise<EvidenceList> {
  const steps = await stepsWithin(database, span, ['read', 'settle'])
  const rows = steps.flatMap(({ run_id: run, name, output }) => {
    const { output: left } = JSON.parse(output) as { output: unknown }
    if (name === 'read') return [{ run, ...documentTotals(left as ReadDocuments) }]
    const { totals, extracts } = left as Settled
    return [...totals, ...extracts.map(extractTotals)].map((total) => ({ run, ...total }))
  })
  return listOf(
    'control-totals',
    'a control total of a run: in = matched + exception + waiting + duplicate + quarantined',
    {
      run: ({ run }) => run,
      section: ({ section }) => section,
      name: ({ name }) => name,
      measure: ({ measure }) => measure,
      in: (total) => total.in,
      matched: ({ matched }) => matched,
      exception: ({ exception }) => exception,
      waiting: ({ waiting }) => waiting,
      duplicate: ({ duplicate }) => duplicate,
      quarantined: ({ quarantined }) => quarantined,
    },
    rows,
  )
}

/** Exceptions that were open in the period or that something happened to, and what happened. */
export async function exceptionLists(database: StateDatabase, span: Span): Promise<EvidenceList[]> {
  const byException = new Map<number, ExceptionEventRow[]>()
  for (const event of await exceptionEventsBefore(database, span.until)) {
    byException.set(event.id, [...(byException.get(event.id) ?? []), event])
  }
  const all = [...byException.values()].flatMap((events) => {
    const before = events.findLast(({ at }) => at < span.from)
    const within = events.filter(({ at }) => at >= span.from)
    const last = events.at(-1)
    if (last === undefined || (within.length === 0 && !isUnsettled(before?.status))) return []
    return [{ last, before, within }]
  })
  return [
    listOf(
      'exceptions',
      'an exception that was open in the period, or that something happened to',
      {
        exception: ({ last }) => exceptionId(last.id),
        code: ({ last }) => last.code,
        job: ({ last }) => last.job,
        keys: ({ last }) => last.keys,
        first_seen: ({ last }) => last.first_seen,
        status_at_begin: ({ before }) => before?.status ?? null,
        status_at_end: ({ last }) => last.status,
        amount_at_end: ({ last }) => last.amount_at_risk,
        currency: ({ last }) => last.currency,
        fingerprint: ({ last }) => last.fingerprint,
      },
      all,
    ),
    listOf(
      'exception-events',
      'something that happened to an exception',
      {
        exception: ({ id }) => exceptionId(id),
        at: ({ at }) => at,
        status: ({ status }) => status,
        amount_at_risk: ({ amount_at_risk }) => amount_at_risk,
        run: ({ run_id }) => run_id,
        actor: ({ actor }) => actor,
        said: ({ said }) => said,
      },
      all.flatMap(({ within }) => within),
    ),
  ]
}

const isUnsettled = (status: string | undefined): boolean =>
  status !== undefined && (unsettled as readonly string[]).includes(status)

export async function decisionList(database: StateDatabase, span: Span): Promise<EvidenceList> {
  const then = known(span)
  return listOf(
    'decisions',
    'a decision that was made, agreed to or ended in the period',
    {
      decision_no: ({ id }) => id,
      exception: ({ exception_id }) => exceptionId(exception_id),
      code: ({ code }) => code,
      job: ({ job }) => job,
      decision: ({ decision }) => decision,
      amount: ({ amount }) => amount,
      decided_by: ({ decided_by }) => decided_by,
      decided_at: ({ decided_at }) => decided_at,
      via: ({ via }) => via,
      approved_by: ({ agreed_by, agreed_at }) => (then(agreed_at) === null ? null : agreed_by),
      approved_at: ({ agreed_at }) => then(agreed_at),
      ended_at: ({ ended_at }) => then(ended_at),
      ended_because: ({ ended_at, ended_because }) => (then(ended_at) === null ? null : ended_because),
      note: ({ note }) => note,
    },
    await decisionsWithin(database, span),
  )
}

export async function loadLists(database: StateDatabase, span: Span): Promise<EvidenceList[]> {
  const then = known(span)
  return [
    listOf(
      'loads',
      'a load to the ERP that was planned or sent in the period',
      {
        load: ({ id }) => id,
        job: ({ job }) => job,
        template: ({ template }) => template,
        must_be_approved: ({ approval }) => approval,
        run: ({ run_id }) => run_id,
        planned_at: ({ planned_at }) => planned_at,
        sent_at: ({ sent_at }) => then(sent_at),
        invoices: ({ invoices }) => invoices,
        lines: ({ lines }) => lines,
        amount: ({ amount }) => amount,
        currency: ({ currency }) => currency,
        sha256: ({ sha256 }) => sha256,
      },
      await loadsWithin(database, span),
    ),
    listOf(
      'load-decisions',
      'a decision by which something held went into a load',
      {
        load: ({ load_id }) => load_id,
        subject: ({ subject }) => subject,
        exception: ({ exception_id }) => exceptionId(exception_id),
        code: ({ code }) => code,
        decision: ({ decision }) => decision,
        decided_by: ({ decided_by }) => decided_by,
        approved_by: ({ agreed_by }) => agreed_by,
        note: ({ note }) => note,
      },
      await loadDecisionsWithin(database, span),
    ),
    listOf(
      'load-events',
      'something that was done about a load: planned, approved, rejected, applied, taken back',
      {
        load: ({ load_id }) => load_id,
        at: ({ at }) => at,
        event: ({ event }) => event,
        person: ({ person }) => person,
        actor: ({ actor }) => actor,
        reason: ({ reason }) => reason,
        sha256: ({ sha256 }) => sha256,
      },
      await loadEventsWithin(database, span),
    ),
    listOf(
      'sent',
      'a file that left in the period',
      {
        name: ({ name }) => name,
        endpoint: ({ endpoint }) => endpoint,
        folder: ({ folder }) => folder,
        load: ({ load_id }) => load_id,
        queued_at: ({ queued_at }) => queued_at,
        sent_at: ({ sent_at }) => sent_at,
        size: ({ size }) => size,
        sha256: ({ sha256 }) => sha256,
      },
      await sentWithin(database, span),
    ),
  ]
}

export const workbookList = async (database: StateDatabase, span: Span): Promise<EvidenceList> =>
  listOf(
    'workbooks',
    'a workbook with decisions that came back in the period',
    {
      name: ({ name }) => name,
      imported_at: ({ imported_at }) => imported_at,
      imported_by: ({ imported_by }) => imported_by,
      outcome: ({ outcome }) => outcome,
      sha256: ({ sha256 }) => sha256,
    },
    await importsWithin(database, span),
  )

/** What the rules of the job left: obligations, spend, orders without a requisition, as people saw them on its sheets. */
export const judgedLists = (matcher: string, judged: Readonly<Record<string, readonly StoredRow[]>>): EvidenceList[] =>
  matcherOf(matcher)
    .tables.filter(({ sheet }) => sheet !== undefined)
    .map(({ name, sheet = '', columns }) => ({
      name: name.replaceAll('_', '-'),
      says: `a row of the sheet ${sheet}`,
      columns: columns.map((column) => column.name),
      rows: (judged[name] ?? []).map((row) =>
        columns.map((column) => {
          const value = row[column.name]
          return value === null || value === undefined ? null : String(value)
        }),
      ),
    }))
