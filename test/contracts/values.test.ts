import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExtractContract } from '../../src/config/extract-contract.js'
import { contractMistakes } from '../../src/contracts/index.js'
import { type Bench, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

/** Reads one value through a column described so, into po_line.unit_price or another column. */
async function read(
  column: object,
  value: string,
  into = 'unit_price',
  source: object | string = 'V',
  nullValues: string[] = [],
) {
  const contract = onPoLine(column, into, source, nullValues)
  const check = await bench.check(contract, `V|W\n"${value.replaceAll('"', '""')}"|x\n`)
  const [row] = await bench.engine.rows<Record<string, unknown>>(
    `SELECT ${into} AS v FROM po_line WHERE source_file = ${check.file.index}`,
  )
  return row === undefined ? check.findings.map(({ code }) => code).join() : row.v
}

function onPoLine(column: object, into: string, source: object | string, nullValues: string[]): ExtractContract {
  const constants = {
    company: '1',
    po_number: '1',
    line_number: '1',
    supplier: '1',
    uom: 'EA',
    status: 'open',
    matching: 'three-way',
    quantity: '1',
    unit_price: '1',
    po_date: '2024-01-01',
  }
  const map: Record<string, unknown> = Object.fromEntries(
    Object.entries(constants).map(([name, constant]) => [name, { constant }]),
  )
  return receipts({
    format: { 'null-values': nullValues },
    columns: [
      { name: 'V', ...column },
      { name: 'W', kind: 'text' },
    ],
    projections: [{ relation: 'po_line', key: ['company', 'po_number'], map: { ...map, [into]: source } }],
  })
}

describe('a decimal is taken exactly or not at all', () => {
  const price = { kind: 'decimal', scale: 4 }
  test.each([
    ['1.2345', '1.234500'],
    [' 12.5 ', '12.500000'],
    ['+3', '3.000000'],
    ['-0.0001', '-0.000100'],
    ['.5', '0.500000'],
    ['5.', '5.000000'],
    ['0', '0.000000'],
    ['1.23450000000', '1.234500'],
    ['999999999999.9999', '999999999999.999900'],
  ])('%s', async (text, value) => {
    expect(await read(price, text)).toBe(value)
  })

  test.each([
    '1.23456',
    '1e3',
    '1E3',
    '12.50-',
    '1,234.50',
    '1.2.3',
    '--1',
    '1_000',
    '0x1F',
    'NaN',
    'Infinity',
    '$1',
    '1 000',
    '١',
    '9999999999999',
    '.',
    '-',
  ])('%s is DATA-TYPE', async (text) => {
    expect(await read(price, text)).toBe('DATA-TYPE')
  })

  test('no more digits than the relation keeps, whatever the contract allows', async () => {
    expect(await read({ kind: 'decimal', scale: 6 }, '12.505', 'freight_allowed')).toBe('DATA-TYPE')
    expect(await read({ kind: 'decimal', scale: 6 }, '12.5000', 'freight_allowed')).toBe('12.50')
    expect(await read({ kind: 'decimal' }, '1.1234567')).toBe('DATA-TYPE')
  })

  test('a multiplier of 0 stays 0, and an empty one stays empty', async () => {
    expect(await read({ kind: 'decimal', scale: 4 }, '0', 'uom_factor')).toBe('0.0000')
    expect(await read({ kind: 'decimal', scale: 4 }, '', 'uom_factor')).toBeNull()
  })

  test('a minus behind, where the contract says so', async () => {
    const trailing = { ...price, 'trailing-minus': true }
    expect(await read(trailing, '12.50-')).toBe('-12.500000')
    expect(await read(trailing, '-12.50')).toBe('-12.500000')
    expect(await read(trailing, '-12.50-')).toBe('DATA-TYPE')
    expect(await read(trailing, '+12.50-')).toBe('DATA-TYPE')
    expect(await read(trailing, '-')).toBe('DATA-TYPE')
  })

  test('thousands separators, where the contract says so and where they belong', async () => {
    const comma = { ...price, 'thousands-separator': ',' }
    expect(await read(comma, '1,234,567.50')).toBe('1234567.500000')
    expect(await read(comma, '1234.5')).toBe('1234.500000')
    expect(await read(comma, '12,34.5')).toBe('DATA-TYPE')
    expect(await read(comma, '1,2345')).toBe('DATA-TYPE')
    const point = { ...price, 'thousands-separator': '.' }
    expect(await read(point, '1.234,50')).toBe('1234.500000')
    expect(await read(point, '1234,5')).toBe('1234.500000')
    expect(await read(point, '1.5')).toBe('DATA-TYPE')
  })

  test('implied decimals', async () => {
    const implied = { kind: 'decimal', 'implied-decimals': 2 }
    expect(await read(implied, '1250')).toBe('12.500000')
    expect(await read(implied, '-5')).toBe('-0.050000')
    expect(await read(implied, '12.50')).toBe('DATA-TYPE')
    expect(await read({ ...implied, 'trailing-minus': true }, '1250-')).toBe('-12.500000')
    expect(await read({ kind: 'decimal', 'implied-decimals': 0 }, '12')).toBe('12.000000')
  })

  test('a whole number', async () => {
    expect(await read({ kind: 'integer' }, '12', 'quantity')).toBe('12.0000')
    expect(await read({ kind: 'integer' }, '12.0', 'quantity')).toBe('DATA-TYPE')
  })
})

describe('a cancelled quantity is taken off', () => {
  const one = async (quantity: string, cancelled: string, emptyAs?: string) => {
    const quantityOf = { column: 'QTY', minus: 'CXL', ...(emptyAs === undefined ? {} : { 'empty-as': emptyAs }) }
    const columns = receipts().columns.map((column) => ({ ...column, required: false }))
    const check = await bench.check(
      receipts({
        columns: [...columns, { name: 'CXL', kind: 'decimal', scale: 4 }],
        map: { quantity: quantityOf },
      }),
      `CO|PO|LINE|REC|QTY|UOM|DAY|CXL\n1|1|1|1|${quantity}|EA|01/31/2024|${cancelled}\n`,
    )
    const [row] = await bench.engine.rows<{ quantity: string }>(
      `SELECT quantity FROM receipt_line WHERE source_file = ${check.file.index}`,
    )
    return row?.quantity ?? check.findings.map(({ code, keys }) => `${code} ${keys.field}`).join()
  }

  test('exactly', async () => {
    expect(await one('5.5', '0.0001')).toBe('5.4999')
    expect(await one('5', '')).toBe('5.0000')
  })

  test('a ledger with debits and credits in a column each: the one that is empty counts as what empty-as says', async () => {
    expect(await one('', '5.5', '0')).toBe('-5.5000')
    expect(await one('5.5', '', '0')).toBe('5.5000')
    expect(await one('', '5.5')).toBe('DATA-REQUIRED QTY')
  })

  test('a wrong cancelled quantity is not taken for none', async () => {
    expect(await one('5', 'all')).toBe('DATA-TYPE CXL')
    expect(await one('99999999999999', '-99999999999999')).toBe('DATA-TYPE CXL')
    expect(await one('many', '1')).toBe('DATA-TYPE QTY')
  })
})

describe('a date is of a listed pattern or not at all', () => {
  const us = { kind: 'date', formats: ['%m/%d/%Y'] }
  test.each([
    ['01/31/2024', '2024-01-31'],
    ['02/29/2024', '2024-02-29'],
  ])('%s', async (text, day) => {
    expect(await read(us, text, 'po_date')).toBe(day)
  })

  test.each([
    '1/31/2024',
    '01/31/24',
    '31/01/2024',
    '02/30/2024',
    '2024-01-31',
    '01/31/2024 10:00',
    '01/31/2024x',
    '20240131',
  ])('%s is DATA-TYPE', async (text) => {
    expect(await read(us, text, 'po_date')).toBe('DATA-TYPE')
  })

  test('several patterns, months by name, days without a leading zero, a time', async () => {
    const several = { kind: 'date', formats: ['%Y%m%d', '%d-%b-%y', '%-m/%-d/%Y', '%Y-%m-%d %H:%M:%S'] }
    expect(await read(several, '20240131', 'po_date')).toBe('2024-01-31')
    expect(await read(several, '31-JAN-24', 'po_date')).toBe('2024-01-31')
    expect(await read(several, '1/5/2024', 'po_date')).toBe('2024-01-05')
    expect(await read(several, '2024-01-31 23:59:59', 'po_date')).toBe('2024-01-31')
  })

  test('as SQL Server, Oracle and Workday write them: filled up with spaces, fractions of any length, a day with its offset', async () => {
    const padded = { kind: 'date', formats: ['%b %-d %Y %-I:%M%p'] }
    expect(await read(padded, 'Nov  5 2026 12:00AM', 'po_date')).toBe('2026-11-05')
    expect(await read(padded, 'Nov 15 2026  4:20PM', 'po_date')).toBe('2026-11-15')
    expect(await read(padded, 'Nov 05 2026 12:00AM', 'po_date')).toBe('DATA-TYPE')
    const fraction = { kind: 'date', formats: ['%d-%b-%y %I.%M.%S.%f %p'] }
    expect(await read(fraction, '18-NOV-26 08.15.00.000000 PM', 'po_date')).toBe('2026-11-18')
    const offset = { kind: 'date', formats: ['%Y-%m-%d %H:%M:%S.%f %z'], 'day-in': 'America/Chicago' }
    expect(await read(offset, '2026-11-18 17:05:00.0000000 -06:00', 'po_date')).toBe('2026-11-18')
    expect(await read(offset, '2026-11-19 02:05:00.5 +00:00', 'po_date')).toBe('2026-11-18')
    const day = { kind: 'date', formats: ['%Y-%m-%d%z'] }
    expect(await read(day, '2026-11-18-08:00', 'po_date')).toBe('2026-11-18')
    expect(await read(day, '2026-11-18Z', 'po_date')).toBe('2026-11-18')
  })

  test('a text that means empty', async () => {
    expect(await read(us, '00/00/0000', 'po_date', 'V', ['00/00/0000'])).toBe('DATA-REQUIRED')
  })
})

describe('flags, codes and texts', () => {
  test('a flag has listed values only', async () => {
    const flag = { kind: 'flag', 'true-values': ['Y', '1'], 'false-values': ['N'] }
    expect(await read(flag, 'Y', 'tax_exempt')).toBe(true)
    expect(await read(flag, 'N', 'tax_exempt')).toBe(false)
    expect(await read(flag, '', 'tax_exempt')).toBeNull()
    expect(await read(flag, 'y', 'tax_exempt')).toBe('DATA-TYPE')
  })

  test('an unknown code is never some default', async () => {
    const status = { column: 'V', codes: { '0': 'open', '9': 'closed' } }
    expect(await read({ kind: 'text' }, '9', 'status', status)).toBe('closed')
    expect(await read({ kind: 'text' }, '5', 'status', status)).toBe('DATA-TYPE')
    expect(await read({ kind: 'text' }, '', 'status', status)).toBe('DATA-REQUIRED')
    expect(await read({ kind: 'text' }, '', 'status', { ...status, 'empty-as': 'open' })).toBe('open')
    expect(await read({ kind: 'text' }, '7', 'status', { ...status, 'empty-as': 'open' })).toBe('DATA-TYPE')
    expect(await read({ kind: 'text' }, 'X', 'bill_only', { column: 'V', codes: { X: 'true', O: 'false' } })).toBe(true)
  })

  test('transforms and padding', async () => {
    const text = { kind: 'text' }
    expect(await read(text, '  00012 ', 'item', { column: 'V', transform: ['strip-leading-zeros'] })).toBe('12')
    expect(await read(text, '000', 'item', { column: 'V', transform: ['strip-leading-zeros'] })).toBe('0')
    expect(await read(text, 'ea', 'item', { column: 'V', transform: ['upper'] })).toBe('EA')
    const gtin = { column: 'V', transform: ['digits-only'], 'pad-left': { width: 14, with: '0' } }
    expect(await read(text, '8-57674-00201 5', 'gtin', gtin)).toBe('00857674002015')
    expect(await read(text, '123456789012345', 'gtin', gtin)).toBe('123456789012345')
    expect(await read(text, '', 'gtin', gtin)).toBeNull()
    expect(await read(text, 'N/A', 'gtin', gtin)).toBe('DATA-TYPE')
    expect(await read(text, 'N/A', 'gtin', gtin, ['N/A'])).toBeNull()
  })

  test('a vendor number is trimmed and keeps its leading zeros', async () => {
    expect(await read({ kind: 'text' }, '   000123', 'supplier')).toBe('000123')
  })

  test('only spaces are empty', async () => {
    expect(await read({ kind: 'text' }, '   ', 'item')).toBeNull()
    expect(await read({ kind: 'text' }, '   ', 'supplier')).toBe('DATA-REQUIRED')
  })

  test('SQL in a value, a column or a code is text', async () => {
    expect(await read({ kind: 'text' }, "'; DROP TABLE po_line; --", 'item')).toBe("'; DROP TABLE po_line; --")
    expect(await read({ kind: 'text' }, "it's", 'item', { column: 'V', codes: { "it's": "o'k" } })).toBe("o'k")
  })
})

describe('an order with a release or without, in one value', () => {
  const part = { between: '-', number: 2, required: false }
  const release = { column: 'V', part, transform: ['strip-leading-zeros'] }
  test.each([
    ['PO0045001-001', '1'],
    ['PO0045002', null],
    ['PO0045002-', null],
  ])('%s', async (text, value) => {
    expect(await read({ kind: 'text' }, text, 'release', release)).toBe(value)
  })

  test('a part that is there and none of the codes is still a wrong value', async () => {
    const coded = { column: 'V', part, codes: { B1: '1' } }
    expect(await read({ kind: 'text' }, 'P-B2', 'release', coded)).toBe('DATA-TYPE')
    expect(await read({ kind: 'text' }, 'P', 'release', coded)).toBe(null)
  })

  test('what a relation must have needs a word for records without the part', () => {
    expect(contractMistakes(onPoLine({ kind: 'text' }, 'line_number', release, []))).toEqual([
      'projection 1 (po_line), line_number: is required, so a part that may be missing needs an empty-as beside it',
    ])
  })
})
