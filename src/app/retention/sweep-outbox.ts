import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { outboxFiles } from '../../state/index.js'
import type { Tools } from '../tools.js'

/**
 * Takes from `outbox/` what a kill left there, written and never queued: it would lie there, and be backed up, for ever. Files are
 * written inside the transaction that queues them, so whoever holds the store's write lock sees none that is about to be.
 */
export async function sweepOutbox({ state, folder }: Pick<Tools, 'state' | 'folder'>): Promise<void> {
  const outbox = path.join(folder, 'outbox')
  await state.database.transaction().execute(async (database) => {
    // By name: a restored workspace lies elsewhere. The readable file of what was compressed or encrypted lies beside it.
    const needed = new Set((await outboxFiles(database)).flatMap((file) => [nameOf(file), readable(nameOf(file))]))
    for (const entry of await readdir(outbox, { withFileTypes: true }).catch(() => [])) {
      if (entry.isFile() && !needed.has(entry.name)) await rm(path.join(outbox, entry.name), { force: true })
    }
  })
}

const nameOf = (file: string): string => file.replace(/^.*[/\\]/, '')

const readable = (name: string): string => name.replace(/\.pgp$/, '').replace(/\.gz$/, '')
