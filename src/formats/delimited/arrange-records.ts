import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { type Dialect, type FixedPlaces, recordsBeforeData } from './dialect.js'
import { recordFields } from './record-fields.js'
import type { RecordSpan } from './record-scanner.js'
import { longestExcerpt, plainDialect } from './rewrite.js'
import { scanFile } from './scan-file.js'

/** Records of a file that are not all data, or not all of one kind. */
export interface RecordOrder {
  /** A record that begins with one of these is none. */
  readonly passOver: readonly string[]
  /** The names of the columns come again between records. */
  readonly headerRepeats: boolean
  /** Texts are written as for a spreadsheet: ="00123" or '00123. */
  readonly spreadsheetTexts: boolean
  readonly types: RecordTypes | undefined
  /** How many values a data record has, those that stand above it with it. */
  readonly columns: number
  /** Of fixed places: where the values of the control records stand. */
  readonly opening: FixedPlaces['places'] | undefined
  readonly trailer: FixedPlaces['places'] | undefined
}

export interface RecordTypes {
  /** Which value of a record says its type; at fixed places its first character. 1-based. */
  readonly at: number
  readonly data: readonly string[]
  /** Records whose values go with the data records below them, from the outer to the inner. */
  readonly above: readonly HeadType[]
  readonly passedOver: readonly string[]
}

export interface HeadType {
  readonly type: string
  /** How many values it has, and how many of them must be there. */
  readonly columns: number
  readonly least: number
  /** Of fixed places. */
  readonly places: FixedPlaces['places']
}

export interface Arranged {
  /** How the copy is written; it has no titles any more. */
  readonly dialect: Dialect
  /** Physical line of each data record in the file. */
  readonly lines: readonly number[]
  /** How many records there are of each type. */
  readonly counts: ReadonlyMap<string, number>
  /** Data records that cannot be used, by number, with the reason: what `has ...` goes on with. The first of them. */
  readonly unfit: ReadonlyMap<number, string>
}

const reasonsKept = 10_000

/** The last value of a record that cannot be used. */
export const unfitValue = '\u0001'

/**
 * Copies a file so that each data record stands for itself: behind the values of the records that it belongs to, without what stands between.
 * Delimited records go over as bytes; those of fixed places become delimited ones, a control record with what it begins with as its first
 * value. A record that cannot be used becomes one that no contract takes.
 */
export async function arrangeRecords(
  path: string,
  target: string,
  dialect: Dialect,
  order: RecordOrder,
): Promise<Arranged> {
  const copy = await open(target, 'w', 0o600)
  const arranger = new Arranger(dialect, order)
  try {
    await scanFile(path, dialect, {
      record: (span) => arranger.take(span),
      async pause() {
        await copy.appendFile(arranger.written())
        return true
      },
    })
    await copy.appendFile(arranger.end())
  } finally {
    await copy.close()
  }
  return arranger
}

class Arranger implements Arranged {
  readonly dialect: Dialect
  readonly lines: number[] = []
  readonly counts = new Map<string, number>()
  readonly unfit = new Map<number, string>()
  private out: Buffer[] = []
  private readonly before: number
  private readonly passOver: readonly Buffer[]
  private readonly delimiter: Buffer
  /** More values than any record has. */
  private readonly tooMany: Buffer
  private seen = 0
  private header: Buffer | undefined
  /** What stands above, a prefix of each data record; or why it cannot be used. */
  private readonly heads: (Buffer | string)[]
  /** A record like the trailer: it is, if none follows. */
  private held: { readonly text: string; readonly bytes: Buffer; readonly line: number } | undefined
  private lineEnd: RecordSpan['lineEnd'] = 'lf'
  /** What was written last had a line end. */
  private ended = true

  constructor(
    private readonly from: Dialect,
    private readonly order: RecordOrder,
  ) {
    const { fixed: _, skip: __, ...rest } = from
    this.dialect = from.fixed === undefined ? { ...rest, skip: 0 } : { ...rest, ...plainDialect }
    this.before = recordsBeforeData(from)
    this.passOver = order.passOver.map((text) => this.encoded(text))
    this.delimiter = this.encoded(this.dialect.delimiter)
    this.tooMany = this.encoded(`${this.dialect.delimiter}${unfitValue}`.repeat(order.columns + 1))
    this.heads = (order.types?.above ?? []).map(({ type }) => `no ${type} record above it`)
  }

