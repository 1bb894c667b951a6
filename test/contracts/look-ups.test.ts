import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { type Bench, openBench } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const contract = (yaml: string): ExtractContract =>
  ExtractContract.parse({ title: 'A drop', source: 'an ERP', ...parse(yaml) })

const headers = contract(`
contract: po-headers
format: { kind: delimited, delimiter: "|", header: true, trailer: { marker: TRL, count: 2 } }
columns:
  - { name: UNIT, kind: text }
  - { name: PO, kind: text }
  - { name: VENDOR_SK, kind: text, null-values: ["-1"] }
  - { name: STATUS, kind: text }
  - { name: DAY, kind: date, formats: ["%d-%m-%Y"] }
`)
const vendors = contract(`
contract: vendor-keys
format: { kind: fixed }
columns:
  - { name: SK, kind: text, from: 1, width: 4 }
  - { name: NUMBER, kind: text, from: 5, width: 6 }
`)
const lines = contract(`
contract: po-lines
format: { kind: delimited, delimiter: ";", header: true, trailer: { marker: T, count: 2, sums: [{ position: 3, column: QTY }] } }
look-ups:
  header: { contract: po-headers, by: { UNIT: UNIT, PO: PO } }
  vendor: { contract: vendor-keys, by: { header/VENDOR_SK: SK } }
columns:
  - { name: UNIT, kind: text }
  - { name: PO, kind: text }
  - { name: LINE, kind: text }
  - { name: QTY, kind: decimal, scale: 4 }
  - { name: STATUS, kind: text }
  - { name: header/STATUS, kind: text }
  - { name: header/VENDOR_SK, kind: text }
  - { name: header/DAY, kind: date, formats: ["%d-%m-%Y"] }
  - { name: vendor/NUMBER, kind: text }
projections:
  - relation: po_line
    key: [company, po_number, line_number]
    map:
      company: UNIT
      po_number: PO
      line_number: LINE
      supplier: { column: vendor/NUMBER, transform: [strip-leading-zeros] }
      quantity: QTY
      uom: { constant: EA }
      unit_price: { constant: "1" }
      status: { column: STATUS, join: [{ column: header/STATUS, between: "/" }], codes: { A/D: open, C/D: closed } }
      matching: { constant: three-way }
      po_date: header/DAY
`)
const keys = '7   001042\n8   001043\n'
const heads = (...more: string[]): string => {
  const all = ['E|1|7|D|02-11-2026', 'W|1|8|D|03-11-2026', ...more]
  return `UNIT|PO|VENDOR_SK|STATUS|DAY\n${all.join('\n')}\nTRL|${all.length}\n`
}
const check = (records: readonly string[], head: string): Promise<ExtractCheck> =>
  bench.check(
    lines,
    `UNIT;PO;LINE;QTY;STATUS\n${records.join('\n')}\nT;${records.length};${records.length * 2}\n`,
    'lines.txt',
    {
      beside: [
        { contract: headers, bytes: head },
        { contract: vendors, bytes: keys },
      ],
    },
  )
const rows = ({ file }: ExtractCheck): Promise<object[]> =>
  bench.engine.rows(
    `SELECT company, po_number, line_number, supplier, status, po_date FROM po_line WHERE source_file = ${file.index} ORDER BY source_record`,
  )

describe('values that stand in another file', () => {
  test('the head of the order beside its lines, and the number behind a surrogate key of the head; one PO number in two units', async () => {
    const found = await check(['E;1;1;2;A', 'E;1;2;2;C', 'W;1;1;2;A'], heads())
    expect(found).toMatchObject({ usable: true, records: 3, accepted: 3, findings: [] })
    expect(found.sums).toEqual([{ column: 'QTY', declared: '6', read: '6', unreadable: 0 }])
    expect(await rows(found)).toEqual([
      { company: 'E', po_number: '1', line_number: '1', supplier: '1042', status: 'open', po_date: '2026-11-02' },
      { company: 'E', po_number: '1', line_number: '2', supplier: '1042', status: 'closed', po_date: '2026-11-02' },
      { company: 'W', po_number: '1', line_number: '1', supplier: '1043', status: 'open', po_date: '2026-11-03' },
    ])
  })

  test('a line whose order has no head, two that differ, a copy, a key that is empty, and a value that does not fit', async () => {
    const found = await check(
      ['E;1;1;2;A', 'E;2;1;2;A', 'E;3;1;2;A', 'E;4;1;2;A', 'E;5;1;2;A', 'E;6;1;2;A'],
      heads(
        'E|3|7|D|02-11-2026',
        'E|3|8|D|02-11-2026',
        'E|4|7|D|02-11-2026',
        'E|4|7|D|02-11-2026',
        'E|5|-1|D|02-11-2026',
        'E|6|7|X|2026',
      ),
    )
    expect(found.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'DATA-REFERENCE lines.txt: line 3 (record 2): UNIT + PO "E/2" leads to no record of po-headers',
      'DATA-REFERENCE lines.txt: line 4 (record 3): UNIT + PO "E/3" leads to several records of po-headers that differ',
      'DATA-REQUIRED lines.txt: line 6 (record 5): vendor/NUMBER is empty',
      'DATA-TYPE lines.txt: line 7 (record 6): STATUS "A" is not one of A/D, C/D',
      'DATA-TYPE lines.txt: line 7 (record 6): header/DAY "2026" is not a date written as %d-%m-%Y',
    ])
    expect((await rows(found)).map((row) => Object.values(row)[1])).toEqual(['1', '4'])
  })
})
