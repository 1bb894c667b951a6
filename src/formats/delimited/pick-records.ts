import { open } from 'node:fs/promises'
import { type Dialect, recordsBeforeData } from './dialect.js'
import { scanFile } from './scan-file.js'
import { toUtf8 } from './transcode.js'

const LF = Buffer.from('\n')

/**
 * Copies some data records, given by their numbers in ascending order, as they stand and one behind the other, each behind its number.
 * Much cheaper than reading all values again. Only for files that `surveyFile` calls tame; the copy is UTF-8 with LF, and has neither
 * header nor trailer.
 */
export async function pickRecords(
  path: string,
  target: string,
  dialect: Dialect,
  wanted: readonly number[],
): Promise<void> {
  const before = recordsBeforeData(dialect)
  const copy = await open(target, 'w')
  let record = -before
  let next = 0
  let picked: Buffer[] = []
  try {
    const { delimiter, encoding } = dialect
    await scanFile(path, dialect, {
      record({ buffer, start, end }) {
        if (end === start) return
        record++
        if (record !== wanted[next]) return
        next++
        const bytes = buffer.subarray(start, end)
        picked.push(Buffer.from(`${record}${delimiter}`), encoding === 'utf-8' ? bytes : toUtf8(bytes, encoding), LF)
      },
      async pause() {
        if (picked.length > 0) await copy.appendFile(Buffer.concat(picked))
        picked = []
        return next < wanted.length
      },
    })
  } finally {
    await copy.close()
  }
}
