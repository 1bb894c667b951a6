import { loadDictionary } from '../../formats/x12/code-meanings/index.js'
import type { EdiFile } from './edi-file.js'
import { scanSegments } from './scan-segments.js'

export interface RawSegment {
  readonly byteOffset: number
  readonly line: number
  /** 0 interchange, 1 group, 2 transaction set, 3 within it. */
  readonly depth: number
  readonly id: string
  readonly name: string
  readonly elements: readonly string[]
  /** The element separator. */
  readonly separator: string
}

const depths: Readonly<Record<string, number>> = { ISA: 0, IEA: 0, GS: 1, GE: 1, TA1: 1, ST: 2, SE: 2 }

/** Every segment as it stands, with its place and its name in plain words. */
export async function* rawSegments(file: EdiFile): AsyncGenerator<RawSegment> {
  const dictionary = await loadDictionary()
  for await (const { id, elements, span, delimiters } of scanSegments(file.chunks())) {
    yield {
      byteOffset: span.byteOffset,
      line: span.line,
      depth: depths[id] ?? 3,
      id,
      name: dictionary.segmentName(id) ?? '',
      elements,
      separator: String.fromCharCode(delimiters.element),
    }
  }
}
