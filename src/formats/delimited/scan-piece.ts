import { stat } from 'node:fs/promises'

/** So many rows at once DuckDB puts into a table as they are; what its threads read in smaller pieces it gathers by copying it once more. */
const rowsTakenAsTheyAre = 122_880

const usualPiece = 8 << 20
const largestPiece = 64 << 20

/**
 * Bytes of a file that one thread of DuckDB should read at once, by the length of its first records; undefined where its own 8 MiB serve:
 * for short records, and for a file so small that large pieces would leave a thread without work.
 */
export async function scanPiece(path: string, recordBytes: number): Promise<number | undefined> {
  const piece = Math.ceil(rowsTakenAsTheyAre * recordBytes * 1.1)
  if (piece <= usualPiece || piece > largestPiece) return undefined
  return (await stat(path)).size >= 4 * piece ? piece : undefined
}
