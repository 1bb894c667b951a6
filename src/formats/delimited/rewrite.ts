import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { type Dialect, recordsBeforeData } from './dialect.js'
import { recordFields } from './record-fields.js'
import { scanFile } from './scan-file.js'

/** What a file is rewritten to: UTF-8, commas, quotes, LF. */
export const plainDialect: Dialect = { delimiter: ',', quote: '"', encoding: 'utf-8', header: false }

/** Characters that are kept of a record that cannot be split. */
export const longestExcerpt = 500

/** Values that no record of `columns` columns has, so that DuckDB rejects the record in its place. */
export const malformedMark = (columns: number): string => ',\u0001'.repeat(columns + 1)

/**
 * Copies the data records (not the control, header and trailer records) of a file that DuckDB would not read rightly: mixed line
 * ends, stray carriage returns, blank lines, quotes that are not closed. A malformed record is written as its text followed by
 * `malformedMark`. This is the slow path: every value passes through JavaScript.
 *
 * @param records all records of the file but the trailer
 */
export async function rewriteFile(
  path: string,
  target: string,
  dialect: Dialect,
  { columns, records }: { columns: number; records: number },
): Promise<void> {
  const before = recordsBeforeData(dialect)
  const copy = await open(target, 'w')
  let seen = 0
  let text = ''
  try {
    await scanFile(path, dialect, {
      record({ buffer, start, end, malformed }) {
        if (end === start) return
        seen++
        if (seen <= before || seen > records) return
        const record = iconv.decode(buffer.subarray(start, end), dialect.encoding, { stripBOM: false })
        const fields = malformed ? undefined : recordFields(record, dialect)
        text += fields
          ? fields.map((value, n) => quoted(n < columns ? value : visible(value))).join(',')
          : quoted(record.slice(0, longestExcerpt)) + malformedMark(columns)
        text += '\n'
      },
      async pause() {
        await copy.appendFile(text)
        text = ''
        return true
      },
    })
  } finally {
    await copy.close()
  }
}

/** Of a value too many DuckDB does not see one of NULs only, and would take the record. */
const visible = (value: string): string => value.replaceAll('\0', '\uFFFD')

/** Always quoted: a record of one empty value would otherwise be a blank line. */
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`
