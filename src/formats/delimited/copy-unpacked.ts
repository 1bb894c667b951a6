import { open } from 'node:fs/promises'
import type { Unreadable } from './copy-as-lines.js'
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
export async function copyUnpacked(
  path: string,
  target: string,
  request: UnpackRequest,
): Promise<Unreadable | undefined> {
  const { recordLength } = request
  const source = await open(path, 'r')
  const copy = await open(target, 'w', 0o600)
  const unpacker = new Unpacker(request)
  let kept: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of source.createReadStream({ highWaterMark: 1 << 20, autoClose: false })) {
      const bytes = Buffer.concat([kept, chunk as Buffer])
      let lines = ''
      let at = 0
      for (; at + recordLength <= bytes.length; at += recordLength)
        lines += `${unpacker.line(bytes.subarray(at, at + recordLength))}\n`
      kept = Buffer.from(bytes.subarray(at))
      await copy.appendFile(lines)
    }
    if (kept.length > 0) await copy.appendFile(`(${kept.length} bytes of a record)`)
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

class Unpacker {
  private records = 0
  private readonly space: number

  constructor(private readonly request: UnpackRequest) {
    this.space = ebcdicPages.some((page) => page === request.encoding) ? 0x40 : 0x20
  }

  line(record: Buffer): string {
    const { encoding, fields, recordLength } = this.request
    const before = this.records * recordLength
    this.records++
    const numbers = fields.map(({ start, end, as }) =>
      storedNumber(record.subarray(start, end), as, this.space).padEnd(storedWidth(end - start)),
    )
    const text = Buffer.from(record)
    for (const { start, end } of fields) text.fill(this.space, start, end)
    const decoded = this.decoded(text, encoding, before)
    const inside = decoded.search(lineEnd)
    if (inside >= 0)
      throw new NotText(
        `record ${this.records} has a line end at byte ${inside + 1}, where text is agreed and no line ends (line-ends: false)`,
        before + inside,
        false,
      )
    return decoded + numbers.join('')
  }

  private decoded(bytes: Buffer, encoding: FileEncoding, before: number): string {
    try {
      return textDecoder(encoding).text(bytes)
    } catch (error) {
      if (!(error instanceof NotText)) throw error
      const { byteOffset, cut } = error
      throw new NotText(
        `the byte at offset ${before + byteOffset} is not text in ${encoding}`,
        before + byteOffset,
        cut,
      )
    }
  }
}
