import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { queueOutbox } from '../src/state/index.js'
import { openState } from '../src/state/open-state.js'

export { startOpenSsh } from '../test/servers/openssh.js'

export const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Makes the store, as the first night did. */
export const makeState = async (state: string): Promise<void> => (await openState(state)).close()

/** Puts every file of a folder into the outbox of a workspace, as a run would. */
export async function queueAll(state: string, from: string, to: { endpoint: string; folder: string }): Promise<void> {
  const { database, close } = await openState(state)
  await database.transaction().execute(async (transaction) => {
    for (const name of readdirSync(from).sort()) {
      const local_file = path.join(from, name)
      const bytes = readFileSync(local_file)
      const hash = createHash('sha256').update(bytes).digest('hex')
      const file = { idempotency_key: name, load_id: null, name, local_file, sha256: hash, size: bytes.length }
      await queueOutbox(transaction, { ...file, ...to }, new Date().toISOString())
    }
  })
  await close()
}

/** Hashes of the files that the ledger has and the archive holds, in order of their names. */
export function taken(state: string): string[] {
  const ledger = new Database(path.join(state, 'matchbook.db'), { readonly: true })
  const rows = ledger.prepare('select sha256 from files order by name').pluck().all() as string[]
  ledger.close()
  const kept = readdirSync(path.join(state, 'archive'), { recursive: true, encoding: 'utf8' })
  const inArchive = new Set(kept.map((name) => path.basename(name)))
  return rows.filter((hash) => inArchive.has(hash))
}

/** Files that the outbox has booked as sent, and entries of the audit chain that say so. */
export function sent(state: string): number {
  if (!existsSync(path.join(state, 'matchbook.db'))) return 0
  const store = new Database(path.join(state, 'matchbook.db'), { readonly: true })
  const count = store.prepare("select count(*) from outbox where status = 'sent'").pluck().get() as number
  store.close()
  return count
}
