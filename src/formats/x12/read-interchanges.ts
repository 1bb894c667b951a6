import { decodeSegment } from './decode-segment.js'
import type { EnvelopeItem, X12Item } from './envelope-item.js'
import { EnvelopeReader } from './envelope-reader.js'
import { chunksOf } from './file-chunks.js'
import { SegmentScanner } from './segment-scanner.js'

export type { EnvelopeItem, X12Item } from './envelope-item.js'

/**
 * Transaction sets and findings in file order. One transaction set and one chunk are in memory at a time, whatever the file's size.
 * A set that is broken or cut off does not take its neighbours along; those that are complete in themselves are handed over even
 * when a count of their group or interchange says that something is missing, and the finding, which comes after them, says so.
 * Any bytes are taken, none make it throw; errors of the source pass through.
 */
export async function* readInterchanges(source: Source): AsyncGenerator<X12Item> {
  for await (const items of readBatches(source)) {
    for (const item of items) if (item.kind === 'transaction' || item.kind === 'finding') yield item
  }
}

/** The same with the bounds of interchanges, groups and sets, for who has to answer them. */
export async function* readEnvelopes(source: Source): AsyncGenerator<EnvelopeItem> {
  for await (const items of readBatches(source)) for (const item of items) yield item
}

type Source = AsyncIterable<Uint8Array> | Uint8Array

/** The same chunk by chunk, for large files: each item handed out by itself costs a turn of the event loop. No batch is empty. */
export async function* readBatches(source: Source): AsyncGenerator<readonly EnvelopeItem[]> {
  let items: EnvelopeItem[] = []
  const reader = new EnvelopeReader((item) => items.push(item))
  const scanner = new SegmentScanner((problem) => reader.problem(problem))

  const drain = (): void => {
    items = []
    for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) {
      reader.take(decodeSegment(segment), segment, scanner.delimiters)
      reader.takeInner(scanner)
    }
  }

  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    // A source that gives all at once takes no more memory than any other.
    for (const part of chunksOf(chunk)) {
      scanner.push(part)
      drain()
      if (items.length > 0) yield items
    }
  }
  scanner.end()
  drain()
  reader.end()
  if (items.length > 0) yield items
}
