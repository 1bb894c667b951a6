import type { Redactor, Workspace } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { keptFiles } from '../../state/index.js'
import { openReading } from '../compose.js'
import { openExaminedArchive } from '../open-archive.js'
import { bad, badBy, type Check, good, unknown, warning } from './check.js'
import type { Looking } from './endpoints.js'

const SUBJECT = 'archive'
/** Files of the ledger, the last ones, that the store is asked for. */
const ASKED_FOR = 20

/** The store of the archive, where it is none of this machine's folders: is it reached, does it let us, has it what the ledger knows. */
export async function archiveStore(workspace: Workspace, looking: Looking, redactor: Redactor): Promise<Check[]> {
  if (!looking.connect || workspace.settings.archive === undefined) return []
  try {
    const store = await openExaminedArchive(workspace, redactor)
    if (store === undefined) return []
    try {
      await store.list()
      const writing = looking.write ? [await written(() => store.write())] : []
      return [reached(store.said, looking), ...writing, await complete((sha256) => store.has(sha256), workspace.folder)]
    } finally {
      store.close()
    }
  } catch (error) {
    // A secret that is missing has been told of by itself.
    if (error instanceof MatchbookError && error.code === 'SECRET-MISSING')
      return [unknown(SUBJECT, 'not looked at: its secret is missing')]
    return [badBy(SUBJECT, error)]
  }
}

const reached = (said: string, { write }: Looking): Check =>
  good(SUBJECT, `${said} can be listed${write ? '' : '; writing is tried with --write'}`)

async function written(write: () => Promise<boolean>): Promise<Check> {
  const subject = `${SUBJECT}: writing`
  if (await write())
    return good(subject, 'can be written, read and removed from; bytes changed on their way are refused')
  return warning(
    subject,
    'can be written, read and removed from, but takes bytes whose hash is not the one announced',
    'Ask who runs the store for a version that checks x-amz-content-sha256: what is damaged on its way is seen only when it is read',
  )
}

/** Whoever switches to a store has to copy the folder there first. */
async function complete(has: (sha256: string) => Promise<boolean>, folder: string): Promise<Check> {
  const subject = `${SUBJECT}: files`
  const reading = await openReading(folder, { onlyToLook: true })
  const files = await keptFiles(reading.state.database).finally(() => reading.state.close())
  const hashes = [...new Set(files.map(({ sha256 }) => sha256))].slice(-ASKED_FOR)
  const missing: string[] = []
  for (const sha256 of hashes) if (!(await has(sha256))) missing.push(sha256)
  if (missing.length === 0) return good(subject, `has the last ${hashes.length} that the ledger knows`)
  return bad(
    subject,
    `has not ${missing.length} of the last ${hashes.length} that the ledger knows, for example ${missing[0]}`,
    'Copy the archive of before to bucket and prefix (docs/several-machines.md), or restore it from backup',
    'ARCHIVE-MISSING',
  )
}
