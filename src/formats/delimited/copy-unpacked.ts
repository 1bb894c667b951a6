import { copyText, type TextOf, type Unreadable } from './copy-text.js'
import { type FileEncoding, NotText, textDecoder } from './decode-text.js'
import { DescribedRecords, type LastRecord, type WholeRecords } from './described-records.js'
import { ebcdicPages } from './ebcdic.js'
import { type StoredAs, storedNumber, storedWidth } from './stored-number.js'

/** Bytes of a record that are no text, from `start` (0-based) up to `end`, without it. */
export interface StoredField {
  readonly start: number
  readonly end: number
  readonly as: StoredAs
  /** The type of records that it stands in; undefined: the data. */
  readonly of?: string | undefined
}

export interface UnpackRequest {
  /** One byte a character. */
  readonly encoding: FileEncoding
  /** In bytes; records follow one another without line ends. With descriptors the length that they get. */
  readonly recordLength: number
  /** Each record says how long it is. */
  readonly described: boolean
  readonly fields: readonly StoredField[]
  /** What the control records begin with, before the data and behind, which hold text alone. */
  readonly opening?: string | undefined
  readonly trailer?: string | undefined
  /** Of records of several types: the first character of the type, counted from 1, and all of them. */
  readonly types?:
    | { readonly at: number; readonly data: readonly string[]; readonly others: readonly string[] }
    | undefined
}

/**
 * Copies records of bytes as lines of text in UTF-8. Where numbers are stored as no text, there are spaces; their digits stand behind the
 * record, in the order of the fields, each `storedWidth` wide. What is left of the last record has no line end.
 */
export const copyUnpacked = (path: string, target: string, request: UnpackRequest): Promise<Unreadable | undefined> =>
  copyText(path, target, new Unpacker(request))

const lineEnd = /[\r\n]/

class Unpacker implements TextOf {
  private records = 0
  private readonly decoder
  private readonly space: number
  private readonly cutter: DescribedRecords | EqualRecords

  constructor(private readonly request: UnpackRequest) {
    const { encoding, described, recordLength } = request
    this.decoder = textDecoder(encoding)
    this.space = ebcdicPages.some((page) => page === encoding) ? 0x40 : 0x20
    this.cutter = described ? new DescribedRecords(recordLength, this.space) : new EqualRecords(recordLength)
  }

  /** @throws NotText */
  piece(chunk: Buffer): string {
    return this.lines(this.cutter.take(chunk), false)
  }

  /** @throws NotText */
  rest(): string {
    const { last, cut } = this.cutter.end()
    return `${this.lines(last, true)}${cut}`
  }

  private lines({ bytes, starts, lengths }: WholeRecords, atEnd: boolean): string {
    const { recordLength, described } = this.request
    const numbers = lengths.map((length, n) => this.takeNumbers(bytes, n * recordLength, length, atEnd))
    const text = this.decoder.text(bytes)
    const inside = text.search(lineEnd)
    if (inside >= 0) {
      const [n, place] = [Math.floor(inside / recordLength), inside % recordLength]
      throw new NotText(
        `record ${this.records + n + 1} has a line end at byte ${place + 1}, where text is agreed and no line ends (${described ? 'record-descriptors' : 'line-ends: false'})`,
        (starts[n] ?? 0) + place,
        false,
      )
    }
    this.records += lengths.length
    return numbers.map((digits, n) => `${text.slice(n * recordLength, (n + 1) * recordLength)}${digits}\n`).join('')
  }

  /** The digits of the numbers of a record; in their place are spaces then. One that the record is too short for is not there. */
  private takeNumbers(bytes: Buffer, at: number, length: number, atEnd: boolean): string {
    const { fields, types } = this.request
    if (this.isControl(bytes, at, atEnd))
      return ' '.repeat(fields.reduce((sum, { start, end }) => sum + storedWidth(end - start), 0))
    const type = types && this.typeAt(bytes, at, types)
    let digits = ''
    for (const { start, end, as, of } of fields) {
      const width = storedWidth(end - start)
      if ((types !== undefined && of !== type) || start >= length) {
        digits += ' '.repeat(width)
        continue
      }
      const field = bytes.subarray(at + start, at + Math.min(end, length))
      const whole = end <= length
      digits += (whole ? storedNumber(field, as, this.space) : `x${field.toString('hex').toUpperCase()}`).padEnd(width)
      field.fill(this.space)
    }
    return digits
  }

  private isControl(bytes: Buffer, at: number, atEnd: boolean): boolean {
    const { opening, trailer } = this.request
    const isFirst = this.records === 0 && at === 0
    return [isFirst ? opening : undefined, atEnd ? trailer : undefined].some(
      (mark) => mark !== undefined && this.decoder.text(bytes.subarray(at, at + mark.length)) === mark,
    )
  }

  private typeAt(
    bytes: Buffer,
    at: number,
    { at: place, data, others }: NonNullable<UnpackRequest['types']>,
  ): string | undefined {
    const known = [...data, ...others].sort((a, b) => b.length - a.length)
    const begins = at + place - 1
    const type = known.find((one) => this.decoder.text(bytes.subarray(begins, begins + one.length)) === one)
    return type === undefined || data.includes(type) ? undefined : type
  }
}

/** Cuts records of one length. */
class EqualRecords {
  private kept: Buffer = Buffer.alloc(0)
  private offset = 0

  constructor(private readonly length: number) {}

  take(chunk: Buffer): WholeRecords {
    return this.takeOf(Buffer.concat([this.kept, chunk]), 1)
  }

  private takeOf(all: Buffer, behind: number): WholeRecords {
    const { length, offset } = this
    const records = Math.max(0, Math.floor((all.length - behind) / length))
    const bytes = all.subarray(0, records * length)
    this.kept = all.subarray(bytes.length)
    this.offset += bytes.length
    const starts = Array.from({ length: records }, (_, n) => offset + n * length)
    return { bytes, starts, lengths: starts.map(() => length) }
  }

  /** A record that is cut is told as one that is too short. */
  end(): LastRecord {
    const last = this.takeOf(this.kept, 0)
    return { last, cut: this.kept.length === 0 ? '' : `(${this.kept.length} bytes of a record)` }
  }
}
