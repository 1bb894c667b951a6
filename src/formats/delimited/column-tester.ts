import iconv from 'iconv-lite'
import code from './column-tests.wasm'
import type { Dialect } from './dialect.js'
import type { RecordSpan } from './record-scanner.js'

/** What is asked of every value of a column that is not empty. */
export type ColumnTest =
  | { readonly kind: 'any' }
  /** Digits and nothing else. */
  | { readonly kind: 'digits' }
  /** ASCII without small letters. */
  | { readonly kind: 'capitals' }
  /** Digits, a minus before them or not, and behind a point not more than `decimals`. */
  | { readonly kind: 'number'; readonly decimals: number }
  /** A digit wherever the shape has one, and else what stands there. */
  | { readonly kind: 'shape'; readonly shape: string }

/** Columns of the file, by their place from 0, whose values together should be in one record only. */
export interface TestedKey {
  readonly columns: readonly number[]
  /** Texts that mean empty in all of them. */
  readonly nulls: readonly string[]
  /** About how many there are. */
  readonly records: number
}

/** What holds of all records that have as many values as the file has columns. An empty value too many is none. */
export interface TestedRecords {
  readonly columns: readonly TestedColumn[]
  /** How many have more or fewer. */
  readonly ragged: number
  /**
   * No two records have the same key, even where spaces around values, zeros before them and texts that mean empty do not count. Where it is
   * false there may be two.
   */
  readonly distinct: boolean
}

/** What all values of a column have in common, as they stand between delimiters or quotes. */
export interface TestedColumn {
  readonly test: ColumnTest
  /** Each value is as the test asks, or empty. */
  readonly fits: boolean
  /** No value begins or ends with a space. */
  readonly unspaced: boolean
  /** No value is there. */
  readonly empty: boolean
  /** No value begins with a zero. */
  readonly noZeroFirst: boolean
}

/** What column-tests.assembly.ts exports. */
interface ColumnTests {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void }
  setUp(delimiter: number, quote: number, width: number): void
  lookAt(from: number, to: number): void
  lookAtQuoted(from: number, to: number): boolean
  lookForKeys(keysAt: number, ofPart: number, ofTable: number): void
  distinct(): number
  raggedRecords(): number
}

// As column-tests.assembly.ts has it.
const FOUND = 1024
const TESTS = 5120
const NULLS = 8192
const MOST_NULLS = 4
const KEY = 1 << 16
const SHAPES = 16384
const WINDOW = 65536
const MOST_COLUMNS = 500
const LONGEST_SHAPE = 16
const SPACED = 1
const UNFIT = 2
const FILLED = 4
const ZERO_FIRST = 8
const kinds = { any: 0, digits: 1, number: 2, shape: 3, capitals: 4 }

/** The bytes looked at may reach so far beyond the last. */
const BEYOND = 16
const PAGE = 64 * 1024
const LF = 10

/** Keys are kept behind the window, which then does not grow: a chunk of a file and a record that began before it. */
const KEYS = WINDOW + (4 << 20)
const PARTS = 256
/** Of eight bytes each. More are left to the set engine. */
const MOST_KEYS = 8_000_000

/** Kept for the next file, unless it has grown large: another one reserves gigabytes of the address space. */
let idle: ColumnTests | undefined

/**
 * @param tests one for each column of the file
 * @returns undefined where values are not told apart by single bytes
 * @throws WebAssembly's error where there is no room for its memory, or no WebAssembly (`node --jitless`)
 */
export function columnTester(
  { delimiter, quote, encoding, fixed }: Dialect,
  tests: readonly ColumnTest[],
  key?: TestedKey,
): ColumnTester | undefined {
  const [between = 0, second] = iconv.encode(delimiter, encoding)
  const [around = -1, more] = iconv.encode(quote, encoding)
  if (fixed !== undefined || second !== undefined || more !== undefined || tests.length > MOST_COLUMNS) return undefined
  return new ColumnTester(between, around, tests, key)
}

/** Sees the records of a file one after the other, and tells what holds of each column. */
export class ColumnTester {
  readonly #code: ColumnTests
  #window: Buffer = Buffer.alloc(0)
  /** Records without a quote, one behind the other, that were not looked at yet. */
  #run: { readonly buffer: Buffer; readonly start: number; end: number } | undefined
  /** The last of them has no line feed. */
  #open = false
  #plain = true
  #keysFrom = Number.POSITIVE_INFINITY

