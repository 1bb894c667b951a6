import { type DecodedSegment, decodedSegment, type Transaction } from '../formats/x12/index.js'

/** The first year that a date of two digits means is this one of the last century. */
const FIRST_YEAR = 80

/** YYMMDD as CCYYMMDD: 80 to 99 are 1980 to 1999, 00 to 79 are 2000 to 2079. Any other text stays as it is. */
export const withCentury = (value: string): string =>
  /^\d{6}$/.test(value) ? `${Number(value.slice(0, 2)) < FIRST_YEAR ? '20' : '19'}${value}` : value

/**
 * A transaction set of a version before 004010 as it would be in 004010: the century that stood in DTM05 is in the date, and what
 * stood behind it is where it is now.
 */
export function asIn004010(transaction: Transaction): Transaction {
  return {
    ...transaction,
    segments: transaction.segments.map((segment) => (segment.id === 'DTM' ? newDtm(segment) : segment)),
  }
}

function newDtm(segment: DecodedSegment): DecodedSegment {
  const [qualifier = '', date = '', time = '', zone = '', century = '', ...period] = segment.elements
  if (segment.elementCount < 5) return segment
  const whole = /^\d{2}$/.test(century) && /^\d{6}$/.test(date) ? `${century}${date}` : date
  return decodedSegment({ id: segment.id, elements: [qualifier, whole, time, zone, ...period], span: segment.span })
}
