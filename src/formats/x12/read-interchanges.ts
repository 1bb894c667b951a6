import { EnvelopeReader, type X12Item } from './envelope-reader.js'
import { chunksOf } from './file-chunks.js'
import { SegmentScanner } from './segment-scanner.js'

export type { X12Item } from './envelope-reader.js'

/**
 * Transaction sets and findings in file order. One transaction set and one chunk are in memory at a time, whatever the file's size.
 * A set that is broken or cut off does not take its neighbours along; those that are complete in themselves are handed over even
 * when a count of their group or interchange says that something is missing, and the finding, which comes after them, says so.
 * Any bytes are taken, none make it throw; errors of the source pass through.
 */
export async function* readInterchanges(source: AsyncIterable<Uint8Array> | Uint8Array): AsyncGenerator<X12Item> {
  let items: X12Item[] = []
  const reader = new EnvelopeReader((item) => items.push(item))
  const scanner = new SegmentScanner((problem) => reader.problem(problem))

  const drain = (): readonly X12Item[] => {
    items = []
    for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) {
      const { id, byteOffset, byteLength, line, terminated } = segment
      reader.take(
        { id, elements: segment.elements(), span: { byteOffset, byteLength, line } },
        terminated,
        scanner.delimiters,
      )
    }
    return items
  }

  for await (const chunk of source instanceof Uint8Array ? chunksOf(source) : source) {
    scanner.push(chunk)
    yield* drain()
  }
  scanner.end()
  yield* drain()
  items = []
  reader.end()
  yield* items
}
