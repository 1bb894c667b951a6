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

  /** Set by the scanner, as positions in its window: the separator before element i is `marks[firstMark + i - 1]`. */
  marks = new Int32Array(0)
  firstMark = 0
  start = 0
  end = 0
  /** Set by the scanner: a line end stands within the segment. */
  wrapped = false
  readonly #window: Window

  constructor(window: Window) {
    this.#window = window
  }

  get id(): string {
    return this.#slice(this.start, this.elementCount === 0 ? this.end : (this.marks[this.firstMark] as number))
  }

  /** Element 1 is the first after the id. The empty string when the segment has no such element or it is empty. */
  element(position: number): string {
    if (position < 1 || position > this.elementCount) return ''
    const mark = this.firstMark + position
    const from = (this.marks[mark - 1] as number) + 1
    return this.#slice(from, position === this.elementCount ? this.end : (this.marks[mark] as number))
  }

  /** All elements as strings of their own, in order; index 0 is element 1. */
  elements(): string[] {
    const elements: string[] = []
    for (let position = 1; position <= this.elementCount; position++) elements.push(this.element(position))
    return elements
  }

  #slice(from: number, to: number): string {
    const raw = this.#window.text.slice(from, to)
    return this.#window.ascii && !this.wrapped ? raw : elementText(raw)
  }
}
