import type { ExceptionCode } from '../../canonical/index.js'

/** Something in an X12 file that is not as the standard has it: a value with its place, never a throw. */
export interface X12Finding {
  readonly code: Extract<ExceptionCode, `X12-${string}` | `FILE-${string}` | 'DATA-PHI'>
  /** The standard's own word for it: TA105, AK905, AK502, AK304 or AK403 and the code, as in AK502:4. */
  readonly standardCode: string
  /** What it keeps from being used. A transaction set that is not handed over has exactly one finding of scope transaction. */
  readonly scope: 'interchange' | 'group' | 'transaction'
  readonly message: string
  readonly segment?: string
  /** Element position, 1-based. */
  readonly element?: number
  /** Component within the element, 1-based; only where the element is a composite. */
  readonly component?: number
  /** AK302, IK302: which segment of its transaction set, ST being 1. */
  readonly segmentPosition?: number
  /** AK303, IK303: the loop the segment stands in, by the name of its first segment; LS01 where the loop is bounded. */
  readonly loop?: string
  /** AK402, IK402: the number of the data element in the dictionary, for example 355. */
  readonly dataElement?: string
  readonly value?: string
  /** What would be right, for people: a code list, a length, a condition. */
  readonly expected?: string
  readonly byteOffset: number
  readonly byteLength: number
  /** Physical line, 1-based. */
  readonly line: number
}

/** The same fault at the same place, whoever found it. */
export const isSameFinding = (a: X12Finding, b: X12Finding): boolean =>
  a.standardCode === b.standardCode && a.byteOffset === b.byteOffset && a.element === b.element
