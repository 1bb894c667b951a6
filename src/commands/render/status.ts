import { ux } from '@oclif/core'
import type { WorkspaceStatus } from '../../app/status.js'
import { localTime } from './local-time.js'
import { count, moneyBeside, risked } from './money.js'
import { printable } from './printable.js'
import { table } from './table.js'
import { workText } from './work.js'

/** Files of one kind that a screen has room for; --json lists all. */
const SHOWN = 20

/** One screen. */
export const statusText = (now: WorkspaceStatus): string =>
  [statusTitle(now), ...Object.values(statusViews).flatMap((view) => view(now))].join('\n\n')

export const statusTitle = (now: WorkspaceStatus): string => `${ux.colorize('bold', now.organisation)} (${now.profile})`

/** The parts of the screen, each by itself; a part that has nothing to say is none. */
export const statusViews = {
  jobs,
  queues,
  files,
  loads,
  outbox,
  notifications,
  workers,
} as const satisfies Record<string, (now: WorkspaceStatus) => string[]>
export type StatusView = keyof typeof statusViews

const runColours: Readonly<Record<string, string>> = { done: 'green', failed: 'redBright' }

function jobs(now: WorkspaceStatus): string[] {
  const listed = table(now.jobs, [
    { title: 'Job', value: ({ job }) => job, width: 60 },
    { title: 'Last run', value: ({ lastRun }) => lastRun?.id ?? 'never' },
    {
      title: 'Status',
      value: ({ lastRun }) => lastRun?.status ?? '-',
      colour: ({ lastRun }) => runColours[lastRun?.status ?? ''] ?? 'yellow',
    },
    {
      title: 'Finished',
      value: ({ lastRun }) => (lastRun?.finishedAt ? localTime(lastRun.finishedAt, now.timezone) : '-'),
    },
    {
      title: 'Next',
      value: ({ schedule, shares }) => sharesText(shares) ?? nextText(schedule, now.timezone),
      colour: ({ schedule }) => (schedule?.due?.isLate ? 'redBright' : undefined),
    },
  ])
  return [
    listed,
    ...now.jobs.flatMap(({ job, lastRun }) =>
      lastRun?.status === 'failed'
        ? [
            `${ux.colorize('redBright', `${job} failed`)}: ${printable(lastRun.error ?? 'no reason is known')}\n  When that is mended: matchbook retry ${lastRun.id}`,
          ]
        : [],
    ),
    ...undone(now),
  ]
}

/** What the last runs could not do, but for what other parts of the screen tell. */
function undone({ jobs, down, outbox }: WorkspaceStatus): string[] {
  const told = new Set([
    ...down.map(({ endpoint }) => endpoint),
    ...outbox.map(({ name, endpoint }) => `${name} to ${endpoint}`),
  ])
  return jobs.flatMap(({ job, lastRun }) =>
    (lastRun?.failures ?? [])
      .filter(({ subject }) => !told.has(subject))
      .map(
        ({ subject, code, message, hint }) =>
          `${ux.colorize('yellow', `${job}, ${subject}`)}: ${code}, ${printable(message)}\n  ${hint}`,
      ),
  )
}

/** What is done and waits as it should is not told one by one. */
function workers(now: WorkspaceStatus): string[] {
  const work = now.work.filter(({ status, attempts }) => status === 'dead' || attempts > 0)
  return workText({ workers: now.workers, work }, now.timezone)
}

function queues(now: WorkspaceStatus): string[] {
  if (now.queues.length === 0) return ['No open exception.']
  const listed = table(now.queues, [
    { title: 'Queue', value: ({ queue }) => queue },
    { title: 'Owner', value: ({ owner }) => owner, width: 40 },
    { title: 'Open', value: ({ open }) => String(open), align: 'right' },
    {
      title: 'Critical',
      value: ({ critical }) => String(critical),
      align: 'right',
      colour: ({ critical }) => (critical > 0 ? 'redBright' : undefined),
    },
    {
      title: 'Overdue',
      value: ({ overdue }) => String(overdue),
      align: 'right',
      colour: ({ overdue }) => (overdue > 0 ? 'yellow' : undefined),
    },
    { title: 'Money at risk', value: (queue) => risked(queue, now.currency), align: 'right' },
  ])
  return [`${listed}\n${count(now.open, 'open exception')}, ${risked(now, now.currency)} at risk`]
}

function files(now: WorkspaceStatus): string[] {
  const awaited = table(now.awaited, [
    { title: 'Expected', value: ({ include }) => include.join(', '), width: 44, colour: () => 'redBright' },
    { title: 'From', value: ({ endpoint, folder }) => `${endpoint}: ${folder}` },
    { title: 'By', value: ({ expectedBy }) => localTime(expectedBy, now.timezone) },
    { title: 'Came', value: ({ came, expected }) => `${came} of ${expected}`, align: 'right' },
    { title: 'Last', value: ({ last }) => (last === null ? 'never' : localTime(last, now.timezone)) },
  ])
  const shown = now.notTaken.slice(0, SHOWN)
  const notTaken = table(shown, [
    { title: 'Left at its source', value: ({ name }) => name, width: 44 },
    { title: 'In', value: ({ endpoint, folder }) => `${endpoint}: ${folder}` },
    { title: 'Since', value: ({ since }) => localTime(since, now.timezone) },
    { title: 'Reason', value: ({ reason }) => reason, width: 70 },
  ])
  return [
    ...(now.quarantined === 0 ? [] : [`${count(now.quarantined, 'file')} in quarantine: matchbook quarantine list`]),
    ...(now.awaited.length === 0 ? [] : [awaited]),
    ...(shown.length === 0 ? [] : [`${notTaken}${rest(now.notTaken)}`]),
  ]
}

