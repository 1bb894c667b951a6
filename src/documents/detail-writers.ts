import { MatchbookError } from '../errors/index.js'
import type { WrittenSegment } from './write-segment.js'

/** The segments of a kind that a part of a document comes to. */
export type DetailWriters<Details> = Readonly<Record<string, (details: Details) => readonly WrittenSegment[]>>

/**
 * The segments of the details whose ids are in `order`, in that order: each transaction set has its own.
 * @throws MatchbookError X12-WRITE when something is said that there is no place for
 */
export function inOrder<Details>(
  writers: DetailWriters<Details>,
  details: Details,
  order: readonly string[],
): WrittenSegment[] {
  for (const [id, write] of Object.entries(writers)) {
    if (!order.includes(id) && write(details).length > 0) {
      throw new MatchbookError('X12-WRITE', `there is no place for segment ${id} here: ${write(details)[0]?.join('*')}`)
    }
  }
  return order.flatMap((id) => writers[id]?.(details) ?? [])
}
