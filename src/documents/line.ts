import type { DecodedSegment } from '../formats/x12/index.js'
import type { SegmentReader } from './segment-reader.js'

/** A line while its segments are read. */
export type Draft<Line> = { -readonly [Key in keyof Line]: Line[Key] }

/** Element 349: free-form, semi-structured. */
const FREE_TEXT = ['F', 'X']

/** PID05. The first description counts, the others stay unread. */
export function readDescription(reader: SegmentReader, line: { description?: string }, segment: DecodedSegment): void {
  const description = reader.peek(segment, 5)
  if (description === undefined || line.description !== undefined) return
  reader.passOver(segment, 5)
  reader.expect(segment, 1, ...FREE_TEXT)
  line.description = description
}

/** CTT01 says nothing new where it is the number of lines; otherwise it stays unread. */
export function readLineCount(reader: SegmentReader, segment: DecodedSegment, lines: readonly unknown[]): void {
  reader.expect(segment, 1, String(lines.length))
}
