import { catalogue, unsettled } from '../../exceptions/index.js'
import type { CauseFacts } from '../../outputs/notify/index.js'
import {
  type CauseRow,
  listExceptions,
  openCause,
  openCauses,
  type StateDatabase,
  settleCause,
} from '../../state/index.js'
import { byCause, causeFacts } from './cause-facts.js'
import { queueNotice, type Telling } from './queue-notice.js'

/**
 * Which causes of a job have opened and which are settled, against what was known before, and a message about each, unless they are so
 * many at once that the digest tells of them. Call it inside the transaction that changed the exceptions.
 * @param workbook where the owner finds the job's workbook; null where none is written
 */
export async function noteCauses(
  database: StateDatabase,
  job: string,
  telling: Telling,
  workbook: (owner: string) => string | null,
): Promise<void> {
  const { settings, now } = telling
  if (settings.notify === undefined) return
  const causes = byCause(await listExceptions(database, { job, statuses: unsettled }))
  const known = await openCauses(database, job)
  const knownIds = new Set(known.map(({ id }) => id))
  const opened: { facts: CauseFacts; row: CauseRow }[] = []
  for (const [id, members] of causes) {
    const [first, ...others] = members
    if (knownIds.has(id) || first === undefined) continue
    const facts = causeFacts(id, [first, ...others], settings)
    const row = { id, job, queue: facts.queue, facts: JSON.stringify(facts), opened_at: now, settled_at: null }
    await openCause(database, row)
    opened.push({ facts, row })
  }
  const settledRows = known.filter(({ id }) => !causes.has(id))
  for (const row of settledRows) await settleCause(database, row, now)

  await each(
    opened.filter(({ facts }) => isNews(facts)),
    telling,
    async (owner, { facts, row }) => {
      const notice = { kind: 'cause-opened', cause: facts, workbook: workbook(owner) } as const
      await queueNotice(database, owner, notice, { subject: subjectOf(row) }, telling)
    },
  )
  await each(
    settledRows
      .map((row) => ({ row, cause: JSON.parse(row.facts) as CauseFacts }))
      .filter(({ cause }) => isNews(cause)),
    telling,
    async (owner, { row, cause }) => {
      const by = telling.run === null ? 'people' : 'run'
      const notice = { kind: 'cause-settled', cause, openedAt: row.opened_at, settledAt: now, by } as const
      const answers = { kind: 'cause-opened', subject: subjectOf(row) } as const
      await queueNotice(database, owner, notice, { subject: subjectOf(row), answers }, telling)
    },
  )
}

const subjectOf = ({ id, opened_at }: CauseRow): string => `${id} since ${opened_at}`

/** What is only for the record interrupts nobody; the digest has it. */
const isNews = ({ code }: CauseFacts): boolean => catalogue[code].severity !== 'info'

/** Does it for each cause of an owner, or for none where they are too many. */
async function each<Cause extends { readonly row: CauseRow }>(
  causes: readonly Cause[],
  { settings }: Telling,
  tell: (owner: string, cause: Cause) => Promise<void>,
): Promise<void> {
  const most = settings.notify?.['most-single'] ?? 0
  const byOwner = new Map<string, Cause[]>()
  for (const cause of causes) {
    const owner = settings.queues[cause.row.queue]?.owner
    if (owner === undefined) continue
    const own = byOwner.get(owner)
    if (own === undefined) byOwner.set(owner, [cause])
    else own.push(cause)
  }
  for (const [owner, own] of byOwner) {
    if (own.length <= most) for (const cause of own) await tell(owner, cause)
  }
}
