import type { Drop, JobSettings, Workspace } from '../../config/index.js'
import { daysAfter, instantOf, isWorkingDay } from '../../schedule/index.js'
import { type StateDatabase, takenSince } from '../../state/index.js'
import { sharedInputs } from '../workspace/shared-inputs.js'

/** A drop that has not brought by its time what was expected. Instants are ISO, UTC. */
export interface LateArrival {
  readonly job: string
  readonly input: string
  readonly endpoint: string
  readonly folder: string
  readonly include: readonly string[]
  readonly partner: string | null
  readonly expectedBy: string
  readonly expected: number
  readonly came: number
  /** When the last file of this drop was taken. */
  readonly last: string | null
}

/** What was expected by now and has not been taken in, in the order of the settings. */
export async function lateArrivals(
  workspace: Workspace,
  jobs: Iterable<JobSettings>,
  database: StateDatabase,
  now: string,
): Promise<LateArrival[]> {
  const late: LateArrival[] = []
  for (const settings of jobs) {
    const { job } = settings
    for (const [input, { from }] of Object.entries(settings.inputs)) {
      // What two jobs take from one drop is booked by the one that came first.
      const takers = sharedInputs(settings, input, workspace)
      for (const drop of from) {
        const deadline = lastDeadline(drop, workspace.settings, now)
        if (deadline === undefined || drop.expected === undefined) continue
        const since = new Date(+deadline - drop.expected['window-hours'] * 3_600_000).toISOString()
        const { endpoint, folder, include, partner = null } = drop
        const { came, last } = await takenSince(database, takers, { endpoint, folder }, since)
        if (came >= drop.expected.files) continue
        const expectedBy = deadline.toISOString()
        late.push({
          job,
          input,
          endpoint,
          folder,
          include,
          partner,
          expectedBy,
          expected: drop.expected.files,
          came,
          last,
        })
      }
    }
  }
  return late
}

/** The last time by which the drop was to bring something; undefined where nothing is expected, or was not in a month. */
function lastDeadline({ expected }: Drop, settings: Workspace['settings'], now: string): Date | undefined {
  if (expected === undefined) return undefined
  const calendar = settings.calendars[expected.calendar ?? '']
  for (let back = -1; back <= 31; back++) {
    const day = daysAfter(now.slice(0, 10), -back)
    if (calendar !== undefined && !isWorkingDay(day, calendar)) continue
    const deadline = instantOf(day, expected.by, settings.timezone)
    if (deadline <= new Date(now)) return deadline
  }
  return undefined
}
