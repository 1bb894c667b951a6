/**
 * AssemblyScript, compiled to WebAssembly by the build (scripts/assembly.js): the loop that sees every byte of a file, sixteen at a time.
 * Its memory is laid out by who uses it (separator-finder.ts): the window's bytes from WINDOW on, then room for what is found.
 */

/** 16 bytes for what a block came to. */
const BLOCK = 0
/** 256 bytes: 1 for what may stand between segments. */
const FILLER = 256
/** Room for what says the shape of a segment. */
const SIGNATURE = 512
/** Slots for shapes by their hash, of eight bytes: where its signature is kept, and its number. */
const SLOTS = 1024
const SLOT_BITS = 13
const MOST_PROBES = 8
/** Room for the signatures of shapes. */
const KEPT = SLOTS + (8 << SLOT_BITS)
/** Before it stands a byte that is no carriage return. */
const WINDOW = KEPT + 256 * 1024

/** A run has no more. */
const MOST_SEGMENTS = 8192
/** Of each its line, its number of elements, the number of its id, which elements say something, and the number of its shape. */
const RECORD = 20
/** A place: where a separator stands, then what is noted of the element behind it (element-marks.ts). */
const PLACE_SHIFT = 3
/** As decoded-segment.ts has it: elements up to the 31st have a bit. */
const MOST_BITS = 31
const ELEMENT_BITS = 0x7fffffff
/** No ISA fits in a shorter segment. */
const HEADER_BYTES = 106

const LINE_FEED: u8 = 0x0a
const CARRIAGE_RETURN: u8 = 0x0d
const BLANK: u8 = 0x20
const FULL_STOP: u8 = 0x2e

// The numbers of code-text.ts.
const LONGEST_CODE = 3
const NO_CODE = 0
const SIGNS = 37
const FIRST_LETTER = 11
const LETTER_A = 0x41
const ZERO = 0x30

// As element-marks.ts has it.
const NUMBER_SHIFT = 16

/** Of the length of an element, in the signature of its segment. */
const CLASS_SHIFT = 8
/** It ends with a blank, or is digits with more points than one. */
const UNTIDY = 1 << 14
const HASHING: i32 = 0x9e3779b1 as i32

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

/** From here on there is room for the signatures of shapes, and how many there are. */
let free: i32 = KEPT
export let shapes: i32 = 0

/**
 * Where places are put, and the records of the segments of a run. The first place of a segment is that before its id, the last that of its
 * terminator, there with the kinds of all.
 */
let places: i32 = 0
let records: i32 = 0

/** The first place that is free, and all kinds of the segment that was separated last. */
export let place: i32 = 0
export let allKinds: i32 = 0
/** Of the elements that were noted last those that say something, as bits, and the hash of their signature. */
let present: u32 = 0
let hash: i32 = 0
/** Up to here filler or a run was passed over, and which line that is. */
export let at: i32 = 0
export let line: i32 = 0

