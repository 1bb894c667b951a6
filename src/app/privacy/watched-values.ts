import { createHash } from 'node:crypto'

/** What must stand in no output. `from`: where it was learned, in words. */
export interface Watched {
  readonly kind: 'canary' | 'identity'
  readonly from: string
  /** First eight digits of the SHA-256 of the value: tells two apart without telling either. */
  readonly hash: string
}

/** Longer values are known by their first words. */
const LONGEST = 6

/**
 * Values to look for, known by their words: however an output writes DOE^JANE, it is Doe Jane. A single short word or number, such as
 * a sex or a surname that is a company's too, tells nobody apart and is passed over.
 */
export class WatchedValues {
  readonly #values = new Map<string, Watched>()
  #longest = 1
  passedOver = 0

  get count(): number {
    return this.#values.size
  }

  addCanary(text: string, from: string): void {
    this.#add(words(text), { kind: 'canary', from, hash: hashOf(text) })
  }

  addIdentity(value: string, from: string): void {
    const own = words(value)
    if (own.length === 0) return
    if (isTelling(own)) this.#add(own, { kind: 'identity', from, hash: hashOf(value.trim()) })
    else this.passedOver += 1
  }

  /** Each value that stands in the text, once. */
  *foundIn(text: string): Generator<Watched> {
    const own = words(text)
    const found = new Set<Watched>()
    for (let at = 0; at < own.length; at++) {
      let joined = ''
      for (let n = 0; n < this.#longest && at + n < own.length; n++) {
        joined += n === 0 ? own[at] : ` ${own[at + n]}`
        const watched = this.#values.get(joined)
        if (watched !== undefined) found.add(watched)
      }
    }
    yield* found
  }

  #add(own: readonly string[], watched: Watched): void {
    const known = own.slice(0, LONGEST)
    if (known.length === 0) return
    this.#longest = Math.max(this.#longest, known.length)
    const key = known.join(' ')
    if (!this.#values.has(key)) this.#values.set(key, watched)
  }
}

const words = (text: string): string[] => text.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? []

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

function isTelling(own: readonly string[]): boolean {
  const length = own.reduce((sum, word) => sum + word.length, 0)
  return own.length > 1 ? length >= 6 : length >= 6 && /\d/.test(own[0] ?? '')
}
