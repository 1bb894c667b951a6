/**
 * AssemblyScript, compiled to WebAssembly by the build (scripts/assembly.js): the loop that sees every byte of a file, sixteen at a time.
 * Its memory is laid out by who uses it (separator-finder.ts): the window's bytes from WINDOW on, then room for what is found.
 */

/** 16 bytes for what a block came to. */
const BLOCK = 0
/** 256 bytes: 1 for what may stand between segments. */
const FILLER = 256
/** Before it stands a byte that is no carriage return. */
const WINDOW = 1024

/** A run has no more. */
const MOST_SEGMENTS = 8192
/** Of each its line, its number of elements, the number of its id and which elements say something. */
const RECORD = 16
/** As decoded-segment.ts has it. */
const MOST_BITS = 31
/** No ISA fits in a shorter segment. */
const HEADER_BYTES = 106

const LINE_FEED: u8 = 0x0a
const CARRIAGE_RETURN: u8 = 0x0d

// The numbers of code-text.ts.
const LONGEST_CODE = 3
const NO_CODE = 0
const SIGNS = 37
const FIRST_LETTER = 11
const LETTER_A = 0x41
const ZERO = 0x30

// The kinds of character-kinds.ts.
const DIGIT: i8 = 1
const CAPITAL: i8 = 2
const POINT: i8 = 4
const SPACE: i8 = 8
const OTHER: i8 = 16
const SEPARATOR: i8 = 32
const UNPRINTABLE: i8 = 64
const STOP: i8 = -128

let elementSeparator: i8 = 0
let terminator: i8 = 0
let component: i8 = 0
let repetition: i8 = 0

/**
 * Where the places of separators are put (i32), the kinds of characters before each (u8), the numbers of codes (u16), and the records of the segments of a run. In
 * front of the separators of a segment is the place before its id, behind them that of its terminator, there with the kinds of all.
 */
let cuts: i32 = 0
let kinds: i32 = 0
let codes: i32 = 0
let records: i32 = 0

/** The first place that is free, and all kinds of the segment that was separated last. */
export let place: i32 = 0
export let allKinds: i32 = 0
/** Up to here filler or a run was passed over, and which line that is. */
export let at: i32 = 0
export let line: i32 = 0

export function layOut(cutsAt: i32, kindsAt: i32, codesAt: i32, recordsAt: i32): void {
  cuts = cutsAt
  kinds = kindsAt
  codes = codesAt
  records = recordsAt
}

export function setDelimiters(element: i32, segment: i32, ofComponents: i32, ofRepetitions: i32): void {
  elementSeparator = element as i8
  terminator = segment as i8
  component = ofComponents as i8
  repetition = ofRepetitions as i8
}

function are(bytes: v128, byte: i8, kind: i8): v128 {
  return v128.and(i8x16.eq(bytes, i8x16.splat(byte)), i8x16.splat(kind))
}

function areWithin(bytes: v128, from: i8, count: i8): v128 {
  return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(from)), i8x16.splat(count))
}

/** The kinds of sixteen bytes. */
function kindsOf(bytes: v128): v128 {
  const digits = v128.and(areWithin(bytes, 0x30, 10), i8x16.splat(DIGIT))
  const capitals = v128.and(areWithin(bytes, 0x41, 26), i8x16.splat(CAPITAL))
  const marks = v128.or(are(bytes, 0x2e, POINT), are(bytes, 0x20, SPACE))
  // As numbers with a sign, what is beyond ASCII is below 0x20 too.
  const below = v128.and(i8x16.lt_s(bytes, i8x16.splat(0x20)), i8x16.splat(UNPRINTABLE))
  const control = v128.and(i8x16.lt_u(bytes, i8x16.splat(0x20)), i8x16.splat(STOP))
  const odd = v128.or(v128.or(below, control), are(bytes, 0x7f, UNPRINTABLE))
  const known = v128.or(v128.or(digits, capitals), v128.or(marks, odd))
  const others = v128.and(i8x16.eq(known, i8x16.splat(0)), i8x16.splat(OTHER))
  const separating = v128.or(are(bytes, component, SEPARATOR), are(bytes, repetition, SEPARATOR))
  return v128.or(v128.or(known, others), separating)
}

