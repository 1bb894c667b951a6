import { MatchbookError } from '../errors/index.js'
import type { WrittenSegment } from './write-segment.js'

/**
 * A loop as its transaction set has it: the first segment, then the others in the order of `held`.
 * @throws MatchbookError X12-WRITE when the loop has no place for one of them: it would be read as said of something else
 */
export function heldLoop([first, ...others]: readonly WrittenSegment[], held: readonly string[]): WrittenSegment[] {
  if (first === undefined) return []
  const odd = others.find(([id = '']) => !held.includes(id))
  if (odd !== undefined) {
    throw new MatchbookError('X12-WRITE', `there is no place for segment ${odd[0]} behind ${first.join('*')}`)
  }
  return [first, ...held.flatMap((id) => others.filter((each) => each[0] === id))]
}
