/**
 * AssemblyScript, compiled to WebAssembly by the build (scripts/assembly.js): what holds of all values of a column, from the bytes of
 * the records. Its memory is laid out by who uses it (column-tester.ts): the records' bytes stand from WINDOW on.
 */

// Of each column a byte: what is so of some value in whole records, and in the record that is looked at.
const FOUND = 1024
const RECORD = 3072
/** Of each column four bytes: which test, its number, and whether it is part of the key. */
const TESTS = 5120
/** Four texts that mean empty, each of 16 bytes and four for its length. */
const NULLS = 8192
/** How many hashes of keys are in each part. */
const COUNTS = 12288
const PARTS = 256
/** Of each column 32 bytes: its shape, and from the sixteenth on which of its places are digits. */
const SHAPES = 16384
const WINDOW = 65536

// As column-tester.ts has them.
const MOST_NULLS = 4
const SPACED = 1
const UNFIT = 2
const FILLED = 4
const ZERO_FIRST = 8

const DIGITS = 1
const NUMBER = 2
const SHAPE = 3
const CAPITALS = 4

const KEY = 1 << 16

const LINE_FEED: u8 = 0x0a
const CARRIAGE_RETURN: u8 = 0x0d
const SPACE: u8 = 0x20
const MINUS: u8 = 0x2d
const POINT: u8 = 0x2e
const ZERO: u8 = 0x30
const SMALL_A: u8 = 0x61
const ASCII: u8 = 0x7f

/** What a number, a date or a code of digits may have; a longer one is unfit. */
const MOST_BYTES = 16

let delimiter: i32 = 0
let quote: i32 = 0
let width: i32 = 0
/** Records that have not as many values as they should. */
let ragged: i32 = 0

/** Hashes of keys from here on, each in the part that its highest byte says: `room` for each of them, and behind the last a table for one. */
let keys: i32 = 0
let room: i32 = 0
let places: i32 = 0
let key: u64 = 0
let isDistinct: bool = false

export function setUp(delimiterByte: i32, quoteByte: i32, columns: i32): void {
  delimiter = delimiterByte
  quote = quoteByte
  width = columns
  ragged = 0
  isDistinct = false
}

/** From now on keys are looked at too. Each part has room for so many, and the table for a power of two, twice as many or more. */
export function lookForKeys(keysAt: i32, ofPart: i32, ofTable: i32): void {
  keys = keysAt
  room = ofPart
  places = ofTable
  key = SEED
  memory.fill(COUNTS, 0, PARTS << 2)
  isDistinct = true
}

export function raggedRecords(): i32 {
  return ragged
}

/** No two records have the same key. Looked for part by part, in a table small enough for the processor to keep it near. */
export function distinct(): bool {
  const table = keys + PARTS * (room << 3)
  for (let part = 0; part < PARTS && isDistinct; part++) {
    memory.fill(table, 0, places << 3)
    const from = keys + part * (room << 3)
    const end = from + (load<i32>(COUNTS + (part << 2)) << 3)
    for (let at = from; at < end && isDistinct; at += 8) isDistinct = isNew(table, load<u64>(at))
  }
  return isDistinct
}

/** Puts it into the table, in which 0 is a free place. */
function isNew(table: i32, hash: u64): bool {
  let place = (hash as i32) & (places - 1)
  for (;;) {
    const there = load<u64>(table + (place << 3))
    if (there === hash) return false
    if (there === 0) break
    place = (place + 1) & (places - 1)
  }
  store<u64>(table + (place << 3), hash)
  return true
}

const SEED: u64 = 0x9e3779b1
const FACTOR: u64 = ((0x2545f491 as u64) << 32) | 0x4f6cdd1d

function stir(hash: u64, bits: u64): u64 {
  const product = (hash ^ bits) * FACTOR
  return product ^ (product >>> 32)
}

/** Spaces around it and zeros before it do not count, and a text that means empty is one: two values that may mean the same go in alike. */
function addToKey(from: i32, to: i32): void {
  let start = from
  let end = to
  while (start < end && load<u8>(start) === SPACE) start++
  while (start < end && load<u8>(end - 1) === SPACE) end--
  // Behind a space spaces of other alphabets are taken for one too.
  if (end - start < to - from && end > start && (load<u8>(start) > ASCII || load<u8>(end - 1) > ASCII))
    isDistinct = false
  if (isNull(start, end)) end = start
  while (start < end && load<u8>(start) === ZERO) start++
  let hash = stir(key, end - start)
  for (; end - start > 8; start += 8) hash = stir(hash, load<u64>(start))
  const rest = end - start
  key = stir(hash, rest === 0 ? 0 : load<u64>(start) & (u64.MAX_VALUE >>> (64 - (rest << 3))))
}

function isNull(start: i32, end: i32): bool {
  const length = end - start
  for (let n = 0; n < MOST_NULLS; n++) {
    const text = NULLS + n * 20
    if (load<i32>(text, 16) !== length || length === 0) continue
    const same = i8x16.bitmask(i8x16.eq(v128.load(start), v128.load(text)))
    if ((same | (-1 << length)) === -1) return true
  }
  return false
}

