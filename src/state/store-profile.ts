import { appendAudit, lastAuditOf } from './audit.js'
import type { StateDatabase } from './store.js'

const ACTION = 'store belongs to profile'
const SUBJECT = 'profile'

/** The profile that the store is of: test or production. Undefined: nothing was done with it yet. */
export async function profileOfStore(database: StateDatabase): Promise<string | undefined> {
  const said = await lastAuditOf(database, ACTION, SUBJECT)
  return said === undefined ? undefined : JSON.parse(said.detail).profile
}

/** Call it inside a transaction. A store is of one profile for good. */
export async function markProfile(database: StateDatabase, profile: string, at: string, actor: string): Promise<void> {
  if ((await profileOfStore(database)) !== undefined) return
  await appendAudit(database, { at, actor, action: ACTION, subject: SUBJECT, detail: { profile } })
}
