import {
  compare,
  type DecimalText,
  decimal,
  divideRounded,
  multiply,
  type ProductIds,
  subtract,
} from '../../../canonical/index.js'
import { figure, unitsPriced } from '../sheets/figures.js'
import { idsText } from '../sheets/product.js'
import type { Words } from '../words.js'
import type { Difference } from './difference.js'

export interface TradedLine {
  readonly quantity?: DecimalText
  readonly uom?: string
  readonly unitPrice?: DecimalText
  readonly priceBasis?: string
  readonly ids: ProductIds
}

/** What differs between a line and what another document says of it; what that does not say is no difference. */
export function lineDifferences(left: TradedLine, right: TradedLine, words: Words): Difference[] {
  return [
    ...quantityDifference(left, right, words),
    ...unitDifference(left, right, words),
    ...priceDifference(left, right, words),
    ...idDifferences(left.ids, right.ids, words),
  ]
}

function quantityDifference(left: TradedLine, right: TradedLine, words: Words): Difference[] {
  if (right.quantity === undefined || left.quantity === right.quantity) return []
  const unit = words.say('355', right.uom ?? left.uom)
  const quantity = (value: DecimalText | undefined, uom: string | undefined) =>
    value === undefined ? undefined : `${figure(value)} ${words.say('355', uom)}`.trim()
  return [
    {
      field: 'Quantity',
      left: quantity(left.quantity, left.uom),
      right: quantity(right.quantity, right.uom),
      ...(left.quantity === undefined || left.uom !== right.uom
        ? {}
        : { says: more(left.quantity, right.quantity, unit) }),
    },
  ]
}

function more(left: DecimalText, right: DecimalText, unit: string): string {
  const difference = subtract(right, left)
  return difference.startsWith('-')
    ? `${figure(decimal(difference.slice(1)))} ${unit} less`
    : `${figure(difference)} ${unit} more`
}

function unitDifference(left: TradedLine, right: TradedLine, words: Words): Difference[] {
  if (left.uom === undefined || right.uom === undefined || left.uom === right.uom) return []
  const said = (code: string) => words.sayWithCode('355', code)
  return [{ field: 'Unit', left: said(left.uom), right: said(right.uom) }]
}

/** Prices are compared for one unit: 245 per hundred is 2.45 each. */
function priceDifference(left: TradedLine, right: TradedLine, words: Words): Difference[] {
  if (right.unitPrice === undefined) return []
  const [before, after] = [eachPrice(left), eachPrice(right)]
  if (after === undefined || before === after) return []
  const said = ({ unitPrice, priceBasis }: TradedLine) =>
    unitPrice === undefined
      ? undefined
      : [figure(unitPrice, 2), priceBasis === 'PE' ? '' : words.say('639', priceBasis)].filter(Boolean).join(' ')
  return [
    {
      field: 'Unit price',
      left: said(left),
      right: said(right),
      ...(before === undefined ? {} : { says: change(before, after) }),
    },
  ]
}

const eachPrice = ({ unitPrice, priceBasis }: TradedLine): DecimalText | undefined =>
  unitPrice === undefined ? undefined : divideRounded(unitPrice, unitsPriced(priceBasis), 10)

/** "+1.60 (+6.5%)". */
function change(before: DecimalText, after: DecimalText): string {
  const difference = subtract(after, before)
  const sign = compare(after, before) > 0 ? '+' : ''
  if (before === '0') return `${sign}${figure(difference, 2)}`
  const percent = divideRounded(multiply(difference, decimal('100')), before, 1)
  return `${sign}${figure(difference, 2)} (${sign}${figure(percent)}%)`
}

/** Ids that both give, and differently: another item in the place of the first. */
function idDifferences(left: ProductIds, right: ProductIds, words: Words): Difference[] {
  const keys = ['buyerItem', 'vendorItem', 'manufacturerPart', 'gtin', 'ndc', 'hibc'] as const
  return keys.flatMap((key) => {
    const [before, after] = [left[key], right[key]]
    if (before === undefined || after === undefined || before === after) return []
    return [{ field: 'Item', left: idsText({ [key]: before }, words), right: idsText({ [key]: after }, words) }]
  })
}
