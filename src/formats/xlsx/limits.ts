/** What a workbook may be before it is unpacked, and what may come of it. Sizes in bytes. */
export interface XlsxLimits {
  /** The file itself. */
  readonly file: number
  /** All parts together, as the file declares them; a part that turns out larger is refused while it is read. */
  readonly unpacked: number
  /** Unpacked bytes for each byte of the file; counts from 10 MiB on. */
  readonly ratio: number
  readonly parts: number
  /** Characters of the shared strings, which stay in memory. */
  readonly sharedText: number
  readonly columns: number
}

const MIB = 1024 * 1024

/** A queue of 100,000 rows takes about a tenth of it. */
export const usualLimits: XlsxLimits = {
  file: 64 * MIB,
  unpacked: 1024 * MIB,
  ratio: 200,
  parts: 1000,
  sharedText: 128 * MIB,
  columns: 256,
}
