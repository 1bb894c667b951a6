import { Refused } from './refused.js'
import type { UnwrapRules } from './unwrap-rules.js'

/** Small files of few different bytes shrink to almost nothing, and do no harm: the ratio counts from here on. */
const RATIO_FROM = 10 * 1024 * 1024

/** What may still come out of a wrapper. */
export class Budget {
  #out = 0

  constructor(
    private readonly wrapped: number,
    private readonly rules: UnwrapRules,
  ) {}

  /** @throws Refused when these bytes are too many */
  spend(bytes: number): void {
    this.#out += bytes
    const { largest, ratio } = this.rules
    if (this.#out > largest) throw new Refused(`becomes more than ${largest} bytes when it is unwrapped`)
    if (this.#out > RATIO_FROM && this.#out > this.wrapped * ratio)
      throw new Refused(`becomes more than ${ratio} times its ${this.wrapped} bytes when it is unwrapped`)
  }
}
