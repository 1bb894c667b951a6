import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { assertOpen, claimOccurrence, type OccurrenceKey } from './occurrences.js'
import type { RunKind, RunStatus, RunTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type RunRow = Selectable<RunTable>

export interface BeginRun {
  readonly job: string
  readonly asOf: string
  readonly host: string
  readonly pid: number
  readonly version: string
  readonly now: string
  /** Default night. */
  readonly kind?: RunKind
  /** Go on with this run, if it is the job's last and was cut off. */
  readonly resume?: string
  /** A new run judges by the settings of this one. */
  readonly rulesOf?: string
  /** The occurrence of the job's schedule that a new run is. */
  readonly occurrence?: OccurrenceKey
}

/** Taken up again by whoever begins one next. */
const goesOn: readonly RunKind[] = ['night', 'share']

/**
 * The run to work on: the job's last night if it was cut off (its lease is ours now, so nobody works on it), else a new one.
 * A resumed run keeps its id, its date and its finished steps. A replay or backfill that was cut off is gone on with only when it
 * is asked for, so that it does not cost a night its drops: what it left undone is open work of any later run.
 * Call it inside a transaction.
 * @throws OCCURRENCE-TAKEN when the occurrence was run or passed over already
 */
export async function beginRun(database: StateDatabase, begin: BeginRun): Promise<{ run: RunRow; resumed: boolean }> {
  if (begin.occurrence !== undefined) await assertOpen(database, begin.job, begin.occurrence)
  const last = await database
    .selectFrom('runs')
    .selectAll()
    .where('job', '=', begin.job)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const kind = begin.kind ?? 'night'
  if (last?.status === 'running' && (last.id === begin.resume || (goesOn.includes(kind) && last.kind === kind))) {
    await database
      .updateTable('runs')
      .set({ host: begin.host, pid: begin.pid, version: begin.version, error: null })
      .where('id', '=', last.id)
      .execute()
    return { run: last, resumed: true }
  }
  if (last?.status === 'running') {
    const error = 'cut off; the runs after it take up what it left'
    await finishRun(database, last.id, { status: 'failed', summary: null, error, now: begin.now })
  }
  const { before } = await database
    .selectFrom('runs')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('before'))
    .executeTakeFirstOrThrow()
  const run: RunRow = {
    id: runId(begin.now),
    job: begin.job,
    as_of: begin.asOf,
    status: 'running',
    host: begin.host,
    pid: begin.pid,
    version: begin.version,
    started_at: begin.now,
    finished_at: null,
    summary: null,
    error: null,
    kind,
    number: Number(before) + 1,
    rules_of: begin.rulesOf ?? null,
  }
  await database.insertInto('runs').values(run).execute()
  if (begin.occurrence !== undefined) {
    await claimOccurrence(database, { ...begin.occurrence, job: begin.job, runId: run.id, now: begin.now })
  }
  return { run, resumed: false }
}

/** Sorts by time, readable on the telephone, unique. 20261121T042600Z-3f9a. */
const runId = (now: string): string => `${now.replace(/[-:]|\.\d+/g, '')}-${randomUUID().slice(0, 4)}`

export async function stepOutput(database: StateDatabase, runId: string, name: string): Promise<unknown> {
  const row = await database
    .selectFrom('steps')
    .select('output')
    .where('run_id', '=', runId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row === undefined ? undefined : JSON.parse(row.output)
}

export async function saveStep(
  database: StateDatabase,
  step: { runId: string; name: string; startedAt: string; finishedAt: string; output: unknown },
): Promise<void> {
  await database
    .insertInto('steps')
    .values({
      run_id: step.runId,
      name: step.name,
      started_at: step.startedAt,
      finished_at: step.finishedAt,
      output: JSON.stringify(step.output ?? null),
    })
    .execute()
}

export async function finishRun(
  database: StateDatabase,
  runId: string,
  end: { status: RunStatus; summary: unknown; error?: string; now: string },
): Promise<void> {
  await database
    .updateTable('runs')
    .set({
      status: end.status,
      summary: JSON.stringify(end.summary),
      error: end.error ?? null,
      finished_at: end.status === 'running' ? null : end.now,
    })
    .where('id', '=', runId)
    .execute()
}

/** Makes a run that ended go on again when it is next begun with its id; the steps named are done anew. */
export async function reopenRun(database: StateDatabase, runId: string, steps: readonly string[]): Promise<void> {
  if (steps.length > 0) {
    await database
      .deleteFrom('steps')
      .where('run_id', '=', runId)
      .where('name', 'in', [...steps])
      .execute()
  }
  await database
    .updateTable('runs')
    .set({ status: 'running', finished_at: null, error: null, summary: null })
    .where('id', '=', runId)
    .execute()
}

export const listRuns = (database: StateDatabase, limit: number, job?: string): Promise<RunRow[]> =>
  database
    .selectFrom('runs')
    .selectAll()
    .$if(job !== undefined, (query) => query.where('job', '=', job ?? ''))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()

export async function showRun(
  database: StateDatabase,
  id: string,
): Promise<
  { run: RunRow; steps: { name: string; started_at: string; finished_at: string; output: string }[] } | undefined
> {
  const run = await database.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
  if (run === undefined) return undefined
  const steps = await database
    .selectFrom('steps')
    .select(['name', 'started_at', 'finished_at', 'output'])
    .where('run_id', '=', id)
    .orderBy('started_at')
    .orderBy('finished_at')
    .execute()
  return { run, steps }
}

/** Whether the job has judged a later day than this run does. */
export async function hasLaterRun(database: StateDatabase, { job, as_of }: RunRow): Promise<boolean> {
  const later = await database
    .selectFrom('runs')
    .select('id')
    .where('job', '=', job)
    .where('as_of', '>', as_of)
    .where('status', 'in', ['done', 'partial'])
    .executeTakeFirst()
  return later !== undefined
}
