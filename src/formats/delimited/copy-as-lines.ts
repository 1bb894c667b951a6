import { open } from 'node:fs/promises'
import { type FileEncoding, NotText, textDecoder } from './decode-text.js'

/** Why a file could not be copied. */
export interface Unreadable {
  readonly why: string
  readonly byteOffset: number
  /** Its end is missing. */
  readonly cut: boolean
}

/**
 * Copies a file of any encoding as UTF-8, piece by piece. Records that follow one another without line ends, of `recordLength` characters
 * each, become lines; what is left of the last one has no line end.
 */
export async function copyAsLines(
  path: string,
  target: string,
  { encoding, recordLength }: { readonly encoding: FileEncoding; readonly recordLength?: number | undefined },
): Promise<Unreadable | undefined> {
  const source = await open(path, 'r')
  const copy = await open(target, 'w', 0o600)
  const decoder = textDecoder(encoding)
  const cutter = recordLength === undefined ? undefined : new RecordCutter(recordLength)
  try {
    for await (const chunk of source.createReadStream({ highWaterMark: 1 << 20, autoClose: false })) {
      const text = decoder.text(chunk as Buffer)
      await copy.appendFile(cutter?.cut(text) ?? text)
    }
    decoder.end()
    if (cutter !== undefined) await copy.appendFile(cutter.rest())
    return undefined
  } catch (error) {
    if (!(error instanceof NotText)) throw error
    return { why: error.message, byteOffset: error.byteOffset, cut: error.cut }
  } finally {
    await copy.close()
    await source.close()
  }
}

const lineEnd = /[\r\n]/

class RecordCutter {
  private kept = ''
  private records = 0

  constructor(private readonly length: number) {}

  cut(text: string): string {
    const all = this.kept + text
    let lines = ''
    let at = 0
    for (; at + this.length <= all.length; at += this.length) {
      const record = all.slice(at, at + this.length)
      this.records++
      const inside = record.search(lineEnd)
      if (inside >= 0)
        throw new NotText(
          `record ${this.records} has a line end at character ${inside + 1}, and by the contract (line-ends: false) there are none`,
          (this.records - 1) * this.length + inside,
          false,
        )
      lines += `${record}\n`
    }
    this.kept = all.slice(at)
    return lines
  }

  /** A line end at the end of the file does no harm. */
  rest(): string {
    return /^\r?\n?$/.test(this.kept) ? '' : this.kept
  }
}
