import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

/** What there is for a schedule to name. */
export interface ScheduleNames {
  /** Undefined where matchbook.yaml cannot be read. */
  readonly calendars: readonly string[] | undefined
  /** Every job of the workspace, by the name of its file. */
  readonly jobs: ReadonlyMap<string, Setting>
}

/** What a schema cannot see of the times of a job: its calendars, and jobs that wait for one another. */
export function checkSchedule(job: Setting, { calendars, jobs }: ScheduleNames): Problem[] {
  const schedule = job.at('schedule')
  const after = schedule.at('after').items()
  const inputs = job.at('inputs').entries()
  const drops = inputs.flatMap(([, input]) => input.at('from').items())
  return [
    ...schedule.at('calendar').refersTo('calendar', calendars),
    ...(schedule.has('on-day-off') && !schedule.has('calendar')
      ? [schedule.at('on-day-off').problem('days off of no calendar', 'a calendar beside it', { at: 'key' })]
      : []),
    ...after.flatMap((name) => name.refersTo('job', [...jobs.keys()])),
    ...after.flatMap((name) => unscheduled(name, jobs)),
    ...after.flatMap((name) => circle(job.at('job').text, name, jobs)),
    ...drops.flatMap((drop) => drop.at('expected').at('calendar').refersTo('calendar', calendars)),
  ]
}

/** A blackout that ends before it begins would hold nothing back. */
export const checkBlackouts = (calendars: Setting): Problem[] =>
  calendars
    .entries()
    .flatMap(([, calendar]) => calendar.at('blackouts').items())
    .filter((blackout) => (blackout.at('from').text ?? '') >= (blackout.at('to').text ?? '~'))
    .map((blackout) =>
      blackout.at('to').problem(`a blackout that ends ${blackout.at('to').text}`, 'to to be after from'),
    )

/** What never runs by itself would never be waited for, though its name stands there. */
function unscheduled(name: Setting, jobs: ScheduleNames['jobs']): Problem[] {
  const other = jobs.get(name.text ?? '')
  return other === undefined || other.has('schedule')
    ? []
    : [name.problem(`job "${name.text}" has no schedule`, 'a job that runs by a schedule')]
}

function circle(job: string | undefined, name: Setting, jobs: ScheduleNames['jobs']): Problem[] {
  const reached = new Set<string>()
  const follow = (other: string): void => {
    if (reached.has(other)) return
    reached.add(other)
    for (const next of jobs.get(other)?.at('schedule').at('after').items() ?? []) follow(next.text ?? '')
  }
  follow(name.text ?? '')
  return job !== undefined && reached.has(job)
    ? [name.problem(`"${job}" would wait for itself`, 'jobs that do not wait for this one')]
    : []
}