  take(span: RecordSpan): void {
    const { buffer, end, line } = span
    // A new page begins with a form feed before whatever stands on top of it.
    const start = buffer[span.start] === formFeed ? span.start + 1 : span.start
    if (end === start) return
    const bytes = buffer.subarray(start, end)
    if (this.passOver.some((text) => bytes.subarray(0, text.length).equals(text))) return
    this.lineEnd = span.lineEnd
    this.seen++
    if (this.seen <= this.before) this.opening(bytes)
    else if (!(this.order.headerRepeats && this.header?.equals(bytes) === true)) {
      this.release()
      this.behindHeader(bytes, line)
    }
  }

  /** After the last record: what is left to write. */
  end(): Buffer {
    if (this.held !== undefined) this.trailer(this.held)
    // Without a line end at the end the copy has none either: nothing proves that the last record is whole.
    if (!this.ended && this.out.at(-1) === newline) this.out.pop()
    return Buffer.concat(this.out)
  }

  /** The last line end stays, to be taken back at the end of the file. */
  written(): Buffer {
    const last = this.out.at(-1) === newline ? [newline] : []
    const bytes = Buffer.concat(last.length === 0 ? this.out : this.out.slice(0, -1))
    this.out = last
    return bytes
  }

  /** Titles go, control record and names stay. */
  private opening(bytes: Buffer): void {
    const { skip = 0, headerMarker, header, fixed } = this.from
    if (this.seen <= skip) return
    if (header && this.seen === this.before) this.header = Buffer.from(bytes)
    if (fixed === undefined || headerMarker === undefined) this.put(Buffer.from(bytes))
    else {
      const text = this.decoded(bytes)
      const first = text.startsWith(headerMarker) ? headerMarker : text
      this.put(this.values([first, ...placed(text, this.order.opening)]))
    }
  }

  private behindHeader(bytes: Buffer, line: number): void {
    const { types } = this.order
    const type = types === undefined ? undefined : this.typeOf(bytes, types)
    const mark = this.from.trailerMarker
    if (mark !== undefined && !isListed(types, type) && this.isTrailer(bytes, mark))
      this.held = { text: this.decoded(bytes), bytes: Buffer.from(bytes), line }
    else if (types === undefined || type === undefined) this.record(bytes, line)
    else this.typed(bytes, line, type, types)
  }

  private typed(bytes: Buffer, line: number, type: string, types: RecordTypes): void {
    if (isListed(types, type)) this.counts.set(type, (this.counts.get(type) ?? 0) + 1)
    const level = types.above.findIndex((one) => one.type === type)
    if (level >= 0) this.head(level, bytes, line)
    else if (types.data.includes(type)) this.record(bytes, line)
    else if (!types.passedOver.includes(type)) {
      // It may have been a head: what stands above is not known any more.
      this.heads.fill(`above it a record of type "${type}", in line ${line}, which is not listed`)
      this.refuse(bytes, line, `a type, "${type}", that is not listed`)
    }
  }

  private head(level: number, bytes: Buffer, line: number): void {
    const above = this.order.types?.above ?? []
    const own = above[level]
    if (own === undefined) return
    const text = this.decoded(bytes)
    const fields = this.from.fixed === undefined ? recordFields(text, this.from) : placed(text, own.places)
    while (fields !== undefined && fields.length > own.columns && fields.at(-1)?.trim() === '') fields.pop()
    const fits = fields !== undefined && fields.length >= own.least && fields.length <= own.columns
    for (let inner = level + 1; inner < above.length; inner++)
      this.heads[inner] = `no ${above[inner]?.type} record above it, below the ${own.type} in line ${line}`
    if (!fits)
      this.heads[level] =
        `above it the ${own.type} record of line ${line}, which has ${fields?.length ?? 'unreadable'} values instead of ${own.columns}`
    else {
      const missing = Array.from({ length: own.columns - fields.length }, () => '')
      this.heads[level] = Buffer.concat([this.values([...fields, ...missing]), this.delimiter])
    }
  }

