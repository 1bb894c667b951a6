import type { Workspace } from '../../config/index.js'
import type { Routing } from '../../exceptions/index.js'

/** The workspace's queues, calendars and overrides as the exceptions room wants them. */
export function routingOf({ settings }: Workspace): Routing {
  const workingTime = Object.entries(settings.queues).flatMap(([queue, { calendar }]) => {
    const hours = calendar === undefined ? undefined : settings.calendars[calendar]
    return hours === undefined ? [] : [[queue, hours] as const]
  })
  return {
    timezone: settings.timezone,
    workingTime: Object.fromEntries(workingTime),
    escalations: Object.fromEntries(
      Object.entries(settings.queues).map(([queue, { escalate }]) => [
        queue,
        escalate.map(({ 'after-hours': afterHours, to }) => ({ afterHours, to })),
      ]),
    ),
    overrides: Object.fromEntries(
      Object.entries(settings.exceptions).map(([code, { queue, 'sla-hours': slaHours, statuses }]) => [
        code,
        { queue, slaHours, statuses },
      ]),
    ),
  }
}
