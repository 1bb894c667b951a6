import { elementText } from '../../formats/x12/element-text.js'
import type { EdiFile } from './edi-file.js'

/** No more of a segment than fits a few lines of a terminal. */
const LONGEST_TEXT = 400
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

export interface ShownPlace {
  readonly byteOffset: number
  readonly byteLength: number
  readonly text: string
  readonly mark: { readonly from: number; readonly length: number }
}

/** The segment at a place as it stands in the file, and where in it the element is. */
export async function showPlace(
  file: EdiFile,
  place: { readonly byteOffset: number; readonly byteLength: number },
  segment: string | undefined,
  element: number | undefined,
): Promise<ShownPlace> {
  const { text, mark, ...bytes } = await placeInBytes(file, place, segment, element)
  const shown = elementText(text)
  if (shown.length === text.length) return { ...bytes, text: shown, mark }
  const lengthOf = (from: number, to: number) => elementText(text.slice(from, to)).length
  const from = lengthOf(0, mark.from)
  return { ...bytes, text: shown, mark: { from, length: Math.max(1, lengthOf(mark.from, mark.from + mark.length)) } }
}

/** The same with one character for each byte. */
async function placeInBytes(
  file: EdiFile,
  place: { readonly byteOffset: number; readonly byteLength: number },
  segment: string | undefined,
  element: number | undefined,
): Promise<ShownPlace> {
  const bytes = await file.bytesAt(place.byteOffset, Math.min(place.byteLength, LONGEST_TEXT))
  const raw = bytes.toString('latin1')
  const text = raw.replaceAll(/\r?\n|\r/g, '')
  const whole = { ...place, text, mark: { from: 0, length: Math.max(1, text.length) } }
  // The byte behind the id is the separator. A finding about a whole set or file shows where that begins.
  if (segment === undefined || element === undefined || !text.startsWith(segment)) return whole
  const separator = text.charAt(segment.length)
  const parts = separator === '' ? [] : text.split(separator)
  const value = parts[element]
  // A missing element is marked where it should stand.
  if (value === undefined) return { ...whole, mark: { from: text.length, length: 1 } }
  const from = parts.slice(0, element).reduce((sum, part) => sum + part.length + 1, 0)
  const byteOffset = place.byteOffset + withLineEnds(bytes, from)
  const byteLength =
    value.length === 0 ? 0 : place.byteOffset + withLineEnds(bytes, from + value.length - 1) + 1 - byteOffset
  return { byteOffset, byteLength, text, mark: { from, length: Math.max(1, value.length) } }
}

/** Index in the bytes of the nth character that is no line end. */
function withLineEnds(bytes: Uint8Array, n: number): number {
  let seen = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === LINE_FEED || bytes[i] === CARRIAGE_RETURN) continue
    if (seen === n) return i
    seen++
  }
  return bytes.length
}
