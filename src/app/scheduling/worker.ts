import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { nextOccurrences } from '../../schedule/index.js'
import {
  appendAudit,
  claimWork,
  endWork,
  forgetOldWorkers,
  forgetWorker,
  occurrencesOf,
  openWork,
  queueWork,
  renewWork,
  saveWorker,
  type WorkRow,
  workerSeen,
} from '../../state/index.js'
import { openReading } from '../compose.js'
import { type LogOptions, openLog } from '../logger.js'
import { noteOperators } from '../notify/note-operators.js'
import { Telling } from '../notify/telling.js'
import type { Reading } from '../reading.js'
import { assertMay } from '../roles/who-may.js'
import { version } from '../workspace/shipped.js'
import { owedNow } from './owed-now.js'
import { type RunExit, RunProcesses } from './run-processes.js'
import { scheduledJobs } from './scheduled-jobs.js'

export interface WorkerRequest extends LogOptions {
  readonly workspace: string | undefined
  /** The script that is this CLI. */
  readonly binary: string
  /** Runs at once; without it schedule.at-once of the settings. */
  readonly atOnce: number | undefined
  /** Ends when nothing is left that is due, here or elsewhere. */
  readonly untilIdle: boolean
  /** Aborted when no more is to be begun; what runs is let come to its end. */
  readonly stop: AbortSignal
  /** What the runs themselves say. */
  readonly runLogLevel: LogOptions['logLevel']
}

export interface WorkerOutcome {
  readonly worker: string
  /** Runs begun. */
  readonly begun: number
}

/**
 * Milliseconds. One with nothing to do looks again after a moment: another may just be putting work there, or be about to end. Then less
 * and less often.
 */
const LOOK = 1000
const FIRST_LOOK = 50
/** Settings and schedules are read anew after so long. */
const FRESH = 30_000
const LONGEST_REST = 900_000
/** One that somebody else is at is looked at again then. */
const BUSY_REST = 5000
const DAY = 86_400_000
/** A store that goes down while a worker begins is asked so often, a second apart. */
const FIRST_TRIES = 3

/**
 * Takes work that is due, as many runs at once as it may, each in a process of its own, beside any number of others on any hosts. It holds
 * nothing that is not in the store: what it has claimed is another's when it is no longer heard of, and the run goes on from its last
 * finished step there.
 * @throws NOT-PERMITTED, WORKSPACE-INVALID, STATE-* when it begins; later it waits until the store answers again
 */
export async function startWorker(request: WorkerRequest): Promise<WorkerOutcome> {
  const worker = new Worker(
    request,
    openLog(request, (text) => text),
  )
  for (let left = FIRST_TRIES - 1; !(await worker.begin(left)); left--) await setTimeout(1000)
  while (!request.stop.aborted && !(await worker.pass('working'))) await worker.rest(request.stop)
  while (worker.isBusy) {
    await worker.pass('draining')
    await worker.rest()
  }
  await worker.pass('draining')
  return worker.end()
}

class Worker {
  readonly #id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 4)}`
  readonly #running = new Map<number, Promise<void>>()
  readonly #ended: { readonly work: WorkRow; readonly exit: RunExit }[] = []
  #reading: { readonly reading: Reading; readonly since: number } | undefined
  /** On the clock that nobody sets. */
  #planAt = 0
  #begun = 0
  /** Looks since there was something to do. */
  #idleLooks = 0
  #telling: Telling | undefined
  #processes: RunProcesses | undefined

  constructor(
    private readonly request: WorkerRequest,
    private readonly log: Logger,
  ) {}

  get isBusy(): boolean {
    return this.#running.size > 0 || this.#ended.length > 0
  }

  /** @returns false where the store is away and may be asked again, `left` times */
  async begin(left: number): Promise<boolean> {
    try {
      await this.#signOn()
      return true
    } catch (error) {
      if (left === 0 || !isAway(error)) throw error
      this.log.error({ code: error.code }, error.message)
      await this.#close().catch(() => {})
      return false
    }
  }

