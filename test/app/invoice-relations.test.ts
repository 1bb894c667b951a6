import { expect, test } from 'vitest'
import { invoiceLineRows, invoiceRow } from '../../src/app/document-relations/invoice.js'
import type { PlacedDocument } from '../../src/app/document-relations/placed-document.js'

const placed = (invoice: object): PlacedDocument =>
  ({
    row: { id: 'D1', partner: 'medsupply', company: '10', received_on: '2026-11-30', body: JSON.stringify(invoice) },
    fileIndex: 1,
    loaded: false,
  }) as PlacedDocument

test('terms that say no discount applies name a discount of nothing; terms that say nothing of one name none', () => {
  const discount = (terms: object): unknown => invoiceRow(placed({ parties: [], terms })).discount_percent
  expect(discount({ type: '05', netDays: 30 })).toBe('0')
  expect(discount({ type: '01', netDays: 30 })).toBeUndefined()
  expect(discount({ type: '08', discountPercent: '1', netDays: 30 })).toBe('1')
})

test('the amount stated of a line is its total (PAM04 1), without sign; two of them state none', () => {
  const stated = (...statedAmounts: object[]): unknown =>
    invoiceLineRows(
      placed({ lines: [{ sequence: 1, quantity: '1', ids: {}, charges: [], span: {}, statedAmounts }] }),
      {},
    )[0]?.stated_amount
  expect(stated({ qualifier: '1', amount: '-245' })).toBe('245')
  expect(stated({ qualifier: 'N', amount: '3' }, { qualifier: '1', amount: '245' })).toBe('245')
  expect(stated({ qualifier: '1', amount: '245' }, { qualifier: '1', amount: '246' })).toBeUndefined()
  expect(stated({ qualifier: 'N', amount: '3' })).toBeUndefined()
})
