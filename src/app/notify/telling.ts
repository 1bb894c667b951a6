import type { Logger } from 'pino'
import type { Workspace } from '../../config/index.js'
import type { LogOptions } from '../logger.js'
import { silent } from '../progress.js'
import { sendByHand } from './send-by-hand.js'

/** Milliseconds between two looks at what is due to be told: what is overdue is counted in hours. */
const EVERY = 300_000

/**
 * The daemon's part in notifications: digests that wait for their time, what becomes overdue, what is tried again. It never stops a run
 * from beginning.
 */
export class Telling {
  #last = Number.NEGATIVE_INFINITY
  #busy: Promise<void> | undefined

  constructor(
    private readonly options: LogOptions,
    private readonly workspace: Workspace,
    private readonly log: Logger,
  ) {}

  /** Looks, when the last look is long enough ago and has come to its end. */
  lookAgain(): void {
    if (this.#busy !== undefined || performance.now() - this.#last < EVERY) return
    this.#last = performance.now()
    this.#busy = this.#look().finally(() => {
      this.#busy = undefined
    })
  }

  async done(): Promise<void> {
    await this.#busy
  }

  async #look(): Promise<void> {
    const { logLevel, logFormat } = this.options
    try {
      await sendByHand({ workspace: this.workspace.folder, again: false, progress: silent, logLevel, logFormat }, 'run')
    } catch (error) {
      this.log.warn(`notifications were not looked at: ${error instanceof Error ? error.message : error}`)
    }
  }
}
