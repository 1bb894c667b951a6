import iconv from 'iconv-lite'
import type { Dialect } from './dialect.js'
import type { RecordSpan } from './record-scanner.js'

/** What a column counts for in the hashes of its record. Columns without a role are passed over. */
export interface ColumnRole {
  /** 0-based. */
  readonly column: number
  readonly key: boolean
  /** Two whole numbers of 32 bits with which the hash of a value begins: the same for columns that are held against each other. */
  readonly seed: readonly [number, number]
}

const SPACE = 32

/**
 * @param alike the records of both files are laid out alike and all their columns have a role, so that a record can be hashed whole
 * @returns undefined where values are not told apart by single bytes
 */
export function recordHasher(
  { delimiter, quote, encoding, fixed }: Dialect,
  width: number,
  roles: readonly ColumnRole[],
  alike: boolean,
): RecordHasher | undefined {
  const [between = -1, second] = iconv.encode(delimiter, encoding)
  const [around = -1, more] = iconv.encode(quote, encoding)
  if (fixed !== undefined || second !== undefined || more !== undefined) return undefined
  return new RecordHasher(between, around, width, roles, alike)
}

/**
 * Hashes a record from its bytes: 64 bits of its key, and 64 bits of all its columns with a role. A value has one hash with quotes and
 * without, and in whatever column it stands; only where records are alike may two that mean the same have two hashes. With random seeds
 * nobody can write two values of one hash on purpose. Files whose records are held against each other have one encoding.
 */
export class RecordHasher {
  /** Of the last record. */
  key1 = 0
  key2 = 0
  all1 = 0
  all2 = 0
  private readonly seeds: Int32Array
  private readonly isKey: Uint8Array
  private readonly isUsed: Uint8Array
  private buffer: Buffer | undefined
  private words: DataView = new DataView(new ArrayBuffer(0))

  /** `delimiter` and `quote` are bytes, -1 for none. */
  constructor(
    private readonly delimiter: number,
    private readonly quote: number,
    private readonly width: number,
    roles: readonly ColumnRole[],
    private readonly alike: boolean,
  ) {
    this.seeds = new Int32Array(2 * width)
    this.isKey = new Uint8Array(width)
    this.isUsed = new Uint8Array(width)
    for (const { column, key, seed } of roles) {
      this.seeds.set(seed, 2 * column)
      this.isKey[column] = key ? 1 : 0
      this.isUsed[column] = 1
    }
  }

  /** False where the record has another number of values, or a quote stands where readers disagree about what it means. */
  hash(record: RecordSpan): boolean {
    if (!this.alike || record.quoted) return this.hashValues(record, this.width)
    return this.hashValues(record, this.isKey.lastIndexOf(1) + 1) && this.hashWhole(record)
  }

  private hashValues({ buffer, start, end }: RecordSpan, columns: number): boolean {
    const { delimiter, quote, width, seeds, isKey, isUsed } = this
    let key1 = 0
    let key2 = 0
    let all1 = 0
    let all2 = 0
    let at = start
    for (let column = 0; column < columns; column++) {
      let a = seeds[2 * column] as number
      let b = seeds[2 * column + 1] as number
      if (buffer[at] === quote) {
        for (at++; at < end; at++) {
          const byte = buffer[at] as number
          if (byte === quote && (++at === end || buffer[at] !== quote)) break
          a = stir1(a, byte)
          b = stir2(b, byte)
        }
        if (at < end && buffer[at] !== delimiter) return false
      } else {
        if (buffer[at] === SPACE && quoteAfterSpaces(buffer, at, end, quote)) return false
        for (; at < end; at++) {
          const byte = buffer[at] as number
          if (byte === delimiter) break
          a = stir1(a, byte)
          b = stir2(b, byte)
        }
      }
      if (isUsed[column] === 1) {
        a = settle1(a)
        b = settle2(b)
        all1 = (all1 + a) | 0
        all2 = (all2 + b) | 0
        if (isKey[column] === 1) {
          key1 = (key1 + a) | 0
          key2 = (key2 + b) | 0
        }
      }
      if (at === end && column < width - 1) return false
      at++
    }
    this.key1 = key1
    this.key2 = key2
    this.all1 = all1
    this.all2 = all2
    return columns < width || at === end + 1
  }

  /** Four bytes at a time, three times as fast. */
  private hashWhole({ buffer, start, end }: RecordSpan): boolean {
    if (this.buffer !== buffer) {
      this.buffer = buffer
      this.words = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
    }
    const { words, delimiter, seeds } = this
    const delimiters = Math.imul(delimiter, 0x01010101)
    let a = seeds[0] as number
    let b = seeds[1] as number
    let columns = 1
    let at = start
    for (; at + 4 <= end; at += 4) {
      const word = words.getInt32(at, true)
      const spread = spreadOut(word)
      a = stir1(a, spread)
      b = stir2(b, spread)
      // 1 for each byte that is the delimiter: here it is 0, and no other byte is.
      const other = word ^ delimiters
      const found = (~(((other & 0x7f7f7f7f) + 0x7f7f7f7f) | other) >>> 7) & 0x01010101
      columns += Math.imul(found, 0x01010101) >>> 24
    }
    for (; at < end; at++) {
      const byte = buffer[at] as number
      a = stir1(a, byte)
      b = stir2(b, byte)
      if (byte === delimiter) columns++
    }
    this.all1 = a
    this.all2 = b
    return columns === this.width
  }
}

function quoteAfterSpaces(buffer: Buffer, from: number, end: number, quote: number): boolean {
  let at = from
  while (at < end && buffer[at] === SPACE) at++
  return at < end && buffer[at] === quote
}

// Two hashes side by side, since numbers here have 32 bits. The turn brings what the high bits know back to the low ones.
function stir1(hash: number, bits: number): number {
  const product = Math.imul(hash ^ bits, 0x9e3779b1)
  return (product << 13) | (product >>> 19)
}

function stir2(hash: number, bits: number): number {
  const product = Math.imul((hash + bits) | 0, 0x85ebca6b)
  return (product << 21) | (product >>> 11)
}

/** What differs in the high bits of a word alone would be undone too easily by the next word. */
function spreadOut(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51)
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593)
}

/** So that the hashes of several columns can be added without loss. */
function settle1(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  return product ^ (product >>> 15)
}

function settle2(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return product ^ (product >>> 16)
}
