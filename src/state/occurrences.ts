import { MatchbookError } from '../errors/index.js'
import type { RunStatus } from './schema.js'
import type { StateDatabase } from './store.js'

/** With the job the key of an occurrence. */
export interface OccurrenceKey {
  /** ISO instant. */
  readonly scheduledFor: string
  /** Its date in the zone of the workspace, yyyy-MM-dd. */
  readonly day: string
}

/** What became of an occurrence: `status` and `finished` are its run's, null where it was passed over. */
export interface OccurrenceRow extends OccurrenceKey {
  readonly runId: string | null
  readonly skippedBecause: string | null
  readonly status: RunStatus | null
  readonly finished: string | null
}

/** The occurrences of a job that were begun or passed over, from an instant on, in order. */
export async function occurrencesOf(database: StateDatabase, job: string, from: string): Promise<OccurrenceRow[]> {
  return database
    .selectFrom('occurrences')
    .leftJoin('runs', 'runs.id', 'occurrences.run_id')
    .select(['scheduled_for as scheduledFor', 'day', 'run_id as runId', 'skipped_because as skippedBecause'])
    .select(['runs.status as status', 'runs.finished_at as finished'])
    .where('occurrences.job', '=', job)
    .where('scheduled_for', '>=', from)
    .orderBy('scheduled_for')
    .execute()
}

/** How far the shares of an occurrence have come: name of the share -> status of its run. */
export async function sharesTaken(
  database: StateDatabase,
  shares: readonly string[],
  scheduledFor: string,
): Promise<ReadonlyMap<string, RunStatus>> {
  const rows = await database
    .selectFrom('occurrences')
    .innerJoin('runs', 'runs.id', 'occurrences.run_id')
    .select(['occurrences.job', 'runs.status'])
    .where('occurrences.job', 'in', [...shares])
    .where('scheduled_for', '=', scheduledFor)
    .execute()
  return new Map(rows.map(({ job, status }) => [job, status]))
}

/** The first of these instants for which some of the shares have begun. */
export async function firstBegun(
  database: StateDatabase,
  shares: readonly string[],
  instants: readonly string[],
): Promise<string | undefined> {
  if (shares.length === 0 || instants.length === 0) return undefined
  const { first } = await database
    .selectFrom('occurrences')
    .select((eb) => eb.fn.min<string | null>('scheduled_for').as('first'))
    .where('job', 'in', [...shares])
    .where('scheduled_for', 'in', [...instants])
    .executeTakeFirstOrThrow()
  return first ?? undefined
}

/**
 * Since when the job's schedule is as `definition` says. Seen for the first time, or changed, it begins now: what it would have said
 * of the past is not owed.
 */
export async function scheduleSince(
  database: StateDatabase,
  job: string,
  definition: string,
  now: string,
): Promise<string> {
  const known = await database.selectFrom('schedules').selectAll().where('job', '=', job).executeTakeFirst()
  if (known?.definition === definition) return known.since
  await database
    .insertInto('schedules')
    .values({ job, definition, since: now })
    .onConflict((conflict) => conflict.column('job').doUpdateSet({ definition, since: now }))
    .execute()
  return now
}

/** Passes an occurrence over; whoever has begun it meanwhile is right. */
export async function skipOccurrence(
  database: StateDatabase,
  { job, scheduledFor, day, because, now }: OccurrenceKey & { job: string; because: string; now: string },
): Promise<void> {
  await database
    .insertInto('occurrences')
    .values({ job, scheduled_for: scheduledFor, day, run_id: null, skipped_because: because, noted_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** @throws OCCURRENCE-TAKEN unless nobody has begun it, or the run that had was cut off */
export async function assertOpen(database: StateDatabase, job: string, { scheduledFor }: OccurrenceKey): Promise<void> {
  const [taken] = await occurrencesOf(database, job, scheduledFor)
  if (taken === undefined || taken.scheduledFor !== scheduledFor || taken.status === 'running') return
  throw new MatchbookError(
    'OCCURRENCE-TAKEN',
    `${job} of ${scheduledFor} was ${taken.runId ?? 'passed over'} already`,
    {
      facts: { job, scheduledFor, run: taken.runId },
    },
  )
}

export async function claimOccurrence(
  database: StateDatabase,
  claim: OccurrenceKey & { readonly job: string; readonly runId: string; readonly now: string },
): Promise<void> {
  await database
    .insertInto('occurrences')
    .values({
      job: claim.job,
      scheduled_for: claim.scheduledFor,
      day: claim.day,
      run_id: claim.runId,
      skipped_because: null,
      noted_at: claim.now,
    })
    // A run that was cut off and could not be gone on with leaves the occurrence to the one after it.
    .onConflict((conflict) => conflict.columns(['job', 'scheduled_for']).doUpdateSet({ run_id: claim.runId }))
    .execute()
}