export function layOut(placesAt: i32, recordsAt: i32): void {
  places = placesAt
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
 * Finds the separators of the segment at `from`, and puts them from place `first` on with the kinds of characters between them.
 * @returns where its terminator stands, or `stop`; then nothing is said of its last element
 */
export function separate(from: i32, stop: i32, first: i32): i32 {
  let placeAt = places + (first << PLACE_SHIFT)
  store<i32>(placeAt, from - 1)
  let carried: i32 = 0
  let all: i32 = 0
  for (let base = from; base < stop; base += 16) {
    const bytes = v128.load(WINDOW + base)
    const ending = i8x16.eq(bytes, i8x16.splat(terminator))
    const separating = v128.or(ending, i8x16.eq(bytes, i8x16.splat(elementSeparator)))
    let ends = i8x16.bitmask(ending)
    let found = i8x16.bitmask(separating)
    if (stop - base < 16) {
      const seen = (1 << (stop - base)) - 1
      ends &= seen
      found &= seen
    }
    if (ends !== 0) found &= ends ^ (ends - 1)
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
    while (found !== 0) {
      const lane = ctz(found)
      const kind: i32 = load<u8>(BLOCK + lane) | carried
      carried = 0
      all |= kind
      store<i32>(placeAt, kind, 4)
      placeAt += 1 << PLACE_SHIFT
      store<i32>(placeAt, base + lane)
      found &= found - 1
    }
    if (ends !== 0) {
      place = (placeAt - places) >> PLACE_SHIFT
      allKinds = all
      return base + ctz(ends)
    }
    carried |= i8x16.extract_lane_u(v128.andnot(v128.or(before, own), separating), 15)
  }
  place = (placeAt - places) >> PLACE_SHIFT
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
    store<i32>(places + (place << PLACE_SHIFT), allKinds, 4)
    const record = records + count * RECORD
    store<i32>(record, line)
    store<i32>(record, place - first - 1, 4)
    store<i32>(record, idNumber(first), 8)
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

/** The number of the id at place `first`, which begins at `at`, as code-text.ts has it. Somebody may have a letter as component separator. */
function idNumber(first: i32): i32 {
  const kind = load<i32>(places + (first << PLACE_SHIFT), 4)
  const end = load<i32>(places + (first << PLACE_SHIFT), 8)
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

/** Notes the numbers of codes beside the kinds, of one segment with so many elements. @returns which of them say something, as bits */
export function noteOne(elements: i32): i32 {
  noteElements(places + (1 << PLACE_SHIFT), elements, 0)
  return present
}

/**
 * The same for all segments of a run, each of which gets the number of its shape. Segments of one shape have the same id and number of
 * elements, and in each element: the same kinds of characters, the same length class (exact up to three, then 4 to 7, 8 to 15 and so on),
 * the same code where it is short and has a letter, and alike a blank at the end or one point among digits. The number is zero for a
 * segment with too many elements, or when there is no room for another shape.
 */
export function noteRun(count: i32): void {
  let placeAt = places
  for (let n = 0; n < count; n++) {
    const record = records + n * RECORD
    const elements = load<i32>(record, 4)
    const id = load<i32>(record, 8)
    const hasShape = elements <= MOST_BITS && id !== NO_CODE && (load<i32>(placeAt, 4) & SEPARATOR) === 0
    noteElements(placeAt + (1 << PLACE_SHIFT), elements, id | (elements << NUMBER_SHIFT))
    store<i32>(record, present, 12)
    store<i32>(record, hasShape ? shapeOf(elements) : 0, 16)
    placeAt += (elements + 2) << PLACE_SHIFT
  }
}

/** So many from a place on. Their signature, of which there is room for no more than 31, begins with `head`. */
function noteElements(first: i32, elements: i32, head: i32): void {
  let hashed = head
  let saying: u32 = 0
  let bit: u32 = 1
  store<i32>(SIGNATURE, head)
  let from = load<i32>(first) + 1
  for (let i = 0; i < elements; i++) {
    const placeAt = first + (i << PLACE_SHIFT)
    const kind = load<i32>(placeAt, 4)
    const to = load<i32>(placeAt, 8)
    const length = to - from
    let sign = kind
    if (length > LONGEST_CODE) sign |= (34 - clz(length)) << CLASS_SHIFT
    else {
      const number = (kind & ~(DIGIT | CAPITAL)) === 0 ? codeNumber(from, to) : NO_CODE
      store<i32>(placeAt, kind | (number << NUMBER_SHIFT), 4)
      sign |= (length << CLASS_SHIFT) | ((kind & CAPITAL) !== 0 ? number << NUMBER_SHIFT : 0)
    }
    if ((kind & (SPACE | POINT)) !== 0 && isUntidy(kind, from, to)) sign |= UNTIDY
    store<i32>(SIGNATURE + ((i & MOST_BITS) << 2), sign, 4)
    hashed = rotl(hashed ^ sign, 5) * HASHING
    // What says nothing is empty or of blanks.
    saying |= (kind & ~SPACE) !== 0 ? bit : 0
    bit <<= 1
    from = to + 1
  }
  v128.store(SIGNATURE + ((elements & MOST_BITS) << 2), i64x2.splat(0), 4)
  hash = hashed
  present = saying & ELEMENT_BITS
}

function isUntidy(kind: i32, from: i32, to: i32): bool {
  if ((kind & SPACE) !== 0) return load<u8>(WINDOW + to - 1) === BLANK
  if (kind !== (DIGIT | POINT)) return false
  let points = 0
  for (let i = from; i < to; i++) points += i32(load<u8>(WINDOW + i) === FULL_STOP)
  return points !== 1
}

/** The number of the shape of which the signature is at hand. */
function shapeOf(elements: i32): i32 {
  const blocks = (elements + 4) >> 2
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const slot = SLOTS + (((((hash as u32) >> (32 - SLOT_BITS)) + probe) & ((1 << SLOT_BITS) - 1)) << 3)
    const kept = load<i32>(slot)
    if (kept === 0) return keepShape(slot, blocks)
    if (isKept(kept, blocks)) return load<i32>(slot, 4)
  }
  return 0
}

function isKept(kept: i32, blocks: i32): bool {
  for (let at = 0; at < blocks << 4; at += 16) {
    if (v128.any_true(v128.xor(v128.load(kept + at), v128.load(SIGNATURE + at)))) return false
  }
  return true
}

function keepShape(slot: i32, blocks: i32): i32 {
  const kept = free
  if (kept + (blocks << 4) > WINDOW - 16) return 0
  for (let at = 0; at < blocks << 4; at += 16) v128.store(kept + at, v128.load(SIGNATURE + at))
  free += blocks << 4
  store<i32>(slot, kept)
  store<i32>(slot, ++shapes, 4)
  return shapes
}

/** There are no shapes but those of segments that come. */
export function forgetShapes(): void {
  memory.fill(SLOTS, 0, 8 << SLOT_BITS)
  free = KEPT
  shapes = 0
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
