import type { ExtractColumn, TextContract } from '../config/extract-contract.js'

/** A column as its values are summed: where the contract says no number of decimals, with six. */
export function summedColumn({ contract, columns }: TextContract, name: string): ExtractColumn & { scale: number } {
  const column = columns.find((candidate) => candidate.name === name)
  if (column === undefined) throw new RangeError(`contract ${contract} has no column ${name}`)
  return { ...column, scale: column.scale ?? 6 }
}

/** Columns whose sums the control records tell, each once. */
export const summedColumns = ({ format }: Pick<TextContract, 'format'>): readonly string[] => [
  ...new Set([...(format['header-totals']?.sums ?? []), ...(format.trailer?.sums ?? [])].map(({ column }) => column)),
]
