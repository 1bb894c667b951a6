import { access } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError, systemError } from '../errors/index.js'
import { ArchivePlaces, placeInArchive } from './archive-places.js'
import { ArchiveWriter } from './archive-writer.js'
import { HeldFile } from './held-file.js'
import { makeFolder } from './make-folder.js'
import { ResumableWriter } from './resumable-writer.js'
import { SmallFiles } from './small-files.js'
import { syncFolder } from './sync-folder.js'
import { nameOfWriter } from './work-names.js'

/** Every file that ever came in, once, under its hash; read-only, and removed only under the retention settings. */
export interface Archive {
  readonly folder: string
  /** Where the bytes of this SHA-256 (hex) are. @throws ARCHIVE-MISSING */
  path(sha256: string): Promise<string>
  /** A place to write a file whose hash is not yet known. @throws DISK-FULL, WORKSPACE-READ-ONLY */
  writer(): Promise<ArchiveWriter>
  /** The same for a file of up to `LARGEST_HELD` bytes. */
  held(): HeldFile
  /** The same for a file known by a key, which goes on with what an earlier writer of that key left. One writer of a key at a time. */
  resumable(key: string): Promise<ResumableWriter>
  /** From now on every file lies in its place only: who removes one there has removed it. Call it while nobody takes files in. */
  settle(): Promise<void>
}

/**
 * Opens the archive in `folder`, made if missing, and deals with what writers that died left in its work folder.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export async function openArchive(folder: string): Promise<Archive> {
  const work = path.join(folder, 'work')
  const places = new ArchivePlaces(folder, work)
  const smallFiles = new SmallFiles(places)
  try {
    await makeFolder(work)
    await places.tidy()
    await smallFiles.tidy()
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
    writer: () => ArchiveWriter.open(path.join(work, nameOfWriter()), places),
    held: () => new HeldFile(smallFiles),
    settle: () => smallFiles.settle(),
    resumable: (key) => ResumableWriter.resume(path.join(work, `part~${key}`), places),
  }
}
