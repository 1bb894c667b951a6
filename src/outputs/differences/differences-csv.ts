import { open } from 'node:fs/promises'
import { parseDecimal } from '../../canonical/index.js'
import { csvLine } from '../load/load-csv.js'
import { type PlacedFile, placeFile } from '../place-file.js'
import { safeText } from '../safe-text.js'
import type { DifferenceFile } from './difference-row.js'

const linesAtOnce = 1000

/**
 * Every difference as CSV, for people and their spreadsheets: a text that could run as a formula is made harmless, a number stays one.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export function writeDifferencesCsv(file: string, { left, right, keys, rows }: DifferenceFile): Promise<PlacedFile> {
  return placeFile(file, async (temporary) => {
    const out = await open(temporary, 'wx')
    try {
      const header = [
        'difference',
        ...keys,
        'field',
        left,
        right,
        'distance',
        'tolerance',
        'verdict',
        `line in ${left}`,
        `line in ${right}`,
      ]
      let lines = [csvLine(header)]
      for await (const row of rows) {
        const { difference, field, distance, tolerance, verdict, leftLines, rightLines } = row
        const cells = [
          difference,
          ...row.keys,
          field,
          row.left,
          row.right,
          distance,
          tolerance,
          verdict,
          leftLines,
          rightLines,
        ]
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
