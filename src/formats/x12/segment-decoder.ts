import { DecodedSegment, decodedSegment, isGraphic, MOST_BITS } from './decoded-segment.js'
import type { Delimiters } from './delimiters.js'
import type { Segment } from './segment.js'

/** So many cuts share an array: one for each segment costs more, and one for all would live as long as any of them. */
const SHARED_CUTS = 16 * 1024

const UNPRINTABLE = /[^ -~]/

/** Makes of the scanner's view of a segment one that stays. */
export class SegmentDecoder {
  #cuts = new Int32Array(SHARED_CUTS)
  #used = 0
  #text = ''
  readonly #component = new Next()
  readonly #repetition = new Next()

  decode(segment: Segment, delimiters: Delimiters | undefined): DecodedSegment {
    const { windowText: text, cuts: places, elementCount } = segment
    const end = places[elementCount + 1] as number
    let printable = segment.clean && segment.plain
    if (!printable && segment.binary === 0) {
      printable = !UNPRINTABLE.test(text.substring((places[0] as number) + 1, end))
    }
    if (!printable && !segment.plain) return decodedSegment(textOf(segment))
    if (this.#text !== text) {
      this.#text = text
      this.#component.forget()
      this.#repetition.forget()
    }
    const simple =
      printable &&
      this.#component.after(text, delimiters?.component, places[0] as number) >= end &&
      this.#repetition.after(text, delimiters?.repetition, places[0] as number) >= end
    if (this.#used + elementCount + 2 > this.#cuts.length) {
      this.#cuts = new Int32Array(Math.max(SHARED_CUTS, elementCount + 2))
      this.#used = 0
    }
    const cuts = this.#cuts
    const first = this.#used
    this.#used += elementCount + 2
    cuts[first] = places[0] as number
    cuts[first + 1] = places[1] as number
    let present = 0
    let from = (places[1] as number) + 1
    for (let position = 1; position <= elementCount; position++) {
      const to = places[position + 1] as number
      cuts[first + position + 1] = to
      if (to > from && position <= MOST_BITS && !isBlank(text, from, to)) present |= 1 << (position - 1)
      from = to + 1
    }
    return new DecodedSegment(segment.id, text, cuts, first, elementCount, present, simple, segment)
  }
}

const textOf = (segment: Segment) => {
  const { id, byteOffset, byteLength, line } = segment
  return { id, elements: segment.elements(), span: { byteOffset, byteLength, line } }
}

const isBlank = (text: string, from: number, to: number): boolean =>
  !isGraphic(text.charCodeAt(from)) && text.substring(from, to).trim() === ''

/** Where a character comes next in a text that is gone through from front to back. */
class Next {
  #byte: number | undefined
  #at = -1

  forget(): void {
    this.#at = -1
  }

  /** NOWHERE when it does not come any more. */
  after(text: string, byte: number | undefined, from: number): number {
    if (this.#at < from || this.#byte !== byte) {
      this.#byte = byte
      const at = byte === undefined ? -1 : text.indexOf(String.fromCharCode(byte), Math.max(0, from))
      this.#at = at === -1 ? NOWHERE : at
    }
    return this.#at
  }
}

const NOWHERE = 0x3fffffff
