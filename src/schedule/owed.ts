import type { Schedule } from '../config/index.js'
import type { Occurrence } from './occurrences.js'

/** What is to become of the occurrences of one job that have come and are not settled. */
export interface Owed {
  /** The one to run now. */
  readonly run: Occurrence | undefined
  /** Those that are not run, each with the reason. */
  readonly skip: readonly { readonly occurrence: Occurrence; readonly because: string }[]
}

/**
 * By the catch-up policy of the job. `open`: its occurrences that have come and are not settled, in order. `heldUntil`: until when
 * another job kept them waiting, as an instant; to wait for another is not to be missed.
 */
export function owed(open: readonly Occurrence[], schedule: Schedule, now: Date, heldUntil: Date): Owed {
  if (schedule['catch-up'] === 'all') return { run: open[0], skip: [] }
  const latest = open.at(-1)
  const superseded = open.slice(0, -1).map((occurrence) => ({
    occurrence,
    because: `missed; the occurrence of ${latest?.scheduledFor} came before it was run`,
  }))
  if (latest === undefined || schedule['catch-up'] === 'latest') return { run: latest, skip: superseded }
  const ready = Math.max(Date.parse(latest.scheduledFor), +heldUntil)
  const minutes = schedule['missed-after-minutes']
  if (+now - ready <= minutes * 60_000) return { run: latest, skip: superseded }
  const because = `missed by more than ${minutes} minutes, and what is missed is not caught up`
  return { run: undefined, skip: [...superseded, { occurrence: latest, because }] }
}