  async #signOn(): Promise<void> {
    const { workspace, state } = await this.#open()
    assertMay('run', workspace.settings)
    const now = await state.clock()
    await forgetOldWorkers(state.database, later(now, -DAY))
    await saveWorker(state.database, {
      id: this.#id,
      host: hostname(),
      pid: process.pid,
      version: version(),
      slots: this.#slots(workspace),
      status: 'working',
      started_at: now,
      seen_at: now,
      expires_at: later(now, this.#patience(workspace)),
    })
    this.log.info({ worker: this.#id, jobs: scheduledJobs(workspace).length }, 'the worker takes work')
  }

  /** One look at all there is to do. True when there is nothing, and the worker was told to end then. */
  async pass(status: 'working' | 'draining'): Promise<boolean> {
    try {
      const reading = await this.#open()
      const { state, workspace } = reading
      const now = await state.clock()
      const expires = later(now, this.#patience(workspace))
      await workerSeen(state.database, { id: this.#id, status, seen_at: now, expires_at: expires })
      await renewWork(state.database, this.#id, expires)
      while (this.#ended[0] !== undefined) {
        await this.#settle(this.#ended[0], reading, now)
        this.#ended.shift()
      }
      if (status === 'draining') return false
      this.#tell(workspace)
      const planned = await this.#plan(reading, now)
      while (this.#running.size < this.#slots(workspace)) {
        const work = await claimWork(state, this.#id, now, expires)
        if (work === undefined) break
        await this.#start(work, reading, now)
      }
      if (!this.request.untilIdle || !planned || this.isBusy) return false
      return (await openWork(state.database)).every((work) => work.status === 'dead')
    } catch (error) {
      if (!(error instanceof MatchbookError)) throw error
      // Mistakes in the settings are told of and waited for, like a store that is away.
      this.log.error({ code: error.code }, error.message)
      await this.#close()
      return false
    }
  }

  /** As the daemon does: where only workers run, nobody else would tell of a night that was given up. */
  #tell(workspace: Reading['workspace']): void {
    const { notify, telemetry } = workspace.settings
    if (notify === undefined && telemetry?.openlineage?.url === undefined) return
    this.#telling ??= new Telling(this.request, workspace, this.log)
    this.#telling.lookAgain()
  }

  /** Until the next look, the end of a run, or the word to stop. */
  async rest(stop?: AbortSignal): Promise<void> {
    const over = new AbortController()
    const told = new Promise<void>((resolve) => {
      stop?.addEventListener('abort', () => resolve(), { once: true, signal: over.signal })
    })
    this.#idleLooks = this.#running.size > 0 ? 0 : this.#idleLooks + 1
    const look = setTimeout(this.#nextLook(), undefined, { signal: over.signal }).catch(() => {})
    await Promise.race([look, told, ...this.#running.values()])
    over.abort()
  }

  #nextLook(): number {
    return this.#idleLooks === 0 ? LOOK : Math.min(LOOK, FIRST_LOOK * 2 ** (this.#idleLooks - 1))
  }

  async end(): Promise<WorkerOutcome> {
    this.#processes?.close()
    await this.#signOff()
    await this.#telling?.done()
    this.log.info({ worker: this.#id, begun: this.#begun }, 'the worker has ended')
    return { worker: this.#id, begun: this.#begun }
  }

  /** Of one that does not sign off it is known after a while that it is gone: all that it did stands in the store. */
  async #signOff(): Promise<void> {
    try {
      const { state } = await this.#open()
      await forgetWorker(state.database, this.#id)
      await this.#close()
    } catch (error) {
      if (!isAway(error)) throw error
      this.log.error({ code: error.code }, error.message)
    }
  }

  #slots({ settings }: Reading['workspace']): number {
    return this.request.atOnce ?? settings.schedule['at-once']
  }

  #patience({ settings }: Reading['workspace']): number {
    return settings.state['lease-seconds'] * 1000
  }

  async #open(): Promise<Reading> {
    if (this.#reading !== undefined && performance.now() - this.#reading.since > FRESH) await this.#close()
    this.#reading ??= { reading: await openReading(this.request.workspace), since: performance.now() }
    return this.#reading.reading
  }

  async #close(): Promise<void> {
    const open = this.#reading
    this.#reading = undefined
    await open?.reading.state.close()
  }

  /** Puts what has fallen due where all workers find it; one of them at a time. @returns whether it was looked */
  async #plan({ workspace, state }: Reading, now: string): Promise<boolean> {
    if (performance.now() < this.#planAt) return true
    const lease = await state.takeLease('work.plan').catch((error: unknown) => {
      if (error instanceof MatchbookError && error.code === 'RUN-ACTIVE') return undefined
      throw error
    })
    if (lease === undefined) return false
    try {
      const scheduled = scheduledJobs(workspace)
      const priorities = new Map(scheduled.map(({ job, schedule }) => [job, schedule.priority]))
      const owed = await owedNow(workspace, state.database, now, this.log)
      const due = owed
        .filter(({ waitsFor }) => waitsFor.length === 0)
        .map(({ job, piece, scheduledFor, day }) => {
          return { job: piece, scheduled_for: scheduledFor, day, priority: priorities.get(job) ?? 0 }
        })
      await queueWork(state.database, due, now)
      const next = scheduled.flatMap((job) => nextOccurrences(job, new Date(now), 1))
      const wait = Math.min(FRESH, ...next.map(({ scheduledFor }) => Date.parse(scheduledFor) - Date.parse(now)))
      this.#planAt = performance.now() + wait
      return true
    } finally {
      await lease.release()
    }
  }

  async #start(work: WorkRow, reading: Reading, now: string): Promise<void> {
    const { settings, folder } = reading.workspace
    const isGivenUp = work.attempts >= settings.schedule.tries
    if (isGivenUp || (await this.#isSettled(work, reading))) return this.#settle({ work, exit: null }, reading, now)
    const { job: piece, scheduled_for: scheduledFor } = work
    const { binary, logFormat, runLogLevel: logLevel } = this.request
    this.#begun += 1
    this.#processes ??= new RunProcesses({ binary, folder, logLevel, logFormat, log: this.log })
    const ended = this.#processes.run({ piece, scheduledFor }).then((exit) => {
      this.#running.delete(work.id)
      this.#ended.push({ work, exit })
      // What waited for it may be due now.
      this.#planAt = 0
    })
    this.#running.set(work.id, ended)
  }

  /** A run of it has ended, well or badly, or it was passed over. One that failed is for a person, as it is without workers. */
  async #isSettled({ job, scheduled_for }: WorkRow, { state }: Reading): Promise<boolean> {
    const [occurrence] = await occurrencesOf(state.database, job, scheduled_for)
    return occurrence?.scheduledFor === scheduled_for && occurrence.status !== 'running'
  }

  async #settle(
    { work, exit }: { readonly work: WorkRow; readonly exit: RunExit },
    reading: Reading,
    now: string,
  ): Promise<void> {
    const { state, workspace } = reading
    const mine = { id: work.id, worker: this.#id }
    const end = (how: Parameters<typeof endWork>[2]) => endWork(state.database, mine, how)
    if ((await this.#isSettled(work, reading)) || !(await this.#isOwed(work, reading, now)))
      return end({ status: 'done', ended_at: now })
    if (exit === ExitCode.alreadyRunning) return end({ status: 'ready', not_before: later(now, BUSY_REST) })
    const { tries, 'retry-seconds': first } = workspace.settings.schedule
    const attempts = Math.min(work.attempts + 1, tries)
    const because = exit === null ? 'its process was killed' : `its process ended with exit code ${exit}`
    const { job, scheduled_for: scheduledFor } = work
    if (attempts < tries) {
      const rest = Math.min(first * 1000 * 2 ** (attempts - 1), LONGEST_REST)
      this.log.warn({ job, scheduledFor, attempts, rest }, `${because}; it is tried again`)
      return end({ status: 'ready', attempts, last_error: because, not_before: later(now, rest) })
    }
    this.log.error({ job, scheduledFor, attempts }, `${because}; it is given up: matchbook work retry ${work.id}`)
    await state.database.transaction().execute(async (database) => {
      const dead = { status: 'dead', attempts, last_error: work.last_error ?? because, ended_at: now } as const
      await endWork(database, mine, dead)
      const detail = { job, scheduledFor, attempts, because }
      await appendAudit(database, { at: now, actor: this.#id, action: 'work given up', subject: job, detail })
      const notice = { kind: 'work-given-up', work: work.id, job, scheduledFor, attempts, because } as const
      const telling = { settings: workspace.settings, now, run: null }
      await noteOperators(database, notice, `work ${work.id} of ${job}, ${now}`, telling)
    })
  }

  /** Whether the schedule still asks for it; it may have been changed since. */
  async #isOwed({ job, scheduled_for }: WorkRow, { workspace, state }: Reading, now: string): Promise<boolean> {
    const owed = await owedNow(workspace, state.database, now, this.log)
    return owed.some(({ piece, scheduledFor }) => piece === job && scheduledFor === scheduled_for)
  }
}

const later = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString()

const isAway = (error: unknown): error is MatchbookError =>
  error instanceof MatchbookError && error.code === 'STATE-UNREACHABLE'
