import type { Span } from '../../canonical/index.js'
import { EnvelopeReader, type X12Item } from './envelope-reader.js'
import { type ScanProblem, SegmentScanner } from './segment-scanner.js'

export type { X12Item } from './envelope-reader.js'

/**
 * Transaction sets and findings in file order. One transaction set is held in memory at a time, whatever the file's size. A set that
 * is broken or cut off does not take its neighbours along; those that are complete in themselves are handed over even when a count
 * of their group or interchange says that something is missing, and the finding says so.
 */
export async function* readInterchanges(source: AsyncIterable<Uint8Array> | Uint8Array): AsyncGenerator<X12Item> {
  const problems: ScanProblem[] = []
  const scanner = new SegmentScanner((problem) => problems.push(problem))
  const reader = new EnvelopeReader()
  const drain = function* (): Generator<X12Item> {
    for (;;) {
      const segment = scanner.next()
      for (const problem of problems.splice(0)) yield { kind: 'finding', finding: reader.problem(problem) }
      if (segment === undefined) return
      const span: Span = { byteOffset: segment.byteOffset, byteLength: segment.byteLength, line: segment.line }
      yield* reader.segment({ id: segment.id, elements: segment.elements(), span }, segment.terminated)
    }
  }
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    scanner.push(chunk)
    yield* drain()
  }
  scanner.end()
  yield* drain()
  yield* reader.end()
}