function loads({ loadsWaiting, loadsNotThere, currency, timezone }: WorkspaceStatus): string[] {
  const waiting = table(loadsWaiting, [
    { title: 'Load that waits', value: ({ id }) => id },
    { title: 'What', value: ({ title }) => title, width: 40 },
    { title: 'Rows', value: (load) => contents(load) },
    {
      title: 'Money',
      value: ({ amount, otherCurrencies }) => moneyBeside(amount, currency, otherCurrencies),
      align: 'right',
    },
    { title: 'Since', value: ({ since }) => localTime(since, timezone) },
    { title: 'For', value: (load) => load.waitsFor, width: 70, colour: () => 'yellow' },
  ])
  const notThere = table(loadsNotThere, [
    { title: 'Load not in the ERP', value: ({ id }) => id },
    { title: 'Job', value: ({ job }) => job },
    { title: 'Sent', value: ({ sentAt }) => localTime(sentAt, timezone) },
    {
      title: 'There',
      value: ({ loaded, rows }) => (loaded === 0 ? `NONE of ${rows}` : `${loaded} of ${rows}`),
      colour: ({ verdict }) => (verdict === 'nothing-loaded' ? 'redBright' : 'yellow'),
    },
    { title: 'Rejected', value: ({ rejected }) => String(rejected), align: 'right' },
    { title: 'Not seen', value: ({ notSeen }) => String(notSeen), align: 'right' },
  ])
  return [...(loadsWaiting.length === 0 ? [] : [waiting]), ...(loadsNotThere.length === 0 ? [] : [notThere])]
}

const contents = ({ invoices, lines }: WorkspaceStatus['loadsWaiting'][number]): string =>
  invoices > 0 ? count(invoices, 'invoice') : count(lines, 'row')

function outbox(now: WorkspaceStatus): string[] {
  const down = table(now.down, [
    { title: 'Down', value: ({ endpoint }) => endpoint, colour: () => 'redBright' },
    { title: 'Since', value: ({ since }) => localTime(since, now.timezone) },
    { title: 'Runs', value: ({ runs }) => String(runs), align: 'right' },
    {
      title: 'Asked again',
      value: ({ openUntil }) =>
        openUntil === null ? 'by the next run' : `after ${localTime(openUntil, now.timezone)}, or by hand`,
    },
    { title: 'Why', value: ({ code, message }) => `${code}, ${message}`, width: 70 },
  ])
  const waiting = table(now.outbox.slice(0, SHOWN), [
    { title: 'Waiting to go out', value: ({ name }) => name },
    { title: 'To', value: ({ endpoint }) => endpoint },
    { title: 'Since', value: ({ queuedAt }) => localTime(queuedAt, now.timezone) },
    { title: 'Tries', value: ({ attempts }) => String(attempts), align: 'right' },
    { title: 'Last error', value: ({ lastError }) => lastError ?? '', width: 60 },
  ])
  return [
    ...(now.down.length === 0 ? [] : [down]),
    now.outbox.length === 0
      ? 'The outbox is empty: everything that had to go out went out.'
      : `${waiting}${rest(now.outbox)}`,
  ]
}

const rest = ({ length }: readonly unknown[]): string =>
  length > SHOWN ? `\nand ${count(length - SHOWN, 'more file')}` : ''

function notifications(now: WorkspaceStatus): string[] {
  const { notifications: told, timezone } = now
  if (told.failed.length === 0) return lineage(now)
  const listed = table(told.failed, [
    { title: 'Not delivered', value: ({ id }) => id.slice(0, 15), colour: () => 'yellow' },
    { title: 'What', value: ({ kind }) => kind },
    { title: 'To', value: ({ owner }) => owner, width: 40 },
    { title: 'By', value: ({ channel }) => channel },
    { title: 'Since', value: ({ queuedAt }) => localTime(queuedAt, timezone) },
    { title: 'Tries', value: ({ attempts }) => String(attempts), align: 'right' },
    { title: 'Last error', value: ({ lastError }) => lastError, width: 60 },
  ])
  const words = `${count(told.waiting, 'notification')} waiting, ${told.undeliverable} given up; try all again now: matchbook notify send --again`
  return [`${listed}\n${words}`, ...lineage(now)]
}

function lineage({ lineage: events, timezone }: WorkspaceStatus): string[] {
  if (events.lastError === null) return []
  const since = events.since === null ? '' : `, the oldest since ${localTime(events.since, timezone)}`
  const refused = events.refused === 0 ? '' : `; ${events.refused} it will never take`
  return [`OpenLineage has not taken ${count(events.waiting, 'event')}${since}${refused}: ${events.lastError}`]
}

function sharesText(shares: WorkspaceStatus['jobs'][number]['shares']): string | undefined {
  if (shares === null) return undefined
  const { of, left, failed } = shares
  if (failed.length > 0) return `it waits for ${failed.join(', ')}, which failed`
  return `${of - left.length} of ${of} shares taken in`
}

type JobSchedule = WorkspaceStatus['jobs'][number]['schedule']

function nextText(schedule: JobSchedule, timezone: string): string {
  if (schedule === null) return 'by hand'
  const { due, next } = schedule
  if (due === null) return next === null ? 'never' : localTime(next, timezone)
  const since = localTime(due.scheduledFor, timezone)
  if (due.waitsFor.length > 0) return `since ${since} it waits for ${due.waitsFor.join(', ')}`
  return due.isLate ? `late: due since ${since}` : `due since ${since}`
}
