import type { Tombstone } from './purge.js'
import type { StateDatabase } from './store.js'

/** From an instant on and before another, both ISO UTC. */
export interface Span {
  readonly from: string
  readonly until: string
}

/** Runs that began within. */
export const runsWithin = (database: StateDatabase, { from, until }: Span) =>
  database
    .selectFrom('runs')
    .selectAll()
    .where('started_at', '>=', from)
    .where('started_at', '<', until)
    .orderBy('number')
    .execute()

/** What some steps of these runs left behind, of those that were done before the end. */
export const stepsWithin = (database: StateDatabase, { from, until }: Span, names: readonly string[]) =>
  database
    .selectFrom('steps')
    .innerJoin('runs', 'runs.id', 'steps.run_id')
    .select(['steps.run_id', 'steps.name', 'steps.output'])
    .where('runs.started_at', '>=', from)
    .where('runs.started_at', '<', until)
    .where('steps.finished_at', '<', until)
    .where('steps.name', 'in', [...names])
    .orderBy('runs.number')
    .orderBy('steps.finished_at')
    .execute()

/** Files that were taken within. */
export const filesWithin = (database: StateDatabase, { from, until }: Span) =>
  database
    .selectFrom('files')
    .selectAll()
    .where('taken_at', '>=', from)
    .where('taken_at', '<', until)
    .orderBy('id')
    .execute()

/** What happened to exceptions before the end: each event with what it is about, in order. */
export const exceptionEventsBefore = (database: StateDatabase, until: string) =>
  database
    .selectFrom('exception_events')
    .innerJoin('exceptions', 'exceptions.id', 'exception_events.exception_id')
    .select(['exceptions.id', 'exceptions.job', 'exceptions.code', 'exceptions.keys', 'exceptions.fingerprint'])
    .select(['exceptions.currency', 'exceptions.first_seen'])
    .select(['exception_events.at', 'exception_events.run_id', 'exception_events.status'])
    .select(['exception_events.amount_at_risk', 'exception_events.actor', 'exception_events.said'])
    .where('exception_events.at', '<', until)
    .orderBy('exceptions.id')
    .orderBy('exception_events.at')
    .orderBy('exception_events.number')
    .execute()
export type ExceptionEventRow = Awaited<ReturnType<typeof exceptionEventsBefore>>[number]

/** Decisions that were made, agreed to or ended within. */
export const decisionsWithin = (database: StateDatabase, { from, until }: Span) =>
  database
    .selectFrom('decisions')
    .innerJoin('exceptions', 'exceptions.id', 'decisions.exception_id')
    .selectAll('decisions')
    .select(['exceptions.code', 'exceptions.job'])
    .where((eb) =>
      eb.or(
        (['decided_at', 'agreed_at', 'ended_at'] as const).map((column) =>
          eb.and([eb(`decisions.${column}`, '>=', from), eb(`decisions.${column}`, '<', until)]),
        ),
      ),
    )
    .orderBy('decisions.id')
    .execute()

/** Loads that were planned or sent within. */
export const loadsWithin = (database: StateDatabase, { from, until }: Span) =>
  database
    .selectFrom('loads')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb.and([eb('planned_at', '>=', from), eb('planned_at', '<', until)]),
        eb.and([eb('sent_at', '>=', from), eb('sent_at', '<', until)]),
      ]),
    )
    .orderBy('planned_at')
    .orderBy('id')
    .execute()

/** Decisions by which held invoices and rows went into loads that were planned within. */
export const loadDecisionsWithin = (database: StateDatabase, { from, until }: Span) =>
  database
    .selectFrom('load_decisions')
    .innerJoin('loads', 'loads.id', 'load_decisions.load_id')
    .selectAll('load_decisions')
    .where('loads.planned_at', '>=', from)
    .where('loads.planned_at', '<', until)
    .orderBy('load_decisions.load_id')
    .orderBy('load_decisions.exception_id')
    .orderBy('load_decisions.subject')
    .execute()

/** What was done about loads within: planned, approved, rejected, applied, and by whom. */
export const loadEventsWithin = (database: StateDatabase, { from, until }: Span) =>
  database.selectFrom('load_events').selectAll().where('at', '>=', from).where('at', '<', until).orderBy('id').execute()

/** What left within. */
export const sentWithin = (database: StateDatabase, { from, until }: Span) =>
  database
    .selectFrom('outbox')
    .selectAll()
    .where('sent_at', '>=', from)
    .where('sent_at', '<', until)
    .orderBy('id')
    .execute()

/** Workbooks that came back within. */
export const importsWithin = (database: StateDatabase, { from, until }: Span) =>
  database
    .selectFrom('workbook_imports')
    .selectAll()
    .where('imported_at', '>=', from)
    .where('imported_at', '<', until)
    .orderBy('imported_at')
    .orderBy('sha256')
    .execute()

/** What the runs that began within were judged by. */
export const settingsWithin = (database: StateDatabase, { from, until }: Span) =>
  database
    .selectFrom('run_settings')
    .innerJoin('runs', 'runs.id', 'run_settings.run_id')
    .innerJoin('settings_texts', 'settings_texts.sha256', 'run_settings.sha256')
    .select(['run_settings.name', 'run_settings.sha256', 'settings_texts.text', 'runs.started_at'])
    .where('runs.started_at', '>=', from)
    .where('runs.started_at', '<', until)
    .orderBy('run_settings.name')
    .orderBy('runs.number')
    .execute()

/** Everything that was removed since an instant and left no row of its own. */
export const tombstonesSince = (database: StateDatabase, from: string): Promise<Tombstone[]> =>
  database
    .selectFrom('tombstones')
    .selectAll()
    .where('purged_at', '>=', from)
    .orderBy('class')
    .orderBy('subject')
    .execute()

/** The last entry of the audit chain of before an instant: all of the chain up to it is of before, or was begun before it. */
export const lastAuditBefore = (database: StateDatabase, until: string) =>
  database
    .selectFrom('audit')
    .select(['sequence', 'hash'])
    .where('at', '<', until)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
