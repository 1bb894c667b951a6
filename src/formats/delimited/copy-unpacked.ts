import { copyText, type TextOf, type Unreadable } from './copy-text.js'
import { type FileEncoding, NotText, textDecoder } from './decode-text.js'
import { ebcdicPages } from './ebcdic.js'
import { type StoredAs, storedNumber, storedWidth } from './stored-number.js'

/** Bytes of a record that are no text, from `start` (0-based) up to `end`, without it. */
export interface StoredField {
  readonly start: number
  readonly end: number
  readonly as: StoredAs
}

export interface UnpackRequest {
  /** One byte a character. */
  readonly encoding: FileEncoding
  /** In bytes; records follow one another without line ends. */
  readonly recordLength: number
  readonly fields: readonly StoredField[]
}

/**
 * Copies records of bytes as lines of text in UTF-8. Where numbers are stored as no text, there are spaces; their digits stand behind the
 * record, in the order of the fields, each `storedWidth` wide. What is left of the last record has no line end.
 */
export const copyUnpacked = (path: string, target: string, request: UnpackRequest): Promise<Unreadable | undefined> =>
  copyText(path, target, new Unpacker(request))

const lineEnd = /[\r\n]/

class Unpacker implements TextOf {
  private kept: Buffer = Buffer.alloc(0)
  private records = 0
  private readonly decoder
  private readonly space: number

  constructor(private readonly request: UnpackRequest) {
    this.decoder = textDecoder(request.encoding)
    this.space = ebcdicPages.some((page) => page === request.encoding) ? 0x40 : 0x20
  }

  /** @throws NotText */
  piece(chunk: Buffer): string {
    const { recordLength } = this.request
    const bytes = Buffer.concat([this.kept, chunk])
    const records = Math.floor(bytes.length / recordLength)
    const whole = bytes.subarray(0, records * recordLength)
    this.kept = bytes.subarray(whole.length)
    const numbers = Array.from({ length: records }, (_, n) => this.takeNumbers(whole, n * recordLength))
    const text = this.decoder.text(whole)
    const inside = text.search(lineEnd)
    if (inside >= 0) {
      const record = this.records + Math.floor(inside / recordLength) + 1
      throw new NotText(
        `record ${record} has a line end at byte ${(inside % recordLength) + 1}, where text is agreed and no line ends (line-ends: false)`,
        this.records * recordLength + inside,
        false,
      )
    }
    this.records += records
    return numbers.map((digits, n) => `${text.slice(n * recordLength, (n + 1) * recordLength)}${digits}\n`).join('')
  }

  /** A record that is cut is told as one that is too short. */
  rest(): string {
    return this.kept.length === 0 ? '' : `(${this.kept.length} bytes of a record)`
  }

  /** The digits of the numbers of a record; in their place are spaces then. */
  private takeNumbers(bytes: Buffer, at: number): string {
    let digits = ''
    for (const { start, end, as } of this.request.fields) {
      const field = bytes.subarray(at + start, at + end)
      digits += storedNumber(field, as, this.space).padEnd(storedWidth(end - start))
      field.fill(this.space)
    }
    return digits
  }
}
