import type { Dialect } from './dialect.js'

/**
 * The values of one record, quotes taken away; spaces around a quoted value do not count, all else is kept.
 * undefined where quotes are not closed or are closed in the middle of a value, or a record of fixed places has another length.
 */
export function recordFields(
  record: string,
  { delimiter, quote, fixed }: Pick<Dialect, 'delimiter' | 'quote' | 'fixed'>,
): string[] | undefined {
  if (fixed !== undefined) {
    if (fixed.length !== undefined && record.length !== fixed.length) return undefined
    return fixed.places.map(({ start, end }) => record.slice(start, end))
  }
  if (quote === '' || !record.includes(quote)) return record.split(delimiter)
  const fields: string[] = []
  let at = 0
  for (;;) {
    let open = at
    while (record[open] === ' ' && delimiter !== ' ') open++
    if (record[open] !== quote) {
      const end = record.indexOf(delimiter, at)
      fields.push(end < 0 ? record.slice(at) : record.slice(at, end))
      if (end < 0) return fields
      at = end + delimiter.length
      continue
    }
    const close = closingQuote(record, quote, open + 1)
    if (close === undefined) return undefined
    fields.push(record.slice(open + 1, close).replaceAll(quote + quote, quote))
    let next = close + 1
    while (record[next] === ' ' && delimiter !== ' ') next++
    if (next >= record.length) return fields
    if (!record.startsWith(delimiter, next)) return undefined
    at = next + delimiter.length
  }
}

function closingQuote(record: string, quote: string, from: number): number | undefined {
  for (let at = record.indexOf(quote, from); at >= 0; at = record.indexOf(quote, at + 2)) {
    if (record[at + 1] !== quote) return at
  }
  return undefined
}
