import { createHash } from 'node:crypto'
import type { StateDatabase } from './open-state.js'

export interface AuditEntry {
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: Readonly<Record<string, unknown>>
}

const GENESIS = '0'.repeat(64)

/** Appends to the audit chain; call it inside the transaction of what it records. Each entry's hash covers the one before. */
export async function appendAudit(database: StateDatabase, entry: AuditEntry): Promise<void> {
  const last = await database.selectFrom('audit').select('hash').orderBy('sequence', 'desc').limit(1).executeTakeFirst()
  const row = { ...entry, detail: JSON.stringify(entry.detail), previous: last?.hash ?? GENESIS }
  await database
    .insertInto('audit')
    .values({ ...row, hash: entryHash(row) })
    .execute()
}

/** Sequence number of the first entry that does not fit the chain; undefined when all do. */
export async function firstBrokenAudit(database: StateDatabase): Promise<number | undefined> {
  let previous = GENESIS
  for (const row of await database.selectFrom('audit').selectAll().orderBy('sequence').execute()) {
    if (row.previous !== previous || row.hash !== entryHash(row)) return row.sequence
    previous = row.hash
  }
  return undefined
}

function entryHash(row: {
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
