import { expect, it } from 'vitest'
import { type DecimalText, decimal, fixed, multiply, negate, roundHalfUp, sumOf } from '../../src/canonical/index.js'
import fc from '../properties.js'
import { readSegments } from './read-set.js'

const digits = (places: number) => (unscaled: bigint) =>
  decimal(`${unscaled / 10n ** BigInt(places)}.${String(unscaled % 10n ** BigInt(places)).padStart(places, '0')}`)
const quantity = fc.bigInt({ min: 1n, max: 10n ** 9n }).map(digits(3))
const price = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(digits(6))
const money = fc.bigInt({ min: 1n, max: 10n ** 11n }).map(digits(2))
const word = fc.stringMatching(/^[A-Z0-9][A-Z0-9 ./-]{0,14}[A-Z0-9]$/)
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const invoices = fc.record({
  number: word,
  date: day,
  poDate: day,
  po: word,
  shipTo: word,
  lines: fc.array(fc.record({ quantity, price, uom: fc.constantFrom('EA', 'BX', 'CS'), item: word, lot: word }), {
    maxLength: 8,
  }),
  freight: money,
  tax: money,
})
type Simple = typeof invoices extends fc.Arbitrary<infer T> ? T : never

const cents = (amount: DecimalText) =>
  fixed(amount, 2)
    .replace('.', '')
    .replace(/^(-?)0+(?=\d)/, '$1')
const goodsOf = ({ lines }: Simple) =>
  sumOf(lines.map(({ quantity, price }) => roundHalfUp(multiply(quantity, price), 2)))
const totalOf = (simple: Simple) => sumOf([goodsOf(simple), simple.freight, simple.tax])

/** `sign` is how the supplier writes its numbers. */
const segmentsOf = (simple: Simple, type: string, sign: (amount: DecimalText) => DecimalText): string[][] => [
  ['BIG', simple.date.replaceAll('-', ''), simple.number, simple.poDate.replaceAll('-', ''), simple.po, '', '', type],
  ['N1', 'ST', simple.shipTo, '92', simple.shipTo],
  ...simple.lines.flatMap(({ quantity, price, uom, item, lot }, index) => [
    ['IT1', String(index + 1), sign(quantity), uom, price, 'PE', 'VP', item],
    ['REF', 'LT', lot],
  ]),
  ['TDS', cents(sign(totalOf(simple)))],
  ['TXI', 'ST', sign(simple.tax)],
  ['SAC', 'C', 'D240', '', '', cents(sign(simple.freight))],
  ['CTT', String(simple.lines.length)],
]

const canonicalOf = (simple: Simple, type: string, credit: boolean) => ({
  kind: 'invoice',
  invoiceNumber: simple.number,
  invoiceDate: simple.date,
  poDate: simple.poDate,
  poNumber: simple.po,
  type,
  credit,
  parties: [{ role: 'ST', name: simple.shipTo, idQualifier: '92', id: simple.shipTo, identifier: 'assigned-by-buyer' }],
  lines: simple.lines.map(({ quantity, price, uom, item, lot }, index) => ({
    sequence: index + 1,
    assignedId: String(index + 1),
    quantity,
    uom,
    unitPrice: price,
    priceBasis: 'PE',
    ids: { vendorItem: item, lot },
    charges: [],
    span: expect.anything(),
  })),
  charges: [
    { kind: 'T', code: 'ST', amount: simple.tax, span: expect.anything() },
    { kind: 'C', code: 'D240', amount: simple.freight, span: expect.anything() },
  ],
  total: totalOf(simple),
  references: {},
  unmapped: [],
  envelope: expect.anything(),
  span: expect.anything(),
})

it('an invoice that was written reads as what it was, to the last digit', async () => {
  await fc.assert(
    fc.asyncProperty(invoices, async (simple) => {
      const { documents, findings } = await readSegments(
        '810',
        segmentsOf(simple, 'DI', (amount) => amount),
      )
      expect(findings).toEqual([])
      expect(documents).toEqual([canonicalOf(simple, 'DI', false)])
    }),
  )
})

it('a credit reads as the same amounts, written positive or negative', async () => {
  await fc.assert(
    fc.asyncProperty(invoices, fc.boolean(), async (simple, negative) => {
      const sign = negative ? negate : (amount: DecimalText) => amount
      const { documents } = await readSegments('810', segmentsOf(simple, 'CR', sign))
      expect(documents).toEqual([canonicalOf(simple, 'CR', true)])
    }),
  )
})
