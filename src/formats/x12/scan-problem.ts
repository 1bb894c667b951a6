/** Something between segments that is not as it should be. The scanner goes on behind it. */
export interface ScanProblem {
  readonly kind: 'outside-interchange' | 'irregular-header' | 'delimiter-clash' | 'segment-too-long' | 'binary-length'
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  readonly standardCode?: string
  readonly message: string
  readonly segment?: string
  readonly element?: number
  /** The bytes outside begin with ISA: it is cut or damaged beyond reading. */
  readonly beginsIsa?: boolean
  /** What the bytes outside look like, where no ISA follows them: `it is EDIFACT`. */
  readonly likeness?: string
  /** The bytes outside hold an ISA in this encoding, which is not read. */
  readonly encoding?: ForeignEncoding
}

export type ForeignEncoding = 'UTF-16' | 'EBCDIC'

/** Where bytes that belong to no interchange begin. */
export type Stray = Pick<ScanProblem, 'byteOffset' | 'line' | 'beginsIsa' | 'likeness' | 'encoding'>

export function strayProblem(stray: Stray, end: number): ScanProblem {
  const byteLength = end - stray.byteOffset
  const outside = `${byteLength} bytes outside any interchange`
  const message =
    stray.encoding === undefined
      ? outside
      : `${outside}, in ${stray.encoding}: what is read is ASCII, UTF-8 or windows-1252`
  return { kind: 'outside-interchange', ...stray, byteLength, message }
}

/** What is taken for X12 by whoever sends it, by how it begins. */
const LIKENESSES: readonly (readonly [RegExp, string])[] = [
  [/^isa[^a-z0-9]/i, 'it begins with an isa that is not in capitals'],
  [/^SA\W\d\d\W/, 'it begins with SA, where the first letter of an ISA may be lost'],
  [/^(GS|ST|TA1)\W/, 'it begins within an interchange, whose header is lost'],
  [/^(UNA|UNB\W)/, 'it is EDIFACT'],
  [/^</, 'it is XML or HTML'],
  [/^[{[]/, 'it is JSON'],
]

/** How the first bytes of what stands outside any interchange read. */
export const likenessOf = (text: string): string | undefined => LIKENESSES.find(([begins]) => begins.test(text))?.[1]

const ISA = [0x49, 0x53, 0x41] as const
const EBCDIC_ISA = [0xc9, 0xe2, 0xc1] as const

/** The encoding of an ISA at `at` that is in none of ours. Looks at its letters only: a byte order mark alone says nothing. */
export function foreignEncoding(bytes: Uint8Array, at: number, end: number): ForeignEncoding | undefined {
  const stands = (letters: readonly [number, number, number], apart: number) =>
    at + 2 * apart < end && letters.every((letter, index) => bytes[at + index * apart] === letter)
  // In UTF-16 of either byte order the letters have a NUL between them.
  if (bytes[at] === ISA[0] && bytes[at + 1] === 0 && bytes[at + 3] === 0) return stands(ISA, 2) ? 'UTF-16' : undefined
  return bytes[at] === EBCDIC_ISA[0] && stands(EBCDIC_ISA, 1) ? 'EBCDIC' : undefined
}
