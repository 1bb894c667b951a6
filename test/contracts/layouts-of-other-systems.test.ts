import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { type Bench, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

/** A contract as somebody writes it who has only the ERP team's description of the layout. */
const contract = (yaml: string): ExtractContract =>
  ExtractContract.parse({ contract: 'drop', title: 'A drop', source: 'another ERP', ...parse(yaml) })

const rows = (check: ExtractCheck, relation: string, columns: string): Promise<object[]> =>
  bench.engine.rows(`SELECT ${columns} FROM ${relation} WHERE source_file = ${check.file.index} ORDER BY source_record`)

describe('what an ERP team describes, YAML says', () => {
  test('SAP receipts at fixed places: padded keys, implied decimals with the sign behind, yyyymmdd, a trailer that counts itself', async () => {
    const sap = contract(`
format: { kind: fixed, record-length: 58, trailer: { marker: "T", fields: [{ from: 1, width: 1 }, { from: 2, width: 9 }, { from: 11, width: 13 }], count: 2, count-includes: 1, sums: [{ position: 3, column: MENGE }] } }
columns:
  - { name: BUKRS, kind: text, from: 1, width: 4 }
  - { name: EBELN, kind: text, from: 5, width: 10 }
  - { name: EBELP, kind: text, from: 15, width: 5 }
  - { name: MBLNR, kind: text, from: 20, width: 10 }
  - { name: MENGE, kind: decimal, implied-decimals: 3, trailing-minus: true, from: 30, width: 13 }
  - { name: MEINS, kind: text, from: 43, width: 3 }
  - { name: BUDAT, kind: date, formats: ["%Y%m%d"], null-values: ["00000000"], from: 46, width: 8 }
  - { name: WERKS, kind: text, from: 54, width: 5 }
projections:
  - relation: receipt_line
    key: [company, po_number, line_number, receipt_number]
    map: { company: BUKRS, po_number: EBELN, line_number: { column: EBELP, transform: [strip-leading-zeros] }, receipt_number: MBLNR, quantity: MENGE, uom: MEINS, received_on: BUDAT }
`)
    const line = (...values: string[]) =>
      values.map((value, n) => value.padEnd([4, 10, 5, 10, 13, 3, 8, 5][n] ?? 0)).join('')
    const check = await bench.check(
      sap,
      [
        line('1000', '4500012345', '00010', '5000000011', '000000012500', 'EA', '20261128', 'P001'),
        line('1000', '4500012345', '00020', '5000000012', '000000001000-', 'CS', '20261127', 'P001'),
        line('1000', '4500012345', '00030', '5000000013', '000000003000', 'CS', '00000000', 'P001'),
        line('1000', '4500012345', '00040', '5000000014', '000000001000', 'CS', '20261127', 'P001').trimEnd(),
        'T0000000050000000014500',
        '',
      ].join('\n'),
    )
    expect(check.findings.map(({ message }) => message)).toEqual([
      'extract.txt: line 3 (record 3): BUDAT is empty',
      'extract.txt: line 4 (record 4) has 57 characters instead of 58',
    ])
    expect(check.sums).toEqual([{ column: 'MENGE', declared: '14.5', read: '14.5', unreadable: 1 }])
    expect(await rows(check, 'receipt_line', 'line_number, quantity, received_on')).toEqual([
      { line_number: '10', quantity: '12.5000', received_on: '2026-11-28' },
      { line_number: '20', quantity: '-1.0000', received_on: '2026-11-27' },
    ])
  })

  test('a ledger with debit and credit in one column, its period in two, and the journal number with its date', async () => {
    const ledger = contract(`
format: { kind: delimited, delimiter: "\\t", header: true, quote: "" }
columns:
  - { name: BUKRS, kind: text }
  - { name: BELNR, kind: text }
  - { name: BUZEI, kind: text }
  - { name: GJAHR, kind: text }
  - { name: MONAT, kind: text }
  - { name: HKONT, kind: text }
  - { name: SHKZG, kind: text }
  - { name: DMBTR, kind: decimal, decimal-separator: "," }
  - { name: BUDAT, kind: date, formats: ["%d.%m.%Y"] }
projections:
  - relation: ledger_line
    key: [company, source, journal, line]
    map:
      company: BUKRS
      source: { constant: SAP }
      journal: { column: BELNR, join: [{ column: GJAHR, between: "-" }] }
      line: { column: BUZEI, transform: [strip-leading-zeros] }
      account: { column: HKONT, transform: [strip-leading-zeros] }
      period: { column: GJAHR, join: [{ column: MONAT, between: "-", pad-left: { width: 2, with: "0" } }] }
      amount: { column: DMBTR, sign-from: { column: SHKZG, codes: { S: plus, H: minus } } }
      status: { constant: posted }
  - relation: journal_line
    key: [company, source, sequence, line]
    when: { column: SHKZG, is: [S, H] }
    map:
      company: BUKRS
      source: { constant: SAP }
      sequence: { constant: "1" }
      journal: BELNR
      line: BUZEI
      account: HKONT
      period: { column: BUDAT, date-as: "%Y-%m" }
      posting_date: BUDAT
      debit: { column: DMBTR, only-where: { column: SHKZG, codes: { S: use, H: leave } } }
      credit: { column: DMBTR, only-where: { column: SHKZG, codes: { S: leave, H: use } } }
`)
    const check = await bench.check(
      ledger,
      'BUKRS\tBELNR\tBUZEI\tGJAHR\tMONAT\tHKONT\tSHKZG\tDMBTR\tBUDAT\n' +
        '1000\t0100000001\t001\t2026\t3\t0000400000\tS\t1234,50\t31.03.2026\n' +
        '1000\t0100000001\t002\t2026\t3\t0000160000\tH\t1234,50\t31.03.2026\n' +
        '1000\t0100000001\t003\t2026\t3\t0000160000\tX\t1,00\t31.03.2026\n',
    )
    expect(check).toMatchObject({ usable: true, records: 3, accepted: 2 })
    expect(check.findings.map(({ message }) => message)).toEqual([
      'extract.txt: line 4 (record 3): SHKZG "X" is not one of S, H',
    ])
    expect(await rows(check, 'ledger_line', 'journal, line, account, period, amount')).toEqual([
      { journal: '0100000001-2026', line: '1', account: '400000', period: '2026-03', amount: '1234.50' },
      { journal: '0100000001-2026', line: '2', account: '160000', period: '2026-03', amount: '-1234.50' },
    ])
    expect(await rows(check, 'journal_line', 'period, debit, credit')).toEqual([
      { period: '2026-03', debit: '1234.50', credit: null },
      { period: '2026-03', debit: null, credit: '1234.50' },
    ])
  })

  test('a report with titles above its header, amounts with currency signs, and an order number that holds its line', async () => {
    const report = contract(`
format: { kind: delimited, delimiter: ";", header: true, encoding: iso-8859-15, skip-records: 2 }
columns:
  - { name: Bestellung, kind: text }
  - { name: Lieferant, kind: text }
  - { name: "Menge", kind: decimal, thousands-separator: ".", trailing-minus: true }
  - { name: "Preis €", kind: decimal, decimal-separator: ",", thousands-separator: "'", number-signs: ["€", "EUR"], parentheses: true }
  - { name: Datum, kind: date, formats: ["%d.%m.%Y", "%-d.%-m.%Y"] }
projections:
  - relation: po_line
    key: [company, po_number, line_number]
    map:
      company: { column: Lieferant, characters: { from: 1, count: 2 } }
      po_number: { column: Bestellung, part: { between: "-", number: 1 } }
      line_number: { column: Bestellung, part: { between: "-", number: -1 }, transform: [strip-leading-zeros] }
      supplier: { column: Lieferant, characters: { from: 4 } }
      quantity: Menge
      uom: { constant: EA }
      unit_price: "Preis €"
      status: { constant: open }
      matching: { constant: three-way }
      po_date: Datum
`)
    const text =
      'Offene Bestellungen;\nStand: 28.11.2026\n\nBestellung;Lieferant;Menge;Preis €;Datum\n' +
      "4500012345-00010;10/900;1.000,5;€ 1'234,50;28.11.2026\n4500012345-00020;10/900;12-;(2,50) EUR;1.2.2026\n4500012346;10/900;1;-€2;1.2.2026\n"
    const check = await bench.check(report, Buffer.from(text.replaceAll('€', '\u00a4'), 'latin1'))
    expect(check.findings.map(({ message }) => message)).toEqual([])
    expect(
      await rows(check, 'po_line', 'company, po_number, line_number, supplier, quantity, unit_price, po_date'),
    ).toEqual([
      {
        company: '10',
        po_number: '4500012345',
        line_number: '10',
        supplier: '900',
        quantity: '1000.5000',
        unit_price: '1234.500000',
        po_date: '2026-11-28',
      },
      expect.objectContaining({ line_number: '20', quantity: '-12.0000', unit_price: '-2.500000' }),
      expect.objectContaining({ line_number: '4500012346', unit_price: '-2.000000', po_date: '2026-02-01' }),
    ])
  })

  test('a text of which the part asked for is not there is told, not left empty', async () => {
    const check = await bench.check(
      receipts({ map: { line_number: { column: 'PO', part: { between: '-', number: 2 } } } }),
      'CO|PO|LINE|REC|QTY|UOM|DAY\n100|P1|1|R1|5|EA|01/31/2024\n100|P1-2|1|R1|5|EA|01/31/2024\n',
    )
    expect(check).toMatchObject({ accepted: 1, rejected: 1 })
    expect(check.findings[0]?.message).toBe('extract.txt: line 2 (record 1): PO "P1" has no such part')
  })
})

describe('a number is read as its contract says, and in no other way', () => {
  const one = async (column: object, text: string): Promise<unknown> => {
    const check = await bench.check(
      receipts({ columns: receipts().columns.map((own) => (own.name === 'QTY' ? { ...own, ...column } : own)) }),
      `CO|PO|LINE|REC|QTY|UOM|DAY\n100|P1|1|R1|${text}|EA|01/31/2024\n`,
    )
    const [row] = await rows(check, 'receipt_line', 'quantity')
    return row === undefined ? check.findings.map(({ code }) => code).join() : Object.values(row)[0]
  }

  test.each([
    [{ overpunch: true, 'implied-decimals': 2 }, '0000125{', '12.5000'],
    [{ overpunch: true, 'implied-decimals': 2 }, '0000125}', '-12.5000'],
    [{ overpunch: true, 'implied-decimals': 2 }, '0000012N', '-1.2500'],
    [{ overpunch: true, 'implied-decimals': 2 }, '00001250', '12.5000'],
    [{ overpunch: true, 'implied-decimals': 2 }, '{', '0.0000'],
    [{ 'implied-decimals': 7 }, '000000240000000', '24.0000'],
    [{ 'implied-decimals': 7 }, '5000', '0.0005'],
    [{ 'implied-decimals': 7 }, '0', '0.0000'],
    [{ 'implied-decimals': 7 }, '240000001', 'DATA-TYPE'],
    [{ 'implied-decimals': 7 }, '5', 'DATA-TYPE'],
    [{ overpunch: true }, '1-2{', 'DATA-TYPE'],
    [{ 'sign-words': { CR: 'minus', DR: 'plus', '+': 'plus' } }, '12.50CR', '-12.5000'],
    [{ 'sign-words': { CR: 'minus', DR: 'plus', '+': 'plus' } }, '12.50 DR', '12.5000'],
    [{ 'sign-words': { CR: 'minus', DR: 'plus', '+': 'plus' } }, '12.50+', '12.5000'],
    [{ 'sign-words': { CR: 'minus' } }, '-12.50CR', 'DATA-TYPE'],
    [{ 'sign-words': { CR: 'minus' } }, '12.50XR', 'DATA-TYPE'],
    [{ parentheses: true }, '(12.5)', '-12.5000'],
    [{ parentheses: true }, '(-12.5)', 'DATA-TYPE'],
    [{ parentheses: true }, '(12.5', 'DATA-TYPE'],
    [{ 'number-signs': ['$'] }, '1$2', 'DATA-TYPE'],
    [{ 'number-signs': ['$'] }, '$$2', 'DATA-TYPE'],
    [{ 'number-signs': ['$'], 'thousands-separator': ',' }, '-$1,234.5', '-1234.5000'],
    [{ 'decimal-separator': ',' }, '12,5', '12.5000'],
    [{ 'decimal-separator': ',' }, '12.5', 'DATA-TYPE'],
    [{ 'decimal-separator': ',', 'thousands-separator': ' ' }, '1 234,5', '1234.5000'],
    [{ 'null-values': ['0'] }, '0', 'DATA-REQUIRED'],
  ])('%j: %s is %s', async (column, text, value) => {
    expect(await one(column, text)).toBe(value)
  })
})

describe('the day of a moment', () => {
  const one = async (column: object, text: string): Promise<unknown> => {
    const check = await bench.check(
      receipts({ columns: receipts().columns.map((own) => (own.name === 'DAY' ? { ...own, ...column } : own)) }),
      `CO|PO|LINE|REC|QTY|UOM|DAY\n100|P1|1|R1|1|EA|${text}\n`,
    )
    const [row] = await rows(check, 'receipt_line', 'received_on::VARCHAR')
    return row === undefined ? check.findings.map(({ code }) => code).join() : Object.values(row)[0]
  }
  const iso = { formats: ['%Y-%m-%dT%H:%M:%S.%g%z', '%Y-%m-%dT%H:%M:%S%z'], 'day-in': 'America/Chicago' }
  const hl7 = { formats: ['%Y%m%d%H%M%S%z', '%Y%m%d'], 'day-in': 'America/Chicago' }
  const utc = { formats: ['%Y-%m-%d %H:%M'], 'written-in': 'UTC', 'day-in': 'America/Chicago' }

  test.each([
    [iso, '2026-11-29T05:15:00.000Z', '2026-11-28'],
    [iso, '2026-11-29T06:00:00Z', '2026-11-29'],
    [iso, '2026-11-28T23:15:00.000-06:00', '2026-11-28'],
    [iso, '2026-07-29T04:59:00Z', '2026-07-28'],
    [iso, '2026-11-29T01:00:00+05:30', '2026-11-28'],
    [iso, '2026-11-29T05:15:00.000', 'DATA-TYPE'],
    [iso, '2026-11-31T05:15:00Z', 'DATA-TYPE'],
    [hl7, '20261128231500-0600', '2026-11-28'],
    [hl7, '20261128231500-08', '2026-11-29'],
    [hl7, '20261128', '2026-11-28'],
    [utc, '2026-11-29 05:15', '2026-11-28'],
    [{ formats: ['%Y-%m-%d %H:%M'] }, '2026-11-29 05:15', '2026-11-29'],
  ])('%j: %s is on %s', async (column, text, day) => {
    expect(await one(column, text)).toBe(day)
  })
})

describe('records of which not all count, and control records at the top', () => {
  const items = contract(`
format: { kind: delimited, delimiter: ",", header: true }
columns:
  - { name: SETID, kind: text }
  - { name: INV_ITEM_ID, kind: text }
  - { name: EFFDT, kind: date, formats: ["%Y-%m-%d", "excel-serial"] }
  - { name: STATUS, kind: text }
  - { name: DESCR, kind: text }
projections:
  - relation: item
    key: [item]
    newest-by: EFFDT
    map: { item: { column: INV_ITEM_ID, transform: [strip-leading-zeros] }, description: DESCR, base_uom: { constant: EA }, status: { column: STATUS, codes: { A: active, I: inactive } } }
`)
  const file = (...records: string[]) => `${['SETID,INV_ITEM_ID,EFFDT,STATUS,DESCR', ...records].join('\n')}\n`
  const effective = file(
    'S,0001,2020-01-01,A,old',
    'S,0001,2026-11-30,A,from today',
    'S,0001,2026-12-01,A,from tomorrow',
    'S,0002,2026-11-29,I,closed yesterday',
    'S,0002,46350,A,a spreadsheet said 2026-11-24',
    'S,0003,2026-12-01,A,not yet',
    'S,0004,,A,always was',
    'S,0004,1999-01-01,A,since 1999',
    'S,0005,,A,no date at all',
  )

  test('effective-dated items: the one in force on the day, whatever the order of the records', async () => {
    const [head = '', ...records] = effective.trim().split('\n')
    for (const text of [effective, `${[head, ...records.toReversed()].join('\n')}\n`]) {
      const check = await bench.check(items, text, 'items.csv', { asOf: '2026-11-30' })
      expect(check.findings).toEqual([])
      expect({ records: check.records, accepted: check.accepted }).toEqual({ records: 9, accepted: 9 })
      const found = await bench.engine.rows(
        `SELECT item, status, description FROM item WHERE source_file = ${check.file.index} ORDER BY item`,
      )
      expect(found).toEqual([
        { item: '1', status: 'active', description: 'from today' },
        { item: '2', status: 'inactive', description: 'closed yesterday' },
        { item: '4', status: 'active', description: 'since 1999' },
        { item: '5', status: 'active', description: 'no date at all' },
      ])
    }
  })

  test('two of one day are doubled, and a date that is none is told; neither hides what else is there', async () => {
    const text = file(
      'S,1,2026-01-01,A,one',
      'S,1,2026-01-01,A,two',
      'S,1,2025-01-01,A,old',
      'S,2,soon,A,x',
      'S,2,2025-01-01,A,y',
    )
    const check = await bench.check(items, text, 'items.csv', { asOf: '2026-11-30' })
    expect(check.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'DATA-KEY-DUPLICATE items.csv: line 2 (record 1): item 1 differs between records 1, 2, so none is used',
      'DATA-TYPE items.csv: line 5 (record 4): EFFDT "soon" is not a date written as %Y-%m-%d or excel-serial',
    ])
    expect(await rows(check, 'item', 'item, description')).toEqual([{ item: '2', description: 'y' }])
  })

  test('count and sum in the record at the top, delimited and at fixed places', async () => {
    const top = contract(`
format: { kind: delimited, delimiter: "|", header: true, header-marker: HDR, header-totals: { count: 3, sums: [{ position: 4, column: Amount $ }] } }
columns:
  - { name: Vendor, kind: text }
  - { name: "Amount $", kind: decimal, scale: 2, thousands-separator: ",", number-signs: ["$", "USD"] }
projections: []
`)
    const text = (count: string, sum: string) =>
      `HDR|20261130|${count}|${sum}\nVendor|Amount $\n1|$1,234.50\n2|USD 10.00\n3|-$0.50\n`
    expect(await bench.check(top, text('3', '$1,244.00'))).toMatchObject({ usable: true, records: 3, findings: [] })
    const told = async (...totals: [string, string]) =>
      (await bench.check(top, text(...totals))).findings.map(({ code, message }) => `${code} ${message}`)
    expect(await told('4', '1,244.00')).toEqual([
      'FILE-TOTALS extract.txt: the control record counts 4 records, the file has 3; nothing of it is used',
    ])
    expect(await told('3', '1,244.01')).toEqual([
      'FILE-TOTALS extract.txt: the control record sums Amount $ to 1244.01, the records to 1244; nothing of it is used',
    ])
    expect(await told('', '1,244.00')).toEqual([
      'FILE-TRUNCATED extract.txt: the control record has no record count in place 3, so it may be cut',
    ])
    const fixed = contract(`
format: { kind: fixed, header-marker: H, header-totals: { fields: [{ from: 2, width: 5 }, { from: 7, width: 8 }], count: 1, sums: [{ position: 2, column: Q }] }, trailer: { marker: T } }
columns: [{ name: I, kind: text, from: 1, width: 6 }, { name: Q, kind: decimal, implied-decimals: 2, from: 7, width: 8 }]
projections: []
`)
    const places = (count: string) => `H${count}00000300\nA1    00000100\nA2    00000200\nT\n`
    expect(await bench.check(fixed, places('00002'))).toMatchObject({ usable: true, findings: [] })
    expect((await bench.check(fixed, places('00003'))).findings.map(({ code }) => code)).toEqual(['FILE-TOTALS'])
  })

  test('whose records they are stands in the name of the file alone', async () => {
    const banks = contract(`
format: { kind: delimited, delimiter: ";", header: false }
columns: [{ name: A, kind: text }, { name: ST, kind: text }]
projections:
  - relation: gl_account
    key: [company, account]
    map: { company: { file: part, codes: { EAST: "10", WEST: "20" } }, account: A, status: { column: ST, codes: { O: open } } }
`)
    const east = await bench.check(banks, '4000;O\n', 'ACC_EAST.csv', { part: 'EAST' })
    expect(await rows(east, 'gl_account', 'company, account')).toEqual([{ company: '10', account: '4000' }])
    const north = await bench.check(banks, '4000;O\n', 'ACC_NORTH.csv', { part: 'NORTH' })
    expect(north).toMatchObject({ usable: false })
    expect(north.findings.map(({ code, keys, message }) => [code, keys.file, message])).toEqual([
      [
        'FILE-UNROUTED',
        'drop (NORTH)',
        'ACC_NORTH.csv: it is part NORTH, which the codes of company do not list; nothing of the file is used',
      ],
    ])
  })

  test('debit and credit out of one signed amount', async () => {
    const journals = contract(`
format: { kind: delimited, delimiter: "\t", header: true }
columns: [{ name: ID, kind: text }, { name: LN, kind: text }, { name: AMT, kind: decimal, parentheses: true }]
projections:
  - relation: journal_line
    key: [journal, line]
    map: { company: { constant: "1" }, source: { constant: GL }, sequence: { constant: "1" }, journal: ID, line: LN, account: ID, period: { constant: 2026-11 }, posting_date: { constant: "2026-11-30" }, debit: { column: AMT, only-sign: plus }, credit: { column: AMT, only-sign: minus, empty-as: "0" } }
`)
    const check = await bench.check(journals, 'ID\tLN\tAMT\nJ\t1\t12.50\nJ\t2\t(12.50)\nJ\t3\t0\nJ\t4\t12,50\n')
    expect(await rows(check, 'journal_line', 'line, debit, credit')).toEqual([
      { line: '1', debit: '12.50', credit: '0.00' },
      { line: '2', debit: null, credit: '12.50' },
      { line: '3', debit: null, credit: '0.00' },
    ])
    expect(check.findings.map(({ code, keys }) => [code, keys.field])).toEqual([['DATA-TYPE', 'AMT']])
  })

  test('hours as a time clock writes them, and in minutes: three days of 8:20 are 25 hours', async () => {
    const clock = contract(`
format: { kind: delimited, delimiter: ";", header: true, trailer: { marker: SUMME, count: 2, sums: [{ position: 4, column: DAUER }] } }
columns:
  - { name: PERS, kind: text }
  - { name: TAG, kind: date, formats: ["%d.%m.%Y"] }
  - { name: MIN, kind: integer }
  - { name: DAUER, kind: decimal, hours-and-minutes: true, trailing-minus: true }
projections:
  - relation: worked_time
    key: [employee, worked_on]
    map: { company: { constant: "10" }, employee: PERS, department: { constant: D }, pay_code: { constant: REG }, period: { constant: "1" }, worked_on: TAG, hours: DAUER }
  - relation: payroll_line
    key: [employee, paid_on]
    map: { company: { constant: "10" }, employee: PERS, department: { constant: D }, pay_code: { constant: REG }, period: { constant: "1" }, paid_on: TAG, hours: { column: MIN, per: { constant: "60" } }, amount: { constant: "0" } }
`)
    const days = [
      '7;02.11.2026;500;8:20',
      '7;03.11.2026;500;08:20:00',
      '7;04.11.2026;500;8:20',
      '8;02.11.2026;-15;0:15-',
    ]
    const check = await bench.check(clock, ['PERS;TAG;MIN;DAUER', ...days, 'SUMME;4;;24:45', ''].join('\n'))
    expect(check).toMatchObject({ usable: true, findings: [] })
    expect(check.sums).toEqual([{ column: 'DAUER', declared: '24.75', read: '24.75', unreadable: 0 }])
    for (const relation of ['worked_time', 'payroll_line'])
      expect(
        await bench.engine.rows(
          `SELECT employee, sum(hours)::DECIMAL(38,4) AS hours FROM ${relation} WHERE source_file = ${check.file.index} GROUP BY 1 ORDER BY 1`,
        ),
      ).toEqual([
        { employee: '7', hours: '25.0000' },
        { employee: '8', hours: '-0.2500' },
      ])
    const wrong = await bench.check(clock, 'PERS;TAG;MIN;DAUER\n7;02.11.2026;480;8:75\nSUMME;1;;8:00\n')
    expect(wrong.findings.map(({ message }) => message)).toEqual([
      'extract.txt: line 2 (record 1): DAUER "8:75" is not hours and minutes, written as 8:15',
    ])
  })

  test('a price of so many units, an amount whose decimals the record counts, a pack as a fraction: divided, never rounded', async () => {
    const sap = contract(`
format: { kind: delimited, delimiter: "|", header: true }
columns:
  - { name: MATNR, kind: text }
  - { name: MEINH, kind: text }
  - { name: NETPR, kind: decimal, scale: 2 }
  - { name: PEINH, kind: integer }
  - { name: UMREZ, kind: integer }
  - { name: UMREN, kind: integer }
projections:
  - relation: item_uom
    key: [item, uom]
    map: { item: MATNR, uom: MEINH, factor: { column: UMREZ, per: { column: UMREN } } }
  - relation: contract_price
    key: [item, uom]
    map: { contract: { constant: K }, supplier: { constant: L }, item: MATNR, uom: MEINH, unit_price: { column: NETPR, per: { column: PEINH } }, effective_from: { constant: "2026-01-01" } }
`)
    const check = await bench.check(
      sap,
      'MATNR|MEINH|NETPR|PEINH|UMREZ|UMREN\n1|EA|12.34|1000|5|2\n2|EA|-3.00|12|1|1\n3|EA|10.00|3|1|1\n4|EA|10.00|0|1|1\n',
    )
    expect(await rows(check, 'contract_price', 'item, unit_price')).toEqual([
      { item: '1', unit_price: '0.012340' },
      { item: '2', unit_price: '-0.250000' },
    ])
    expect(await rows(check, 'item_uom', 'item, factor')).toEqual(
      ['2.5000', '1.0000', '1.0000', '1.0000'].map((factor, n) => ({ item: `${n + 1}`, factor })),
    )
    expect(check.findings.map(({ message }) => message)).toEqual(
      ['line 4 (record 3)', 'line 5 (record 4)'].map(
        (where) =>
          `extract.txt: ${where}: NETPR "10.00" divided by PEINH is not a number in plain notation with at most 6 digits after the point`,
      ),
    )
    const edwards = contract(`
format: { kind: fixed }
columns:
  - { name: AN8, kind: text, from: 1, width: 8 }
  - { name: AG, kind: decimal, scale: 2, from: 9, width: 15, trailing-minus: true }
  - { name: DEC, kind: text, from: 24, width: 1 }
projections:
  - relation: payment
    key: [supplier]
    map: { company: { constant: "1" }, supplier: AN8, invoice_number: AN8, payment: AN8, paid_on: { constant: "2026-11-01" }, amount: { column: AG, per: { column: DEC, codes: { "0": "1", "2": "100", "3": "1000" } } } }
`)
    const paid = await bench.check(edwards, `00000001${'123456-'.padStart(15)}2\n00000002${'1234560'.padStart(15)}3\n`)
    expect(await rows(paid, 'payment', 'supplier, amount')).toEqual([
      { supplier: '00000001', amount: '-1234.56' },
      { supplier: '00000002', amount: '1234.56' },
    ])
  })
})
