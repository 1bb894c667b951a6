import type { PartDescription } from '../canonical/index.js'
import { bitOf, type DecodedSegment } from '../formats/x12/index.js'
import { append } from './draft.js'
import { PID } from './layouts.js'
import type { SegmentReader } from './segment-reader.js'
import { segment, type WrittenSegment, writeSegment } from './write-segment.js'

interface Described {
  description?: string
  descriptions?: readonly PartDescription[]
}

/**
 * What the segment behind the first one of a line says of the product, where it is a PID that says nothing else: the line is then made with
 * its description, which is cheaper than to add it to the object.
 */
export function descriptionAhead(reader: SegmentReader, behind: DecodedSegment | undefined): string | undefined {
  if (behind === undefined || behind.shape.id !== 'PID' || (behind.shape.present & ~PLAIN) !== 0) return undefined
  const characteristic = reader.peek(behind, 2)
  if (characteristic === GENERAL || !isOfProduct(reader.peek(behind, 1), characteristic)) return undefined
  const text = reader.peek(behind, 5)
  if (text !== undefined) reader.passOver(behind, 1, 2, 5)
  return text
}

/** Type, characteristic and text. */
const PLAIN = bitOf(1) | bitOf(2) | bitOf(5)

/** A PID. The first text of the product is the description; what says more than that text, or comes later, is kept beside it. */
export function readDescription(reader: SegmentReader, into: Described, pid: DecodedSegment): void {
  // Read ahead, with its line.
  if (pid.taken !== 0) return
  const characteristic = reader.peek(pid, 2)
  const coded = reader.peek(pid, 3) ?? reader.peek(pid, 4)
  if (into.description === undefined && coded === undefined && isOfProduct(reader.peek(pid, 1), characteristic)) {
    const text = reader.peek(pid, 5)
    if (text !== undefined) into.description = text
    if (characteristic !== GENERAL && reader.peek(pid, 9) === undefined) {
      reader.passOver(pid, 1, 2, 5)
      return
    }
  }
  into.descriptions = append(into.descriptions, reader.fields(pid, PID))
}

/** Of element 750; 08 is product. */
const GENERAL = 'GEN'

/** Free-form or semi-structured (element 349), of the product as a whole. */
const isOfProduct = (type = 'F', characteristic = '08'): boolean =>
  (type === 'F' || type === 'X') && (characteristic === '08' || characteristic === GENERAL)

export function descriptionSegments({ description, descriptions = [] }: Described): WrittenSegment[] {
  const first = descriptions.find(
    ({ type, characteristic, agency, code, text }) =>
      text !== undefined && (agency ?? code) === undefined && isOfProduct(type, characteristic),
  )
  const saysMore = first?.characteristic === GENERAL || first?.language !== undefined
  const said = saysMore && first?.text === description
  return [
    ...(description === undefined || said ? [] : [segment('PID', 'F', '', '', '', description)]),
    ...descriptions.map((each) => writeSegment(PID, each)),
  ]
}
