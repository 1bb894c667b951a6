import { codeNumber, textOfCode } from './code-text.js'
import { CutRoom } from './cut-room.js'
import { DecodedSegment, decodedSegment, isGraphic, MOST_BITS } from './decoded-segment.js'
import type { Delimiters } from './delimiters.js'
import type { Segment } from './segment.js'

const SHARED_CUTS = 16 * 1024

const UNPRINTABLE = /[^ -~]/

/** Makes of the scanner's view of a segment one that stays. */
export class SegmentDecoder {
  readonly #room = new CutRoom(SHARED_CUTS)
  #text = ''
  readonly #component = new Next()
  readonly #repetition = new Next()

  decode(segment: Segment, delimiters: Delimiters | undefined): DecodedSegment {
    const { windowText: text, windowBytes: bytes, cuts: places, elementCount } = segment
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
    const first = this.#room.take(elementCount + 2)
    const cuts = this.#room.all
    cuts[first] = places[0] as number
    cuts[first + 1] = places[1] as number
    let present = 0
    let from = (places[1] as number) + 1
    for (let position = 1; position <= elementCount; position++) {
      const to = places[position + 1] as number
      cuts[first + position + 1] = to
      if (to > from && position <= MOST_BITS && (isGraphic(bytes[from] as number) || !isBlank(text, from, to))) {
        present |= 1 << (position - 1)
      }
      from = to + 1
    }
    const number = codeNumber(text, (places[0] as number) + 1, places[1] as number)
    const id = textOfCode(number, text, (places[0] as number) + 1, places[1] as number)
    return new DecodedSegment(id, number, text, cuts, first, elementCount, present, simple, segment)
  }
}

const textOf = (segment: Segment) => {
  const { id, byteOffset, byteLength, line } = segment
  return { id, elements: segment.elements(), span: { byteOffset, byteLength, line } }
}

const isBlank = (text: string, from: number, to: number): boolean => text.substring(from, to).trim() === ''

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
