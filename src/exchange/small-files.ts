import { open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import pLimit from 'p-limit'
import { systemError } from '../errors/index.js'
import { type ArchivePlaces, placeInArchive } from './archive-places.js'
import { ArchiveWriter } from './archive-writer.js'
import { Gathering } from './gathering.js'
import { syncFolder } from './sync-folder.js'
import { type SmallFile, TOGETHER, togetherFile, wholeIn } from './together-file.js'
import { nameOfWriter } from './work-names.js'
import { writeInto } from './write-into.js'

/** Milliseconds in which files are gathered. */
const GATHERED = 5
/** Fewer are synced each by itself: they then need nothing beside them. */
const MANY = 16
/** After so many milliseconds the system has written the files by itself, and to sync them costs little. */
const WRITTEN_BY_THEN = 10 * 60 * 1000
/** Bytes that lie twice in the archive at the most. */
const MOST_TWICE = 256 * 1024 * 1024

/**
 * Small files on their way into the archive. To sync each would take longer than all else, so many are written to one file of the work
 * folder, and that one is synced, bytes and name: from then on they are safe. Only then are they put in their places, without a sync.
 * Who opens the archive after a crash or a power failure puts there what is missing or damaged. That file goes when those made from it
 * have been synced too.
 */
export class SmallFiles {
  readonly #gathering = new Gathering<SmallFile>(GATHERED, (files) => this.#keepAll(files))
  #twice = 0

  constructor(private readonly places: ArchivePlaces) {}

  /** @returns its place, when it is durable and there. @throws DISK-FULL, WORKSPACE-READ-ONLY */
  async keep(file: SmallFile): Promise<string> {
    await this.#gathering.add(file)
    return placeInArchive(this.places.folder, file.sha256)
  }

  /** What a crash cut off is brought to its end, and what was written long ago is let go of. */
  async tidy(): Promise<void> {
    for (const name of await this.#names()) {
      const written = (await stat(name).catch(() => undefined))?.mtimeMs
      // Another program may have let go of it.
      if (written === undefined) continue
      if (Date.now() - written > WRITTEN_BY_THEN) await this.#letGo(name)
      else await this.#putInPlace(name)
    }
  }

  /** From now on every file lies in its place only: who removes one there has removed it. Call it while nobody takes files in. */
  async settle(): Promise<void> {
    for (const name of await this.#names()) await this.#letGo(name)
    this.#twice = 0
  }

  async #names(): Promise<string[]> {
    const { work } = this.places
    return (await readdir(work)).filter((name) => name.startsWith(TOGETHER)).map((name) => path.join(work, name))
  }

  async #keepAll(files: readonly SmallFile[]): Promise<void> {
    try {
      if (files.length < MANY) await Promise.all(files.map((file) => this.#keepOne(file)))
      else {
        await this.#writeTogether(files)
        for (const file of files) this.places.putUnsynced(file)
        if (this.#twice > MOST_TWICE) await this.settle()
      }
    } catch (error) {
      throw systemError(error, this.places.folder)
    }
  }

  async #keepOne({ bytes }: SmallFile): Promise<void> {
    const writer = await ArchiveWriter.open(path.join(this.places.work, nameOfWriter()), this.places)
    try {
      await writeInto(writer, bytes)
    } catch (error) {
      await writer.discard()
      throw error
    }
    await writer.keep()
  }

  async #writeTogether(files: readonly SmallFile[]): Promise<void> {
    const bytes = togetherFile(files)
    const name = path.join(this.places.work, `${TOGETHER}${nameOfWriter()}`)
    const file = await open(name, 'wx', 0o400)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } catch (error) {
      await unlink(name).catch(() => {})
      throw error
    } finally {
      await file.close()
    }
    await syncFolder(this.places.work)
    this.#twice += bytes.length
  }

  async #putInPlace(name: string): Promise<SmallFile[]> {
    const files = wholeIn(await readFile(name))
    for (const file of files) this.places.putUnsynced(file)
    return files
  }

  async #letGo(name: string): Promise<void> {
    const places = (await this.#putInPlace(name)).map(({ sha256 }) => placeInArchive(this.places.folder, sha256))
    const above = new Set(places.map((place) => path.dirname(place)))
    const limit = pLimit(16)
    // Opened to be read, a file is synced as well as a folder is.
    await Promise.all([...places, ...above, this.places.folder].map((one) => limit(() => syncFolder(one))))
    await unlink(name).catch(() => {})
  }
}
