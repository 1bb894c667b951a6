import type { Span } from '../../canonical/index.js'

/** How many numbers a place has. */
export const PLACE = 2

/**
 * A text with the places of the separators in it, which segments that were found together share. A place is two numbers: where a separator
 * stands, and what is noted of the element behind it (element-marks.ts). The first place of a segment is that in front of its id, the last
 * that of its terminator.
 */
export class PlacedText {
  readonly text: string
  readonly places: Int32Array
  /** In the file, of the text's first character, each of which is a byte. */
  readonly byteOffset: number
  /** Of a segment whose text is not as it stands in the file. */
  readonly span: Span | undefined

  constructor(text: string, places: Int32Array, byteOffset: number, span?: Span) {
    this.text = text
    this.places = places
    this.byteOffset = byteOffset
    this.span = span
  }
}
