import { type DecimalText, parseDecimal, parseImplied } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import type { DocumentFinding } from './document-finding.js'

// Element 723, data element syntax error codes.
const MANDATORY_MISSING = '1'
const INVALID_CHARACTER = '6'
const INVALID_CODE = '7'
const INVALID_DATE = '8'

/**
 * Reads typed values out of segments and keeps a finding for each that does not fit, with segment, element and value. A document is
 * handed over only when there is none.
 */
export class SegmentReader {
  readonly findings: DocumentFinding[] = []

  text(segment: DecodedSegment, position: number): string | undefined {
    const value = segment.elements[position - 1]?.trim()
    return value === undefined || value === '' ? undefined : value
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

  oneOf<T extends string>(segment: DecodedSegment, position: number, codes: readonly T[], what: string): T | undefined {
    const value = this.text(segment, position)
    if (value === undefined) return undefined
    const known = codes.find((code) => code === value)
    if (known === undefined) {
      this.#report(segment, position, INVALID_CODE, value, `${what} "${value}" is none of ${codes.join(', ')}`)
    }
    return known
  }

  missing(segment: DecodedSegment, id: string, what: string): void {
    const { span } = segment
    this.findings.push({
      code: 'X12-SYNTAX',
      standardCode: '3',
      segment: id,
      message: `${what} (segment ${id}) is missing`,
      span,
    })
  }

  #report(
    segment: DecodedSegment,
    element: number,
    standardCode: string,
    value: string | undefined,
    message: string,
  ): void {
    this.findings.push({
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

/** CCYYMMDD that is a day of the calendar. */
function isoDate(value: string): string | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(value)
  if (parts === null) return undefined
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}`
  const day = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : undefined
}
