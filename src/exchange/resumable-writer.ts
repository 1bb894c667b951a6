import { createHash } from 'node:crypto'
import { open, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { systemError } from '../errors/index.js'
import { ArchiveWriter, type Places } from './archive-writer.js'

/**
 * A writer whose file outlives a transfer that breaks off, and this process. Beside it lies a mark: how many bytes are whole, and
 * their hash. What a crash left is used only as far as the hash says that it is what was written.
 */
export class ResumableWriter extends ArchiveWriter {
  /** Under way. */
  #marking: Promise<void> | undefined

  /**
   * @param temporary of this source as it looks now, and of one writer at a time
   * @param expected bytes that the file will have, where that is known
   */
  static async resume(temporary: string, places: Places, expected = 0): Promise<ResumableWriter> {
    try {
      const file = await open(temporary, 'a+', 0o600)
      const mark = await readMark(temporary)
      const hash = createHash('sha256')
      if (mark.size > 0) {
        const whole = file.createReadStream({
          start: 0,
          end: mark.size - 1,
          autoClose: false,
          highWaterMark: 1024 * 1024,
        })
        for await (const bytes of whole) hash.update(bytes)
      }
      const intact = mark.size > 0 && hash.copy().digest('hex') === mark.sha256
      await file.truncate(intact ? mark.size : 0)
      const before = intact ? { size: mark.size, hash } : { size: 0, hash: createHash('sha256') }
      const writer = new ResumableWriter(file, temporary, places, before)
      await writer.expect(expected)
      return writer
    } catch (error) {
      throw systemError(error, temporary)
    }
  }

  /** Beside the writing. While one mark is made, another is left out; one that cannot be made costs bytes that are downloaded again. */
  protected override passed(size: number, sha256: string): void {
    this.#marking ??= this.#mark(size, sha256)
      .catch(() => {})
      .finally(() => {
        this.#marking = undefined
      })
  }

  /** Stops here; a later writer of the same name goes on. */
  async interrupt(): Promise<void> {
    await this.#markWhole().catch(() => {})
    this.destroy()
    await this.closeFile().catch(() => {})
  }

  override async keep() {
    await this.file.chmod(0o400).catch(() => {})
    const kept = await super.keep()
    await this.#marking
    await unlink(markOf(this.temporary)).catch(() => {})
    return kept
  }

  override async discard(): Promise<void> {
    await super.discard()
    await this.#marking
    await unlink(markOf(this.temporary)).catch(() => {})
  }

  async #markWhole(): Promise<void> {
    if (this.size === 0) return
    const sha256 = await this.written()
    await this.#marking
    await this.#mark(this.size, sha256)
  }

  /** The hash tells a mark that is ahead of its bytes, so nothing has to be synced for it. */
  async #mark(size: number, sha256: string): Promise<void> {
    const mark = markOf(this.temporary)
    await writeFile(`${mark}.new`, `${size} ${sha256}`, { mode: 0o600 })
    await rename(`${mark}.new`, mark)
  }
}

const markOf = (temporary: string): string => `${temporary}.mark`

async function readMark(temporary: string): Promise<{ size: number; sha256: string }> {
  const text = await readFile(markOf(temporary), 'utf8').catch(() => '')
  const [, size = '0', sha256 = ''] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(text) ?? []
  return { size: Number(size), sha256 }
}
