import type { JobSettings, Workspace } from '../../config/index.js'
import type { ScheduledJob } from '../../schedule/index.js'

/** The jobs that have a schedule, by priority and then by name. */
export function scheduledJobs({ settings, jobs }: Workspace): ScheduledJob[] {
  const scheduled = [...jobs.values()].flatMap((job) => scheduledJob(job, settings) ?? [])
  return scheduled.sort((a, b) => a.schedule.priority - b.schedule.priority || (a.job < b.job ? -1 : 1))
}

function scheduledJob({ job, schedule }: JobSettings, settings: Workspace['settings']): ScheduledJob | undefined {
  if (schedule === undefined) return undefined
  const calendar = settings.calendars[schedule.calendar ?? '']
  return { job, schedule, calendar, timezone: settings.timezone }
}
