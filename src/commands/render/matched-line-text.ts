import type { MatchedLine } from '../../app/exceptions/matched-line.js'

/** How the line was matched, for people; a name and a value each. */
export function matchedLineText(line: MatchedLine): (readonly [name: string, value: string])[] {
  const unit = line.baseUnit === null ? '' : ` ${line.baseUnit}`
  const amount = (name: string, value: string | null): (readonly [string, string])[] =>
    value === null ? [] : [[name, `${value}${unit}`]]
  return [
    ['PO line found by', line.foundBy ?? 'nothing: it has no PO line'],
    ...(line.unitPath === null ? [] : [['unit path', line.unitPath] as const]),
    ...amount('invoiced on the line', line.invoiced),
    ...amount('ordered', line.ordered),
    ...amount('received', line.received),
    ...amount('billed by all invoices', line.billed),
    ...(line.expectedPrice === null ? [] : [['price expected', inCents(line.expectedPrice)] as const]),
  ]
}

/** At least two decimals, as money has beside it. */
function inCents(price: string): string {
  const [whole = '', fraction = ''] = price.split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}