  constructor(
    delimiter: number,
    quote: number,
    private readonly tests: readonly ColumnTest[],
    key: TestedKey | undefined,
  ) {
    this.#code = idle ?? (new WebAssembly.Instance(new WebAssembly.Module(code)).exports as unknown as ColumnTests)
    idle = undefined
    this.#makeRoom(0)
    this.#code.setUp(delimiter, quote, tests.length)
    const { buffer } = this.#code.memory
    new Uint8Array(buffer, FOUND, WINDOW - FOUND).fill(0)
    const asked = new Int32Array(buffer, TESTS, tests.length)
    for (const [column, test] of tests.entries()) {
      asked[column] = kinds[test.kind] | (numberOf(test) << 8)
      if (test.kind === 'shape') this.#putShape(column, test.shape)
    }
    if (key !== undefined) this.#lookForKeys(key, asked)
  }

  #lookForKeys({ columns, nulls, records }: TestedKey, asked: Int32Array): void {
    if (records > MOST_KEYS || nulls.length > MOST_NULLS) return
    if (nulls.some((text) => Buffer.byteLength(text) > LONGEST_SHAPE)) return
    // Parts are about equally full; there may also be more records than the first ones let expect.
    const ofPart = Math.ceil((records / PARTS) * 1.25) + 64
    const ofTable = 2 ** Math.ceil(Math.log2(2 * ofPart))
    for (const column of columns) asked[column] = (asked[column] ?? 0) | KEY
    for (const [n, text] of nulls.entries()) {
      const place = Buffer.from(this.#code.memory.buffer, NULLS + 20 * n, 20)
      place.writeInt32LE(place.write(text), 16)
    }
    this.#makeRoom(KEYS - WINDOW + (PARTS * ofPart + ofTable) * 8)
    this.#keysFrom = KEYS
    this.#code.lookForKeys(KEYS, ofPart, ofTable)
  }

  /** The record's bytes are looked at later: they stay where they are until `lookNow`. */
  see({ buffer, start, end, lineEnd, quoted }: RecordSpan): void {
    if (quoted) {
      this.lookNow()
      this.#copy(buffer, start, end)
      if (!this.#code.lookAtQuoted(0, end - start)) this.#plain = false
      return
    }
    const behind = lineEnd === 'none' ? end : lineEnd === 'crlf' ? end + 2 : end + 1
    if (this.#run !== undefined && this.#run.buffer === buffer && this.#run.end === start) this.#run.end = behind
    else {
      this.lookNow()
      this.#run = { buffer, start, end: behind }
    }
    this.#open = lineEnd === 'none'
  }

  /** Before the bytes that were seen go. */
  lookNow(): void {
    if (this.#run === undefined) return
    const { buffer, start, end } = this.#run
    const length = end - start
    this.#copy(buffer, start, end)
    if (this.#open) this.#window[length] = LF
    this.#code.lookAt(0, this.#open ? length + 1 : length)
    this.#run = undefined
  }

  /** What holds of the records that were looked at so far. */
  columns(): readonly TestedColumn[] {
    const found = new Uint8Array(this.#code.memory.buffer, FOUND, this.tests.length)
    return this.tests.map((test, column) => {
      const flags = found[column] ?? 0
      return {
        test,
        fits: (flags & UNFIT) === 0,
        unspaced: (flags & SPACED) === 0,
        empty: (flags & FILLED) === 0,
        noZeroFirst: (flags & ZERO_FIRST) === 0,
      }
    })
  }

  /** When all records were seen. undefined where it is not plain which bytes are a value's. */
  finish(): TestedRecords | undefined {
    this.lookNow()
    const columns = this.columns()
    const ragged = this.#code.raggedRecords()
    const distinct = this.#code.distinct() !== 0
    if (this.#window.length <= KEYS) idle = this.#code
    return this.#plain ? { columns, ragged, distinct } : undefined
  }

  #putShape(column: number, shape: string): void {
    if (shape.length > LONGEST_SHAPE) throw new RangeError(`a shape has at most ${LONGEST_SHAPE} characters: ${shape}`)
    const place = new DataView(this.#code.memory.buffer, SHAPES + 32 * column, 32)
    let digits = 0
    for (let n = 0; n < shape.length; n++) {
      place.setUint8(n, shape.charCodeAt(n))
      if (/\d/.test(shape[n] ?? '')) digits |= 1 << n
    }
    place.setUint16(16, digits, true)
  }

  #copy(buffer: Buffer, start: number, end: number): void {
    if (WINDOW + end - start + 1 + BEYOND > this.#keysFrom) throw new RangeError('a record longer than the window')
    this.#makeRoom(end - start + 1)
    buffer.copy(this.#window, 0, start, end)
  }

  #makeRoom(bytes: number): void {
    const { memory } = this.#code
    const missing = WINDOW + bytes + BEYOND - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
    if (this.#window.buffer !== memory.buffer) this.#window = Buffer.from(memory.buffer, WINDOW)
  }
}

function numberOf(test: ColumnTest): number {
  if (test.kind === 'number') return test.decimals
  return test.kind === 'shape' ? test.shape.length : 0
}
