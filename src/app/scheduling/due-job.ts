import type { Occurrence } from '../../schedule/index.js'

/** An occurrence that has come and is neither run nor passed over. */
export interface DueJob extends Occurrence {
  /** What is to be done of it: the job, or one of its shares. */
  readonly piece: string
  /** The number of the share. */
  readonly share?: number
  /** Jobs whose run of the same day has to be done first. */
  readonly waitsFor: readonly string[]
  /** Longer over its time than its schedule allows. */
  readonly isLate: boolean
  /** A run of it runs, or was cut off and is to be gone on with. */
  readonly isBegun: boolean
}
