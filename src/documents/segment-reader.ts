import { type CanonicalDocument, type DecimalText, parseDecimal, parseImplied, type Span } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import type { DocumentFinding } from './document-finding.js'
import type { ReadDocument } from './read-document.js'

// Element 723, data element syntax error codes.
const MANDATORY_MISSING = 'AK403:1'
const INVALID_CHARACTER = 'AK403:6'
const INVALID_CODE = 'AK403:7'
const INVALID_DATE = 'AK403:8'
// Element 720, segment syntax error codes.
const SEGMENT_MISSING = 'AK304:3'

/** Read with the interchange. */
const ENVELOPE = ['ST', 'SE']

/**
 * Reads typed values out of the segments of one transaction set. It keeps a finding for each that does not fit, with segment, element
 * and value, and knows which elements nobody asked for. A document is handed over only when there is no finding.
 */
export class SegmentReader {
  readonly #findings: DocumentFinding[] = []
  /** One bit an element; those we read stand before the 31st. */
  readonly #read = new Map<DecodedSegment, number>()

  /** Trimmed; undefined when absent or empty. */
  text(segment: DecodedSegment, position: number): string | undefined {
    this.passOver(segment, position)
    return this.peek(segment, position)
  }

  /** The text, without counting as read: for values whose place depends on what they say. */
  peek(segment: DecodedSegment, position: number): string | undefined {
    const value = segment.elements[position - 1]?.trim()
    return value === '' ? undefined : value
  }

  /** Counts elements as read. */
  passOver(segment: DecodedSegment, ...positions: readonly number[]): void {
    let read = this.#read.get(segment) ?? 0
    for (const position of positions) read |= 1 << position
    this.#read.set(segment, read)
  }

  /** Counts an element as read where it says what goes without saying. */
  expect(segment: DecodedSegment, position: number, ...usual: readonly string[]): void {
    if (usual.includes(this.peek(segment, position) ?? '')) this.passOver(segment, position)
  }

  /** Empty text when missing: the finding is what counts then. */
  required(segment: DecodedSegment, position: number, what: string): string {
    const value = this.text(segment, position)
    if (value === undefined) this.#report(segment, position, MANDATORY_MISSING, undefined, `${what} is missing`)
    return value ?? ''
  }

  /** Type R: a decimal with its point. */
  decimal(segment: DecodedSegment, position: number, what: string): DecimalText | undefined {
    const value = this.text(segment, position)
    if (value === undefined) return undefined
    const parsed = parseDecimal(value)
    if (parsed === undefined)
      this.#report(segment, position, INVALID_CHARACTER, value, `${what} "${value}" is not a decimal`)
    return parsed
  }

  /** Type Nn: digits with implied decimal places. */
  implied(segment: DecodedSegment, position: number, places: number, what: string): DecimalText | undefined {
    const value = this.text(segment, position)
    if (value === undefined) return undefined
    const parsed = parseImplied(value, places)
    if (parsed === undefined) {
      this.#report(
        segment,
        position,
        INVALID_CHARACTER,
        value,
        `${what} "${value}" is not a number with ${places} implied decimal places`,
      )
    }
    return parsed
  }

  integer(segment: DecodedSegment, position: number, what: string): number | undefined {
    const value = this.text(segment, position)
    if (value === undefined) return undefined
    if (/^\d{1,9}$/.test(value)) return Number(value)
    this.#report(segment, position, INVALID_CHARACTER, value, `${what} "${value}" is not a whole number`)
    return undefined
  }

  /** Type DT: CCYYMMDD as yyyy-MM-dd. */
  date(segment: DecodedSegment, position: number, what: string): string | undefined {
    const value = this.text(segment, position)
    if (value === undefined) return undefined
    const date = isoDate(value)
    if (date === undefined)
      this.#report(segment, position, INVALID_DATE, value, `${what} "${value}" is not a date CCYYMMDD`)
    return date
  }

  /** Empty text when missing or no date: the finding is what counts then. */
  requiredDate(segment: DecodedSegment, position: number, what: string): string {
    this.required(segment, position, what)
    return this.date(segment, position, what) ?? ''
  }

  oneOf<T extends string>(segment: DecodedSegment, position: number, codes: readonly T[], what: string): T | undefined {
    const value = this.text(segment, position)
    if (value === undefined) return undefined
    const known = codes.find((code) => code === value)
    if (known === undefined) {
      this.#report(segment, position, INVALID_CODE, value, `${what} "${value}" is none of ${codes.join(', ')}`)
    }
    return known
  }

  /** A segment that the transaction set in `span` cannot do without. */
  missing(span: Span, id: string, what: string): void {
    const message = `${what} (segment ${id}) is missing`
    this.#findings.push({ code: 'X12-SYNTAX', standardCode: SEGMENT_MISSING, segment: id, message, span })
  }

  /** The segments that say something in an element nobody asked for, as text with `*`. */
  unmapped(segments: readonly DecodedSegment[]): CanonicalDocument['unmapped'] {
    return segments
      .filter((segment) => !ENVELOPE.includes(segment.id) && this.#saysMore(segment))
      .map(({ id, elements, span }) => ({ segment: id, text: [id, ...elements].join('*'), span }))
  }

  /** The document, if nothing was found against it; findings in the order of the file. */
  finish<T extends CanonicalDocument>(document: T): ReadDocument<T> {
    return this.#findings.length === 0 ? { document, findings: [] } : this.refuse()
  }

  refuse(): { document: undefined; findings: DocumentFinding[] } {
    return { document: undefined, findings: this.#findings.toSorted(byPlace) }
  }

  #saysMore(segment: DecodedSegment): boolean {
    const read = this.#read.get(segment) ?? 0
    return segment.elements.some(
      (value, index) => value.trim() !== '' && (index >= 30 || (read & (1 << (index + 1))) === 0),
    )
  }

  #report(
    segment: DecodedSegment,
    element: number,
    standardCode: string,
    value: string | undefined,
    message: string,
  ): void {
    this.#findings.push({
      code: 'X12-SYNTAX',
      standardCode,
      segment: segment.id,
      element,
      ...(value === undefined ? {} : { value }),
      message: `${segment.id}${String(element).padStart(2, '0')}: ${message}`,
      span: segment.span,
    })
  }
}

const byPlace = (a: DocumentFinding, b: DocumentFinding): number =>
  a.span.byteOffset - b.span.byteOffset || (a.element ?? 0) - (b.element ?? 0)

/** CCYYMMDD that is a day of the calendar. */
function isoDate(value: string): string | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(value)
  if (parts === null) return undefined
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}`
  const day = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : undefined
}