/** Where there is no room for it, keys may stand twice. */
function keepKey(): void {
  const part = (key >>> 56) as i32
  const kept = load<i32>(COUNTS + (part << 2))
  if (kept === room) isDistinct = false
  else {
    store<u64>(keys + ((part * room + kept) << 3), key)
    store<i32>(COUNTS + (part << 2), kept + 1)
  }
}

function isInCapitals(start: i32, end: i32): bool {
  for (let base = start; base < end; base += 16) {
    const bytes = v128.load(base)
    const small = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(SMALL_A)), i8x16.splat(26))
    // As a number with a sign, what is beyond ASCII is below 0.
    let other = i8x16.bitmask(v128.or(small, i8x16.lt_s(bytes, i8x16.splat(0))))
    if (end - base < 16) other &= (1 << (end - base)) - 1
    if (other !== 0) return false
  }
  return true
}

/** Whether a value is as its column's test asks. */
function fits(column: i32, test: i32, start: i32, end: i32): bool {
  const length = end - start
  const kind = test & 0xff
  if (kind === CAPITALS) return isInCapitals(start, end)
  if (length > MOST_BYTES) return false
  const number = (test >>> 8) & 0xff
  const bytes = v128.load(start)
  const all = (1 << length) - 1
  const digits = i8x16.bitmask(i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(ZERO)), i8x16.splat(10))) & all
  if (kind === DIGITS) return digits === all
  if (kind === NUMBER) {
    const points = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(POINT))) & all
    const minus = load<u8>(start) === MINUS ? 1 : 0
    if ((digits | points | minus) !== all) return false
    if (points === 0) return length > minus
    const at = ctz(points)
    return (points & (points - 1)) === 0 && at > minus && at < length - 1 && length - 1 - at <= number
  }
  const shape = SHAPES + (column << 5)
  const same = i8x16.bitmask(i8x16.eq(bytes, v128.load(shape))) & all
  return kind === SHAPE && length === number && digits === load<u16>(shape, 16) && (digits | same) === all
}

function note(column: i32, start: i32, end: i32): void {
  const test = load<i32>(TESTS + (column << 2))
  let found = 0
  if (end > start) {
    found = FILLED
    const first = load<u8>(start)
    if (first === SPACE || load<u8>(end - 1) === SPACE) found |= SPACED
    if (first === ZERO) found |= ZERO_FIRST
    if ((test & 0xff) !== 0 && !fits(column, test, start, end)) found |= UNFIT
  }
  store<u8>(RECORD + column, found)
  if ((test & KEY) !== 0 && isDistinct) addToKey(start, end)
}

/** What was noted of a record counts if it has all values; one more may be there, and be empty. */
function endRecord(last: i32): void {
  const isWhole = last === width - 1 || (last === width && (load<u8>(RECORD + width) & FILLED) === 0)
  if (isDistinct && isWhole) keepKey()
  key = SEED
  if (!isWhole) {
    ragged++
    return
  }
  for (let n = 0; n < width; n += 16) v128.store(FOUND + n, v128.or(v128.load(FOUND + n), v128.load(RECORD + n)))
}

/** Records in which no quote stands, each with its line feed. */
export function lookAt(from: i32, to: i32): void {
  const between = i8x16.splat(delimiter as i8)
  const behind = i8x16.splat(LINE_FEED)
  const stop = WINDOW + to
  let column = 0
  let start = WINDOW + from
  for (let base = start; base < stop; base += 16) {
    const bytes = v128.load(base)
    let ends = i8x16.bitmask(v128.or(i8x16.eq(bytes, between), i8x16.eq(bytes, behind)))
    if (stop - base < 16) ends &= (1 << (stop - base)) - 1
    for (; ends !== 0; ends &= ends - 1) {
      const end = base + ctz(ends)
      if (load<u8>(end) === LINE_FEED) {
        note(column, start, load<u8>(end - 1) === CARRIAGE_RETURN ? end - 1 : end)
        endRecord(column)
        column = 0
      } else {
        note(column, start, end)
        if (column <= width) column++
      }
      start = end + 1
    }
  }
}

/**
 * One record with quotes, without its line end.
 * @returns false where it is not plain which bytes are a value's
 */
export function lookAtQuoted(from: i32, to: i32): bool {
  const stop = WINDOW + to
  let column = 0
  let at = WINDOW + from
  for (;;) {
    const start = at
    if (at < stop && load<u8>(at) === quote) {
      let doubled = false
      for (at++; at < stop; at++) {
        if (load<u8>(at) !== quote) continue
        if (at + 1 === stop || load<u8>(at + 1) !== quote) break
        doubled = true
        at++
      }
      if (at === stop) return false
      note(column, start + 1, at)
      if (doubled) {
        store<u8>(RECORD + column, load<u8>(RECORD + column) | UNFIT)
        // The same value may stand elsewhere with single ones.
        if ((load<i32>(TESTS + (column << 2)) & KEY) !== 0) isDistinct = false
      }
      at++
      if (at < stop && load<u8>(at) !== delimiter) return false
    } else {
      let quoted = false
      for (; at < stop && load<u8>(at) !== delimiter; at++) if (load<u8>(at) === quote) quoted = true
      if (quoted && load<u8>(start) === SPACE) return false
      note(column, start, at)
    }
    if (at === stop) break
    if (column <= width) column++
    at++
  }
  endRecord(column)
  return true
}
