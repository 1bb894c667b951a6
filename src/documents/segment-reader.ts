import { type CanonicalDocument, type DecimalText, parseImplied, type Span, ZERO } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import type { DocumentFinding } from './document-finding.js'
import type { Draft } from './draft.js'
import { dateOf, decimalOf } from './element-values.js'
import type { ReadDocument } from './read-document.js'
import type { ElementPlace, SegmentLayout } from './segment-layout.js'

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

  /**
   * What the segment says in the elements of the layout. It is put into `into`, if given. A required one that
   * is missing is a finding, and reads as empty text or zero.
   */
  fields<Fields>(
    segment: DecodedSegment,
    layout: SegmentLayout<Fields>,
    into: Partial<Draft<Fields>> = {},
  ): Draft<Fields> {
    const values = into as Record<string, unknown>
    this.#count(segment, layout.mask)
    for (const field of layout.fields) {
      const value = segment.elements[field.position - 1]?.trim()
      if (value !== undefined && value !== '') {
        const typed = field.type === 'text' ? value : this.#typed(segment, field, value)
        if (typed !== undefined) values[field.key] = typed
      } else if (field.required) {
        this.#report(segment, field.position, MANDATORY_MISSING, undefined, `${field.what} is missing`)
        values[field.key] = field.type === 'decimal' ? ZERO : ''
      }
    }
    return values as Draft<Fields>
  }

  /** Trimmed; undefined when absent or empty. */
  text(segment: DecodedSegment, position: number): string | undefined {
    this.#count(segment, 1 << position)
    return this.peek(segment, position)
  }

  /** The text, without counting as read: for values whose place depends on what they say. */
  peek(segment: DecodedSegment, position: number): string | undefined {
    const value = segment.elements[position - 1]?.trim()
    return value === '' ? undefined : value
  }

  /** Counts elements as read. */
  passOver(segment: DecodedSegment, ...positions: readonly number[]): void {
    this.#count(
      segment,
      positions.reduce((mask, position) => mask | (1 << position), 0),
    )
  }

  /** Counts an element as read where it says what goes without saying. */
  expect(segment: DecodedSegment, position: number, ...usual: readonly string[]): void {
    if (usual.includes(this.peek(segment, position) ?? '')) this.#count(segment, 1 << position)
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
    return value === undefined ? undefined : this.#decimal(segment, position, value, what)
  }

  /** Type Nn: digits with implied decimal places. */
  implied(segment: DecodedSegment, position: number, places: number, what: string): DecimalText | undefined {
    const value = this.text(segment, position)
    return value === undefined ? undefined : this.#implied(segment, position, value, places, what)
  }

  /** Type DT: CCYYMMDD as yyyy-MM-dd. */
  date(segment: DecodedSegment, position: number, what: string): string | undefined {
    const value = this.text(segment, position)
    return value === undefined ? undefined : this.#date(segment, position, value, what)
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

  #count(segment: DecodedSegment, mask: number): void {
    this.#read.set(segment, (this.#read.get(segment) ?? 0) | mask)
  }

  #saysMore(segment: DecodedSegment): boolean {
    const read = this.#read.get(segment) ?? 0
    const { elements } = segment
    for (let index = 0; index < elements.length; index++) {
      if ((index >= 30 || (read & (1 << (index + 1))) === 0) && elements[index]?.trim() !== '') return true
    }
    return false
  }

  #typed(segment: DecodedSegment, { position, type, what }: ElementPlace<unknown>, value: string): unknown {
    if (type === 'decimal') return this.#decimal(segment, position, value, what)
    if (type === 'cents') return this.#implied(segment, position, value, 2, what)
    return type === 'date' ? this.#date(segment, position, value, what) : this.#integer(segment, position, value, what)
  }

  #decimal(segment: DecodedSegment, position: number, value: string, what: string): DecimalText | undefined {
    const parsed = decimalOf(value)
    if (parsed === undefined)
      this.#report(segment, position, INVALID_CHARACTER, value, `${what} "${value}" is not a decimal`)
    return parsed
  }

  #implied(
    segment: DecodedSegment,
    position: number,
    value: string,
    places: number,
    what: string,
  ): DecimalText | undefined {
    const parsed = parseImplied(value, places)
    if (parsed === undefined) {
      const message = `${what} "${value}" is not a number with ${places} implied decimal places`
      this.#report(segment, position, INVALID_CHARACTER, value, message)
    }
    return parsed
  }

  #integer(segment: DecodedSegment, position: number, value: string, what: string): number | undefined {
    if (/^\d{1,9}$/.test(value)) return Number(value)
    this.#report(segment, position, INVALID_CHARACTER, value, `${what} "${value}" is not a whole number`)
    return undefined
  }

  #date(segment: DecodedSegment, position: number, value: string, what: string): string | undefined {
    const date = dateOf(value)
    if (date === undefined)
      this.#report(segment, position, INVALID_DATE, value, `${what} "${value}" is not a date CCYYMMDD`)
    return date
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
