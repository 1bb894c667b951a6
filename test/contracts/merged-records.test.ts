import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { type Bench, openBench } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const orders = (merge: string): ExtractContract =>
  ExtractContract.parse({
    contract: 'drop',
    title: 'A drop',
    source: 'another ERP',
    ...parse(`
format: { kind: delimited, delimiter: "|", header: true, trailer: { marker: T, count: 2, sums: [{ position: 3, column: QTY }] } }
columns:
  - { name: PO, kind: text, required: true }
  - { name: LINE, kind: text, required: true }
  - { name: DIST, kind: text }
  - { name: CC, kind: text }
  - { name: QTY, kind: decimal, required: true }
  - { name: PRICE, kind: decimal, required: true }
projections:
  - relation: po_line
    key: [company, po_number, line_number]
    merge: ${merge}
    map: { company: { constant: "10" }, po_number: PO, line_number: LINE, supplier: { constant: V1 }, quantity: QTY, uom: { constant: EA }, unit_price: PRICE, po_date: { constant: "2026-11-28" }, status: { constant: open }, matching: { constant: three-way } }
`),
  })
const rows = (check: ExtractCheck): Promise<object[]> =>
  bench.engine.rows(
    `SELECT po_number, line_number, quantity, source_record FROM po_line WHERE source_file = ${check.file.index} ORDER BY source_record`,
  )
const said = (check: ExtractCheck) => check.findings.map(({ code, message }) => `${code} ${message}`)
const head = 'PO|LINE|DIST|CC|QTY|PRICE'

test('an order line split over accounts is one line with the sum of its shares', async () => {
  const check = await bench.check(
    orders('{ sum: [quantity] }'),
    [
      head,
      'P1|1|1|700|6|2.50',
      'P2|1|1|700|0.0001|1',
      'P1|1|2|710|4|2.5',
      'P1|2|1|700|3|9',
      'P1|1|3|720|-1|2.500',
      'T|5|12.0001',
      '',
    ].join('\n'),
  )
  expect(said(check)).toEqual([])
  expect([check.records, check.accepted, check.rows]).toEqual([5, 5, { po_line: 3 }])
  expect(await rows(check)).toEqual([
    { po_number: 'P1', line_number: '1', quantity: '9.0000', source_record: 1 },
    { po_number: 'P2', line_number: '1', quantity: '0.0001', source_record: 2 },
    { po_number: 'P1', line_number: '2', quantity: '3.0000', source_record: 4 },
  ])
})

test('a share that came twice is told and counted once; shares at two prices are no one line; of a line with a share that cannot be read nothing is used', async () => {
  const check = await bench.check(
    orders('{ sum: [quantity] }'),
    [
      head,
      'P1|1|1|700|6|2.5',
      'P1|1|1|700|6|2.5',
      'P1|1|2|710|4|2.5',
      'P2|1|1|700|1|2',
      'P2|1|2|700|1|3',
      'P3|1|1|700|1|2',
      'P3|1|2|700|x|2',
      'T|7|19',
      '',
    ].join('\n'),
  )
  expect(said(check)).toEqual([
    'DATA-KEY-DUPLICATE extract.txt: line 3 (record 2): company + po_number + line_number 10/P1/1 is the same all over as record 1, so it is not summed',
    'DATA-KEY-DUPLICATE extract.txt: line 5 (record 4): company + po_number + line_number 10/P2/1 differs between records 4, 5, so none is used',
    'DATA-TYPE extract.txt: line 7 (record 6): company + po_number + line_number "10/P3/1" is one of several, and record 7 is rejected, so none is used',
    'DATA-TYPE extract.txt: line 8 (record 7): QTY "x" is not a number in plain notation with at most 4 digits after the point',
  ])
  expect([check.accepted, check.rejected]).toEqual([2, 5])
  expect(await rows(check)).toEqual([{ po_number: 'P1', line_number: '1', quantity: '10.0000', source_record: 1 }])
})

test('lines that come once for each account, with the whole quantity each time, are one line as they stand', async () => {
  const check = await bench.check(
    orders('{}'),
    [head, 'P1|1|1|700|6|2.5', 'P1|1|2|710|6|2.5', 'P2|1|1|700|6|2.5', 'P2|1|2|710|5|2.5', 'T|4|23', ''].join('\n'),
  )
  expect(said(check)).toEqual([
    'DATA-KEY-DUPLICATE extract.txt: line 4 (record 3): company + po_number + line_number 10/P2/1 differs between records 3, 4, so none is used',
  ])
  expect(await rows(check)).toEqual([{ po_number: 'P1', line_number: '1', quantity: '6.0000', source_record: 1 }])
})
