import { SEPARATOR, UNPRINTABLE } from './character-kinds.js'
import { codeNumber, textOfCode } from './code-text.js'
import { DecodedSegment, decodedSegment } from './decoded-segment.js'
import type { Segment } from './segment.js'

/** Makes of the scanner's view of a segment one that stays. */
export function decodeSegment(segment: Segment): DecodedSegment {
  if (!segment.plain) return decodedSegment(textOf(segment))
  const { windowText: text, cuts, kinds, first, elementCount, present, allKinds, binary } = segment
  const simple = (allKinds & (SEPARATOR | UNPRINTABLE)) === 0 && binary === 0
  const [from, to] = [(cuts[first] as number) + 1, cuts[first + 1] as number]
  const number = codeNumber(text, from, to)
  const id = textOfCode(number, text, from, to)
  segment.keepPlaces()
  return new DecodedSegment(id, number, text, cuts, kinds, first, elementCount, present, simple, segment)
}

const textOf = (segment: Segment) => {
  const { id, byteOffset, byteLength, line } = segment
  return { id, elements: segment.elements(), span: { byteOffset, byteLength, line } }
}
