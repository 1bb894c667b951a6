import type { Span } from '../../canonical/index.js'
import { BLANK } from './character-codes.js'
import { CAPITAL, SPACE, UNPRINTABLE } from './character-kinds.js'
import { codeNumber, NO_CODE, textOfCode } from './code-text.js'
import { marksIn, NUMBER_SHIFT } from './element-marks.js'
import { PLACE, PlacedText } from './placed-text.js'
import { SegmentShape } from './segment-shape.js'

/** Elements up to the 31st have a bit in a mask of elements: 1 is element 1, 2 is element 2, 4 is element 3. */
export const MOST_BITS = 31
export const bitOf = (position: number): number => (position > MOST_BITS ? 0 : 1 << (position - 1))

/** A segment as it is said: elements[0] is element 1. Repetitions and components stay in the text. */
export interface SegmentText {
  readonly id: string
  readonly elements: readonly string[]
  readonly span: Span
}

/**
 * A segment of a transaction set. Its elements are places in a text that it shares with its neighbours, and become strings only when
 * they are asked for: most of what a check wants to know, the places say. Elements are counted from 1, as in element references.
 */
export class DecodedSegment implements SegmentText {
  readonly placed: PlacedText
  /** Of the place in front of its id in `placed.places`; that of element n is PLACE * n behind it. */
  readonly first: number
  readonly shape: SegmentShape
  readonly line: number
  /** The elements that the document made of it says, as bits. For who makes the document: it is told at no other place. */
  taken = 0

  constructor(placed: PlacedText, first: number, shape: SegmentShape, line: number) {
    this.placed = placed
    this.first = first
    this.shape = shape
    this.line = line
  }

  get id(): string {
    return this.shape.id
  }

  /** The id as a number (code-text.ts). */
  get idNumber(): number {
    return this.shape.idNumber
  }

  get elementCount(): number {
    return this.shape.elementCount
  }

  /** The elements that say something, as bits; those behind the 31st have none. */
  get present(): number {
    return this.shape.present
  }

  /** For certain all of it is printable ASCII without component or repetition separators. Where false it may be so too. */
  get simple(): boolean {
    return this.shape.simple
  }

  /** The empty string when the segment has no such element or it is empty. */
  element(position: number): string {
    if (position < 1 || position > this.shape.elementCount) return ''
    const { text, places } = this.placed
    const at = this.first + PLACE * position
    const number = (places[at + 1] as number) >>> NUMBER_SHIFT
    return textOfCode(number, text, (places[at] as number) + 1, places[at + PLACE] as number)
  }

  /** Trimmed; undefined when absent or blank. */
  value(position: number): string | undefined {
    if (position > MOST_BITS) return this.element(position).trim() || undefined
    return (this.shape.present & (1 << (position - 1))) === 0 ? undefined : this.said(position)
  }

  /** The same of an element that is known to say something, up to the 31st. */
  said(position: number): string {
    const { text, places } = this.placed
    const at = this.first + PLACE * position
    const marks = places[at + 1] as number
    const from = (places[at] as number) + 1
    const to = places[at + PLACE] as number
    const number = marks >>> NUMBER_SHIFT
    if (number !== NO_CODE) return textOfCode(number, text, from, to)
    const value = text.substring(from, to)
    if ((marks & (SPACE | UNPRINTABLE)) === 0) return value
    const isTrim = text.charCodeAt(from) !== BLANK && text.charCodeAt(to - 1) !== BLANK
    return isTrim && (marks & UNPRINTABLE) === 0 ? value : value.trim()
  }

  /** Made anew each time. */
  get elements(): readonly string[] {
    const elements: string[] = []
    for (let position = 1; position <= this.elementCount; position++) elements.push(this.element(position))
    return elements
  }

  /** The id and the elements in one text, with the separators of the file. */
  get raw(): string {
    return this.placed.text.substring(startOf(this), endOf(this))
  }

  /** The same, with this instead of the separators. */
  joined(separator: string): string {
    const { raw, elementCount } = this
    const { text, places } = this.placed
    return elementCount === 0 ? raw : raw.replaceAll(text.charAt(places[this.first + PLACE] as number), separator)
  }

  get byteOffset(): number {
    const { span, byteOffset } = this.placed
    return span === undefined ? byteOffset + startOf(this) : span.byteOffset
  }

  get byteLength(): number {
    const { span } = this.placed
    return span === undefined ? endOf(this) - startOf(this) : span.byteLength
  }

  get span(): Span {
    return { byteOffset: this.byteOffset, byteLength: this.byteLength, line: this.line }
  }

  /** The same with a text of its own: as long as it is held, it does not hold the part of the file that was around it. */
  apart(): DecodedSegment {
    const { placed, first, shape, line } = this
    const start = startOf(this)
    const text = copied(placed.text, start, endOf(this))
    const places = new Int32Array(PLACE * (shape.elementCount + 2))
    for (let at = 0; at < places.length; at += PLACE) {
      places[at] = (placed.places[first + at] as number) - start
      places[at + 1] = placed.places[first + at + 1] as number
    }
    const own = new PlacedText(text, places, this.byteOffset, placed.span)
    return new DecodedSegment(own, 0, shape, line)
  }

  toJSON(): SegmentText {
    return { id: this.id, elements: this.elements, span: this.span }
  }
}

/** Whether the element is a short code that all segments of this shape have there. */
export function saysCodeOfShape({ placed, first }: DecodedSegment, position: number): boolean {
  const marks = placed.places[first + PLACE * position + 1] as number
  return (marks & CAPITAL) !== 0 && marks >>> NUMBER_SHIFT !== NO_CODE
}

/** Of the first character of its id, in the text. */
const startOf = ({ placed, first }: DecodedSegment): number => (placed.places[first] as number) + 1

/** Of its terminator. */
const endOf = ({ placed, first, elementCount }: DecodedSegment): number =>
  placed.places[first + PLACE * (elementCount + 1)] as number

/** A part of a text longer than this is a view of it, in the engine. */
const LONGEST_COPIED = 12

/** A part of a text that does not hold the text. */
function copied(text: string, from: number, to: number): string {
  let copy = ''
  for (let at = from; at < to; at += LONGEST_COPIED) copy += text.substring(at, Math.min(at + LONGEST_COPIED, to))
  return copy
}

/** A segment of which the elements are at hand. `simple` as the segment has it: false where nobody looked. */
export function decodedSegment({ id, elements, span }: SegmentText, simple = false): DecodedSegment {
  const places = [-1, marksIn(id, 0, id.length)]
  let at = id.length
  let present = 0
  elements.forEach((element, index) => {
    places.push(at, marksIn(element, 0, element.length))
    at += element.length + 1
    if (index < MOST_BITS && element.trim() !== '') present |= 1 << index
  })
  places.push(at, 0)
  const placed = new PlacedText([id, ...elements].join('*'), Int32Array.from(places), span.byteOffset, span)
  const shape = new SegmentShape(id, codeNumber(id, 0, id.length), elements.length, present, simple)
  return new DecodedSegment(placed, 0, shape, span.line)
}
