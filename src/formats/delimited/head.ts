import iconv from 'iconv-lite'
import type { Dialect } from './dialect.js'
import { recordFields } from './record-fields.js'
import { scanFile } from './scan-file.js'

/** The values of the first records of a file, control and header records included, blank lines not. Values are not trimmed. */
export async function readHead(path: string, dialect: Dialect, count: number): Promise<string[][]> {
  const records: string[][] = []
  await scanFile(path, dialect, {
    record({ buffer, start, end }) {
      if (end === start || records.length >= count) return
      const text = iconv.decode(buffer.subarray(start, end), dialect.encoding)
      records.push(recordFields(text, dialect) ?? [text])
    },
    pause: () => records.length < count,
  })
  return records
}
