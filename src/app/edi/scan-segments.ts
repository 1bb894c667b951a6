import { type ScanProblem, SegmentScanner, type SegmentText } from '../../formats/x12/index.js'

export interface ScannedSegment extends SegmentText {
  /** Byte values. */
  readonly delimiters: { readonly element: number; readonly component: number; readonly segment: number }
  readonly terminated: boolean
}

/** Every segment of a file as it stands, envelopes included, in file order. `wanted` spares the decoding of the others. */
export async function* scanSegments(
  chunks: AsyncIterable<Uint8Array>,
  wanted: (id: string) => boolean = () => true,
  onProblem: (problem: ScanProblem) => void = () => {},
): AsyncGenerator<ScannedSegment> {
  const scanner = new SegmentScanner(onProblem)
  // The delimiters are forgotten with the IEA, which is theirs too.
  let delimiters = { element: 0x2a, component: 0x3e, segment: 0x7e }
  function* drain(): Generator<ScannedSegment> {
    for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) {
      delimiters = scanner.delimiters ?? delimiters
      if (!wanted(segment.id)) continue
      const { id, byteOffset, byteLength, line, terminated } = segment
      yield { id, elements: segment.elements(), span: { byteOffset, byteLength, line }, delimiters, terminated }
    }
  }
  for await (const chunk of chunks) {
    scanner.push(chunk)
    yield* drain()
  }
  scanner.end()
  yield* drain()
}
