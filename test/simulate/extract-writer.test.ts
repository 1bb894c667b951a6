import { parse as parseCsv } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { type ExtractHabits, type ExtractLayout, writeExtract } from '../../src/simulate/extract-writer.js'

const layout: ExtractLayout = {
  contract: 'test-receipts',
  title: 'Receipts',
  source: 'Test ERP',
  format: {
    kind: 'delimited',
    delimiter: ';',
    encoding: 'windows-1252',
    header: true,
    trailer: { marker: 'END', count: 3, sums: [{ position: 2, column: 'QTY' }] },
  },
  columns: [
    { name: 'UNIT', kind: 'text', required: true },
    { name: 'QTY', kind: 'decimal', 'trailing-minus': true },
    { name: 'COST', kind: 'decimal', 'implied-decimals': 2 },
    { name: 'DAY', kind: 'date', formats: ['%d-%b-%y'] },
    { name: 'STATE', kind: 'text' },
    { name: 'OPEN', kind: 'flag', 'true-values': ['Y'], 'false-values': ['N'] },
  ],
  projections: [
    {
      relation: 'receipt_line',
      key: ['company'],
      map: {
        company: 'UNIT',
        quantity: 'QTY',
        price: 'COST',
        date: 'DAY',
        status: { column: 'STATE', codes: { C: 'closed', O: 'open' }, 'empty-as': 'open' },
        flag: 'OPEN',
        kind: { constant: 'stock' },
      },
    },
  ],
}
const habits: ExtractHabits = { newline: '\r\n', quoteAll: false }
const row = {
  company: 'Søndre "A"; B',
  quantity: '-12.5',
  price: '3.4',
  date: '2026-03-07',
  status: 'closed',
  flag: 'true',
  kind: 'stock',
}
const receipt = (change: Partial<typeof row>) => ({ rows: { receipt_line: [{ ...row, ...change }] } })
const textOf = (bytes: Buffer): string => iconv.decode(bytes, 'windows-1252')
const table = (bytes: Buffer): string[][] => parseCsv(textOf(bytes), { delimiter: ';', relax_column_count: true })

describe('An extract written from its contract', () => {
  test('says every canonical value in the words of the file', () => {
    const { bytes } = writeExtract(layout, [receipt({})], habits)
    expect(bytes.includes(0xf8), 'ø in windows-1252').toBe(true)
    expect(table(bytes)).toEqual([
      ['UNIT', 'QTY', 'COST', 'DAY', 'STATE', 'OPEN'],
      ['Søndre "A"; B', '12.5-', '340', '07-Mar-26', 'C', 'Y'],
      ['END', '-12.5', '1'],
    ])
  })

  test('leaves a cell empty where empty is the word, and sums only what is a number', () => {
    const spoiled = { ...receipt({ status: 'open', flag: 'false' }), raw: { QTY: '1O' } }
    const { bytes } = writeExtract(layout, [spoiled, receipt({ quantity: '4' })], habits)
    expect(table(bytes)[1]).toEqual(['Søndre "A"; B', '1O', '340', '07-Mar-26', '', 'N'])
    expect(table(bytes).at(-1)).toEqual(['END', '4', '2'])
  })

  test('knows the line each record begins on, quoted newlines counted', () => {
    const { bytes, lines } = writeExtract(
      layout,
      [receipt({ company: 'two\r\nlines' }), receipt({}), receipt({})],
      habits,
    )
    expect(lines).toEqual([2, 4, 5])
    expect(textOf(bytes).split('\n')[3]).toMatch(/^"Søndre/)
  })

  test('adds a column that the contract does not know, and dresses cells', () => {
    const more = {
      ...habits,
      newColumn: { name: 'ZONE', value: 'A' },
      dress: { STATE: (cell: string) => cell.padStart(3) },
    }
    const { bytes } = writeExtract(layout, [receipt({})], more)
    expect(table(bytes)[0]?.at(-1)).toBe('ZONE')
    expect(table(bytes)[1]?.slice(4)).toEqual(['  C', 'Y', 'A'])
  })

  test('refuses what the layout cannot say', () => {
    const write = (change: Partial<typeof row>) => () => writeExtract(layout, [receipt(change)], habits)
    expect(write({ status: 'cancelled' })).toThrow('STATE has no code for cancelled')
    expect(write({ kind: 'service' })).toThrow('kind is always stock, not service')
    expect(write({ company: '' })).toThrow('no value for the required column UNIT')
    expect(write({ quantity: 'many' })).toThrow(RangeError)
  })
})
