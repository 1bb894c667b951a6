import type { SetEngine } from '../../canonical/index.js'
import type { ExtractColumn, ExtractContract } from '../../config/index.js'
import { readLayout, type TextExtract } from '../../contracts/index.js'
import { eachDataRecord } from '../../formats/delimited/index.js'

/** What the records of a file that an ERP accepted say of one of its columns. */
export interface AcceptedColumn {
  readonly name: string
  readonly kind: ExtractColumn['kind']
  /** Decimals stand behind a comma. */
  readonly comma: boolean
  /** strptime pattern, of a date. */
  readonly format?: string
  /** 1-based; at fixed places the first character. */
  readonly position: number
  readonly width?: number
  /** Records in which it is not empty. */
  readonly filled: number
  /** Its only value, where it has one. */
  readonly only?: string
  /** Characters of the longest value. */
  readonly longest: number
  /** Digits after the point that every value has. */
  readonly decimals?: number
  /** What all values are filled up with on their left, and how wide they are then. */
  readonly padded?: { readonly width: number; readonly with: string }
}

export interface AcceptedFile {
  readonly records: number
  readonly columns: readonly AcceptedColumn[]
}

interface Seen {
  filled: number
  longest: number
  readonly values: Set<string>
  readonly decimals: Set<number>
  readonly widths: Set<number>
  spaces: number
  zeros: number
}

/** Reads all records of a file under the contract that was proposed for it. */
export async function acceptedColumns(engine: SetEngine, { contract, path }: TextExtract): Promise<AcceptedFile> {
  const { dialect, binding } = await readLayout(engine, contract, path)
  const seen = contract.columns.map(
    (): Seen => ({
      filled: 0,
      longest: 0,
      values: new Set(),
      decimals: new Set(),
      widths: new Set(),
      spaces: 0,
      zeros: 0,
    }),
  )
  let records = 0
  await eachDataRecord(path, dialect, (values) => {
    records += 1
    for (const [n, { name }] of contract.columns.entries()) {
      const raw = values[(binding.positions.get(name) ?? 0) - 1] ?? ''
      const one = seen[n]
      if (one !== undefined && raw.trim() !== '') look(one, raw)
    }
  })
  return { records, columns: contract.columns.map((column, n) => described(contract, column, n, seen[n])) }
}

function look(one: Seen, raw: string): void {
  const value = raw.trim()
  one.filled += 1
  one.longest = Math.max(one.longest, value.length)
  if (one.values.size < 2) one.values.add(value)
  one.decimals.add(/[.,](\d+)-?$/.exec(value)?.[1]?.length ?? 0)
  one.widths.add(raw.length)
  if (raw.startsWith(' ')) one.spaces += 1
  if (/^0\d/.test(raw)) one.zeros += 1
}

function described(
  { format }: ExtractContract,
  column: ExtractColumn,
  index: number,
  seen: Seen | undefined,
): AcceptedColumn {
  const { filled = 0, longest = 0, values = new Set<string>(), decimals = new Set<number>() } = seen ?? {}
  const [only] = values
  const fixed = format.kind === 'fixed'
  return {
    name: column.name,
    kind: column.kind,
    comma: column['decimal-separator'] === ',' || column['thousands-separator'] === '.',
    ...(column.formats?.[0] === undefined ? {} : { format: column.formats[0] }),
    position: fixed ? (column.from ?? 1) : index + 1,
    ...(fixed && column.width !== undefined ? { width: column.width } : {}),
    filled,
    longest,
    ...(values.size === 1 && only !== undefined ? { only } : {}),
    ...(column.kind === 'decimal' && decimals.size === 1 && filled > 0 ? { decimals: [...decimals][0] ?? 0 } : {}),
    ...(fixed || seen === undefined || column.kind !== 'text' ? {} : padding(seen)),
  }
}

/** All values as wide as each other, most of them with something before them. */
function padding({ filled, widths, spaces, zeros }: Seen): Pick<AcceptedColumn, 'padded'> {
  const [width] = widths
  if (filled === 0 || widths.size !== 1 || width === undefined || spaces + zeros === 0) return {}
  return spaces > 0 || zeros === filled ? { padded: { width, with: spaces > 0 ? ' ' : '0' } } : {}
}
