import type { ExceptionCode } from '../../canonical/index.js'
import type { catalogue } from '../catalogue.js'

/** What the person who owns the queue reads about a code. */
export interface Runbook<Decision extends string = string> {
  /** What is so, in plain words: one or two sentences. */
  readonly means: string
  /** What to look at, in this order; names the columns of the workbook and the elements and columns of the files. */
  readonly check: readonly string[]
  /** Each decision of the catalogue: what choosing it says, and what follows from it. */
  readonly decisions: Readonly<Record<Decision, string>>
}

/** A code without a runbook, or a runbook that leaves out or invents a decision, does not compile. */
export type RunbookByCode = {
  readonly [Code in ExceptionCode]: Runbook<(typeof catalogue)[Code]['decisions'][number]>
}
