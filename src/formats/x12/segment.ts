import { codeText } from './code-text.js'
import { elementText } from './element-text.js'
import { PlaceRoom } from './place-room.js'

const SHARED_PLACES = 16 * 1024

/**
 * A segment as positions in the scanner's bytes. The scanner hands out one and the same view again and again: it is good until
 * the scanner's next `next` or `push`. Elements become strings only when read, and are counted from 1 as in element references.
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

  /** Where the scanner puts the places of the next segment. */
  readonly places = new PlaceRoom(SHARED_PLACES)
  /** Set by the scanner: from `first` on, positions in the window before the id, of each element separator, and behind the last element. */
  cuts = this.places.cuts
  /** Set by the scanner: from `first` on, the kinds of characters in the id and in each element (character-kinds.ts). */
  kinds = this.places.kinds
  first = 0
  /** Set by the scanner: the kinds of characters of all elements and the id together. */
  allKinds = 0
  /** Set by the scanner: the window's bytes as text. */
  windowText = ''
  /** Set by the scanner: nothing to be decoded or taken out, the text in the window is the text of the elements. */
  plain = true

  get id(): string {
    const { cuts, first } = this
    return this.plain
      ? codeText(this.windowText, (cuts[first] as number) + 1, cuts[first + 1] as number)
      : this.#text(0)
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

  /** Its places stay as they are: the scanner goes on behind them. */
  keepPlaces(): void {
    this.places.keep(this.elementCount + 2)
  }

  #text(position: number): string {
    const { cuts, first } = this
    const raw = this.windowText.substring((cuts[first + position] as number) + 1, cuts[first + position + 1])
    return this.plain ? raw : elementText(raw)
  }
}
