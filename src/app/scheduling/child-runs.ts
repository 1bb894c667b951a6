import type { DueJob } from './due-job.js'
import { type ProcessOptions, RunProcesses } from './run-processes.js'

/** An occurrence whose process ended without settling it is left alone for a while, doubled each time; milliseconds. */
const FIRST_REST = 60_000
const LONGEST_REST = 3_600_000

interface Rest {
  readonly scheduledFor: string
  readonly rests: number
  /** On the clock that nobody sets. */
  readonly until: number
}

/** The runs that the daemon has begun: in processes of their own. */
export class ChildRuns {
  readonly #running = new Map<string, Promise<void>>()
  readonly #resting = new Map<string, Rest>()
  readonly #processes: RunProcesses
  begun = 0

  constructor(options: ProcessOptions) {
    this.#processes = new RunProcesses(options)
  }

  get running(): readonly string[] {
    return [...this.#running.keys()]
  }

  /** As many of what is due, in its order, as may run at once; never two of a job, or of a share. */
  begin(due: readonly DueJob[], atOnce: number): void {
    for (const one of due) {
      if (this.#running.size >= atOnce) return
      if (!this.#running.has(one.piece) && !this.#rests(one)) this.#start(one)
    }
  }

  /** When one of those that run now has ended; never, where none does. */
  ended(): Promise<void> {
    return Promise.race([...this.#running.values(), new Promise<void>(() => {})])
  }

  async drained(): Promise<void> {
    await Promise.all(this.#running.values())
    this.#processes.close()
  }

  #rests({ piece, scheduledFor }: DueJob): boolean {
    const rest = this.#resting.get(piece)
    return rest !== undefined && rest.scheduledFor === scheduledFor && performance.now() < rest.until
  }

  #start(due: DueJob): void {
    this.begun += 1
    const done = this.#processes.run(due).then(() => {
      this.#running.delete(due.piece)
      this.#rest(due.piece, due.scheduledFor)
    })
    this.#running.set(due.piece, done)
  }

  /** Means nothing for an occurrence that was settled: it is not due again. */
  #rest(piece: string, scheduledFor: string): void {
    const last = this.#resting.get(piece)
    const rests = last?.scheduledFor === scheduledFor ? last.rests + 1 : 0
    const until = performance.now() + Math.min(FIRST_REST * 2 ** rests, LONGEST_REST)
    this.#resting.set(piece, { scheduledFor, rests, until })
  }
}
