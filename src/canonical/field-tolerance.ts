import { compare, type DecimalText, parseDecimal, scaleOf, ZERO } from './decimal.js'

/** What of a text does not count: upper or lower case, zeros in front (00123 is 123), spaces around it. */
const textLeniencies = ['case', 'zeros', 'spaces'] as const
export type TextLeniency = (typeof textLeniencies)[number]

/** How far two values of one field may be apart. Without any leniency a text must be the same, byte for byte. */
export type FieldTolerance =
  | { readonly kind: 'text'; readonly ignoring: readonly TextLeniency[] }
  /** Both limits must hold where both are given. `percent` is of the larger of the two values, so that sides may be swapped. */
  | { readonly kind: 'number'; readonly absolute?: DecimalText; readonly percent?: DecimalText }
  | { readonly kind: 'date'; readonly days: number }

export const exactly: FieldTolerance = { kind: 'text', ignoring: [] }

/** What a tolerance may be written as, for messages. */
export const toleranceForms =
  '0.05 (so far apart at most), 1% (of the larger value), 0.05+1% (both), number (12.50 is 12.5), 2d (days), date, case, zeros, spaces, case+zeros+spaces'

/** Digits after the point that limits and values may have; see `numberDigits`. */
const limitScale = 8
const percentScale = 4
const largestLimit = parseDecimal('9999999999999999')
const largestPercent = parseDecimal('10000')

/** Reads a tolerance as people write it, parts joined by + or a comma; undefined when it is none. */
export function parseFieldTolerance(written: string): FieldTolerance | undefined {
  const parts = written.split(/[+,]/).map((part) => part.trim().toLowerCase())
  const ignoring = textLeniencies.filter((leniency) => parts.includes(leniency))
  if (ignoring.length > 0) return ignoring.length === parts.length ? { kind: 'text', ignoring } : undefined
  const [first = ''] = parts
  if (parts.length === 1 && first === 'number') return { kind: 'number', absolute: ZERO }
  const days = first === 'date' ? '0' : /^(\d{1,4}) ?(?:d|days?)$/.exec(first)?.[1]
  if (days !== undefined) return parts.length === 1 ? { kind: 'date', days: Number(days) } : undefined
  return limits(parts)
}

function limits(parts: readonly string[]): FieldTolerance | undefined {
  let absolute: DecimalText | undefined
  let percent: DecimalText | undefined
  for (const part of parts) {
    const isPercent = part.endsWith('%')
    const limit = parseDecimal(isPercent ? part.slice(0, -1).trim() : part)
    if (limit === undefined || compare(limit, ZERO) < 0 || (isPercent ? percent : absolute) !== undefined)
      return undefined
    if (!fits(limit, isPercent)) return undefined
    if (isPercent) percent = limit
    else absolute = limit
  }
  return {
    kind: 'number',
    ...(absolute === undefined ? {} : { absolute }),
    ...(percent === undefined ? {} : { percent }),
  }
}

function fits(limit: DecimalText, isPercent: boolean): boolean {
  const largest = isPercent ? largestPercent : largestLimit
  return (
    largest !== undefined && compare(limit, largest) <= 0 && scaleOf(limit) <= (isPercent ? percentScale : limitScale)
  )
}

/** As people write it; "exact" where nothing is allowed. */
export function sayFieldTolerance(tolerance: FieldTolerance): string {
  switch (tolerance.kind) {
    case 'text':
      return tolerance.ignoring.length === 0 ? 'exact' : tolerance.ignoring.join('+')
    case 'date':
      return tolerance.days === 0 ? 'date' : `${tolerance.days}d`
    case 'number': {
      const { absolute, percent } = tolerance
      if (absolute === ZERO && percent === undefined) return 'number'
      return [absolute ?? [], percent === undefined ? [] : `${percent}%`].flat().join('+')
    }
  }
}
