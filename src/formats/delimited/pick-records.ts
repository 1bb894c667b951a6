import { open } from 'node:fs/promises'
import { type Dialect, recordsBeforeData } from './dialect.js'
import { scanFile } from './scan-file.js'

const LF = Buffer.from('\n')

/**
 * Copies some data records, given by their numbers in ascending order, as they stand and one behind the other, each behind its number.
 * Much cheaper than reading all values again. Only for UTF-8 files that `surveyFile` calls tame; the copy has neither header nor trailer,
 * and LF.
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
    await scanFile(path, dialect, {
      record({ buffer, start, end }) {
        if (end === start) return
        record++
        if (record !== wanted[next]) return
        next++
        picked.push(Buffer.from(`${record}${dialect.delimiter}`), buffer.subarray(start, end), LF)
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
