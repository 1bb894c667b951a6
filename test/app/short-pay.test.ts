import { expect, test } from 'vitest'
import { shortCharges, tooMuch } from '../../src/app/deciding/short-pay.js'
import { decimal } from '../../src/canonical/index.js'

const line = { type: 'ITEM', amount: decimal('330.00'), quantity: decimal('10'), unitPrice: decimal('33.00') } as const
const extended = (values: Record<string, string>, amountAtRisk: string) => ({
  code: 'INV-EXTENDED' as const,
  values,
  amountAtRisk: decimal(amountAtRisk),
})

test.each([
  ['more than quantity times price: it is paid at quantity times price', '363.00', '33.00', []],
  ['less than quantity times price: what is stated is paid', '300.00', '30.00', ['-30']],
])('a line that is stated to come to %s', (_, stated, atRisk, cuts) => {
  const amount = tooMuch(extended({ 'stated amount': stated, 'quantity x price': '330.00' }, atRisk))
  expect(shortCharges([line], [{ code: 'INV-EXTENDED', amount }]).map((cut) => cut.amount)).toEqual(cuts)
})

test('more billed in all than the PO line amounts to: what is over is taken off', () => {
  const amount = tooMuch(extended({ 'billed in all': '350.00', 'PO line amount': '330.00' }, '20.00'))
  expect(shortCharges([line], [{ code: 'INV-EXTENDED', amount }]).map((cut) => cut.amount)).toEqual(['-20'])
})
