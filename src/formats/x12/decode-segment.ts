import { DecodedSegment, decodedSegment } from './decoded-segment.js'
import type { Segment } from './segment.js'

/** Makes of the scanner's view of a segment one that stays. */
export function decodeSegment(segment: Segment): DecodedSegment {
  if (!segment.plain) return decodedSegment(textOf(segment))
  const { placed, first, shape, line } = segment
  return new DecodedSegment(placed, first, shape, line)
}

const textOf = (segment: Segment) => {
  const { id, byteOffset, byteLength, line } = segment
  return { id, elements: segment.elements(), span: { byteOffset, byteLength, line } }
}
