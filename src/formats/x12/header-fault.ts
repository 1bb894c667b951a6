/** What is wrong with an ISA whose delimiters could be found all the same. */
export interface HeaderFault {
  /** A TA105 code. */
  readonly standardCode: string
  readonly message: string
  /** The element at fault, where it is one. */
  readonly element?: number
}

interface HeaderEnd {
  /** The two delimiters an ISA ends with. */
  readonly component: number
  readonly segment: number
  /** Behind the segment terminator. */
  readonly end: number
  readonly fault?: HeaderFault
  /** The component separator is written as in a web page: `&gt;`. */
  readonly entity?: string
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const SPACE = 0x20
const LETTER_T = 0x54
/** How many characters the sixteen elements of an ISA have. */
const WIDTHS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1]
const AMPERSAND = 0x26
const LAST_OF_ASCII = 0x7f
const ENTITY = /^&(#\d{1,5}|[a-z]{2,6});/i
const LONGEST_ENTITY = 8
/** Stands in for a component separator where the ISA has none: no data holds a unit separator. */
const NO_COMPONENT = 0x1f

/**
 * The last two bytes of an ISA: the component separator stands at `sixteenth`, the segment terminator at `after`. Somebody may have
 * put blanks at the end of each line, or left the component separator away.
 */
export function headerEnd(bytes: Uint8Array, sixteenth: number, after: number, element: number): HeaderEnd {
  const [component, segment] = [bytes[sixteenth] as number, bytes[after] as number]
  const lineEnd = behindSpaces(bytes, after)
  if (segment === SPACE && isLineEnd(bytes[lineEnd])) {
    const message = 'the segment terminator is a space: the line ends are taken for it'
    return {
      component,
      segment: bytes[lineEnd] as number,
      end: lineEnd + 1,
      fault: { standardCode: 'TA105:004', message },
    }
  }
  if (isWordByte(segment) && !isWordByte(component) && beginsNextSegment(bytes, after, element)) {
    const message = 'ISA16 is missing: the file has no component separator'
    return {
      component: NO_COMPONENT,
      segment: component,
      end: after,
      fault: { standardCode: 'TA105:027', message, element: 16 },
    }
  }
  const entity = component === AMPERSAND ? entityAt(bytes, sixteenth) : undefined
  return { component, segment, end: after + 1, ...(entity === undefined ? {} : { entity }) }
}

const entityAt = (bytes: Uint8Array, at: number): string | undefined =>
  ENTITY.exec(String.fromCharCode(...bytes.subarray(at, at + LONGEST_ENTITY)))?.[0]

/** Why the elements of an ISA had to be counted, with what is wrong at its end. */
export function countedFault(
  bytes: Uint8Array,
  separators: readonly number[],
  atEnd: HeaderFault | undefined,
): HeaderFault {
  const wrong = separators.slice(0, -1).flatMap((separator, index) => {
    const value = bytes.subarray(separator + 1, separators[index + 1]).filter((byte) => !isLineEnd(byte))
    if (value.length === WIDTHS[index]) return []
    const unit = value.some((byte) => byte > LAST_OF_ASCII) ? 'bytes' : 'characters'
    return [{ element: index + 1, width: `${value.length} ${unit}`, due: WIDTHS[index] }]
  })
  const texts = wrong.map(
    ({ element, width, due }) => `ISA${String(element).padStart(2, '0')} has ${width}, not ${due}`,
  )
  if (texts.some((text) => text.includes('bytes'))) texts.push('a character beyond ASCII takes several')
  const [first] = wrong
  return {
    standardCode: 'TA105:022',
    message: [...texts, 'the delimiters were found by counting elements', ...(atEnd ? [atEnd.message] : [])].join('; '),
    ...(first && { element: first.element }),
  }
}

function behindSpaces(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === SPACE) at++
  return at
}

/** Whether a GS or TA1 begins there, as they do behind an ISA. */
function beginsNextSegment(bytes: Uint8Array, at: number, element: number): boolean {
  const length = bytes[at] === LETTER_T ? 3 : 2
  const id = String.fromCharCode(...bytes.subarray(at, at + length))
  return (id === 'GS' || id === 'TA1') && bytes[at + length] === element
}

export const isLineEnd = (byte: number | undefined): boolean => byte === LINE_FEED || byte === CARRIAGE_RETURN

export function isWordByte(byte: number): boolean {
  return (
    byte === SPACE || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
  )
}
