import type { Span } from '../../canonical/index.js'
import { BLANK } from './character-codes.js'
import { isCode, kindsIn, SPACE, UNPRINTABLE } from './character-kinds.js'
import { codeNumber, NO_CODE, textOfCode } from './code-text.js'
import { PlaceRoom } from './place-room.js'

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
  readonly id: string
  /** The id as a number (code-text.ts). */
  readonly idNumber: number
  readonly text: string
  /** The places of its separators begin at `first`: element n stands between the separators first + n and first + n + 1. */
  readonly cuts: Int32Array
  /** At first + n the kinds of characters in element n, as bits (character-kinds.ts). */
  readonly kinds: Uint8Array
  /** At first + n the number of element n where that is a short code (code-text.ts). */
  readonly codes: Uint16Array
  readonly first: number
  readonly elementCount: number
  /** The elements that say something, as bits; those behind the 31st have none. */
  readonly present: number
  /** For certain all of it is printable ASCII without component or repetition separators. Where false it may be so too. */
  readonly simple: boolean
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  /** The elements that the document made of it says, as bits. For who makes the document: it is told at no other place. */
  taken = 0

  constructor(
    id: string,
    idNumber: number,
    text: string,
    cuts: Int32Array,
    kinds: Uint8Array,
    codes: Uint16Array,
    first: number,
    elementCount: number,
    present: number,
    simple: boolean,
    { byteOffset, byteLength, line }: Span,
  ) {
    this.id = id
    this.idNumber = idNumber
    this.text = text
    this.cuts = cuts
    this.kinds = kinds
    this.codes = codes
    this.first = first
    this.elementCount = elementCount
    this.present = present
    this.simple = simple
    this.byteOffset = byteOffset
    this.byteLength = byteLength
    this.line = line
  }

  /** The empty string when the segment has no such element or it is empty. */
  element(position: number): string {
    if (position < 1 || position > this.elementCount) return ''
    const at = this.first + position
    return textOfCode(this.codes[at] as number, this.text, (this.cuts[at] as number) + 1, this.cuts[at + 1] as number)
  }

  /** Trimmed; undefined when absent or blank. */
  value(position: number): string | undefined {
    if (position > MOST_BITS) return this.element(position).trim() || undefined
    return (this.present & (1 << (position - 1))) === 0 ? undefined : this.said(position)
  }

  /** The same of an element that is known to say something, up to the 31st. */
  said(position: number): string {
    const { text } = this
    const at = this.first + position
    const code = this.codes[at] as number
    if (code !== NO_CODE) return textOfCode(code, text, (this.cuts[at] as number) + 1, this.cuts[at + 1] as number)
    const [from, to] = [(this.cuts[at] as number) + 1, this.cuts[at + 1] as number]
    const kinds = this.kinds[at] as number
    if (isCode(kinds)) return text.substring(from, to)
    const isTrim = (kinds & SPACE) === 0 || (text.charCodeAt(from) !== BLANK && text.charCodeAt(to - 1) !== BLANK)
    const value = text.substring(from, to)
    return isTrim && (kinds & UNPRINTABLE) === 0 ? value : value.trim()
  }

  /** Made anew each time. */
  get elements(): readonly string[] {
    const elements: string[] = []
    for (let position = 1; position <= this.elementCount; position++) elements.push(this.element(position))
    return elements
  }

  /** The id and the elements in one text, with the separators of the file. */
  get raw(): string {
    return this.text.substring((this.cuts[this.first] as number) + 1, this.cuts[this.first + this.elementCount + 1])
  }

  /** The same, with this instead of the separators. */
  joined(separator: string): string {
    const { raw, text, cuts, first, elementCount } = this
    return elementCount === 0 ? raw : raw.replaceAll(text.charAt(cuts[first + 1] as number), separator)
  }

  get span(): Span {
    return { byteOffset: this.byteOffset, byteLength: this.byteLength, line: this.line }
  }

  /** The same with a text of its own: as long as it is held, it does not hold the part of the file that was around it. */
  apart(): DecodedSegment {
    const { id, idNumber, cuts, kinds, codes, first, elementCount, present, simple } = this
    const [start, end] = [(cuts[first] as number) + 1, cuts[first + elementCount + 1] as number]
    const text = copied(this.text, start, end)
    const count = elementCount + 2
    ownPlaces.reserve(count)
    const place = ownPlaces.first
    for (let n = 0; n < count; n++) {
      ownPlaces.cuts[place + n] = (cuts[first + n] as number) - start
      ownPlaces.kinds[place + n] = kinds[first + n] as number
      ownPlaces.codes[place + n] = codes[first + n] as number
    }
    ownPlaces.keep(count)
    const { cuts: ownCuts, kinds: ownKinds, codes: ownCodes } = ownPlaces
    return new DecodedSegment(
      id,
      idNumber,
      text,
      ownCuts,
      ownKinds,
      ownCodes,
      place,
      elementCount,
      present,
      simple,
      this,
    )
  }

  toJSON(): SegmentText {
    return { id: this.id, elements: this.elements, span: this.span }
  }
}

/** Of the segments that stand apart. */
const ownPlaces = new PlaceRoom(1024)

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
  const cuts = [-1]
  const kinds = [0]
  const codes = [codeNumber(id, 0, id.length)]
  let at = id.length
  let present = 0
  elements.forEach((element, index) => {
    cuts.push(at)
    kinds.push(kindsIn(element, 0, element.length))
    codes.push(codeNumber(element, 0, element.length))
    at += element.length + 1
    if (index < MOST_BITS && element.trim() !== '') present |= 1 << index
  })
  cuts.push(at)
  return new DecodedSegment(
    id,
    codeNumber(id, 0, id.length),
    [id, ...elements].join('*'),
    Int32Array.from(cuts),
    Uint8Array.from(kinds),
    Uint16Array.from(codes),
    0,
    elements.length,
    present,
    simple,
    span,
  )
}
