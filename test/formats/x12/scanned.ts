import { type ScanProblem, SegmentScanner } from '../../../src/formats/x12/index.js'
import type { Segment } from '../../../src/formats/x12/segment.js'

export interface Scanned {
  readonly id: string
  readonly elements: readonly string[]
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  readonly terminated: boolean
  readonly binary: number
  readonly remark?: Segment['remark']
}

export interface Scan {
  readonly segments: Scanned[]
  readonly problems: ScanProblem[]
  /** Where the segments begin of which the scanner says that they hold no control character: it says so of more or fewer by chunks. */
  readonly cleanAt: ReadonlySet<number>
  /** How often the scanner was asked for the next segment. */
  readonly asked: number
}

/** What the scanner makes of the bytes in chunks of these sizes, in turn; in one chunk where none are given. */
export function scan(bytes: Uint8Array, sizes: readonly number[] = [Math.max(1, bytes.length)]): Scan {
  const problems: ScanProblem[] = []
  const segments: Scanned[] = []
  const cleanAt = new Set<number>()
  let asked = 0
  const scanner = new SegmentScanner((problem) => problems.push(problem))
  const take = () => {
    for (let segment = scanner.next(); ; segment = scanner.next()) {
      asked++
      if (segment === undefined) return
      const { id, byteOffset, byteLength, line, terminated, binary, clean, remark } = segment
      const place = { byteOffset, byteLength, line, ...(remark && { remark }) }
      segments.push({ id, elements: segment.elements(), ...place, terminated, binary })
      if (clean) cleanAt.add(byteOffset)
    }
  }
  for (const chunk of cut(bytes, sizes)) {
    scanner.push(chunk)
    take()
  }
  scanner.end()
  take()
  return { segments, problems, cleanAt, asked }
}

/** The bytes in chunks of these sizes, in turn. */
export function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number
    yield bytes.subarray(at, at + size)
    at += size
  }
}

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
