import type { DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { Cell } from '../../canonical/index.js'

/**
 * Turns one DuckDB value into a cell without losing anything: DECIMAL as the text DuckDB prints ("12.5000" at scale 4),
 * DATE as yyyy-MM-dd, whole numbers as number while exact and as text beyond 2^53, everything else as its text.
 * LIST and STRUCT become arrays and objects of such cells.
 */
export function cellConverter({
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
}: typeof import('@duckdb/node-api')) {
  const convert = (value: DuckDBValue): Cell => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
      return value
    if (typeof value === 'bigint') return wholeNumber(value)
    if (value instanceof DuckDBDecimalValue) return decimalText(value.value, value.scale)
    if (value instanceof DuckDBListValue) return value.items.map(convert) as unknown as Cell
    if (value instanceof DuckDBStructValue)
      return Object.fromEntries(
        Object.entries(value.entries).map(([name, item]) => [name, convert(item)]),
      ) as unknown as Cell
    return String(value)
  }
  return (value: DuckDBValue, _type: DuckDBType): Cell => convert(value)
}

function wholeNumber(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

/** Same text as DuckDBDecimalValue.toString, without its two bigint divisions. */
function decimalText(scaled: bigint, scale: number): string {
  if (scale === 0) return scaled.toString()
  const negative = scaled < 0n
  const digits = (negative ? -scaled : scaled).toString().padStart(scale + 1, '0')
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
