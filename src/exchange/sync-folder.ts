import { open } from 'node:fs/promises'

/** Of each folder the sync that is asked for and has not begun. */
const coming = new Map<string, Promise<void>>()
/** The one that runs. */
const running = new Map<string, Promise<unknown>>()

/** Makes new names in a folder last through a power failure. Who asks while a sync of the folder runs shares the next one with all others. */
export function syncFolder(folder: string): Promise<void> {
  const shared = coming.get(folder)
  if (shared !== undefined) return shared
  const next = (running.get(folder) ?? Promise.resolve()).then(() => {
    coming.delete(folder)
    const sync = syncNow(folder)
    const ended = sync
      .catch(() => {})
      .then(() => {
        if (running.get(folder) === ended) running.delete(folder)
      })
    running.set(folder, ended)
    return sync
  })
  coming.set(folder, next)
  return next
}

async function syncNow(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
