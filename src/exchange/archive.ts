import { access, readdir, stat, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { MatchbookError, systemError } from '../errors/index.js'
import { ArchiveWriter, placeInArchive } from './archive-writer.js'
import { makeFolder } from './make-folder.js'
import { ResumableWriter } from './resumable-writer.js'
import { syncFolder } from './sync-folder.js'

/** Every file that ever came in, once, under its hash; read-only, and removed only under the retention settings. */
export interface Archive {
  readonly folder: string
  /** Where the bytes of this SHA-256 (hex) are. @throws ARCHIVE-MISSING */
  path(sha256: string): Promise<string>
  /** A place to write a file whose hash is not yet known. @throws DISK-FULL, WORKSPACE-READ-ONLY */
  writer(): Promise<ArchiveWriter>
  /** The same for a file known by a key, which goes on with what an earlier writer of that key left. One writer of a key at a time. */
  resumable(key: string): Promise<ResumableWriter>
}

let written = 0

/**
 * Opens the archive in `folder`, made if missing, and removes what writers that died left in its work folder.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export async function openArchive(folder: string): Promise<Archive> {
  const work = path.join(folder, 'work')
  try {
    await makeFolder(work)
    await removeLeftovers(work)
    await syncFolder(folder)
  } catch (error) {
    throw systemError(error, folder)
  }
  return {
    folder,
    async path(sha256) {
      const place = placeInArchive(folder, sha256)
      await access(place).catch((cause: unknown) => {
        throw new MatchbookError('ARCHIVE-MISSING', `${place} is missing`, { facts: { sha256, path: place }, cause })
      })
      return place
    },
    writer: () => ArchiveWriter.open(path.join(work, `${hostname()}~${process.pid}~${written++}`), folder),
    resumable: (key) => ResumableWriter.resume(path.join(work, `part~${key}`), folder),
  }
}

const day = 24 * 60 * 60 * 1000

/** Other runs may be writing here: only what belongs to a dead process of this host goes, and anything older than a day. */
async function removeLeftovers(work: string): Promise<void> {
  for (const name of await readdir(work)) {
    const file = path.join(work, name)
    const [host, pid] = name.split('~')
    const facts = await stat(file).catch(() => undefined)
    if (facts === undefined) continue
    const old = Date.now() - facts.mtimeMs > day
    if (old || (host === hostname() && !isAlive(Number(pid)))) await unlink(file).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
