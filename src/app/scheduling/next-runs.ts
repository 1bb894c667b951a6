import { nextOccurrences, type Occurrence } from '../../schedule/index.js'
import { requireWorkspace } from '../workspace/require-workspace.js'
import { scheduledJobs } from './scheduled-jobs.js'

export interface NextRuns {
  /** Zone of the workspace, for people; instants are UTC. */
  readonly timezone: string
  readonly next: readonly (Occurrence & { readonly after: readonly string[] })[]
}

/** The next occurrences of all schedules together. */
export async function nextRuns(workspaceFolder: string | undefined, count: number, now: Date): Promise<NextRuns> {
  const workspace = await requireWorkspace(workspaceFolder)
  const next = scheduledJobs(workspace).flatMap((scheduled) =>
    nextOccurrences(scheduled, now, count).map((occurrence) => ({ ...occurrence, after: scheduled.schedule.after })),
  )
  // Sorting keeps the order of equals: that of priority.
  next.sort((a, b) => Date.parse(a.scheduledFor) - Date.parse(b.scheduledFor))
  return { timezone: workspace.settings.timezone, next: next.slice(0, count) }
}
