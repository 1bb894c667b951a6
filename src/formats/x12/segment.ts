import { elementText } from './element-text.js'

/** The bytes a scanner holds right now. They become text once, when the first element is asked for. */
export interface Window {
  readonly text: string
  /** All bytes are ASCII. */
  readonly ascii: boolean
}

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
   * Set by the scanner: positions in the window before the id, of each element separator, and behind the last element.
   * A plain array on purpose: the views of typed arrays are slower to grow and no faster to read.
   */
  readonly cuts: number[] = []
  /** Set by the scanner: a line end stands within the segment. */
  wrapped = false
  readonly #window: Window

  constructor(window: Window) {
    this.#window = window
  }

  get id(): string {
    return this.#text(0)
  }

  /** Element 1 is the first after the id. The empty string when the segment has no such element or it is empty. */
  element(position: number): string {
    return position < 1 || position > this.elementCount ? '' : this.#text(position)
  }

  /** All elements as strings of their own, in order; index 0 is element 1. */
  elements(): string[] {
    const elements: string[] = []
    for (let position = 1; position <= this.elementCount; position++) elements.push(this.#text(position))
    return elements
  }

  #text(position: number): string {
    const raw = this.#window.text.slice((this.cuts[position] as number) + 1, this.cuts[position + 1])
    return this.#window.ascii && !this.wrapped ? raw : elementText(raw)
  }
}
