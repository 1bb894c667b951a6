import { isAscii } from 'node:buffer'
import { stat } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { ColumnTester } from './column-tester.js'
import { type Dialect, recordsBeforeData } from './dialect.js'
import { undecodable, wholeCharacters } from './encoding.js'
import type { RecordSpan } from './record-scanner.js'
import { scanFile } from './scan-file.js'

/** From this record on, a physical line is the record number plus `shift`. */
export interface LineShift {
  readonly record: number
  readonly shift: number
}

/** What is known of a delimited file before any value is read. Records are counted without blank lines. */
export interface Survey {
  readonly bytes: number
  /** All records, those before the data and the trailer included. */
  readonly records: number
  /** The file can be given to DuckDB as it stands; otherwise it must be rewritten first. */
  readonly tame: boolean
  readonly lineEnd: 'lf' | 'crlf'
  /** Text of the last record; undefined in a file without records. */
  readonly lastRecord: string | undefined
  readonly lastLine: number
  readonly endsWithNewline: boolean
  /** Physical lines of data records (1-based, data only); see `physicalLine`. */
  readonly lineShifts: readonly LineShift[]
  /** Of a copy that has other lines than its file: that of each data record in the file. */
  readonly lines?: readonly number[]
  /** First byte that cannot be decoded. */
  readonly undecodableAt: number | undefined
  /** Its bytes are UTF-8, whatever its encoding: it is, or they are all ASCII. */
  readonly isUtf8: boolean
}

/**
 * Counts the records of a file independently of the engine that will read it, and finds what that engine would stumble over.
 * @param look sees each record after the header. A file with one for which it returns false is not tame either; once a file is known not to
 *   be, it is left unread.
 * @param tester sees them too.
 * @param looked told after each chunk how many bytes were looked at, and whether DuckDB can still be given the file as it stands
 */
export async function surveyFile(
  path: string,
  dialect: Dialect,
  {
    look,
    tester,
    looked,
  }: {
    look?: (span: RecordSpan) => boolean
    tester?: ColumnTester | undefined
    looked?: ((bytes: number, asItStands: boolean) => void) | undefined
  } = {},
): Promise<Survey> {
  const before = recordsBeforeData(dialect)
  const shifts: LineShift[] = []
  let records = 0
  let wild = dialect.fixed !== undefined
  let blankSeen = false
  let lf = false
  let crlf = false
  let lastLine = 1
  let lastRecord: string | undefined
  let endsWithNewline = true
  let undecodableAt: number | undefined
  let isUtf8 = true
  let shift = 0
  let last: { buffer: Buffer; start: number; end: number } | undefined
  let half: Buffer = Buffer.alloc(0)
  let bytesSeen = 0

  const record = (span: RecordSpan): void => {
    endsWithNewline = span.lineEnd !== 'none'
    if (span.end === span.start) {
      blankSeen = true
      return
    }
    // Blank lines at the end do no harm; between records DuckDB would count them otherwise than we do.
    if (blankSeen) wild = true
    records++
    if (span.lineEnd === 'lf') lf = true
    else if (span.lineEnd === 'crlf') crlf = true
    else if (span.lineEnd === 'cr') wild = true
    if (span.malformed || span.carriageReturn) wild = true
    if (span.lines > 1 && (crlf || records <= before)) wild = true
    if (records > before && !wild) {
      if (look !== undefined && !look(span)) wild = true
      tester?.see(span)
    }
    if (span.line - (records - before) !== shift) {
      shift = span.line - (records - before)
      shifts.push({ record: records - before, shift })
    }
    lastLine = span.line
    if (last === undefined) last = { buffer: span.buffer, start: span.start, end: span.end }
    else {
      last.buffer = span.buffer
      last.start = span.start
      last.end = span.end
    }
  }

  await scanFile(path, dialect, {
    record,
    bytes(chunk, byteOffset) {
      bytesSeen = byteOffset + chunk.length
      if (chunk.includes(0)) wild = true
      if (isUtf8 && dialect.encoding !== 'utf-8') isUtf8 = isAscii(chunk)
      if (undecodableAt !== undefined) return
      const bytes = half.length === 0 ? chunk : Buffer.concat([half, chunk])
      const whole = dialect.encoding === 'utf-8' ? wholeCharacters(bytes) : bytes.length
      const at = undecodable(bytes.subarray(0, whole), dialect.encoding)
      if (at >= 0) undecodableAt = byteOffset - half.length + at
      half = Buffer.from(bytes.subarray(whole))
    },
    pause() {
      // Only the text is kept, so that the chunk can go.
      tester?.lookNow()
      if (last !== undefined) lastRecord = iconv.decode(last.buffer.subarray(last.start, last.end), dialect.encoding)
      last = undefined
      looked?.(bytesSeen, !wild && isUtf8 && undecodableAt === undefined)
      return undecodableAt === undefined && (look === undefined || !wild)
    },
  })
  const { size } = await stat(path)
  if (undecodableAt === undefined && half.length > 0) undecodableAt = size - half.length
  return {
    bytes: size,
    records,
    tame: !wild && !(lf && crlf),
    lineEnd: crlf ? 'crlf' : 'lf',
    lastRecord,
    lastLine,
    endsWithNewline,
    lineShifts: shifts,
    undecodableAt,
    isUtf8,
  }
}

/** Whether the file ends with a trailer, and how many data records it has without it. */
export function countData(
  { records, lastRecord }: Survey,
  dialect: Dialect,
  isTrailer: (lastRecord: string) => boolean,
): { trailer: boolean; records: number } {
  const before = recordsBeforeData(dialect)
  const trailer = lastRecord !== undefined && records > before && isTrailer(lastRecord)
  return { trailer, records: Math.max(0, records - before - (trailer ? 1 : 0)) }
}

/** The physical line (1-based) on which data record `record` (1-based) starts. */
export function physicalLine({ lineShifts, lines }: Pick<Survey, 'lineShifts' | 'lines'>, record: number): number {
  if (lines !== undefined) return lines[record - 1] ?? 0
  let low = 0
  let high = lineShifts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lineShifts[middle]?.record ?? 0) <= record) low = middle + 1
    else high = middle
  }
  return record + (lineShifts[low - 1]?.shift ?? 0)
}
