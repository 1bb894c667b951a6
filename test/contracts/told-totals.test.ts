import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const columns = [
  { name: '../po', kind: 'text' },
  { name: 'line', kind: 'text' },
  { name: 'qty', kind: 'decimal', scale: 4 },
]
const map = {
  company: { constant: '10' },
  po_number: '../po',
  line_number: 'line',
  receipt_number: { constant: 'R1' },
  quantity: 'qty',
  uom: { constant: 'EA' },
  received_on: { constant: '2026-11-28' },
}

describe('what a JSON or XML extract tells of itself is held against its records as a trailer is', () => {
  const contract = receipts({
    format: {
      kind: 'json',
      records: 'orders/lines',
      totals: { count: 'header/lines', sums: [{ at: 'orders/total', column: 'qty' }] },
    },
    columns,
    map,
  })
  /** Two orders, each with its own sum, in a file that counts all lines at its top. */
  const file = (lines: unknown, second: unknown = '4') =>
    JSON.stringify({
      header: { lines },
      orders: [
        {
          po: 'P1',
          lines: [
            { line: 1, qty: 5.25 },
            { line: 2, qty: -0.0001 },
          ],
          total: 5.2499,
        },
        { po: 'P2', lines: [{ line: 1, qty: 4 }], ...(second === undefined ? {} : { total: second }) },
      ],
    })

  test('the count of the file and the sums of its orders, all together, tie exactly', async () => {
    expect(await bench.check(contract, file(3))).toMatchObject({
      usable: true,
      records: 3,
      accepted: 3,
      sums: [{ column: 'qty', declared: '9.2499', read: '9.2499', unreadable: 0 }],
      findings: [],
    })
  })

  test.each([
    [
      'lines were lost on the way',
      file(4),
      'FILE-TOTALS',
      'the value at header/lines counts 4 records, the file has 3; nothing of it is used',
    ],
    [
      'a quantity is not what was sent',
      file(3, '4.0001'),
      'FILE-TOTALS',
      'the value at orders/total sums qty to 9.25, the records to 9.2499; nothing of it is used',
    ],
    [
      'no record is left of those it counts',
      '{"header":{"lines":3},"orders":[]}',
      'FILE-TOTALS',
      'the value at header/lines counts 3 records, the file has 0; nothing of it is used',
    ],
    [
      'the count is not there',
      '{"header":{},"orders":[]}',
      'FILE-TRUNCATED',
      'the file has no record count at header/lines, so it may be cut',
    ],
    [
      'the count is no number',
      file('three'),
      'FILE-TRUNCATED',
      'the file has no record count at header/lines, so it may be cut',
    ],
    [
      'a sum is no number',
      file(3, 'four'),
      'FILE-TRUNCATED',
      'the file has no sum of qty at orders/total, so it may be cut',
    ],
  ])('%s: nothing of it is used', async (_, text, code, message) => {
    const check = await bench.check(contract, text)
    expect(check).toMatchObject({ usable: false, rows: {}, findings: [{ code, message: `extract.txt: ${message}` }] })
  })

  test('a record that is rejected is counted, and what it cannot say is not summed', async () => {
    const check = await bench.check(contract, file(3).replace('-0.0001', '"none"'))
    expect(check).toMatchObject({
      usable: true,
      accepted: 2,
      rejected: 1,
      sums: [{ declared: '9.2499', unreadable: 1 }],
    })
  })

  test('of XML, in an element or an attribute, before or behind the records', async () => {
    const xml = (count: string, sum: string) => `<Report Lines="${count}">
      <Order><PO>P1</PO><Line><No>1</No><Qty>5.25</Qty></Line><Line><No>2</No><Qty>1</Qty></Line></Order>
      <Summary><Total type="Qty">${sum}</Total><Total type="Lines">2</Total></Summary></Report>`
    const agreed = receipts({
      format: {
        kind: 'xml',
        records: 'Report/Order/Line',
        totals: { count: 'Report/@Lines', sums: [{ at: 'Report/Summary/Total[@type=Qty]', column: 'Qty' }] },
      },
      columns: [
        { name: '../PO', kind: 'text' },
        { name: 'No', kind: 'text' },
        { name: 'Qty', kind: 'decimal', scale: 4, 'decimal-separator': '.' },
      ],
      map: { ...map, po_number: '../PO', line_number: 'No', quantity: 'Qty' },
    })
    expect(await bench.check(agreed, xml('2', '6.25'))).toMatchObject({ usable: true, findings: [] })
    expect(await bench.check(agreed, xml('3', '6.25'))).toMatchObject({ findings: [{ code: 'FILE-TOTALS' }] })
    expect(await bench.check(agreed, xml('2', '6.26'))).toMatchObject({ findings: [{ code: 'FILE-TOTALS' }] })
  })
})
