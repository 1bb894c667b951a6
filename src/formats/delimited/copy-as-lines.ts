import { copyText, type Unreadable } from './copy-text.js'
import { type FileEncoding, NotText, textDecoder } from './decode-text.js'

/**
 * Copies a file of any encoding as UTF-8, piece by piece. Records that follow one another without line ends, of `recordLength` characters
 * each, become lines; what is left of the last one has no line end.
 */
export function copyAsLines(
  path: string,
  target: string,
  { encoding, recordLength }: { readonly encoding: FileEncoding; readonly recordLength?: number | undefined },
): Promise<Unreadable | undefined> {
  const decoder = textDecoder(encoding)
  const cutter = recordLength === undefined ? undefined : new RecordCutter(recordLength)
  return copyText(path, target, {
    piece(bytes) {
      const text = decoder.text(bytes)
      return cutter?.cut(text) ?? text
    },
    rest() {
      decoder.end()
      return cutter?.rest() ?? ''
    },
  })
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
