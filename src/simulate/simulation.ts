import type { Layout } from './layout.js'
import type { ExpectedException, FileTruth, SparedCase } from './night-truth.js'

/** What a simulated workspace's run must find, and nothing else: truth.json beside its drops (docs/simulate.md). */
export interface SimulationTruth {
  readonly simulated: 1
  readonly seed: number
  /** The business day to run it for: matchbook run --all --as-of. */
  readonly asOf: string
  readonly layout: Layout
  readonly jobs: readonly string[]
  /** PO lines that the ERPs export. */
  readonly lines: number
  readonly expected: readonly (ExpectedException & { readonly job: string })[]
  readonly spared: readonly SparedCase[]
  readonly files: readonly FileTruth[]
  /** What a second run must find anew, once the files of the folder `next` have gone over those of `drops`; null: nothing changes. */
  readonly next: Pick<SimulationTruth, 'expected' | 'spared' | 'files'> | null
}
