import type { DecodedSegment } from '../formats/x12/index.js'

/**
 * The first of these segments with the id. Here, and where all segments of a set are gone through, by number: an iterator, or a function
 * called for each, costs more than what is done with them as long as the code is not yet compiled, which is the first tenth of a second.
 */
export function firstSegment(segments: readonly DecodedSegment[], id: string): DecodedSegment | undefined {
  for (let n = 0; n < segments.length; n++) if (segments[n]?.shape.id === id) return segments[n]
  return undefined
}
