import { setTimeout as sleep } from 'node:timers/promises'

export interface RetryRules {
  /** Tries of one thing, the first one included. */
  readonly tries: number
  /** Milliseconds before the first new try; doubled before each further one. */
  readonly pause: number
  /** No pause is longer; milliseconds. */
  readonly longestPause: number
  /** New tries of everything together, for as long as this lives. */
  readonly budget: number
}

export const defaultRetry = { pause: 1000, longestPause: 30_000, budget: 20 } as const satisfies Partial<RetryRules>

/** How chance and time come in. */
export interface RetryClock {
  /** From 0 up to 1. */
  random(): number
  sleep(milliseconds: number): Promise<unknown>
}

const realClock: RetryClock = { random: Math.random, sleep }

/** Trying again at one endpoint: one of these lives as long as its Endpoint, and everything asked of it draws on one budget. */
export class Retry {
  readonly #rules: RetryRules
  readonly #clock: RetryClock
  #left: number

  constructor(rules: RetryRules, clock: RetryClock = realClock) {
    this.#rules = rules
    this.#clock = clock
    this.#left = rules.budget
  }

  /**
   * Does `work` until it succeeds, `again` says that another try will not help, or tries or budget are used up.
   * @param done how many things of several are done: a failure after more of them is the first of the next thing
   */
  async run<T>(again: (error: unknown) => boolean, work: () => Promise<T>, done = () => 0): Promise<T> {
    for (let tried = 1, before = done(); ; tried += 1) {
      try {
        return await work()
      } catch (error) {
        if (done() > before) tried = 1
        before = done()
        if (tried >= this.#rules.tries || !again(error) || this.#left <= 0) throw error
        this.#left -= 1
        await this.#clock.sleep(this.#pauseAfter(tried))
      }
    }
  }

  /** Between half of the pause and all of it: many that were cut off together do not come back together. */
  #pauseAfter(tried: number): number {
    const { pause, longestPause } = this.#rules
    const whole = Math.min(longestPause, pause * 2 ** (tried - 1))
    return whole / 2 + (whole / 2) * this.#clock.random()
  }
}

/** For a place that is there or is not. */
export const noRetry = new Retry({ tries: 1, pause: 0, longestPause: 0, budget: 0 })
