import type { DecodedSegment } from '../formats/x12/index.js'
import type { SegmentReader } from './segment-reader.js'

/** A line while its segments are read. */
export type Draft<Line> = { -readonly [Key in keyof Line]: Line[Key] }

/** PID05, free text (PID01 F or X). The first description counts, the others stay unread. */
export function readDescription(reader: SegmentReader, line: { description?: string }, segment: DecodedSegment): void {
  const description = reader.peek(segment, 5)
  if (description === undefined || line.description !== undefined) return
  reader.passOver(segment, 1, 5)
  line.description = description
}

/** CTT01 says nothing new where it is the number of lines; otherwise it stays unread. */
export function readLineCount(reader: SegmentReader, segment: DecodedSegment, lines: readonly unknown[]): void {
  if (reader.peek(segment, 1) === String(lines.length)) reader.passOver(segment, 1)
}
