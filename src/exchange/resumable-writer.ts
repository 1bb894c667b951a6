import { createHash } from 'node:crypto'
import { open, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { systemError } from '../errors/index.js'
import { ArchiveWriter, type Places } from './archive-writer.js'

/** Bytes between two marks: what is downloaded again at the most, and what is hashed at once to go on. */
const markEvery = 16 * 1024 * 1024

/**
 * A writer whose file outlives a transfer that breaks off, and this process. Beside it lies a mark: how many bytes are whole, and
 * their hash. What a crash left is used only as far as the hash says that it is what was written.
 */
export class ResumableWriter extends ArchiveWriter {
  #marked = 0

  /** @param temporary of this source as it looks now, and of one writer at a time */
  static async resume(temporary: string, places: Places): Promise<ResumableWriter> {
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
      return new ResumableWriter(
        file,
        temporary,
        places,
        intact ? { size: mark.size, hash } : { size: 0, hash: createHash('sha256') },
      )
    } catch (error) {
      throw systemError(error, temporary)
    }
  }

  override _write(bytes: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    super._write(bytes, encoding, (error) => {
      if (error || this.size - this.#marked < markEvery) done(error)
      else
        this.#mark().then(
          () => done(),
          (trouble: unknown) => done(systemError(trouble, this.temporary) as Error),
        )
    })
  }

  /** Stops here; a later writer of the same name goes on. */
  async interrupt(): Promise<void> {
    if (this.size > 0) await this.#mark().catch(() => {})
    this.destroy()
    await this.closeFile().catch(() => {})
  }

  override async keep() {
    await this.file.chmod(0o400).catch(() => {})
    const kept = await super.keep()
    await unlink(markOf(this.temporary)).catch(() => {})
    return kept
  }

  override async discard(): Promise<void> {
    await super.discard()
    await unlink(markOf(this.temporary)).catch(() => {})
  }

  /** The hash tells a mark that is ahead of its bytes, so nothing has to be synced for it. */
  async #mark(): Promise<void> {
    this.#marked = this.size
    const mark = markOf(this.temporary)
    await writeFile(`${mark}.new`, `${this.size} ${await this.written()}`, { mode: 0o600 })
    await rename(`${mark}.new`, mark)
  }
}

const markOf = (temporary: string): string => `${temporary}.mark`

async function readMark(temporary: string): Promise<{ size: number; sha256: string }> {
  const text = await readFile(markOf(temporary), 'utf8').catch(() => '')
  const [, size = '0', sha256 = ''] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(text) ?? []
  return { size: Number(size), sha256 }
}
