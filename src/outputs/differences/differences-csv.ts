import { writeCsvForPeople } from '../csv-for-people.js'
import type { PlacedFile } from '../place-file.js'
import type { DifferenceFile } from './difference-row.js'

/**
 * Every difference as CSV.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export function writeDifferencesCsv(file: string, { left, right, keys, rows }: DifferenceFile): Promise<PlacedFile> {
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
  return writeCsvForPeople(file, header, cellsOf(rows))
}

async function* cellsOf(rows: DifferenceFile['rows']): AsyncGenerator<(string | null)[]> {
  for await (const row of rows) {
    const { difference, field, distance, tolerance, verdict, leftLines, rightLines } = row
    yield [difference, ...row.keys, field, row.left, row.right, distance, tolerance, verdict, leftLines, rightLines]
  }
}
