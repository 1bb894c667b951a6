import type { TextContract } from '../config/extract-contract.js'
import type { Arranged } from '../formats/delimited/index.js'
import type { ToldTexts } from '../formats/nested/index.js'
import type { Fault } from './file-finding.js'

/** An extract as a file of text. */
export interface TextExtract {
  readonly contract: TextContract
  readonly path: string
  /** Why it is none. */
  readonly fault?: Fault
  /** Of a file whose records were put in order first. */
  readonly arranged?: Arranged
  /** What a file of nested objects tells of its records. Positions of `header-totals` in the contract of the text are places in this list. */
  readonly told?: readonly ToldTotal[]
}

export interface ToldTotal {
  /** The keys that lead there. */
  readonly at: string
  readonly texts: ToldTexts
}
