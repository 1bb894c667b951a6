import type { Transaction } from '../transaction.js'
import { text } from '../transaction.js'

/** What people call a transaction set by, as the CTX of a 999 has it: BIG02 and an invoice number. */
export interface BusinessNumber {
  readonly element: string
  readonly number: string
}

/** Segment and element by transaction set. */
const places: Readonly<Record<string, readonly [segment: string, element: number]>> = {
  '810': ['BIG', 2],
  '820': ['TRN', 2],
  '824': ['BGN', 2],
  '832': ['BCT', 2],
  '846': ['BIA', 3],
  '850': ['BEG', 3],
  '855': ['BAK', 3],
  '856': ['BSN', 2],
  '860': ['BCH', 3],
  '865': ['BCA', 3],
}

export function businessNumber({ set, segments }: Transaction): BusinessNumber | undefined {
  const [id, element] = places[set] ?? []
  const segment = id === undefined ? undefined : segments.find((one) => one.id === id)
  if (segment === undefined || element === undefined) return undefined
  const number = text(segment, element)
  return number === '' ? undefined : { element: `${id}${String(element).padStart(2, '0')}`, number }
}