  private record(bytes: Buffer, line: number): void {
    const { fixed } = this.from
    const without = this.heads.find((head) => typeof head === 'string')
    const text = fixed === undefined ? '' : this.decoded(bytes)
    const fields = fixed === undefined ? [] : recordFields(text, this.from)
    if (typeof without === 'string') this.refuse(bytes, line, without)
    else if (fields === undefined) this.refuse(bytes, line, `${text.length} characters instead of ${fixed?.length}`)
    else {
      this.lines.push(line)
      this.put(...(this.heads as Buffer[]), fixed === undefined ? this.asTexts(bytes) : this.values(fields))
    }
  }

  private asTexts(bytes: Buffer): Buffer {
    const fields = this.order.spreadsheetTexts ? recordFields(this.decoded(bytes), this.from) : undefined
    if (fields?.some((value) => spreadsheetText.test(value)) !== true) return Buffer.from(bytes)
    return this.values(fields.map((value) => value.replace(spreadsheetText, '$1$2')))
  }

  private refuse(bytes: Buffer, line: number, why: string): void {
    this.lines.push(line)
    if (this.unfit.size < reasonsKept) this.unfit.set(this.lines.length, why)
    const text =
      this.from.fixed === undefined ? Buffer.from(bytes) : this.values([this.decoded(bytes).slice(0, longestExcerpt)])
    this.put(text, this.tooMany)
  }

  /** It was not the last: a record like others. */
  private release(): void {
    if (this.held === undefined) return
    const { bytes, line } = this.held
    const type = this.from.trailerMarker ?? ''
    this.held = undefined
    if (this.order.types === undefined) this.record(bytes, line)
    else this.refuse(bytes, line, `a type, "${type}", that is not listed`)
  }

  private trailer({ text, bytes }: { readonly text: string; readonly bytes: Buffer }): void {
    const { fixed, trailerMarker = '' } = this.from
    this.put(fixed === undefined ? bytes : this.values([trailerMarker, ...placed(text, this.order.trailer)]))
  }

  private typeOf(bytes: Buffer, types: RecordTypes): string {
    const text = this.decoded(types.at === 1 && this.from.fixed === undefined ? this.firstValue(bytes) : bytes)
    if (this.from.fixed === undefined) return recordFields(text, this.from)?.[types.at - 1]?.trim() ?? ''
    const known = [...types.data, ...types.above.map(({ type }) => type), ...types.passedOver]
    const rest = text.slice(types.at - 1)
    const longest = known.filter((type) => rest.startsWith(type)).sort((a, b) => b.length - a.length)[0]
    return longest ?? rest.slice(0, Math.max(1, ...known.map(({ length }) => length)))
  }

  private firstValue(bytes: Buffer): Buffer {
    if (bytes[0] === this.from.quote.charCodeAt(0) || bytes[0] === 0x20) return bytes
    const end = bytes.indexOf(this.delimiter)
    return end < 0 ? bytes : bytes.subarray(0, end)
  }

  private isTrailer(bytes: Buffer, mark: string): boolean {
    const text = this.decoded(this.from.fixed === undefined ? this.firstValue(bytes) : bytes)
    if (this.from.fixed !== undefined) return text.startsWith(mark)
    return recordFields(text, this.from)?.[0]?.trim() === mark
  }

  private values(values: readonly string[]): Buffer {
    const { delimiter, quote } = this.dialect
    if (quote === '') return this.encoded(values.join(delimiter))
    return this.encoded(
      values.map((value) => `${quote}${value.replaceAll(quote, quote + quote)}${quote}`).join(delimiter),
    )
  }

  private put(...pieces: readonly Buffer[]): void {
    this.ended = this.lineEnd !== 'none'
    this.out.push(...pieces, newline)
  }

  private readonly encoded = (text: string): Buffer => iconv.encode(text, this.dialect?.encoding ?? this.from.encoding)
  private readonly decoded = (bytes: Buffer): string => iconv.decode(bytes, this.from.encoding, { stripBOM: false })
}

const newline = Buffer.from('\n')
const formFeed = 0x0c
/** What a spreadsheet would take for a number, and shall not. */
export const spreadsheetText = /^\s*(?:="([^"]*)"|'(.*))\s*$/s

const isListed = (types: RecordTypes | undefined, type: string | undefined): boolean =>
  types !== undefined &&
  type !== undefined &&
  (types.data.includes(type) || types.passedOver.includes(type) || types.above.some((one) => one.type === type))

const placed = (text: string, places: FixedPlaces['places'] = []): string[] =>
  places.map(({ start, end }) => text.slice(start, end))
