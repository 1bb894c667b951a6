import iconv from 'iconv-lite'
import { type Dialect, recordsBeforeData } from './dialect.js'
import { recordFields } from './record-fields.js'
import { scanFile } from './scan-file.js'

/**
 * The values of the first records of a file, control and header records included, blank lines not. Values are not trimmed.
 * Of a file of fixed places a control record is one value.
 */
export async function readHead(path: string, dialect: Dialect, count: number): Promise<string[][]> {
  const records: string[][] = []
  await scanFile(path, dialect, {
    record({ buffer, start, end }) {
      if (end === start || records.length >= count) return
      const text = iconv.decode(buffer.subarray(start, end), dialect.encoding)
      const control = dialect.fixed !== undefined && records.length < recordsBeforeData(dialect)
      records.push((control ? undefined : recordFields(text, dialect)) ?? [text])
    },
    pause: () => records.length < count,
  })
  return records
}
