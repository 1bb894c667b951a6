import type { WorkAndWorkers } from '../../app/scheduling/work.js'
import { localTime } from './local-time.js'
import { table } from './table.js'

/** The parts that have something to say. */
export function workText({ workers, work }: WorkAndWorkers, timezone: string): string[] {
  const hosts = table(workers, [
    { title: 'Worker', value: ({ worker }) => worker },
    {
      title: 'Status',
      value: ({ status }) => status,
      colour: ({ status }) => (status === 'gone' ? 'redBright' : undefined),
    },
    { title: 'Seen', value: ({ seen }) => localTime(seen, timezone) },
    { title: 'Version', value: ({ version }) => version },
    { title: 'Doing', value: ({ doing }) => doing.join(', ') || '-', width: 44 },
  ])
  const due = table(work, [
    { title: 'Work', value: ({ id }) => String(id), align: 'right' },
    { title: 'Job', value: ({ job }) => job },
    { title: 'For', value: ({ scheduledFor }) => localTime(scheduledFor, timezone) },
    {
      title: 'Status',
      value: ({ status }) => (status === 'dead' ? 'given up' : status),
      colour: ({ status }) => (status === 'dead' ? 'redBright' : undefined),
    },
    { title: 'With', value: ({ worker }) => worker ?? '-' },
    { title: 'Tries', value: ({ attempts }) => String(attempts), align: 'right' },
    { title: 'Last', value: ({ lastError }) => lastError ?? '-', width: 44 },
  ])
  return [...(workers.length === 0 ? [] : [hosts]), ...(work.length === 0 ? [] : [due])]
}
