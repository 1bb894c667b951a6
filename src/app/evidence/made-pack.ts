/** The evidence pack of the run's period, as its summary tells it. */
export interface MadePack {
  readonly period: string
  /** made: by this run. there: by an earlier one, and left as it is. none: the period is not over, or nothing was judged. */
  readonly state: 'made' | 'there' | 'none'
  readonly file: string | null
  readonly sha256: string | null
  /** What is missing in it, in words. */
  readonly gaps: readonly string[]
}
