import { type ChildProcess, spawn } from 'node:child_process'
import type { Logger } from 'pino'
import type { LogOptions } from '../logger.js'
import type { DueJob } from './due-now.js'

interface ChildOptions extends LogOptions {
  /** The script that is this CLI. */
  readonly binary: string
  /** Of the workspace. */
  readonly folder: string
  readonly log: Logger
}

/** An occurrence whose process ended without settling it is left alone for a while, doubled each time; milliseconds. */
const FIRST_REST = 60_000
const LONGEST_REST = 3_600_000

interface Rest {
  readonly scheduledFor: string
  readonly rests: number
  /** On the clock that nobody sets. */
  readonly until: number
}

/** The runs that the daemon has begun: each a process of its own, so that none can take the daemon or another run with it. */
export class ChildRuns {
  readonly #running = new Map<string, { readonly child: ChildProcess; readonly done: Promise<void> }>()
  readonly #resting = new Map<string, Rest>()
  begun = 0

  constructor(private readonly options: ChildOptions) {}

  get running(): readonly string[] {
    return [...this.#running.keys()]
  }

  /** As many of what is due, in its order, as may run at once; never two of a job. */
  begin(due: readonly DueJob[], atOnce: number): void {
    for (const one of due) {
      if (this.#running.size >= atOnce) return
      if (!this.#running.has(one.job) && !this.#rests(one)) this.#start(one)
    }
  }

  /** When one of those that run now has ended; never, where none does. */
  ended(): Promise<void> {
    return Promise.race([...[...this.#running.values()].map(({ done }) => done), new Promise<void>(() => {})])
  }

  async drained(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ done }) => done))
  }

  #rests({ job, scheduledFor }: DueJob): boolean {
    const rest = this.#resting.get(job)
    return rest !== undefined && rest.scheduledFor === scheduledFor && performance.now() < rest.until
  }

  #start({ job, scheduledFor }: DueJob): void {
    const { binary, folder, logLevel, logFormat, log } = this.options
    const options = ['--workspace', folder, '--no-input', '--log-level', logLevel, '--log-format', logFormat]
    // In a group of its own: Ctrl-C at the terminal ends the daemon, not the night.
    const child = spawn(process.execPath, [binary, 'run', job, '--due', ...options], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    this.begun += 1
    log.info({ job, scheduledFor, pid: child.pid }, 'a run begins')
    const done = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        log.error({ job, scheduledFor }, error.message)
        resolve()
      })
      child.once('close', (exit, signal) => {
        log.info({ job, scheduledFor, exit, ...(signal === null ? {} : { signal }) }, 'a run ended')
        resolve()
      })
    }).then(() => {
      this.#running.delete(job)
      this.#rest(job, scheduledFor)
    })
    this.#running.set(job, { child, done })
  }

  /** Means nothing for an occurrence that was settled: it is not due again. */
  #rest(job: string, scheduledFor: string): void {
    const last = this.#resting.get(job)
    const rests = last?.scheduledFor === scheduledFor ? last.rests + 1 : 0
    const until = performance.now() + Math.min(FIRST_REST * 2 ** rests, LONGEST_REST)
    this.#resting.set(job, { scheduledFor, rests, until })
  }
}
