import type { Party, Terms } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import type { SegmentReader } from './segment-reader.js'

/** N101..N104. */
export function party(reader: SegmentReader, segment: DecodedSegment): Party {
  const name = reader.text(segment, 2)
  const idQualifier = reader.text(segment, 3)
  const id = reader.text(segment, 4)
  return {
    role: reader.required(segment, 1, 'entity identifier'),
    ...(name === undefined ? {} : { name }),
    ...(idQualifier === undefined ? {} : { idQualifier }),
    ...(id === undefined ? {} : { id }),
  }
}

/** ITD01, ITD03, ITD05, ITD07, ITD12. */
export function terms(reader: SegmentReader, segment: DecodedSegment): Terms {
  const type = reader.text(segment, 1)
  const discountPercent = reader.decimal(segment, 3, 'discount percent')
  const discountDays = reader.integer(segment, 5, 'discount days')
  const netDays = reader.integer(segment, 7, 'net days')
  const text = reader.text(segment, 12)
  return {
    ...(type === undefined ? {} : { type }),
    ...(discountPercent === undefined ? {} : { discountPercent }),
    ...(discountDays === undefined ? {} : { discountDays }),
    ...(netDays === undefined ? {} : { netDays }),
    ...(text === undefined ? {} : { text }),
  }
}

/** REF01 and REF02; REF03 where there is no REF02. */
export function reference(reader: SegmentReader, segment: DecodedSegment): readonly [qualifier: string, value: string] {
  return [reader.required(segment, 1, 'reference qualifier'), reader.text(segment, 2) ?? reader.text(segment, 3) ?? '']
}

/** The segment as text with `*`, for the list of what was not mapped. */
export const rawText = ({ id, elements }: DecodedSegment): string => [id, ...elements].join('*')
