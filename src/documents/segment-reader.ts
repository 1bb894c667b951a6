import { type CanonicalDocument, type DecimalText, parseDecimal, type Span, ZERO } from '../canonical/index.js'
import { bitOf, type DecodedSegment, hasShortDates, MOST_BITS, type Transaction } from '../formats/x12/index.js'
import { withCentury } from './before-004010.js'
import type { DocumentFinding } from './document-finding.js'
import type { Draft } from './draft.js'
import type { ElementType } from './element-place.js'
import { dateOf, impliedOf, plainDate, plainElement } from './element-values.js'
import type { ReadDocument } from './read-document.js'
import type { FramedLayout, SegmentLayout } from './segment-layout.js'

// Element 723, data element syntax error codes.
const MANDATORY_MISSING = 'AK403:1'
const INVALID_CHARACTER = 'AK403:6'
const INVALID_CODE = 'AK403:7'
const INVALID_DATE = 'AK403:8'
// Element 720, segment syntax error codes.
const SEGMENT_MISSING = 'AK304:3'

/** Read with the interchange. */
const ENVELOPE = ['ST', 'SE']
const NOTHING = {}

/**
 * Reads typed values out of the segments of one transaction set. It keeps a finding for each that does not fit, with segment, element
 * and value, and knows which elements nobody asked for. A document is handed over only when there is no finding.
 */
export class SegmentReader {
  readonly #findings: DocumentFinding[] = []
  readonly #shortDates: boolean

  constructor({ segments, envelope }: Transaction) {
    this.#shortDates = hasShortDates(envelope.version)
    for (let n = 0; n < segments.length; n++) (segments[n] as DecodedSegment).taken = 0
  }

  /** What the segment says in the elements of the layout. A required one that is missing is a finding, and reads as empty text or zero. */
  fields<Fields>(segment: DecodedSegment, { mask, records }: SegmentLayout<Fields>): Draft<Fields> {
    segment.taken |= mask
    return records.make(this, segment, NOTHING) as Draft<Fields>
  }

  /** Takes what is read of a segment that nothing depends on: where a value of it cannot be read, all of it stays unread. */
  ifReadable<Read>(segment: DecodedSegment, read: () => Read, take: (read: Read) => void): void {
    const { length } = this.#findings
    const { taken } = segment
    const made = read()
    if (this.#findings.length === length) {
      take(made)
      return
    }
    this.#findings.length = length
    segment.taken = taken
  }

  /** The same with what is given beside it, and `maybe` where it is not undefined. */
  framed<Fields, Given extends keyof Fields, Maybe extends keyof Fields = never>(
    segment: DecodedSegment,
    { mask, records }: FramedLayout<Fields, Given, Maybe>,
    given: Pick<Fields, Given>,
    maybe?: Fields[Maybe],
  ): Draft<Fields> {
    segment.taken |= mask
    return records.make(this, segment, given, maybe) as Draft<Fields>
  }

  /** Trimmed; undefined when absent or empty. */
  text(segment: DecodedSegment, position: number): string | undefined {
    segment.taken |= bitOf(position)
    return segment.value(position)
  }

  /** The text, without counting as read: for values whose place depends on what they say. */
  peek(segment: DecodedSegment, position: number): string | undefined {
    return segment.value(position)
  }

  /** Counts elements as read, up to three. */
  passOver(segment: DecodedSegment, first: number, second = first, third = second): void {
    segment.taken |= bitOf(first) | bitOf(second) | bitOf(third)
  }

  /** Counts an element as read where it says what goes without saying. */
  expect(segment: DecodedSegment, position: number, usual: readonly string[]): void {
    if (usual.includes(this.peek(segment, position) ?? '')) segment.taken |= bitOf(position)
  }

  /** Empty text when missing: the finding is what counts then. */
  required(segment: DecodedSegment, position: number, what: string): string {
    const value = this.text(segment, position)
    return value ?? this.lacking(segment, position, 'text', what)
  }

  /** Empty text, or zero, for a required value that is missing: the finding is what counts then. */
  lacking(segment: DecodedSegment, position: number, type: ElementType, what: string): string {
    this.#report(segment, position, MANDATORY_MISSING, undefined, `${what} is missing`)
    return type === 'decimal' ? ZERO : ''
  }

  /** Type R: a decimal with its point. */
  decimal(segment: DecodedSegment, position: number, what: string): DecimalText | undefined {
    const plain = plainElement(segment, position)
    if (plain !== undefined) {
      segment.taken |= bitOf(position)
      return plain
    }
    const value = this.text(segment, position)
    const parsed = value === undefined ? undefined : parseDecimal(value)
    if (value !== undefined && parsed === undefined)
      this.#report(segment, position, INVALID_CHARACTER, value, `${what} "${value}" is not a decimal`)
    return parsed
  }

  /** Type Nn: digits with implied decimal places. */
  implied(segment: DecodedSegment, position: number, places: number, what: string): DecimalText | undefined {
    const value = this.text(segment, position)
    const parsed = value === undefined ? undefined : impliedOf(value, places)
    if (value !== undefined && parsed === undefined) {
      const message = `${what} "${value}" is not a number with ${places} implied decimal places`
      this.#report(segment, position, INVALID_CHARACTER, value, message)
    }
    return parsed
  }

  /** Type N0, up to nine digits. */
  integer(segment: DecodedSegment, position: number, what: string): number | undefined {
    const value = this.text(segment, position)
    if (value === undefined) return undefined
    if (/^\d{1,9}$/.test(value)) return Number(value)
    this.#report(segment, position, INVALID_CHARACTER, value, `${what} "${value}" is not a whole number`)
    return undefined
  }

  /** Type DT: CCYYMMDD, before 004010 also YYMMDD, as yyyy-MM-dd. */
  date(segment: DecodedSegment, position: number, what: string): string | undefined {
    const plain = plainDate(segment, position)
    if (plain !== undefined) {
      segment.taken |= bitOf(position)
      return plain
    }
    const value = this.text(segment, position)
    const date = value === undefined ? undefined : dateOf(this.#shortDates ? withCentury(value) : value)
    if (value !== undefined && date === undefined)
      this.#report(segment, position, INVALID_DATE, value, `${what} "${value}" is not a date CCYYMMDD`)
    return date
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
    const unread: CanonicalDocument['unmapped'][number][] = []
    for (let n = 0; n < segments.length; n++) {
      const segment = segments[n] as DecodedSegment
      if (!saysMore(segment) || ENVELOPE.includes(segment.id)) continue
      const { id, elements, span } = segment
      unread.push({ segment: id, text: [id, ...elements].join('*'), span })
    }
    return unread
  }

  /** Something could not be read: there will be no document. */
  get foundFault(): boolean {
    return this.#findings.length > 0
  }

  /** The document, if nothing was found against it; findings in the order of the file. */
  finish<T extends CanonicalDocument>(document: T): ReadDocument<T> {
    return this.#findings.length === 0 ? { document, findings: [] } : this.refuse()
  }

  refuse(): { document: undefined; findings: DocumentFinding[] } {
    return { document: undefined, findings: this.#findings.toSorted(byPlace) }
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

/** Than was taken. */
function saysMore(segment: DecodedSegment): boolean {
  const { present, elementCount } = segment.shape
  if ((present & ~segment.taken) !== 0) return true
  for (let position = MOST_BITS + 1; position <= elementCount; position++) {
    if (segment.value(position) !== undefined) return true
  }
  return false
}

const byPlace = (a: DocumentFinding, b: DocumentFinding): number =>
  a.span.byteOffset - b.span.byteOffset || (a.element ?? 0) - (b.element ?? 0)
