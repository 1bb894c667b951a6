import { add, type Charge, type DecimalText, negate } from '../../../canonical/index.js'
import type { Fact } from '../sheet.js'
import type { Words } from '../words.js'
import { amount, figure } from './figures.js'

const kinds: Readonly<Record<Charge['kind'], string>> = { A: 'Allowance', C: 'Charge', T: 'Tax', N: 'No charge' }

/** "Charge, freight": "USD 29.00"; an allowance with a minus. */
export function chargeFact(charge: Charge, words: Words, currency: string | undefined): Fact {
  const kind = kinds[charge.kind]
  const what = charge.description ?? words.say(charge.kind === 'T' ? '963' : '1300', charge.code)
  const sign = charge.kind === 'A' ? '-' : ''
  const stated =
    charge.kind === 'N' && charge.stated !== undefined && charge.stated !== '0'
      ? ` (${figure(charge.stated, 2)} stated)`
      : ''
  const percent = charge.percent === undefined ? undefined : `${figure(charge.percent)}%`
  const method = charge.method === undefined ? undefined : words.say('331', charge.method).toLowerCase()
  const further = [percent, method].filter((text) => text !== undefined).join(', ')
  return {
    label: [what === '' || what === kind ? kind : `${kind}: ${what}`, further].filter(Boolean).join(', '),
    value: `${sign}${amount(charge.amount, currency)}${stated}`,
  }
}

export const chargeFacts = (charges: readonly Charge[], words: Words, currency: string | undefined): Fact[] =>
  charges.map((charge) => chargeFact(charge, words, currency))

/** What charges add to a total; allowances reduce it. */
export const chargesTotal = (charges: readonly Charge[]): DecimalText =>
  add(...charges.map(({ kind, amount: value }) => (kind === 'A' ? negate(value) : value)))
