import { DateTime } from 'luxon'
import type { JobSettings } from '../config/index.js'
import { settingsOfJob } from '../config/settings-texts.js'
import { MatchbookError, systemError } from '../errors/index.js'
import {
  beginRun,
  finishRun,
  keepSettings,
  type OccurrenceKey,
  type RunKind,
  type RunRow,
  type RunStatus,
  type StateDatabase,
  saveStep,
  stepOutput,
} from '../state/index.js'
import { correlation } from './correlation.js'
import type { RunSummary } from './run-summary.js'
import { type RunWatch, unwatched } from './telemetry/run-watch.js'
import type { Tools } from './tools.js'

/** What a step hands over: its durable output, and what is written to the store together with it. */
export interface StepResult<T> {
  readonly output: T
  /** One sentence for whoever watches. */
  readonly said: string
  /** Runs in the transaction that marks the step finished: both happen or neither. */
  readonly commit?: (database: StateDatabase) => Promise<void>
}

/**
 * What a run is for: the run to go on with if it is the job's last and was cut off, the run by whose settings it judges, the occurrence
 * of the schedule that it is.
 */
export interface RunBegin {
  readonly kind: RunKind
  readonly resume?: string
  readonly rulesOf?: string
  readonly occurrence?: OccurrenceKey
  /** The name of the share of the job that it takes in. */
  readonly share?: string
  /** Of what is done in shares the night: what they find down is counted once. */
  readonly night?: string
}

/**
 * One run of a job. Timing, progress, checkpoint and resume live here, so that the job itself stays a straight line.
 * Outputs of finished steps are durable; a resumed run takes them from the store instead of doing the step again.
 */
export class Run {
  private watch: RunWatch = unwatched
  /** Code of what the step that failed, failed with. */
  private failure: string | undefined

  private constructor(
    private readonly tools: Tools,
    readonly row: RunRow,
    readonly resumed: boolean,
    /** What it finds down is counted once for all runs of this name. */
    readonly countedAs: string,
  ) {}

  static async begin(
    job: JobSettings,
    asOf: string,
    tools: Tools,
    { kind, resume, rulesOf, occurrence, share, night }: RunBegin = { kind: 'night' },
  ): Promise<Run> {
    const { run, resumed } = await tools.state.database.transaction().execute(async (transaction) => {
      const begun = await beginRun(transaction, {
        job: share ?? job.job,
        asOf,
        host: tools.host,
        pid: process.pid,
        version: tools.version,
        now: tools.now(),
        kind,
        ...(resume === undefined ? {} : { resume }),
        ...(rulesOf === undefined ? {} : { rulesOf }),
        ...(occurrence === undefined ? {} : { occurrence }),
      })
      // What has judged already, and has only to be pushed yet, did so by the settings of then.
      if ((await stepOutput(transaction, begun.run.id, 'settle')) === undefined)
        await keepSettings(transaction, begun.run.id, settingsOfJob(job, tools.workspace))
      return begun
    })
    return new Run(tools, run, resumed, night ?? run.id)
  }

  /** From now on that one is told of it. */
  watchedBy(watch: RunWatch): void {
    this.watch = watch
  }

  get id(): string {
    return this.row.id
  }

  /** Taken up again: what was down when it was cut off may be up by now. */
  get insists(): boolean {
    return this.resumed
  }

  /** A past day, or the rules of one, say what was wrong then, and not what may be paid now. */
  get onlyJudges(): boolean {
    return this.row.kind === 'backfill' || this.row.rules_of !== null
  }

  /** A backfill sees what was there at the end of its day, an ISO instant; any other run sees everything. */
  get until(): string | undefined {
    if (this.row.kind !== 'backfill') return undefined
    const zone = this.tools.workspace.settings.timezone
    return DateTime.fromISO(this.row.as_of, { zone }).endOf('day').toUTC().toISO() ?? undefined
  }

  /** Does the step once, however often the run is cut off and resumed. */
  async step<T>(name: string, work: () => Promise<StepResult<T>>): Promise<T> {
    const { database } = this.tools.state
    const saved = await stepOutput(database, this.id, name)
    if (saved !== undefined) return (saved as { output: T }).output
    return this.perform(name, async (startedAt) => {
      const result = await work()
      await database.transaction().execute(async (transaction) => {
        await result.commit?.(transaction)
        await saveStep(transaction, {
          runId: this.id,
          name,
          startedAt,
          finishedAt: this.tools.now(),
          output: { output: result.output ?? null, said: result.said },
        })
      })
      return result
    })
  }

  /**
   * Computes in the set engine, whose memory dies with the process: done again on resume, from the same archived bytes, until
   * the step named `until` has made its result durable. Undefined once it has.
   */
  async compute<T>(name: string, until: string, work: () => Promise<StepResult<T>>): Promise<T | undefined> {
    if ((await stepOutput(this.tools.state.database, this.id, until)) !== undefined) return undefined
    return this.perform(name, work)
  }

  /** `alongside`: what becomes true with the end, in the same transaction. */
  async finish(
    status: RunStatus,
    summary: RunSummary | null,
    alongside: (database: StateDatabase) => Promise<void>,
    error?: string,
  ): Promise<void> {
    try {
      await this.tools.state.database.transaction().execute(async (transaction) => {
        await alongside(transaction)
        await finishRun(transaction, this.id, {
          status,
          summary,
          now: this.tools.now(),
          ...(error === undefined ? {} : { error }),
        })
      })
    } finally {
      const failure = status === 'failed' ? (this.failure ?? 'DEFECT') : undefined
      await this.watch.ended({ status, summary: summary ?? undefined, failure })
    }
  }

  /** Ends as failed, with what is to be done about it where that is known; that the store cannot take it in hides nothing. */
  async fail(error: unknown, alongside: (database: StateDatabase) => Promise<void>): Promise<void> {
    const known = systemError(error, 'the state')
    const message = known instanceof Error ? known.message : String(known)
    const why = known instanceof MatchbookError ? `${known.code}: ${message}` : message
    await this.finish('failed', null, alongside, why).catch(() => {})
  }

  private perform<T>(name: string, work: (startedAt: string) => Promise<StepResult<T>>): Promise<T> {
    return correlation.run({ run: this.id, job: this.row.job, step: name }, async () => {
      const { progress, log } = this.tools
      const startedAt = this.tools.now()
      const started = process.hrtime.bigint()
      progress.begin(name)
      log.info('step begins')
      const watched = { name, startedAt: Date.now() }
      const result = await work(startedAt).catch((error: unknown) => {
        const known = systemError(error, this.id)
        this.failure = known instanceof MatchbookError ? known.code : 'DEFECT'
        this.watch.step({ ...watched, endedAt: Date.now(), said: undefined, failure: this.failure })
        progress.fail(name)
        throw error
      })
      this.watch.step({ ...watched, endedAt: Date.now(), said: result.said, failure: undefined })
      const milliseconds = Number((process.hrtime.bigint() - started) / 1_000_000n)
      log.info({ milliseconds }, result.said)
      progress.end(name, result.said)
      return result.output
    })
  }
}
