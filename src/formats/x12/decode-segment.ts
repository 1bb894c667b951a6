import { SEPARATOR, SPACE, UNPRINTABLE } from './character-kinds.js'
import { codeNumber, textOfCode } from './code-text.js'
import { DecodedSegment, decodedSegment, MOST_BITS } from './decoded-segment.js'
import type { Segment } from './segment.js'

/** Makes of the scanner's view of a segment one that stays. */
export function decodeSegment(segment: Segment): DecodedSegment {
  if (!segment.plain) return decodedSegment(textOf(segment))
  const { windowText: text, cuts, kinds, first, elementCount, allKinds, binary } = segment
  const simple = (allKinds & (SEPARATOR | UNPRINTABLE)) === 0 && binary === 0
  const [from, to] = [(cuts[first] as number) + 1, cuts[first + 1] as number]
  const number = codeNumber(text, from, to)
  const id = textOfCode(number, text, from, to)
  // An element that says nothing is empty or of the kind of a blank.
  let present = 0
  for (let n = Math.min(elementCount, MOST_BITS); n > 0; n--) {
    if (((kinds[first + n] as number) & ~SPACE) !== 0) present |= 1 << (n - 1)
  }
  segment.keepPlaces()
  return new DecodedSegment(id, number, text, cuts, kinds, first, elementCount, present, simple, segment)
}

const textOf = (segment: Segment) => {
  const { id, byteOffset, byteLength, line } = segment
  return { id, elements: segment.elements(), span: { byteOffset, byteLength, line } }
}
