import { NO_CODE, textOfCode } from './code-text.js'
import { elementText } from './element-text.js'
import type { SeparatorFinder } from './separator-finder.js'

/**
 * A segment as positions in the scanner's bytes. The scanner hands out one and the same view again and again: it is good until
 * the scanner's next `next`, `push` or `end`. Elements become strings only when read, and are counted from 1 as in element references.
 */
export class Segment {
  /** In the file, of the first byte of the id. */
  byteOffset = 0
  /** Without the segment terminator. */
  byteLength = 0
  /** Physical line on which the segment begins, 1-based. */
  line = 0
  /** False when the file or the interchange ended before the segment terminator. */
  terminated = true
  elementCount = 0
  /**
   * The position of the element whose bytes are no text, each then a character of its own (latin-1): BIN02 or BDS03, of the length
   * declared before it. 0 in all other segments.
   */
  binary = 0
  /** For certain there is no control character in it. Where false there may be one: nobody looked. */
  clean = false

  /** Set by the scanner: from `first` on, positions in the window before the id, of each element separator, and behind the last element. */
  cuts = new Int32Array(0)
  /** Set by the scanner: from `first` on, the kinds of characters in the id and in each element (character-kinds.ts). */
  kinds = new Uint8Array(0)
  first = 0
  /** From `first` on, the numbers of its id and its elements where they are short codes (code-text.ts). There once its places are kept. */
  codes = new Uint16Array(0)
  /** Set by the scanner: so many places of `cuts` and `kinds` are filled. */
  placeCount = 0
  /** Set by the scanner, to whom they belong: `cuts` and `kinds` will be filled anew. */
  lender: SeparatorFinder | undefined
  /** Set by the scanner: its id as a number (code-text.ts). */
  idNumber = NO_CODE
  /** Set by the scanner: the elements that say something, as bits (decoded-segment.ts). */
  present = 0
  /** Set by the scanner: the kinds of characters of all elements and the id together. */
  allKinds = 0
  /** Set by the scanner: the window's bytes as text. */
  windowText = ''
  /** Set by the scanner: nothing to be decoded or taken out, the text in the window is the text of the elements. */
  plain = true

  get id(): string {
    const { idNumber, cuts, first } = this
    if (idNumber === NO_CODE) return this.#text(0)
    return textOfCode(idNumber, this.windowText, (cuts[first] as number) + 1, cuts[first + 1] as number)
  }

  /** Element 1 is the first after the id. The empty string when the segment has no such element or it is empty. */
  element(position: number): string {
    return position < 1 || position > this.elementCount ? '' : this.#text(position)
  }

  /** All elements as strings of their own, in order; index 0 is element 1. */
  elements(): string[] {
    const elements = new Array<string>(this.elementCount)
    for (let position = 1; position <= this.elementCount; position++) elements[position - 1] = this.#text(position)
    return elements
  }

  /** Its `cuts`, `kinds` and `codes` stay as they are. They are copied once for all segments that the scanner found together. */
  keepPlaces(): void {
    if (this.lender === undefined) return
    const count = this.placeCount
    this.cuts = this.cuts.slice(0, count)
    this.kinds = this.kinds.slice(0, count)
    this.codes = this.lender.codesOf(count).slice(0, count)
    this.lender = undefined
  }

  #text(position: number): string {
    const { cuts, first } = this
    const raw = this.windowText.substring((cuts[first + position] as number) + 1, cuts[first + position + 1])
    return this.plain ? raw : elementText(raw)
  }
}
