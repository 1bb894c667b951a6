import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { access, readdir, rename, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from './make-folder.js'
import { syncFolder } from './sync-folder.js'
import { type SmallFile, TOGETHER } from './together-file.js'
import { isWriterGone, nameOfWriter } from './work-names.js'

/** `aa/<sha256>` below the archive folder. */
export const placeInArchive = (folder: string, sha256: string): string => path.join(folder, sha256.slice(0, 2), sha256)

/** Where bytes of this hash may lie: there, or where an older version put them, `aa/bb/<sha256>`. */
export const placesInArchive = (folder: string, sha256: string): readonly [string, string] => [
  placeInArchive(folder, sha256),
  path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256),
]

const safe = /^safe~(?<sha256>[0-9a-f]{64})~/

/**
 * Where the files of an archive have their place. Many may come at a time, each into a folder of its own, and to sync all of those
 * folders would take longer than all else. So a file's name is first made to last in the work folder, where many share one sync. From
 * there it goes to its place, and after a power failure it has the one name or the other.
 */
export class ArchivePlaces {
  constructor(
    readonly folder: string,
    readonly work: string,
  ) {}

  /** Gives a file of the work folder, whose bytes are synced, its place. @returns the place, when file and name will last */
  async put(temporary: string, sha256: string): Promise<string> {
    const name = path.join(this.work, `safe~${sha256}~${nameOfWriter()}`)
    await rename(temporary, name)
    await syncFolder(this.work)
    return this.#settle(name, sha256)
  }

  /**
   * Puts bytes in their place that are safe elsewhere until they are synced here, unless they are there. They are written where they stay:
   * what a crash cuts off is seen by comparing, and written anew. Without waiting for each call: for a small file it costs a fraction of
   * handing the work to another thread.
   */
  putUnsynced({ sha256, bytes }: SmallFile): void {
    const place = placeInArchive(this.folder, sha256)
    if (isWrittenNew(place, bytes) || isThere(place, bytes)) return
    // Cut off or damaged; or another program is just writing it, and this is as good.
    const name = path.join(this.work, nameOfWriter())
    writeFileSync(name, bytes, { flag: 'wx', mode: 0o400 })
    renameSync(name, place)
  }

  /**
   * What is safe goes to its place, whoever made it: the process of its name may be another one since the power failed. What dead writers
   * left goes.
   */
  async tidy(): Promise<void> {
    for (const name of await readdir(this.work)) {
      if (name.startsWith(TOGETHER)) continue
      const file = path.join(this.work, name)
      const sha256 = safe.exec(name)?.groups?.sha256
      const facts = await stat(file).catch(() => undefined)
      if (sha256 !== undefined) await this.#settle(file, sha256)
      else if (facts !== undefined && isWriterGone(name, facts.mtimeMs)) await unlink(file).catch(() => {})
    }
  }

  async #settle(name: string, sha256: string): Promise<string> {
    const place = placeInArchive(this.folder, sha256)
    // What is there already has the same bytes; if a disk damaged it, this mends it.
    await rename(name, place).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      await makeFolder(path.dirname(place))
      // Another run that opened the archive may have put it there.
      await rename(name, place).catch((again: unknown) => access(place).catch(() => Promise.reject(again)))
    })
    return place
  }
}

/** False when there is a file already. What could not be written whole stays: another program may have put a whole one in its place. */
function isWrittenNew(place: string, bytes: Buffer): boolean {
  let file: number
  try {
    file = openSync(place, 'wx', 0o400)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return false
    if (code !== 'ENOENT') throw error
    mkdirSync(path.dirname(place), { recursive: true })
    return isWrittenNew(place, bytes)
  }
  try {
    writeFileSync(file, bytes)
  } finally {
    closeSync(file)
  }
  return true
}

const isThere = (place: string, bytes: Buffer): boolean =>
  statSync(place, { throwIfNoEntry: false })?.size === bytes.length && readFileSync(place).equals(bytes)
