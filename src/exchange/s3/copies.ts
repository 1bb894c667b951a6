import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, opendir, readdir, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { systemError } from '../../errors/index.js'
import { placeInArchive } from '../archive-places.js'
import { makeFolder } from '../make-folder.js'
import { isWriterGone, nameOfWriter } from '../work-names.js'

/** Copies that nobody used for so long are removed: milliseconds. */
const UNUSED = 2 * 24 * 60 * 60 * 1000
/** How often that is looked at: milliseconds. */
const LOOKED_AT = 12 * 60 * 60 * 1000

/**
 * What of the archive lies on this machine too, since programs read files. They may be lost at any time. They are not synced, and a
 * disk forgets and errs: each is held against its hash before this process first uses it.
 */
export class Copies {
  readonly #whole = new Set<string>()
  #prepared: Promise<void> | undefined

  constructor(
    readonly folder: string,
    readonly work = path.join(folder, 'work'),
  ) {}

  /** Makes the folders. */
  async prepare(): Promise<void> {
    this.#prepared ??= makeFolder(this.work)
    await this.#prepared
  }

  /** Deals with what is not needed any more. @throws DISK-FULL, WORKSPACE-READ-ONLY */
  async open(): Promise<void> {
    try {
      await this.prepare()
      for (const name of await readdir(this.work)) {
        const file = path.join(this.work, name)
        const facts = await stat(file).catch(() => undefined)
        if (facts !== undefined && isWriterGone(name, facts.mtimeMs)) await unlink(file).catch(() => {})
      }
      await this.#removeUnused()
    } catch (error) {
      throw systemError(error, this.folder)
    }
  }

  /** A name in the work folder that nobody has. */
  temporary(): string {
    return path.join(this.work, nameOfWriter())
  }

  /** A file of the work folder, whose bytes are known to have this hash, becomes a copy. */
  async take(temporary: string, sha256: string): Promise<string> {
    const place = placeInArchive(this.folder, sha256)
    await mkdir(path.dirname(place), { recursive: true })
    await rename(temporary, place)
    this.#whole.add(sha256)
    return place
  }

  async write(sha256: string, bytes: Buffer): Promise<string> {
    const temporary = this.temporary()
    await writeFile(temporary, bytes, { flag: 'wx', mode: 0o400 })
    return this.take(temporary, sha256)
  }

  /** Where it is, if it is there and whole. */
  async find(sha256: string): Promise<string | undefined> {
    const place = placeInArchive(this.folder, sha256)
    const now = new Date()
    const isThere = await utimes(place, now, now).then(
      () => true,
      () => false,
    )
    if (!isThere) return undefined
    if (!this.#whole.has(sha256)) {
      if ((await hashOf(place)) !== sha256) return undefined
      this.#whole.add(sha256)
    }
    return place
  }

  async remove(sha256: string): Promise<void> {
    this.#whole.delete(sha256)
    await rm(placeInArchive(this.folder, sha256), { force: true })
  }

  async #removeUnused(): Promise<void> {
    const mark = path.join(this.work, 'looked-at')
    const looked = await stat(mark).catch(() => undefined)
    if (looked !== undefined && Date.now() - looked.mtimeMs < LOOKED_AT) return
    await writeFile(mark, '')
    for await (const entry of await opendir(this.folder, { recursive: true })) {
      if (!/^[0-9a-f]{64}$/.test(entry.name)) continue
      const place = path.join(entry.parentPath, entry.name)
      const facts = await stat(place).catch(() => undefined)
      if (facts !== undefined && Date.now() - facts.mtimeMs > UNUSED) await unlink(place).catch(() => {})
    }
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(bytes)
  return hash.digest('hex')
}