/** Each lane moved up by so many, zeros behind. */
function up1(lanes: v128): v128 {
  return v128.shuffle<u8>(i8x16.splat(0), lanes, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
}
function up2(lanes: v128): v128 {
  return v128.shuffle<u8>(i8x16.splat(0), lanes, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
}
function up4(lanes: v128): v128 {
  return v128.shuffle<u8>(i8x16.splat(0), lanes, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27)
}
function up8(lanes: v128): v128 {
  return v128.shuffle<u8>(i8x16.splat(0), lanes, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23)
}

/**
 * Finds the separators of the segment at `from`, puts them from place `first` on, and the kinds of characters before each.
 * @returns where its terminator stands, or `stop`; then nothing is said of its last element
 */
export function separate(from: i32, stop: i32, first: i32): i32 {
  let cut = cuts + (first << 2)
  let kindAt = kinds + first
  store<i32>(cut, from - 1)
  let carried: i32 = 0
  let all: i32 = 0
  for (let base = from; base < stop; base += 16) {
    const bytes = v128.load(WINDOW + base)
    const ending = i8x16.eq(bytes, i8x16.splat(terminator))
    const separating = v128.or(ending, i8x16.eq(bytes, i8x16.splat(elementSeparator)))
    let ends = i8x16.bitmask(ending)
    let places = i8x16.bitmask(separating)
    if (stop - base < 16) {
      const seen = (1 << (stop - base)) - 1
      ends &= seen
      places &= seen
    }
    if (ends !== 0) places &= ends ^ (ends - 1)
    // In each lane all kinds since the separator before it, in steps of 1, 2, 4 and 8 lanes: what stands at a separator is its element's.
    const own = v128.andnot(kindsOf(bytes), separating)
    let before = up1(own)
    let begun = up1(separating)
    before = v128.or(before, v128.andnot(up1(before), begun))
    begun = v128.or(begun, up1(begun))
    before = v128.or(before, v128.andnot(up2(before), begun))
    begun = v128.or(begun, up2(begun))
    before = v128.or(before, v128.andnot(up4(before), begun))
    begun = v128.or(begun, up4(begun))
    before = v128.or(before, v128.andnot(up8(before), begun))
    v128.store(BLOCK, before)
    while (places !== 0) {
      const lane = ctz(places)
      const kind = load<u8>(BLOCK + lane) | carried
      carried = 0
      all |= kind
      store<u8>(kindAt++, kind)
      cut += 4
      store<i32>(cut, base + lane)
      places &= places - 1
    }
    if (ends !== 0) {
      place = (cut - cuts) >> 2
      allKinds = all
      return base + ctz(ends)
    }
    carried |= i8x16.extract_lane_u(v128.andnot(v128.or(before, own), separating), 15)
  }
  place = (cut - cuts) >> 2
  allKinds = all
  return stop
}

/**
 * Separates segments from `from` on, as long as each is plain: terminated before `limit`, of printable ASCII, and neither an ISA nor an IEA
 * nor binary data, nor may it run on into an ISA. Filler between them is passed over.
 * @returns how many segments
 */
export function run(from: i32, limit: i32, fromLine: i32, longest: i32): i32 {
  let count = 0
  place = 0
  passFiller(from, limit, fromLine)
  for (; count < MOST_SEGMENTS && at < limit && !isSpecial(); count++) {
    const first = place
    const stop = min(limit, at + longest)
    const end = separate(at, stop, first)
    if (end === stop || (allKinds & (STOP | UNPRINTABLE)) !== 0 || isTrailing(end)) {
      place = first
      break
    }
    store<u8>(kinds + place, allKinds)
    const record = records + count * RECORD
    store<i32>(record, line)
    store<i32>(record, place - first - 1, 4)
    store<i32>(record, idNumber(load<i32>(cuts + (first << 2), 4), load<u8>(kinds + first)), 8)
    store<i32>(record, presentFrom(first, place - first - 1), 12)
    place++
    passFiller(end, limit, line)
  }
  return count
}

/** Passes over terminators and what may stand between segments. */
export function passFiller(from: i32, limit: i32, fromLine: i32): void {
  let byteAt = from
  let lineAt = fromLine
  for (; byteAt < limit; byteAt++) {
    const byte = load<u8>(WINDOW + byteAt)
    if (load<u8>(FILLER + byte) === 0) break
    // A line ends with LF, CR or CR LF.
    if (byte === CARRIAGE_RETURN) lineAt++
    else if (byte === LINE_FEED && load<u8>(WINDOW + byteAt - 1) !== CARRIAGE_RETURN) lineAt++
  }
  at = byteAt
  line = lineAt
}

/** The number of the id that begins at `at`, as code-text.ts has it. Somebody may have a letter as component separator. */
function idNumber(end: i32, kind: u8): i32 {
  return end > at + LONGEST_CODE || (kind & ~(DIGIT | CAPITAL | SEPARATOR)) !== 0 ? NO_CODE : codeNumber(at, end)
}

/** Of letters and digits; of none at all it is NO_CODE. */
function codeNumber(from: i32, end: i32): i32 {
  let number = 0
  for (let i = from; i < end; i++) {
    const sign = load<u8>(WINDOW + i) as i32
    number = number * SIGNS + (sign >= LETTER_A ? sign - LETTER_A + FIRST_LETTER : sign - ZERO + 1)
  }
  return number
}

/** Numbers the codes at so many places. Behind a segment there is none, whatever it says there. */
export function numberCodes(count: i32): void {
  let before = load<i32>(cuts)
  for (let n = 0; n < count; n++) {
    const end = load<i32>(cuts + (n << 2), 4)
    const isCode = end - before <= LONGEST_CODE + 1 && (load<u8>(kinds + n) & ~(DIGIT | CAPITAL)) === 0
    store<u16>(codes + (n << 1), isCode ? codeNumber(before + 1, end) : NO_CODE)
    before = end
  }
}

/** The elements that say something, of so many that follow the id at place `first`: 1 is element 1, 2 is element 2, to the 31st. */
export function presentFrom(first: i32, count: i32): i32 {
  const near = i8x16.bitmask(saying(v128.load(kinds + first, 1)))
  const far = count > 16 ? i8x16.bitmask(saying(v128.load(kinds + first, 17))) << 16 : 0
  return (near | far) & ((1 << min(count, MOST_BITS)) - 1)
}

/** What says nothing is empty or of blanks. */
function saying(kinds: v128): v128 {
  return i8x16.ne(v128.and(kinds, i8x16.splat(~SPACE)), i8x16.splat(0))
}

/** All kinds of characters in these bytes. */
export function kindsWithin(from: i32, to: i32): i32 {
  let all = i8x16.splat(0)
  for (let base = from; base < to; base += 16) {
    const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    const seen = i8x16.lt_u(lanes, i8x16.splat(min(16, to - base) as i8))
    all = v128.or(all, v128.and(kindsOf(v128.load(WINDOW + base)), seen))
  }
  v128.store(BLOCK, all)
  const eight = load<u64>(BLOCK) | load<u64>(BLOCK + 8)
  const four = eight | (eight >> 32)
  const two = four | (four >> 16)
  return ((two | (two >> 8)) & 0xff) as i32
}

/** It may be an ISA, also one in which lines are wrapped, an IEA, a BIN or a BDS. */
function isSpecial(): bool {
  const first = load<u8>(WINDOW + at)
  const second = load<u8>(WINDOW + at + 1)
  if (first === 0x49) return second === 0x53 || second === 0x45 || second === LINE_FEED || second === CARRIAGE_RETURN
  if (first !== 0x42) return false
  const third = load<u8>(WINDOW + at + 2)
  return (second === 0x49 && third === 0x4e) || (second === 0x44 && third === 0x53)
}

/** Its last element ends with separators of components, or it holds an ISA. */
function isTrailing(end: i32): bool {
  if (load<u8>(WINDOW + end - 1) === (component as u8)) return true
  if (end - at <= HEADER_BYTES) return false
  for (let i = at + 1; i < end; i++) {
    if (load<u8>(WINDOW + i) === 0x49 && load<u8>(WINDOW + i + 1) === 0x53 && load<u8>(WINDOW + i + 2) === 0x41)
      return true
  }
  return false
}
