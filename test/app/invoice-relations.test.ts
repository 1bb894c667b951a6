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

test('a supplier that leaves IT104 empty says the price in a CTP; several that differ say none', () => {
  const priced = (...prices: object[]): unknown[] => {
    const line = { sequence: 1, quantity: '1', ids: {}, charges: [], span: {}, prices }
    const [row] = invoiceLineRows(placed({ lines: [line] }), {})
    return [row?.unit_price, row?.price_basis]
  }
  expect(priced({ unitPrice: '12.34', basis: 'CT' })).toEqual(['12.34', 'CT'])
  expect(priced({ quantity: '1' }, { unitPrice: '12.34' })).toEqual(['12.34', undefined])
  expect(priced({ unitPrice: '12.34' }, { unitPrice: '12.00' })).toEqual([undefined, undefined])
  expect(
    invoiceLineRows(
      placed({
        lines: [{ sequence: 1, quantity: '1', unitPrice: '9', ids: {}, span: {}, prices: [{ unitPrice: '12' }] }],
      }),
      {},
    )[0]?.unit_price,
  ).toBe('9')
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
