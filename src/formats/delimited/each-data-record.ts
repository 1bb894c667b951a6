import iconv from 'iconv-lite'
import { type Dialect, recordsBeforeData } from './dialect.js'
import { recordFields } from './record-fields.js'
import { scanFile } from './scan-file.js'

/** Shows the values of each data record; one that cannot be split is a single value. */
export async function eachDataRecord(
  path: string,
  dialect: Dialect,
  visit: (values: readonly string[]) => void,
): Promise<void> {
  let before = recordsBeforeData(dialect)
  await scanFile(path, dialect, {
    record({ buffer, start, end }) {
      if (end === start || before-- > 0) return
      const text = iconv.decode(buffer.subarray(start, end), dialect.encoding)
      if (!isTrailer(text, dialect)) visit(recordFields(text, dialect) ?? [text])
    },
  })
}

function isTrailer(text: string, dialect: Dialect): boolean {
  const { trailerMarker, fixed } = dialect
  if (trailerMarker === undefined) return false
  if (fixed !== undefined) return text.startsWith(trailerMarker)
  return (recordFields(text, dialect) ?? [text])[0]?.trim() === trailerMarker
}
