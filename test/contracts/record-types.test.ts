import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { type Bench, header, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const contract = (yaml: string): ExtractContract =>
  ExtractContract.parse({ contract: 'drop', title: 'A drop', source: 'another ERP', ...parse(yaml) })
const rows = (check: ExtractCheck, relation: string, columns: string): Promise<object[]> =>
  bench.engine.rows(`SELECT ${columns} FROM ${relation} WHERE source_file = ${check.file.index} ORDER BY source_record`)
const said = (check: ExtractCheck) => check.findings.map(({ code, message }) => `${code} ${message}`)

const orders = (format = '') =>
  contract(`
format:
  kind: delimited
  delimiter: "|"
  header: false
  record-types: { data: [D], above: [H], passed-over: [N] }
  trailer: { marker: T, count: 2, counts: [H, D], sums: [{ position: 3, column: QTY }] }
${format}
columns:
  - { name: H_TYPE, kind: text, of: H }
  - { name: CO, kind: text, of: H, required: true }
  - { name: PO, kind: text, of: H, required: true }
  - { name: VENDOR, kind: text, of: H, required: true }
  - { name: PO_DATE, kind: date, formats: ["%Y%m%d"], of: H, required: true }
  - { name: TYPE, kind: text }
  - { name: LINE, kind: text, required: true }
  - { name: ITEM, kind: text }
  - { name: QTY, kind: decimal, required: true }
  - { name: UOM, kind: text, required: true }
  - { name: PRICE, kind: decimal, required: true }
projections:
  - relation: po_line
    key: [company, po_number, line_number]
    map: { company: CO, po_number: PO, line_number: LINE, supplier: VENDOR, item: ITEM, quantity: QTY, uom: UOM, unit_price: PRICE, po_date: PO_DATE, status: { constant: open }, matching: { constant: three-way } }
`)

describe('orders and their lines in one file', () => {
  test('each line has the values of its order, and lines of the file are what findings name', async () => {
    const check = await bench.check(
      orders(),
      [
        'H|10|4501|V1|20261128',
        'N|call "before" delivery',
        'D|1|A100|5|EA|2.5',
        '"D"|2|"A|101"|x|EA|2',
        'H|10|4502|V2|20261129|',
        'D|1|"A',
        '102"|1|CS|10',
        '',
        'D|2|A103|2|CS|1.25',
        'T|6|8',
        '',
      ].join('\r\n'),
    )
    expect(said(check)).toEqual([
      'DATA-TYPE extract.txt: line 4 (record 2): QTY "x" is not a number in plain notation with at most 4 digits after the point',
    ])
    expect([check.records, check.accepted, check.sums]).toEqual([
      4,
      3,
      [{ column: 'QTY', declared: '8', read: '8', unreadable: 1 }],
    ])
    expect(await rows(check, 'po_line', 'po_number, supplier, line_number, item, quantity, po_date')).toEqual([
      { po_number: '4501', supplier: 'V1', line_number: '1', item: 'A100', quantity: '5.0000', po_date: '2026-11-28' },
      {
        po_number: '4502',
        supplier: 'V2',
        line_number: '1',
        item: 'A\r\n102',
        quantity: '1.0000',
        po_date: '2026-11-29',
      },
      { po_number: '4502', supplier: 'V2', line_number: '2', item: 'A103', quantity: '2.0000', po_date: '2026-11-29' },
    ])
  })

  test('lines without their order, below one that cannot be read, and of a type that nobody listed are told one by one', async () => {
    const check = await bench.check(
      orders(),
      [
        'D|1|A100|5|EA|2.5',
        'H|10|4501|V1|20261128',
        'D|1|A100|5|EA|2.5',
        'H|10|4502|V|1|20261128',
        'D|3|A100|5|EA|2.5',
        'H|10|4503|V1|20261128',
        'X|10|4504|V1|20261128',
        'D|4|A100|5|EA|2.5',
        'D|1|A100|5|EA',
        'H|10|4505|V1|20261128',
        'D|1|A100|5|EA',
        'T|9|5',
        'D|2|A100|1|EA|2.5',
        'T|11|21',
        '',
      ].join('\n'),
    )
    expect(said(check)).toEqual([
      'DATA-TYPE extract.txt: line 1 (record 1) has no H record above it',
      'DATA-TYPE extract.txt: line 5 (record 3) has above it the H record of line 4, which has 6 values instead of 5',
      'DATA-TYPE extract.txt: line 7 (record 4) has a type, "X", that is not listed',
      'DATA-TYPE extract.txt: line 8 (record 5) has above it a record of type "X", in line 7, which is not listed',
      'DATA-TYPE extract.txt: line 9 (record 6) has above it a record of type "X", in line 7, which is not listed',
      'DATA-TYPE extract.txt: line 11 (record 7) has 10 values instead of 11',
      'DATA-TYPE extract.txt: line 12 (record 8) has a type, "T", that is not listed',
    ])
    expect(check.findings[2]?.values).toEqual({ '(record)': 'X|10|4504|V1|20261128' })
    expect(await rows(check, 'po_line', 'po_number, line_number')).toEqual([
      { po_number: '4501', line_number: '1' },
      { po_number: '4505', line_number: '2' },
    ])
  })

  test('a trailer that counts orders and lines is held against both', async () => {
    const lines = ['H|10|4501|V1|20261128', 'D|1|A100|5|EA|2.5']
    const off = await bench.check(orders(), [...lines, 'T|1|5', ''].join('\n'))
    const cut = await bench.check(orders(), lines.join('\n'))
    expect([off, cut].flatMap(said)).toEqual([
      'FILE-TOTALS extract.txt: the trailer counts 1 records, the file has 2; nothing of it is used',
      'FILE-TRUNCATED extract.txt: the trailer record "T" is not there, so the end of the file may be missing; nothing of it is used',
    ])
  })

  test('a file of nothing but unlisted records is not taken for another layout', async () => {
    const check = await bench.check(orders(), `${'Q|1|2\n'.repeat(30)}T|0|0\n`)
    expect([check.usable, said(check)]).toEqual([
      false,
      [
        'DATA-TYPE extract.txt: the record has a type, "Q", that is not listed in 30 of 30 records: the layout has changed; 30 records do not fit, so nothing of the file is used',
      ],
    ])
  })
})

describe('the same at fixed places', () => {
  const fixed = contract(`
format:
  kind: fixed
  record-length: 30
  header-marker: "00"
  header-totals: { fields: [{ from: 3, width: 6 }], count: 1 }
  record-types: { at: 1, data: ["31"], above: ["10", "20"], passed-over: ["3"] }
  trailer: { marker: "99", fields: [{ from: 3, width: 6 }, { from: 9, width: 8 }], count: 1, sums: [{ position: 2, column: QTY }] }
columns:
  - { name: CO, kind: text, of: "10", from: 3, width: 4 }
  - { name: PO, kind: text, of: "20", from: 3, width: 8 }
  - { name: VENDOR, kind: text, of: "20", from: 11, width: 6 }
  - { name: PO_DATE, kind: date, formats: ["%Y%m%d"], of: "20", from: 17, width: 8 }
  - { name: LINE, kind: text, from: 3, width: 3 }
  - { name: ITEM, kind: text, from: 6, width: 8 }
  - { name: QTY, kind: decimal, implied-decimals: 1, from: 14, width: 5 }
  - { name: UOM, kind: text, from: 19, width: 2 }
  - { name: PRICE, kind: decimal, implied-decimals: 2, from: 21, width: 10 }
projections:
  - relation: po_line
    key: [company, po_number, line_number]
    map: { company: CO, po_number: PO, line_number: { column: LINE, transform: [strip-leading-zeros] }, supplier: VENDOR, item: ITEM, quantity: QTY, uom: UOM, unit_price: PRICE, po_date: PO_DATE, status: { constant: open }, matching: { constant: three-way } }
`)
  const line = (text: string) => text.padEnd(30)

  test('companies, orders and lines, count at the top and sum at the end', async () => {
    const check = await bench.check(
      fixed,
      [
        line('00000004 of 2026-11-28'),
        line('10EAST'),
        line('204501    V1    20261128'),
        '31001A"100   00050EA0000000250',
        line('300a note'),
        line('10WEST'),
        '31001A100    00050EA0000000250',
        line('204502    V2    20261129'),
        '31001A101    00010CS0000001000',
        '31002A102    00010CS000000100',
        line('9900000400000120'),
        '',
      ].join('\n'),
    )
    expect(said(check)).toEqual([
      'DATA-TYPE extract.txt: line 7 (record 2) has no 20 record above it, below the 10 in line 6',
      'DATA-TYPE extract.txt: line 10 (record 4) has 29 characters instead of 30',
    ])
    expect(await rows(check, 'po_line', 'company, po_number, item, quantity, unit_price')).toEqual([
      { company: 'EAST', po_number: '4501', item: 'A"100', quantity: '5.0000', unit_price: '2.500000' },
      { company: 'WEST', po_number: '4502', item: 'A101', quantity: '1.0000', unit_price: '10.000000' },
    ])
  })
})

describe('what stands between the records', () => {
  test('names that come again, comments and page titles are no records', async () => {
    const check = await bench.check(
      receipts({ format: { 'header-repeats': true, 'pass-over': ['#', 'Page '], trailer: { marker: 'T', count: 2 } } }),
      [
        '# written by the ERP',
        header,
        '10|P1|1|R1|2|EA|11/28/2026',
        'Page 2 of 2',
        header,
        '10|P1|2|R1|x|EA|11/28/2026',
        '10|P1|3|R1|2|EA|11/28/2026',
        'T|3',
        '',
      ].join('\n'),
    )
    expect(said(check)).toEqual([
      'DATA-TYPE extract.txt: line 6 (record 2): QTY "x" is not a number in plain notation with at most 4 digits after the point',
    ])
    expect(await rows(check, 'receipt_line', 'line_number')).toEqual([{ line_number: '1' }, { line_number: '3' }])
  })

  test('a printed report whose pages begin with a form feed is read to its end', async () => {
    const format = { 'header-repeats': true, 'pass-over': ['Valley Health', '   Page Total'] }
    const check = await bench.check(
      receipts({ format }),
      [
        'Valley Health  1',
        header,
        '10|P1|1|R1|2|EA|11/28/2026',
        '   Page Total 2',
        '\fValley Health  2',
        header,
        '10|P1|2|R1|2|EA|11/28/2026',
        `\f${header}`,
        '10|P1|3|R1|2|EA|11/28/2026',
        '\f',
        '',
      ].join('\n'),
    )
    expect([check.accepted, said(check)]).toEqual([3, []])
  })

  test('zeros that a spreadsheet shall leave are read out of ="0010" and an apostrophe before 0010', async () => {
    const trailer = { marker: 'Total', sums: [{ position: 5, column: 'QTY' }] }
    const check = await bench.check(
      receipts({ format: { delimiter: ',', 'spreadsheet-texts': true, trailer } }),
      [
        'CO,PO,LINE,REC,QTY,UOM,DAY',
        '="0010",P1,1,"=""0007""",2,EA,11/28/2026',
        `'0010,"P,2",1,R1,3,EA,11/28/2026`,
        'Total,,,,5,,',
        '',
      ].join('\n'),
    )
    expect([check.accepted, said(check)]).toEqual([2, []])
    expect(await rows(check, 'receipt_line', 'company, po_number, receipt_number')).toEqual([
      { company: '0010', po_number: 'P1', receipt_number: '0007' },
      { company: '0010', po_number: 'P,2', receipt_number: 'R1' },
    ])
  })

  test('a title above the names is told once, not column by column, and not shown', async () => {
    const check = await bench.check(receipts(), `Receipts of Doe, Jane|\n${header}\n10|P1|1|R1|2|EA|11/28/2026\n`)
    expect(said(check)).toEqual([
      'DATA-COLUMN-MISSING extract.txt: the record that was taken for the names has none of the columns (CO, PO, LINE ...); nothing of the file is used. Where titles stand above the names, leave them out by skip-records or pass-over of the format; where there are no names, header: false',
    ])
  })

  test('a last record without a line end may be cut here too, and one with it is not', async () => {
    const whole = await bench.check(
      receipts({ format: { 'pass-over': ['#'] } }),
      `${header}\n10|P1|1|R1|2|EA|11/28/2026\n# end`,
    )
    expect([whole.accepted, said(whole)]).toEqual([1, []])
    const check = await bench.check(
      receipts({ format: { 'header-repeats': true } }),
      `${header}\n10|P1|1|R1|2|EA|11/28/2026\n${header}\n10|P1|2|R1|2|EA|11/28/2026`,
    )
    expect(said(check)).toEqual([
      'FILE-TRUNCATED extract.txt: line 4 (record 2) is the last and has no line end, so it may be cut',
    ])
  })
})
