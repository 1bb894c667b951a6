import { listRuns, type RunRow, type StateDatabase } from '../../state/index.js'
import type { RunSummary } from '../run-summary.js'

export interface Night {
  readonly run: RunRow
  readonly summary: RunSummary
}

/** Nights of a job that came to an end, newest first. `most`: so many; runs that failed or were begun again are among those looked at. */
export async function lastNights(database: StateDatabase, job: string, most: number): Promise<Night[]> {
  const runs = await listRuns(database, most * 2, job)
  return runs
    .filter(({ kind, summary }) => kind === 'night' && summary !== null)
    .flatMap((run): Night[] => {
      const summary: RunSummary | null = JSON.parse(run.summary ?? 'null')
      return summary?.exceptions === undefined ? [] : [{ run, summary }]
    })
}

/** Newest first in, oldest first out; of several runs of a day the last. */
export function lastOfEachDay(nights: readonly Night[], most: number): Night[] {
  const days = new Map<string, Night>()
  for (const night of nights) if (!days.has(night.run.as_of)) days.set(night.run.as_of, night)
  return [...days.values()].slice(0, most).sort((a, b) => (a.run.as_of < b.run.as_of ? -1 : 1))
}
