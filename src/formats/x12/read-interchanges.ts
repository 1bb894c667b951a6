import type { EnvelopeItem, X12Item } from './envelope-item.js'
import { EnvelopeReader } from './envelope-reader.js'
import { chunksOf } from './file-chunks.js'
import { SegmentDecoder } from './segment-decoder.js'
import { SegmentScanner } from './segment-scanner.js'

export type { EnvelopeItem, X12Item } from './envelope-item.js'

/**
 * Transaction sets and findings in file order. One transaction set and one chunk are in memory at a time, whatever the file's size.
 * A set that is broken or cut off does not take its neighbours along; those that are complete in themselves are handed over even
 * when a count of their group or interchange says that something is missing, and the finding, which comes after them, says so.
 * Any bytes are taken, none make it throw; errors of the source pass through.
 */
export const readInterchanges = (source: Source): AsyncGenerator<X12Item> => read(source, isContent)

/** The same with the bounds of interchanges, groups and sets, for who has to answer them. */
export const readEnvelopes = (source: Source): AsyncGenerator<EnvelopeItem> => read(source, isAny)

type Source = AsyncIterable<Uint8Array> | Uint8Array

const isContent = (item: EnvelopeItem): item is X12Item => item.kind === 'transaction' || item.kind === 'finding'
const isAny = (_item: EnvelopeItem): _item is EnvelopeItem => true

/** What is not wanted is left out before it is handed out: each item handed out costs a turn of the event loop. */
async function* read<T extends EnvelopeItem>(
  source: Source,
  wanted: (item: EnvelopeItem) => item is T,
): AsyncGenerator<T> {
  let items: T[] = []
  const reader = new EnvelopeReader((item) => {
    if (wanted(item)) items.push(item)
  })
  const scanner = new SegmentScanner((problem) => reader.problem(problem))
  const decoder = new SegmentDecoder()

  const drain = (): readonly T[] => {
    items = []
    for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) {
      reader.take(decoder.decode(segment, scanner.delimiters), segment, scanner.delimiters)
    }
    return items
  }

  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    // A source that gives all at once takes no more memory than any other.
    for (const part of chunksOf(chunk)) {
      scanner.push(part)
      // `yield*` would turn each of them into promises more.
      for (const item of drain()) yield item
    }
  }
  scanner.end()
  yield* drain()
  items = []
  reader.end()
  yield* items
}
