import { DateTime } from 'luxon'
import type { JobSettings } from '../../config/index.js'
import { catalogue, unsettled } from '../../exceptions/index.js'
import type { CauseFacts, Digest } from '../../outputs/notify/index.js'
import {
  causesSince,
  listExceptions,
  notificationsTo,
  rewriteNotification,
  type StateDatabase,
  type StoredException,
} from '../../state/index.js'
import { amountsAtRisk, byMoney } from './cause-facts.js'
import { ownersReached, queuesOf } from './owners.js'
import { queueNotice, type Telling } from './queue-notice.js'

/** Causes a digest lists; the rest is a number and the workbook. */
const SHOWN = 10

/** Before there was any digest everything is news. */
const EVER = '1970-01-01T00:00:00Z'

export interface EndedNight {
  readonly job: JobSettings
  /** Business day, yyyy-MM-dd. */
  readonly day: string
  /** Where an owner finds the workbook of the run; null: there is none for them. */
  workbook(owner: string): string | null
}

/**
 * The digest of each owner of a night. One that has not gone out yet takes up what this run adds; so an owner gets one for all jobs that
 * end before it goes. Call it inside the transaction that ends the run.
 */
export async function noteNight(database: StateDatabase, night: EndedNight, telling: Telling): Promise<void> {
  const { settings } = telling
  if (settings.notify === undefined) return
  const open = await listExceptions(database, { statuses: unsettled })
  for (const owner of ownersReached(settings)) {
    const queues = queuesOf(owner, settings)
    if (queues.length > 0) await noteDigest(database, owner, queues, open, night, telling)
  }
}

async function noteDigest(
  database: StateDatabase,
  owner: string,
  queues: readonly string[],
  open: readonly StoredException[],
  { job, day, workbook }: EndedNight,
  telling: Telling,
): Promise<void> {
  const earlier = await notificationsTo(database, 'digest', owner)
  const waiting = earlier.filter(({ status, attempts }) => status === 'waiting' && attempts === 0)
  const [last] = waiting.length > 0 ? waiting : earlier
  const before = last === undefined ? undefined : (JSON.parse(last.facts) as Digest)
  const since = waiting.length > 0 ? (before?.since ?? EVER) : (before?.until ?? last?.queued_at ?? EVER)
  const causes = await causesSince(database, queues, since)
  const opened = causes
    .filter(({ opened_at, settled_at }) => opened_at > since && settled_at === null)
    .map(({ facts }) => JSON.parse(facts) as CauseFacts)
    .sort(byMoney)
  // An owner of whom nothing is open in this job has no workbook of it.
  const isIn = open.some(({ job: of, queue }) => of === job.job && queues.includes(queue))
  const at = isIn ? workbook(owner) : null
  const others = waiting.length > 0 ? (before?.workbooks ?? []).filter(({ title }) => title !== job.title) : []
  const digest: Digest = {
    kind: 'digest',
    day,
    since,
    until: telling.now,
    queues: queues.flatMap((queue) => backlogOf(queue, open, telling)),
    opened: {
      causes: opened.length,
      exceptions: opened.reduce((sum, { exceptions }) => sum + exceptions, 0),
      shown: opened.slice(0, SHOWN),
    },
    settled: causes.filter(({ settled_at, facts }) => settled_at !== null && settled_at > since && isNews(facts))
      .length,
    notSingle: opened.length > (telling.settings.notify?.['most-single'] ?? 0),
    workbooks: [...others, ...(at === null ? [] : [{ title: job.title, at }])],
  }
  if (waiting.length > 0) {
    for (const { id, not_before } of waiting)
      await rewriteNotification(database, id, { facts: JSON.stringify(digest), not_before, run_id: telling.run })
    return
  }
  // A night that has nothing to say says nothing, and neither does a further run of a day that was told.
  const hasNews = digest.opened.causes > 0 || digest.settled > 0
  if (!hasNews && (digest.queues.length === 0 || before?.day === day)) return
  const place = { subject: `${day}, since ${since}`, notBefore: timeOfDigest(telling) }
  await queueNotice(database, owner, digest, place, telling)
}

/** What is only for the record goes as it came. */
const isNews = (facts: string): boolean => catalogue[(JSON.parse(facts) as CauseFacts).code].severity !== 'info'

function backlogOf(queue: string, open: readonly StoredException[], { settings, now }: Telling): Digest['queues'] {
  const own = open.filter((exception) => exception.queue === queue)
  if (own.length === 0) return []
  const endOfDay = DateTime.fromISO(now, { zone: settings.timezone }).endOf('day').toMillis()
  const dues = own.flatMap(({ dueAt }) => (dueAt === null ? [] : [Date.parse(dueAt)]))
  return [
    {
      queue,
      open: own.length,
      overdue: dues.filter((due) => due < Date.parse(now)).length,
      dueToday: dues.filter((due) => due >= Date.parse(now) && due <= endOfDay).length,
      amountAtRisk: amountsAtRisk(own),
    },
  ]
}

/** The next time of day the settings name; now where they name none. */
function timeOfDigest({ settings, now }: Telling): string {
  const at = settings.notify?.['digest-at']
  if (at === undefined) return now
  const [hour, minute] = at.split(':').map(Number)
  const here = DateTime.fromISO(now, { zone: settings.timezone })
  const today = here.set({ hour: hour ?? 0, minute: minute ?? 0, second: 0, millisecond: 0 })
  const next = today >= here ? today : today.plus({ days: 1 })
  return next.toUTC().toISO() ?? now
}
