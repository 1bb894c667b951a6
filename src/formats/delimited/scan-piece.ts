import { stat } from 'node:fs/promises'

/**
 * Rows of a row group of DuckDB's. What a thread reads in pieces of fewer rows is copied once more into whole row groups; of more, the rest
 * behind the last whole one is a row group of its own, in blocks that stay half empty.
 */
const rowGroup = 122_880

const usualPiece = 8 << 20
const largestPiece = 64 << 20

/**
 * Bytes of a file that one thread of DuckDB should read at once, by the length of its first records: two row groups and a little, or one.
 * undefined where its own 8 MiB serve, as for a file so small that large pieces would leave a thread without work.
 */
export async function scanPiece(path: string, recordBytes: number): Promise<number | undefined> {
  const { size } = await stat(path)
  return [2, 1]
    .map((rowGroups) => Math.ceil(rowGroups * rowGroup * recordBytes * 1.04))
    .find((piece) => piece > usualPiece && piece <= largestPiece && size >= 3 * piece)
}
