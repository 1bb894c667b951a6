import { type Charge, type DecimalText, negate, sumOf } from '../../../canonical/index.js'
import type { Fact } from '../sheet.js'
import type { Words } from '../words.js'
import { amount, figure } from './figures.js'
import { leftover } from './leftover.js'

const kinds: Readonly<Record<Charge['kind'], string>> = { A: 'Allowance', C: 'Charge', T: 'Tax', N: 'No charge' }
/** SAC01 of kind N that announces something, though it moves no total. */
const ANNOUNCED = ['A', 'C', 'P', 'Q', 'R', 'S']

/** Said in words below, or of no use to people. */
const SHOWN = [
  ...['kind', 'code', 'amount', 'stated', 'indicator', 'description', 'percent', 'rate', 'uom', 'method', 'language'],
  ...['agency', 'agencyCode', 'percentOf', 'jurisdictionQualifier', 'relationship', 'lineId', 'repeated', 'taxes'],
]

/** "Charge, freight": "USD 29.00"; an allowance with a minus; one that is announced by its rate alone has no amount. */
function chargeFact(charge: Charge, words: Words, currency: string | undefined): Fact {
  const announced = charge.kind === 'N' && ANNOUNCED.includes(charge.indicator ?? '')
  const kind = announced ? words.say('248', charge.indicator) : kinds[charge.kind]
  const what = charge.description ?? codeText(charge, words)
  const sign = charge.kind === 'A' ? '-' : ''
  const stated =
    charge.kind === 'N' && charge.stated !== undefined && charge.stated !== '0'
      ? ` (${figure(charge.stated, 2)} stated)`
      : ''
  const percent = charge.percent === undefined ? undefined : `${figure(charge.percent)}%`
  const method = charge.method === undefined ? undefined : words.say('331', charge.method).toLowerCase()
  const rate = charge.rate === undefined ? undefined : rateText(charge.rate, charge.uom, words)
  const more = leftover(charge, SHOWN, words).map((fact) => `${fact.label.toLowerCase()} ${fact.value}`)
  const taxes = (charge.taxes ?? []).map((tax) => taxText(tax, words)).join(' and ')
  const further = [percent, rate, method, ...more, taxes && `of which ${taxes}`].filter(Boolean).join(', ')
  return {
    label: [what === '' || what === kind ? kind : `${kind}: ${what}`, further].filter(Boolean).join(', '),
    value:
      announced && charge.stated === undefined ? 'no amount' : `${sign}${amount(charge.amount, currency)}${stated}`,
  }
}

/** A tax is a TXI with a code of its own, or a SAC that bills a tax. */
const codeText = ({ kind, code = '' }: Charge, words: Words): string =>
  (kind === 'T' ? words.meaningOf('963', code) : undefined) ?? words.say('1300', code)

/** "State sales tax 8% 28.78", within a charge. */
const taxText = ({ code, percent, amount: added, stated, kind }: Charge, words: Words): string =>
  [
    words.say('963', code),
    percent === undefined ? '' : `${figure(percent)}%`,
    figure(kind === 'N' ? (stated ?? added) : added, 2),
  ]
    .filter(Boolean)
    .join(' ')

/** "0.05 a pound". */
const rateText = (rate: DecimalText, uom: string | undefined, words: Words): string =>
  uom === undefined ? figure(rate) : `${figure(rate)} a ${words.say('355', uom)}`

export const chargeFacts = (charges: readonly Charge[], words: Words, currency: string | undefined): Fact[] =>
  charges.map((charge) => chargeFact(charge, words, currency))

/** What charges add to a total; allowances reduce it. */
export const chargesTotal = (charges: readonly Charge[]): DecimalText =>
  sumOf(charges.map(({ kind, amount: value }) => (kind === 'A' ? negate(value) : value)))
