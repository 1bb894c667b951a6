import type { Workspace } from '../../config/index.js'
import { errorCatalogue, MatchbookError } from '../../errors/index.js'
import { keptFiles } from '../../state/index.js'
import { openReading } from '../compose.js'
import { bad, badBy, type Check, good } from './check.js'

const SUBJECT = 'archive'
/** Files looked at side by side. */
const BATCH = 500

/** Whether each file that the ledger knows lies in the archive and has its size, where that is a folder. It is read by the night that needs it. */
export async function archiveFolder(workspace: Workspace): Promise<Check[]> {
  if (workspace.settings.archive !== undefined) return []
  try {
    const { state, archive, now } = await openReading(workspace.folder, { onlyToLook: true })
    const files = await keptFiles(state.database).finally(() => state.close())
    const known = [...new Map(files.map((file) => [file.sha256, file])).values()]
    const wrong: MatchbookError[] = []
    for (let from = 0; from < known.length; from += BATCH) {
      const looked = known.slice(from, from + BATCH).map(async ({ sha256, size }) => {
        await archive.path(sha256, { size, taken_at: now() })
      })
      for (const one of await Promise.allSettled(looked)) {
        if (one.status === 'fulfilled') continue
        if (!(one.reason instanceof MatchbookError)) throw one.reason
        wrong.push(one.reason)
      }
    }
    const [first] = wrong
    if (first === undefined)
      return known.length === 0 ? [] : [good(SUBJECT, `has the ${known.length} files that the ledger knows`)]
    const says = `${wrong.length} of the ${known.length} files that the ledger knows cannot be used, for example: ${first.message}`
    return [bad(SUBJECT, says, errorCatalogue[first.code].hint, first.code)]
  } catch (error) {
    // What is wrong with the store has been told by itself.
    if (error instanceof MatchbookError && /^(STATE|WORKSPACE|DISK)-/.test(error.code)) return []
    return [badBy(SUBJECT, error)]
  }
}
