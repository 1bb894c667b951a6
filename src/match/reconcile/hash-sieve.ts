/** The 64-bit hashes of a row: of its key, and of its key with the compared values. Whole numbers of 32 bits, signed. */
export interface RowHashes {
  readonly key1: number
  readonly key2: number
  readonly all1: number
  readonly all2: number
}

/** Rows to look at, by their numbers (1-based, ascending). */
export interface Sifted {
  readonly held: readonly number[]
  readonly passed: readonly number[]
}

/** About a gigabyte. */
const mostHeld = 1 << 25
const numberBits = 26
const numberMask = (1 << numberBits) - 1

const unseen = 0
const paired = 1
const doubtful = 2

const batchSize = 1 << 10

/**
 * Tells which rows of two relations must be looked at, by hashes alone: a row is the same on both sides where the hash of its key stands
 * once on each and the rest has one hash too. All others are let through, also those of different keys that happen to have one hash.
 * The rows of one side are held, then those of the other pass by. A changed row would stay unseen where both of its versions have one
 * hash: one in 18 million million million.
 */
export class HashSieve {
  /** Four numbers for each held row; once it is paired the third is its partner. */
  private rows = new Int32Array(4 << 12)
  private count = 0
  /** By hash of the key: number of the row, and above it some bits of the hash; 0 where there is none. */
  private slots = new Uint32Array(0)
  private states = new Uint8Array(0)
  private readonly batch = new Int32Array(4 * batchSize)
  private waiting = 0
  private gone = 0
  private readonly passed: number[] = []
  /** Never read: see `settle`. */
  touched = 0

  /** All rows of one side first; false when they are more than can be held. */
  hold({ key1, key2, all1, all2 }: RowHashes): boolean {
    if (this.count === mostHeld) return false
    const at = 4 * this.count++
    if (at === this.rows.length) {
      const larger = new Int32Array(2 * at)
      larger.set(this.rows)
      this.rows = larger
    }
    this.rows[at] = key1
    this.rows[at + 1] = key2
    this.rows[at + 2] = all1
    this.rows[at + 3] = all2
    return true
  }

  /** Then those of the other. */
  pass({ key1, key2, all1, all2 }: RowHashes): true {
    const { batch } = this
    const at = 4 * this.waiting++
    batch[at] = key1
    batch[at + 1] = key2
    batch[at + 2] = all1
    batch[at + 3] = all2
    if (this.waiting === batchSize) this.settle()
    return true
  }

  sifted(): Sifted {
    this.settle()
    const held: number[] = []
    for (let row = 1; row <= this.count; row++) if (this.states[row] !== paired) held.push(row)
    return { held, passed: this.passed.sort((a, b) => a - b) }
  }

  private settle(): void {
    if (this.slots.length === 0) this.index()
    const { batch, rows, slots, states, passed, waiting } = this
    const last = slots.length - 1
    // Most of the time is waiting for memory. What is needed is asked for first, all at once.
    let touched = 0
    for (let n = 0; n < waiting; n++) touched ^= slots[(batch[4 * n] as number) & last] as number
    for (let n = 0; n < waiting; n++) {
      const row = (slots[(batch[4 * n] as number) & last] as number) & numberMask
      if (row !== 0) touched ^= (rows[4 * row - 4] as number) ^ (states[row] as number)
    }
    this.touched ^= touched
    for (let n = 0; n < waiting; n++) {
      const number = this.gone + n + 1
      const row = (slots[this.slotOf(batch[4 * n] as number, batch[4 * n + 1] as number)] as number) & numberMask
      if (row === 0) {
        passed.push(number)
        continue
      }
      const at = 4 * row - 4
      const state = states[row]
      if (state === unseen && rows[at + 2] === batch[4 * n + 2] && rows[at + 3] === batch[4 * n + 3]) {
        states[row] = paired
        rows[at + 2] = number
        continue
      }
      if (state === paired) passed.push((rows[at + 2] as number) >>> 0)
      states[row] = doubtful
      passed.push(number)
    }
    this.gone += waiting
    this.waiting = 0
  }

  private index(): void {
    let size = 16
    while (size < 1.5 * this.count) size *= 2
    this.slots = new Uint32Array(size)
    this.states = new Uint8Array(this.count + 1)
    for (let row = 1; row <= this.count; row++) {
      const [key1, key2] = [this.rows[4 * row - 4] as number, this.rows[4 * row - 3] as number]
      const slot = this.slotOf(key1, key2)
      const first = (this.slots[slot] as number) & numberMask
      if (first === 0) this.slots[slot] = ((key2 >>> numberBits) << numberBits) | row
      else {
        this.states[first] = doubtful
        this.states[row] = doubtful
      }
    }
  }

  /** The slot of a key, or the free one where it would stand. */
  private slotOf(key1: number, key2: number): number {
    const { slots, rows } = this
    const last = slots.length - 1
    const tag = key2 >>> numberBits
    for (let slot = key1 & last; ; slot = (slot + 1) & last) {
      const found = slots[slot] as number
      if (found === 0) return slot
      if (found >>> numberBits !== tag) continue
      const at = 4 * (found & numberMask) - 4
      if (rows[at] === key1 && rows[at + 1] === key2) return slot
    }
  }
}
