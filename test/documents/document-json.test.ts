import { describe, expect, it } from 'vitest'
import type { CanonicalDocument } from '../../src/canonical/index.js'
import { documentOfJson } from '../../src/documents/document-json.js'
import { writeDocument } from '../../src/documents/index.js'
import fc from '../properties.js'
import { orderDocuments } from './order-arbitraries.js'
import { supplierDocuments } from './supplier-arbitraries.js'

const ORDER = {
  kind: 'purchase-order',
  purpose: '00',
  type: 'NE',
  poNumber: '4500012345',
  poDate: '2026-11-02',
  parties: [{ role: 'ST', name: 'ST BRIGID MAIN HOSPITAL', identifier: 'GLN', id: '0860001234567' }],
  lines: [{ assignedId: '1', quantity: 10, uom: 'BX', unitPrice: '24.50', ids: { vendorItem: 'CM-4410' } }],
}
const problemsOf = (value: unknown) => documentOfJson(value).problems.map(({ message }) => message)

describe('the JSON of an order that a person wrote', () => {
  it('is an order, with its list in order and its numbers exact', () => {
    const { document, problems } = documentOfJson(ORDER)
    expect(problems).toEqual([])
    expect(document && writeDocument(document)).toEqual([
      ['BEG', '00', 'NE', '4500012345', '', '20261102'],
      ['N1', 'ST', 'ST BRIGID MAIN HOSPITAL', 'UL', '0860001234567'],
      ['PO1', '1', '10', 'BX', '24.5', '', 'VP', 'CM-4410'],
      ['CTT', '1'],
    ])
  })

  it('needs its kind, and a misspelt one is told with the one that was meant', () => {
    expect(problemsOf({ ...ORDER, kind: 'purchase-ordr' })[0]).toMatch(
      /^\$\.kind is "purchase-ordr"; expected one of .*; did you mean purchase-order\?$/,
    )
    expect(problemsOf({})[0]).toMatch(/^\$\.kind is missing/)
    expect(problemsOf([ORDER])[0]).toMatch(/^\$ is .*expected an object$/)
  })

  it('with a misspelt field is refused, naming the place and the field that was meant, once', () => {
    const { poNumber, ...rest } = ORDER
    expect(documentOfJson({ ...rest, po_number: poNumber }).problems).toMatchObject([
      { path: '$.po_number', nearMiss: 'poNumber' },
    ])
    expect(problemsOf({ ...ORDER, lines: [{ quantty: 1, ids: {} }] })).toEqual([
      '$.lines[0].quantty is not known here; did you mean quantity?',
    ])
  })

  it('tells every mistake in it', () => {
    const line = { quantity: 24.5, uom: ' ', unitPrice: '1e3', dates: [{ qualifier: '002', date: '2026-02-30' }] }
    expect(problemsOf({ ...ORDER, purpose: undefined, lines: [line] })).toEqual([
      '$.purpose is missing; expected a text',
      '$.lines[0].quantity is 24.5; expected a decimal as text, as in "24.50"',
      '$.lines[0].uom is " "; expected a text that is not empty',
      '$.lines[0].unitPrice is "1e3"; expected a decimal as text, as in "24.50"',
      '$.lines[0].dates[0].date is "2026-02-30"; expected a day of the calendar, as in "2026-11-02"',
    ])
  })

  it.each([
    ['a charge below zero', { kind: 'C', code: 'D240', amount: '-1' }, '$.charges[0].amount'],
    ['a charge without its amount', { kind: 'A', code: 'C310' }, '$.charges[0].amount'],
    ['a tax that is called a charge', { kind: 'C', code: 'H850', amount: '1' }, '$.charges[0].kind'],
    ['a charge settled elsewhere', { kind: 'C', code: 'D240', amount: '1', method: '01' }, '$.charges[0].kind'],
    ['a tax included in the price', { kind: 'T', code: 'ST', amount: '1', relationship: 'I' }, '$.charges[0].kind'],
    ['an amount that moves no total', { kind: 'N', indicator: 'N', amount: '1' }, '$.charges[0].amount'],
  ])('does not take %s for what it would not read as', (_, charge, path) => {
    expect(documentOfJson({ ...ORDER, charges: [charge] }).problems).toMatchObject([{ path }])
  })

  it('does not take an id for two things at once', () => {
    const contradicted = { role: 'ST', identifier: 'GLN', idQualifier: '92', id: '100' }
    expect(documentOfJson({ ...ORDER, parties: [contradicted] }).problems).toMatchObject([
      { path: '$.parties[0].identifier', expected: 'what idQualifier 92 says' },
    ])
    const misplaced = { ids: { other: { VN: 'CM-1' } } }
    expect(documentOfJson({ ...ORDER, lines: [misplaced] }).problems).toMatchObject([
      { path: '$.lines[0].ids.other.VN', expected: 'that VN is given as vendorItem' },
    ])
  })

  it('takes a barcode of twelve digits as the fourteen that reading gives', () => {
    const { document } = documentOfJson({ ...ORDER, lines: [{ ids: { gtin: '812345678900' } }] })
    expect(document).toMatchObject({ lines: [{ ids: { gtin: '00812345678900' } }] })
  })

  it('with segments that were not read is refused: they would be lost', () => {
    expect(documentOfJson({ ...ORDER, unmapped: [] }).problems).toEqual([])
    expect(documentOfJson({ ...ORDER, unmapped: [{ text: 'QQ9*1' }] }).problems).toMatchObject([{ path: '$.unmapped' }])
  })
})

describe.each(Object.entries({ ...orderDocuments, ...supplierDocuments }))('the JSON of an %s', (_, documents) => {
  it('that was read is taken as it is', () => {
    fc.assert(
      fc.property(documents as fc.Arbitrary<CanonicalDocument>, (document) => {
        const { document: taken, problems } = documentOfJson(JSON.parse(JSON.stringify(document)))
        expect(problems).toEqual([])
        expect(taken).toEqual({ ...document, envelope: expect.anything() })
      }),
      { numRuns: 40 },
    )
  })
})
