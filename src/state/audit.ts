import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { AuditTable } from './schema.js'
import type { StateDatabase } from './store.js'

export interface AuditEntry {
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** What the first entry follows. */
export const GENESIS = '0'.repeat(64)

/**
 * Appends to the audit chain; call it inside the transaction of what it records, as its last. Each entry's hash covers the one before, so
 * who appends holds the chain to the end of the transaction.
 */
export const appendAudit = (database: StateDatabase, entry: AuditEntry): Promise<void> =>
  appendAudits(database, [entry])

const BATCH = 100

/** Several entries in their order, at the cost of few. */
export async function appendAudits(database: StateDatabase, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const head = await holdHead(database)
  const last = await database
    .selectFrom('audit')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  let previous = last?.hash ?? GENESIS
  // Cut off at its end, a chain goes on after what its head says: the gap stays to be seen.
  let sequence = Math.max(last?.sequence ?? 0, head.sequence)
  const rows = entries.map((entry) => {
    // Not numbered by the store: PostgreSQL does not take a number back when a transaction is rolled back.
    sequence += 1
    const row = { ...entry, detail: JSON.stringify(entry.detail), previous }
    previous = auditHash(row)
    return { sequence, ...row, hash: previous }
  })
  for (let from = 0; from < rows.length; from += BATCH) {
    await database
      .insertInto('audit')
      .values(rows.slice(from, from + BATCH))
      .execute()
  }
  await database.updateTable('audit_head').set({ sequence, hash: previous }).where('id', '=', 1).execute()
}

/** The head, written as it is: from here to the end of the transaction nobody else appends, and what we read of the chain is its end. */
const holdHead = (database: StateDatabase): Promise<AuditHead> =>
  database
    .insertInto('audit_head')
    .values({ id: 1, sequence: 0, hash: GENESIS })
    .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ sequence: eb.ref('audit_head.sequence') })))
    .returning(['sequence', 'hash'])
    .executeTakeFirstOrThrow()

/** The last entry of the chain: kept elsewhere, it shows later that nothing before it was changed. */
export interface AuditHead {
  readonly sequence: number
  readonly hash: string
}

export const auditHead = (database: StateDatabase): Promise<AuditHead | undefined> =>
  database.selectFrom('audit_head').select(['sequence', 'hash']).where('id', '=', 1).executeTakeFirst()

export type AuditRow = Selectable<AuditTable>

/** Entries in order, a page in memory at a time: all, or those after one and up to another. */
export async function* auditRows(
  database: StateDatabase,
  from = Number.MIN_SAFE_INTEGER,
  upTo = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<AuditRow> {
  for (let after = from; ; ) {
    const page = await database
      .selectFrom('audit')
      .selectAll()
      .where('sequence', '>', after)
      .where('sequence', '<=', upTo)
      .orderBy('sequence')
      .limit(PAGE)
      .execute()
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.sequence
  }
}

const PAGE = 1000

/** The latest entry of that action. */
export const lastAudit = (database: StateDatabase, action: string): Promise<AuditRow | undefined> =>
  database
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', action)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Entries about these subjects, in order. */
export const auditAbout = (database: StateDatabase, subjects: readonly string[]): Promise<AuditRow[]> =>
  database.selectFrom('audit').selectAll().where('subject', 'in', subjects).orderBy('sequence').execute()

/** Entries of these actions, oldest first. */
export const auditOf = (database: StateDatabase, actions: readonly string[]): Promise<AuditRow[]> =>
  database.selectFrom('audit').selectAll().where('action', 'in', actions).orderBy('sequence').execute()

/** The last entry of an action about one subject. */
export const lastAuditOf = (database: StateDatabase, action: string, subject: string): Promise<AuditRow | undefined> =>
  database
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', action)
    .where('subject', '=', subject)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()

/** What is wrong with the chain, and from which entry on it cannot be trusted. */
export interface AuditFault {
  readonly sequence: number
  readonly said: string
}

export interface AuditVerdict {
  readonly entries: number
  readonly head: AuditHead | null
  /** The first fault; null: the chain is whole. */
  readonly fault: AuditFault | null
}

/**
 * Walks the whole chain. An entry that was changed does not give its hash; one removed, inserted or moved does not follow the one
 * before; entries cut off the end are missed by the head, which is kept apart; `anchor` is a head noted earlier and elsewhere, which
 * must still be in the chain as it was.
 */
export async function verifyAudit(database: StateDatabase, anchor?: AuditHead): Promise<AuditVerdict> {
  let [entries, previous, before] = [0, GENESIS, 0]
  let anchored = anchor === undefined
  let fault: AuditFault | null = null
  for await (const row of auditRows(database)) {
    const { sequence } = row
    entries += 1
    fault ??= linkFault(row, previous, before)
    if (anchor?.sequence === sequence && anchor.hash === row.hash) anchored = true
    previous = row.hash
    before = sequence
  }
  const head = (await auditHead(database)) ?? null
  if (head?.hash !== (entries === 0 ? undefined : previous) || (head?.sequence ?? 0) !== before)
    fault ??= {
      sequence: before + 1,
      said: `the chain ends at entry ${before}, its head says ${head?.sequence ?? 'nothing'}`,
    }
  if (!anchored)
    fault ??= { sequence: anchor?.sequence ?? 0, said: `entry ${anchor?.sequence} is not the one that was noted` }
  return { entries, head, fault }
}

function linkFault(row: AuditRow, previous: string, before: number): AuditFault | null {
  const { sequence } = row
  if (sequence !== before + 1)
    return { sequence, said: `entry ${sequence} follows entry ${before}: ${sequence - before - 1} are missing` }
  if (row.previous !== previous) return { sequence, said: `entry ${sequence} does not follow the entry before it` }
  if (row.hash !== auditHash(row)) return { sequence, said: `entry ${sequence} was changed after it was written` }
  return null
}

/** Sequence number of the first entry that does not fit the chain; undefined when all do. */
export const firstBrokenAudit = async (database: StateDatabase): Promise<number | undefined> =>
  (await verifyAudit(database)).fault?.sequence

/** SHA-256 in hex of an entry with the hash of the one before it. */
export function auditHash(row: {
  at: string
  actor: string
  action: string
  subject: string
  detail: string
  previous: string
}): string {
  return createHash('sha256')
    .update(JSON.stringify([row.previous, row.at, row.actor, row.action, row.subject, row.detail]))
    .digest('hex')
}
