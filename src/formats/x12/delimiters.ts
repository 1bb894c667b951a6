/** The delimiters of one interchange, as byte values. They hold from its ISA to its IEA. */
export interface Delimiters {
  readonly element: number
  readonly component: number
  readonly segment: number
  /** ISA11 from version 00402 on; before, that element is a standards identifier. */
  readonly repetition?: number
}

export interface Header {
  readonly delimiters: Delimiters
  /** Bytes from the I of ISA to the segment terminator, it included. */
  readonly byteLength: number
  /** False when the elements do not have their fixed lengths, so that the delimiters had to be found by counting elements. */
  readonly regular: boolean
}

/** No ISA, however damaged, is looked for in more bytes than this. */
export const LONGEST_HEADER = 256

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
/** An ISA with its elements at their fixed lengths. */
export const HEADER_BYTES = 106
/** Where the sixteen element separators stand in an ISA: its elements have fixed lengths. */
const SEPARATORS = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103]
const REPETITION = 82
const VERSION = 84
const COMPONENT = 104
const TERMINATOR = 105

/**
 * Reads the ISA that begins at `at`: first by byte position, then by position with line ends taken out (files wrapped at 80
 * columns), last by counting separators (files whose padding somebody removed). Undefined when no ISA can be seen there.
 */
export function readHeader(bytes: Uint8Array, at: number, end: number): Header | undefined {
  if (!beginsIsa(bytes, at, end)) return undefined
  const last = Math.min(end, at + LONGEST_HEADER)
  const raw = positions(at, last, () => true)
  const unwrapped = positions(at, last, (i) => !isLineEnd(bytes[i]))
  return byPosition(bytes, raw) ?? byPosition(bytes, unwrapped) ?? byCounting(bytes, raw)
}

/** An ISA with all separators in their places: strong enough a mark to be believed even in the midst of a broken segment. */
export function isRegularHeader(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + HEADER_BYTES > end) return false
  const separator = bytes[at + 3] as number
  return (
    !isWordByte(separator) && !isLineEnd(separator) && SEPARATORS.every((offset) => bytes[at + offset] === separator)
  )
}

/** Why these delimiters cannot be told apart, with the TA105 code; undefined when they can. */
export function delimiterClash({
  element,
  component,
  segment,
}: Delimiters): { code: string; message: string } | undefined {
  if (isWordByte(element)) return { code: 'TA105:026', message: 'the element separator is a letter, digit or space' }
  if (isWordByte(segment)) return { code: 'TA105:004', message: 'the segment terminator is a letter, digit or space' }
  if (segment === element)
    return { code: 'TA105:004', message: 'segment terminator and element separator are the same' }
  if (component === element) return { code: 'TA105:027', message: 'component and element separator are the same' }
  if (component === segment)
    return { code: 'TA105:027', message: 'component separator and segment terminator are the same' }
  return undefined
}

function positions(from: number, to: number, wanted: (at: number) => boolean): number[] {
  const found: number[] = []
  for (let i = from; i < to; i++) if (wanted(i)) found.push(i)
  return found
}

/** ISA and a byte that can be a separator, with or without line ends between. Cheap: asked of every segment. */
function beginsIsa(bytes: Uint8Array, at: number, end: number): boolean {
  let i = at
  for (const letter of [0x49, 0x53, 0x41]) {
    while (i < end && isLineEnd(bytes[i])) i++
    if (bytes[i] !== letter || i >= end) return false
    i++
  }
  while (i < end && isLineEnd(bytes[i])) i++
  return i < end && !isWordByte(bytes[i] as number)
}

const isLineEnd = (byte: number | undefined): boolean => byte === LINE_FEED || byte === CARRIAGE_RETURN

function byPosition(bytes: Uint8Array, at: readonly number[]): Header | undefined {
  if (at.length < HEADER_BYTES) return undefined
  const byte = (offset: number) => bytes[at[offset] as number] as number
  const element = byte(3)
  if (!SEPARATORS.every((offset) => byte(offset) === element)) return undefined
  const version = Array.from({ length: 5 }, (_, i) => String.fromCharCode(byte(VERSION + i))).join('')
  return header(element, byte(COMPONENT), byte(TERMINATOR), byte(REPETITION), version, true, at)
}

function byCounting(bytes: Uint8Array, at: readonly number[]): Header | undefined {
  const element = bytes[at.filter((i) => !isLineEnd(bytes[i]))[3] as number] as number
  const separators = at.filter((i) => bytes[i] === element).slice(0, 16)
  const [eleventh, twelfth, last] = [separators[10], separators[11], separators[15]]
  if (eleventh === undefined || twelfth === undefined || last === undefined) return undefined
  const [component, terminator] = [bytes[last + 1], bytes[last + 2]]
  const seen = at.filter((i) => i <= last + 2)
  if (component === undefined || terminator === undefined || !seen.includes(last + 2)) return undefined
  const version = Buffer.from(bytes.subarray(twelfth + 1, twelfth + 6)).toString('latin1')
  return header(element, component, terminator, bytes[eleventh + 1] as number, version, false, seen)
}

function header(
  element: number,
  component: number,
  segment: number,
  isa11: number,
  version: string,
  regular: boolean,
  at: readonly number[],
): Header {
  const last = at[regular ? TERMINATOR : at.length - 1] as number
  const repetition = version >= '00402' && !isWordByte(isa11) ? { repetition: isa11 } : {}
  return {
    delimiters: { element, component, segment, ...repetition },
    byteLength: last + 1 - (at[0] as number),
    regular,
  }
}

function isWordByte(byte: number): boolean {
  return (
    byte === 0x20 || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
  )
}
