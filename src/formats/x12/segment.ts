import { SEPARATOR, UNPRINTABLE } from './character-kinds.js'
import { NO_CODE, textOfCode } from './code-text.js'
import { KINDS } from './element-marks.js'
import { elementText } from './element-text.js'
import { PLACE, PlacedText } from './placed-text.js'
import type { Remark } from './remark.js'
import { SegmentShape } from './segment-shape.js'
import { NO_SHAPE, PRESENT, type SeparatorFinder, SHAPE } from './separator-finder.js'

const NOWHERE = new PlacedText('', new Int32Array(0), 0)

/**
 * A segment as positions in the scanner's bytes. The scanner hands out one and the same view again and again: it is good until
 * the scanner's next `next`, `push` or `end`. Elements become strings only when read, and are counted from 1 as in element references.
 */
export class Segment {
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
  /** What stands in front of it and is no segment, though no terminator ends it. */
  remark: Remark | undefined

  // Set by the scanner.

  /** Its id as a number (code-text.ts). */
  idNumber = NO_CODE
  /** From `first` on the places of its separators in the window (placed-text.ts). */
  places = new Int32Array(0)
  first = 0
  /** Where its record is in `finder.records`. */
  record = 0
  /** To whom places and records belong, which will be filled anew. */
  finder: SeparatorFinder | undefined
  /** So many places are filled, for so many segments of a run; for none where it stands by itself. */
  placeCount = 0
  segmentCount = 0
  /** The places are not yet copied. */
  isLent = false
  /** The window's bytes as text, and where in the file it begins. */
  windowText = ''
  windowOffset = 0
  /** Nothing to be decoded or taken out, the text in the window is the text of the elements. */
  plain = true
  #placed = NOWHERE

  /** In the file, of the first byte of the id. */
  get byteOffset(): number {
    return this.windowOffset + (this.places[this.first] as number) + 1
  }

  /** Without the segment terminator. */
  get byteLength(): number {
    const { places, first } = this
    return (places[first + PLACE * (this.elementCount + 1)] as number) - (places[first] as number) - 1
  }

  /** The kinds of characters of all elements and the id together. */
  get allKinds(): number {
    return (this.places[this.first + PLACE * (this.elementCount + 1) + 1] as number) & KINDS
  }

  get id(): string {
    const { idNumber, places, first } = this
    if (idNumber === NO_CODE) return this.#text(0)
    return textOfCode(idNumber, this.windowText, (places[first] as number) + 1, places[first + PLACE] as number)
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

  /** Its text and places, to stay as they are. They are copied once for all segments that the scanner found together. */
  get placed(): PlacedText {
    if (this.isLent) {
      if (this.segmentCount > 0) this.finder?.noteRun(this.segmentCount)
      // Made of the view, it is not filled with zeros first, as `slice` would have it.
      const places = new Int32Array(this.places.subarray(0, PLACE * this.placeCount))
      this.#placed = new PlacedText(this.windowText, places, this.windowOffset)
      this.isLent = false
    }
    return this.#placed
  }

  /** There once its places are copied. */
  get shape(): SegmentShape {
    const { finder } = this
    const number = finder?.records[this.record + SHAPE] ?? NO_SHAPE
    if (finder === undefined || number === NO_SHAPE) return this.#ownShape()
    return finder.shapes[number] ?? this.#firstOf(finder.shapes, number)
  }

  #firstOf(shapes: (SegmentShape | undefined)[], number: number): SegmentShape {
    const shape = this.#ownShape()
    shapes[number] = shape
    return shape
  }

  #ownShape(): SegmentShape {
    const { id, idNumber, elementCount, allKinds, binary, finder, record } = this
    const present = finder?.records[record + PRESENT] ?? 0
    const simple = (allKinds & (SEPARATOR | UNPRINTABLE)) === 0 && binary === 0
    return new SegmentShape(id, idNumber, elementCount, present, simple)
  }

  #text(position: number): string {
    const { places, first } = this
    const at = first + PLACE * position
    const raw = this.windowText.substring((places[at] as number) + 1, places[at + PLACE])
    return this.plain ? raw : elementText(raw)
  }
}
