import { countedFault, type HeaderFault, headerEnd, isLineEnd, isWordByte } from './header-fault.js'

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
  /** What is wrong with it, where the delimiters could be found all the same. */
  readonly fault?: HeaderFault
  /** What stands for the component separator in a copy out of a web page. */
  readonly entity?: string
  /** So many elements stand before the next segment begins, where they are fewer than sixteen. */
  readonly elements?: number
}

/** No ISA, however damaged, is looked for in more bytes than this. */
export const LONGEST_HEADER = 256

/** An ISA with its elements at their fixed lengths. */
export const HEADER_BYTES = 106
/** Where the sixteen element separators stand in an ISA: its elements have fixed lengths. */
const SEPARATORS = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103]
const REPETITION = 82
const VERSION = 84
const COMPONENT = 104
/**
 * Reads the ISA that begins at `at`: first by byte position, then by position with line ends taken out (files wrapped at 80
 * columns), last by counting separators (files whose padding somebody removed). Undefined when no ISA can be seen there.
 */
export function readHeader(bytes: Uint8Array, at: number, end: number): Header | undefined {
  const last = Math.min(end, at + LONGEST_HEADER)
  if (!beginsIsa(bytes, at, last)) return undefined
  const seen = bytes.subarray(0, last)
  if (isRegularHeader(bytes, at, end)) return regularHeader(seen, (offset) => at + offset)
  const data = positionsOfData(bytes, at, last)
  const separator = bytes[data[3] as number]
  const isWrapped =
    data.length >= HEADER_BYTES && SEPARATORS.every((offset) => bytes[data[offset] as number] === separator)
  return isWrapped ? regularHeader(seen, (offset) => data[offset] as number) : countedHeader(seen, at, separator)
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
  delimiters: { element, component, segment },
  entity,
  elements,
}: Pick<Header, 'delimiters' | 'entity' | 'elements'>): { code: string; message: string } | undefined {
  if (elements !== undefined) return { code: 'TA105:022', message: `the ISA has ${elements} elements, not 16` }
  if (entity !== undefined) {
    const message = `ISA16 is "${entity}", as in the source of a web page: take the file itself, not a copy out of a page`
    return { code: 'TA105:027', message }
  }
  if (isWordByte(element)) return { code: 'TA105:026', message: 'the element separator is a letter, digit or space' }
  if (isWordByte(segment)) return { code: 'TA105:004', message: 'the segment terminator is a letter, digit or space' }
  if (segment === element)
    return { code: 'TA105:004', message: 'segment terminator and element separator are the same' }
  if (component === element) return { code: 'TA105:027', message: 'component and element separator are the same' }
  if (component === segment)
    return { code: 'TA105:027', message: 'component separator and segment terminator are the same' }
  return undefined
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

function positionsOfData(bytes: Uint8Array, from: number, to: number): number[] {
  const positions: number[] = []
  for (let i = from; i < to; i++) if (!isLineEnd(bytes[i])) positions.push(i)
  return positions
}

function regularHeader(bytes: Uint8Array, position: (offset: number) => number): Header {
  const byte = (offset: number) => bytes[position(offset)] as number
  const version = String.fromCharCode(...[0, 1, 2, 3, 4].map((digit) => byte(VERSION + digit)))
  const element = byte(SEPARATORS[0] as number)
  const { end, fault, entity, ...delimiters } = headerEnd(bytes, position(COMPONENT), position(COMPONENT + 1), element)
  return {
    delimiters: { element, ...delimiters, ...repetition(version, byte(REPETITION)) },
    byteLength: end - position(0),
    ...(fault === undefined ? {} : { fault }),
    ...(entity === undefined ? {} : { entity }),
  }
}

function countedHeader(bytes: Uint8Array, at: number, separator: number | undefined): Header | undefined {
  const end = bytes.length
  const separators: number[] = []
  for (let i = at; i < end && separators.length < SEPARATORS.length; i++) if (bytes[i] === separator) separators.push(i)
  const [eleventh, twelfth, last] = [separators[10], separators[11], separators[15]]
  if (eleventh === undefined || twelfth === undefined || last === undefined || last + 2 >= end) return undefined
  const version = String.fromCharCode(...bytes.subarray(twelfth + 1, twelfth + 6))
  const element = separator as number
  const elements = elementsBeforeNext(bytes, separators)
  const { end: behind, fault, entity, ...delimiters } = headerEnd(bytes, last + 1, last + 2, element)
  return {
    delimiters: { element, ...delimiters, ...repetition(version, bytes[eleventh + 1] as number) },
    byteLength: behind - at,
    fault: countedFault(bytes, separators, fault),
    ...(entity === undefined ? {} : { entity }),
    ...(elements === undefined ? {} : { elements }),
  }
}

/** The last element of an ISA, its terminator and what the next segment is called, where no separator stands between them. */
const NEXT_SEGMENT = /[^A-Za-z0-9 ][\r\n]*(GS|TA1)$/

function elementsBeforeNext(bytes: Uint8Array, separators: readonly number[]): number | undefined {
  const at = separators.findIndex((separator, index) => {
    const behind = separators[index + 1]
    return behind !== undefined && NEXT_SEGMENT.test(String.fromCharCode(...bytes.subarray(separator + 1, behind)))
  })
  return at === -1 ? undefined : at + 1
}

const repetition = (version: string, isa11: number): { repetition?: number } =>
  version >= '00402' && !isWordByte(isa11) ? { repetition: isa11 } : {}
