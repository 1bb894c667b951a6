import { type Named, NO_MORE } from './answers.js'
import { close, openFolder, readFolder } from './requests.js'
import type { Session } from './session.js'

/** Requests under way; a server gives some hundred names for each. */
const AHEAD = 8

/** All entries of a folder but those for itself and the one above. */
export async function listFolder(session: Session, folder: string): Promise<readonly Named[]> {
  const handle = await session.ask('list', folder, openFolder(folder))
  const more = (): Promise<readonly Named[]> => {
    const coming = session.ask('list', folder, readFolder(handle))
    // What is looked at when its turn comes; if an earlier one fails first, nobody asks.
    coming.catch(() => {})
    return coming
  }
  const entries: Named[] = []
  try {
    const ahead = Array.from({ length: session.worksInOrder ? AHEAD : 1 }, more)
    for (let some = await ahead.shift(); some !== undefined && some !== NO_MORE; some = await ahead.shift()) {
      for (const entry of some) if (entry.name !== '.' && entry.name !== '..') entries.push(entry)
      ahead.push(more())
    }
    return entries
  } finally {
    // Nothing depends on the answer.
    session.ask('list', folder, close(handle)).catch(() => {})
  }
}
