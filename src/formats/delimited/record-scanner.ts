import iconv from 'iconv-lite'
import type { Dialect } from './dialect.js'

/** Where a record lies in the buffer being scanned. One object is reused for all records: copy what must last. */
export interface RecordSpan {
  buffer: Buffer
  start: number
  /** Without the line end. */
  end: number
  /** Of `start` in the file. */
  byteOffset: number
  /** Physical line on which it starts, 1-based. */
  line: number
  /** Physical lines it covers; above 1 where a quoted value holds newlines. */
  lines: number
  /** Its quotes are not closed, or closed in the middle of a value; then it is one physical line, and the next starts afresh. */
  malformed: boolean
  lineEnd: 'lf' | 'crlf' | 'cr' | 'none'
  /** A quote stands in it. */
  quoted: boolean
  /** A carriage return that does not belong to the line end. */
  carriageReturn: boolean
}

/** A record longer than this is cut: some quote was never closed, or it is no text file. */
export const longestRecord = 1 << 20

const LF = 10
const CR = 13
const SPACE = 32
/** Where in a value: before it, in a bare one, in a quoted one, after a quote that may be its end, after spaces behind that. */
const START = 0
const BARE = 1
const QUOTED = 2
const CLOSED = 3
const AFTER = 4

const MORE = -1
const MALFORMED = -2

/**
 * Finds records in bytes, quotes honoured, without looking into what needs no look: lines without a quote are found by memchr.
 * Feed it buffers that begin where the last call stopped.
 */
export class RecordScanner {
  private readonly quote: number
  private readonly delimiter: Buffer
  private newline = 0
  private readonly span: RecordSpan

  constructor(
    dialect: Dialect,
    private readonly visit: (record: RecordSpan) => void,
  ) {
    this.quote = dialect.quote === '' ? -1 : (iconv.encode(dialect.quote, dialect.encoding)[0] ?? -1)
    this.delimiter = iconv.encode(dialect.delimiter, dialect.encoding)
    this.span = {
      buffer: Buffer.alloc(0),
      start: 0,
      end: 0,
      byteOffset: 0,
      line: 1,
      lines: 0,
      malformed: false,
      lineEnd: 'none',
      quoted: false,
      carriageReturn: false,
    }
  }

  /** Visits the records that end in this buffer and returns how many bytes they took. `last`: the file ends with the buffer. */
  scan(buffer: Buffer, byteOffset: number, last: boolean): number {
    // A file without any line feed has the line ends of an old Macintosh.
    if (this.newline === 0) this.newline = buffer.includes(LF) || !buffer.includes(CR) ? LF : CR
    const { span, newline } = this
    span.buffer = buffer
    let position = 0
    let quoteAt = -1
    let returnAt = -1
    while (position < buffer.length) {
      const lineEnd = buffer.indexOf(newline, position)
      let end = lineEnd < 0 ? buffer.length : lineEnd
      const tooLong = end - position > longestRecord
      if (lineEnd < 0 && !last && !tooLong) break
      if (tooLong) end = position + longestRecord
      span.malformed = tooLong
      span.lines = 1
      if (quoteAt < position) quoteAt = this.quote < 0 ? buffer.length : find(buffer, this.quote, position)
      span.quoted = quoteAt < end
      if (span.quoted && !tooLong) {
        const found = this.endOfQuoted(buffer, position, last)
        if (found === MORE) break
        if (found === MALFORMED) span.malformed = true
        else {
          for (let at = end; at < found; at = find(buffer, newline, at + 1)) span.lines++
          end = found
        }
      }
      const ended = end < buffer.length && buffer[end] === newline
      const crlf = newline === LF && ended && end > position && buffer[end - 1] === CR
      span.lineEnd = !ended ? 'none' : crlf ? 'crlf' : newline === LF ? 'lf' : 'cr'
      span.start = position
      span.end = crlf ? end - 1 : end
      span.byteOffset = byteOffset + position
      if (newline === LF) {
        if (returnAt < position) returnAt = find(buffer, CR, position)
        span.carriageReturn = returnAt < span.end
      }
      this.visit(span)
      if (ended) span.line += span.lines
      position = ended ? end + 1 : end
    }
    return position
  }

  /** The line end of a record that holds quotes: its position, the buffer's length at the end of the file, MORE or MALFORMED. */
  private endOfQuoted(buffer: Buffer, start: number, last: boolean): number {
    const { quote, newline, delimiter } = this
    const first = delimiter[0]
    const single = delimiter.length === 1
    const limit = Math.min(buffer.length, start + longestRecord)
    let state = START
    for (let at = start; at < limit; at++) {
      const byte = buffer[at]
      if (state === QUOTED) {
        if (byte === quote) state = CLOSED
      } else if (byte === first && (single || startsAt(buffer, delimiter, at))) {
        state = START
        at += delimiter.length - 1
      } else if (byte === newline) return at
      else if (state === START) {
        if (byte === quote) state = QUOTED
        else if (byte !== SPACE) state = BARE
      } else if (state === CLOSED && byte === quote) state = QUOTED
      else if (state !== BARE) {
        if (byte === SPACE) state = AFTER
        else if (!(byte === CR && (buffer[at + 1] === newline || at + 1 === buffer.length))) return MALFORMED
      }
    }
    if (limit < buffer.length) return MALFORMED
    if (!last) return MORE
    return state === QUOTED ? MALFORMED : buffer.length
  }
}

const find = (buffer: Buffer, byte: number, from: number): number => {
  const at = buffer.indexOf(byte, from)
  return at < 0 ? buffer.length : at
}

function startsAt(buffer: Buffer, delimiter: Buffer, at: number): boolean {
  for (let index = 1; index < delimiter.length; index++) if (buffer[at + index] !== delimiter[index]) return false
  return true
}
