import { Quiet } from './quiet.js'

/** So many do not wait for more. */
const ENOUGH = 256
/** Nobody waits for more than so many others to come. */
const PAUSES = 8

/**
 * Does one piece of work for many who ask for it at about the same time: what is asked for while it is done, or less than `milliseconds`
 * after another, is done together. One after the other, in the order of asking.
 */
export class Gathering<T> {
  readonly #work: (all: readonly T[]) => Promise<void>
  readonly #quiet: Quiet
  #waiting: T[] = []
  #coming: Promise<void> | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(milliseconds: number, work: (all: readonly T[]) => Promise<void>) {
    this.#quiet = new Quiet(milliseconds, PAUSES, () => this.#waiting.length)
    this.#work = work
  }

  /** @returns when it is done for this one; fails with what the work for all of them fails with */
  add(one: T): Promise<void> {
    this.#waiting.push(one)
    this.#quiet.came()
    this.#coming ??= this.#begin()
    return this.#coming
  }

  #begin(): Promise<void> {
    const coming = Promise.all([this.#last, this.#quiet.until(ENOUGH)]).then(() => {
      const all = this.#waiting
      this.#waiting = []
      this.#coming = undefined
      return this.#work(all)
    })
    this.#last = coming.catch(() => {})
    return coming
  }
}
