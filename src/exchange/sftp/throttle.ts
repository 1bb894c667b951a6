import { setTimeout as sleep } from 'node:timers/promises'

/** How time comes in: milliseconds, and a pause. */
export interface ThrottleClock {
  now(): number
  sleep(milliseconds: number): Promise<unknown>
}

const realClock: ThrottleClock = { now: () => performance.now(), sleep }

/** Keeps all that is sent through it under a rate, however many send side by side. */
export class Throttle {
  readonly #bytesPerSecond: number
  readonly #clock: ThrottleClock
  /** When everything that was let through so far is sent at this rate. */
  #free = Number.NEGATIVE_INFINITY

  constructor(bytesPerSecond: number, clock: ThrottleClock = realClock) {
    this.#bytesPerSecond = bytesPerSecond
    this.#clock = clock
  }

  /** Returns when so many bytes may go; they must go then. */
  async let(bytes: number): Promise<void> {
    const now = this.#clock.now()
    const begin = Math.max(now, this.#free)
    this.#free = begin + (bytes / this.#bytesPerSecond) * 1000
    if (begin > now) await this.#clock.sleep(begin - now)
  }
}
