import { open } from 'node:fs/promises'
import { parseDecimal } from '../canonical/index.js'
import { csvLine } from './load/load-csv.js'
import { type PlacedFile, placeFile } from './place-file.js'
import { safeText } from './safe-text.js'

const linesAtOnce = 1000

/**
 * A CSV file for people and their spreadsheets, row by row as they come: a text that could run as a formula is made harmless, a number
 * stays one.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export function writeCsvForPeople(
  file: string,
  header: readonly string[],
  rows: Iterable<readonly (string | null)[]> | AsyncIterable<readonly (string | null)[]>,
): Promise<PlacedFile> {
  return placeFile(file, async (temporary) => {
    const out = await open(temporary, 'wx')
    try {
      let lines = [csvLine(header.map(harmless))]
      for await (const cells of rows) {
        lines.push(csvLine(cells.map(harmless)))
        if (lines.length < linesAtOnce) continue
        await out.appendFile(lines.join(''))
        lines = []
      }
      await out.appendFile(lines.join(''))
    } finally {
      await out.close()
    }
  })
}

const harmless = (value: string | null): string =>
  value === null ? '' : parseDecimal(value) === undefined ? safeText(value) : value
