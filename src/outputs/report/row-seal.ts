import { createHash } from 'node:crypto'

/**
 * Columns that people read and must not change, in the order of the seal. Status, due time and age are not among them: they follow
 * the calendar, and a program may show a time otherwise.
 */
const sealedColumns = [
  'At risk',
  'Code',
  'Supplier',
  'Supplier name',
  'Invoice',
  'PO',
  'PO line',
  'Item',
  'What is wrong',
  'Facility',
  'Company',
  'Invoice line',
  'Description',
  'Currency',
  'Exception',
  'Exceptions',
  'What they share',
  'Cluster',
] as const

/** Digits of each column in the seal. */
const DIGITS = 3

/** What tells later which read-only cells of a row were changed: a few digits of the hash of each, however it is spelt. */
export const rowSeal = (cellOf: (header: string) => string | number | null): string =>
  sealedColumns.map((header) => digitsOf(cellOf(header))).join('')

/** Headers of the cells that are not what they were when the row was sealed. */
export function brokenSeal(seal: string, cellOf: (header: string) => string | number | null): string[] {
  const now = rowSeal(cellOf)
  if (seal.length !== now.length) return ['Row token']
  return sealedColumns.filter(
    (_, n) => seal.slice(n * DIGITS, (n + 1) * DIGITS) !== now.slice(n * DIGITS, (n + 1) * DIGITS),
  )
}

/** Codes, suppliers and empty cells come again and again, and a hash costs more than all else of a cell. */
const known = new Map<string, string>()
const MOST_KNOWN = 10_000

function digitsOf(value: string | number | null): string {
  const text = plain(value)
  const before = known.get(text)
  if (before !== undefined) return before
  const digits = createHash('sha256').update(text).digest('hex').slice(0, DIGITS)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(text, digits)
  return digits
}

/** Programs write 12.50 and 12.5, and blanks and line ends, as they like. */
function plain(value: string | number | null): string {
  if (value === null || value === '') return ''
  const text = String(value).normalize('NFC').replaceAll(/\s+/g, ' ').trim()
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? String(Number(text)) : text
}
