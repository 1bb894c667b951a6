import { expect, test } from 'vitest'
import { decimal } from '../../src/canonical/index.js'
import { type Decider, type DecisionRule, decide, ruleFor, settle } from '../../src/exceptions/index.js'
import { priceFinding, routing } from './finding.js'

const now = '2026-11-20T06:00:00Z'
const limited: Decider = { who: ['R. Ortiz'], upTo: decimal('5000'), currency: 'USD' }
type Money = { readonly amount: string; readonly currency: string }
const raised = (row: Money) => {
  const [exception] = settle('receipt-to-invoice', [], [priceFinding(row)], now, routing).exceptions
  if (exception === undefined) throw new Error('nothing was raised')
  return exception
}
const decided = (row: Money) =>
  decide(raised(row), { decision: 'accept-price', note: null, person: 'R. Ortiz', via: 'command' }, [limited], now)

test.each([
  ['under the limit', { amount: '4999.99', currency: 'USD' }, 'decided', 'accept-price by R. Ortiz'],
  [
    'over it',
    { amount: '5000.01', currency: 'USD' },
    'proposed',
    'accept-price proposed by R. Ortiz: USD 5000.01 is over the limit, so another person must agree',
  ],
  [
    'less in another currency, which may be worth more',
    { amount: '4000', currency: 'GBP' },
    'proposed',
    'accept-price proposed by R. Ortiz: GBP 4000 is not in USD, which the limit is in, so another person must agree',
  ],
  ['nothing, in another currency', { amount: '0', currency: 'GBP' }, 'decided', 'accept-price by R. Ortiz'],
])('a person with a limit decides alone what is %s', (_, row, kind, said) => {
  expect(decided(row)).toMatchObject({ kind, said })
})

test('a rule for so much money decides nothing in another currency', () => {
  const rule: DecisionRule = {
    id: 1,
    code: 'INV-PRICE',
    decision: 'accept-price',
    scope: {},
    upTo: decimal('100'),
    currency: 'USD',
    until: '2026-12-31',
    note: null,
    madeBy: 'R. Ortiz',
  }
  const found = (currency: string, of: DecisionRule) =>
    ruleFor(raised({ amount: '90', currency }), [of], '2026-11-20')?.id
  expect(found('USD', rule)).toBe(1)
  expect(found('GBP', rule)).toBeUndefined()
  // One of before currencies were kept with rules, whose exception is purged.
  expect(found('GBP', { ...rule, currency: null })).toBe(1)
})
