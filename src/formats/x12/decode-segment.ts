import { SEPARATOR, UNPRINTABLE } from './character-kinds.js'
import { DecodedSegment, decodedSegment } from './decoded-segment.js'
import type { Segment } from './segment.js'

/** Makes of the scanner's view of a segment one that stays. */
export function decodeSegment(segment: Segment): DecodedSegment {
  if (!segment.plain) return decodedSegment(textOf(segment))
  segment.keepPlaces()
  const { windowText: text, cuts, kinds, codes, first, elementCount, allKinds, idNumber, present, binary, id } = segment
  const simple = (allKinds & (SEPARATOR | UNPRINTABLE)) === 0 && binary === 0
  return new DecodedSegment(id, idNumber, text, cuts, kinds, codes, first, elementCount, present, simple, segment)
}

const textOf = (segment: Segment) => {
  const { id, byteOffset, byteLength, line } = segment
  return { id, elements: segment.elements(), span: { byteOffset, byteLength, line } }
}
