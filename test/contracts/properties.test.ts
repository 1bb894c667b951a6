import { afterAll, beforeAll, expect, test } from 'vitest'
import { decimal, parseDecimal, scaleOf } from '../../src/canonical/index.js'
import fc from '../properties.js'
import { type Bench, header, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const quantity = fc.oneof(
  fc
    .tuple(fc.integer({ min: -99999, max: 99999 }), fc.stringMatching(/^(\.\d{0,6})?$/))
    .map(([whole, part]) => `${whole}${part}`),
  fc.constantFrom('', 'x', '1e3', '1,000', '.5', '-', '0', '-0.0'),
)

test('every record is either in the relation with its exact value, or rejected', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(quantity, { maxLength: 12 }), fc.boolean(), async (quantities, trailer) => {
      const contract = receipts(trailer ? { format: { trailer: { marker: 'TRL', count: 2 } } } : {})
      const lines = quantities.map((value, n) => `1|P${n}|1|R|${value}|EA|01/31/2024\n`)
      const check = await bench.check(contract, `${header}\n${lines.join('')}${trailer ? `TRL|${lines.length}\n` : ''}`)
      const rows = await bench.engine.rows<{ source_record: number; quantity: string }>(
        `SELECT source_record, quantity FROM receipt_line WHERE source_file = ${check.file.index} ORDER BY 1`,
      )
      const good = quantities.flatMap((text, n) => {
        const value = parseDecimal(text)
        return value !== undefined && scaleOf(value) <= 4 ? [{ record: n + 1, value }] : []
      })
      expect(rows.map((row) => ({ record: row.source_record, value: decimal(row.quantity) }))).toEqual(good)
      expect(check).toMatchObject({
        // Of a layout that fits no record nothing is used.
        usable: good.length > 0 || quantities.length < 5,
        records: quantities.length,
        accepted: good.length,
        rejected: quantities.length - good.length,
      })
    }),
    { numRuns: 60 },
  )
})

test('any bytes: nothing is thrown, records = accepted + rejected, and what is accepted is in the relation', async () => {
  const parts = fc.array(
    fc.constantFrom(
      '1',
      'P',
      '|',
      '||',
      '"',
      '""',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '\0',
      'TRL',
      '€',
      '1|P|1|R|1|EA|01/31/2024\n',
      'TRL|1\n',
    ),
    { maxLength: 25 },
  )
  const bytes = fc.oneof(
    parts.map((text) => Buffer.from(`${header}\n${text.join('')}`)),
    fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
  )
  await fc.assert(
    fc.asyncProperty(bytes, fc.boolean(), fc.constantFrom('utf-8', 'windows-1252'), async (data, trailer, encoding) => {
      const contract = receipts({ format: { encoding, ...(trailer ? { trailer: { marker: 'TRL', count: 2 } } : {}) } })
      const check = await bench.check(contract, data)
      expect(check.accepted + check.rejected).toBe(check.records)
      expect(check.usable || check.findings.length > 0).toBe(true)
      expect(check.rows.receipt_line ?? 0).toBe(check.accepted)
    }),
    { numRuns: 150 },
  )
})

test('a large file without a fault keeps the order of its records', async () => {
  const count = 300_000
  const lines = Array.from({ length: count }, (_, n) => `1|P${n + 1}|1|R|${n % 90}.5|EA|01/31/2024`)
  const contract = receipts({ format: { trailer: { marker: 'TRL', count: 2 } } })
  const check = await bench.check(contract, `${header}\n${lines.join('\n')}\nTRL|${count}\n`)
  expect(check).toMatchObject({ usable: true, accepted: count, findings: [] })
  const misplaced = `SELECT count(*) AS n FROM receipt_line WHERE source_file = ${check.file.index} AND po_number <> 'P' || source_record`
  expect(await bench.engine.rows(misplaced)).toEqual([{ n: 0 }])
})

/** Columns of each kind, with what ERPs write in them: mostly as agreed, so that most files have no fault. */
const orders = receipts({
  format: { 'null-values': ['0000', '01/01/1700'] },
  columns: [
    { name: 'PO', kind: 'text', required: true },
    { name: 'LINE', kind: 'text', required: true },
    { name: 'VENDOR', kind: 'text', required: true },
    { name: 'GTIN', kind: 'text', 'null-values': ['N/A'] },
    { name: 'QTY', kind: 'decimal', scale: 4, required: true, 'trailing-minus': true },
    { name: 'CANCELLED', kind: 'decimal', scale: 4 },
    { name: 'COST', kind: 'decimal', required: true },
    { name: 'UOM', kind: 'text', required: true },
    { name: 'STATUS', kind: 'text', required: true },
    { name: 'DAY', kind: 'date', formats: ['%m/%d/%Y'], required: true },
    { name: 'WANTED', kind: 'date', formats: ['%m/%d/%Y', '%Y-%m-%d'] },
  ],
  projections: [
    {
      relation: 'po_line',
      key: ['po_number', 'line_number'],
      map: {
        company: { constant: '10' },
        po_number: 'PO',
        line_number: { column: 'LINE', transform: ['strip-leading-zeros'] },
        supplier: 'VENDOR',
        gtin: { column: 'GTIN', transform: ['digits-only'], 'pad-left': { width: 14, with: '0' } },
        quantity: { column: 'QTY', minus: 'CANCELLED' },
        unit_price: 'COST',
        uom: { column: 'UOM', transform: ['upper'] },
        status: { column: 'STATUS', codes: { N: 'open', Y: 'closed' } },
        matching: { constant: 'three-way' },
        po_date: 'DAY',
        requested_on: 'WANTED',
      },
    },
  ],
})

/** One of the usual values nearly always; of the others a few, so that there are columns without any. */
const mostly = (usual: readonly string[], seldom: readonly string[]) =>
  fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...seldom) })

const ordered = fc
  .tuple(
    mostly(['1', '12', '0012', '007'], [' 1', '"5"', '000']),
    mostly(['10383'], ['    10383', '10383 ', '0000 ', '"1|2"', '']),
    mostly(['', '15700005012931', '00857674002015'], ['857674002015', '8-57674', 'N/A', ' N/A', '0000', 'none']),
    mostly(
      ['6.0000', '0.5', '-3', '999999'],
      ['12.50-', '+1', '1.', '.5', '1.00000', '1e3', '1.23456', '"7"', ' 2', '0000', '123456789012345'],
    ),
    mostly(['', '0.0000', '1'], ['1e3', '0000', ' 1 ', '1.000000', '99999999999999', '0x1']),
    mostly(['223.10000', '0.000001'], ['1.0000001', '1_000', '1,5', '-', '9999999999999', '0000']),
    mostly(['BX', 'ea'], [' bx', 'pk ', '0000']),
    mostly(['N', 'Y'], ['X', ' N', '"Y"']),
    mostly(
      ['01/31/2024', '12/01/2025'],
      ['1/31/2024', '02/30/2024', '01/01/1700', '01/31/2024 ', '"01/31/2024"', '01\t/31/24'],
    ),
    mostly(['', '02/03/2026', '01/01/1700'], ['02/29/2025', '2026-02-03', '00/00/0000', '0000']),
  )
  .map((values) => values.join('|'))

test('what is read of a record does not depend on what stands in others', async () => {
  const contract = { ...orders, 'most-rejected-percent': 100 }
  const columns = contract.columns.map(({ name }) => name).join('|')
  const readWith = async (lines: readonly string[]) => {
    const check = await bench.check(contract, `${columns}\n${lines.join('\n')}\n`)
    const rows = await bench.engine.rows(
      `SELECT * EXCLUDE (source_file) FROM po_line WHERE source_file = ${check.file.index} ORDER BY source_record`,
    )
    return { rows, rejected: check.findings.map(({ message }) => message) }
  }
  await fc.assert(
    fc.asyncProperty(fc.array(ordered, { minLength: 1, maxLength: 6 }), async (records) => {
      // Some keys stand twice.
      const lines = records.map((record, n) => `P${n % 4}|${record}`)
      // With a record of another kind in the file each value is looked at by itself.
      const alone = await readWith(lines)
      const beside = await readWith([...lines, `P|1|V||1||1|EA|N|tomorrow|`])
      expect(beside.rows).toEqual(alone.rows)
      expect(beside.rejected.filter((message) => !message.includes('tomorrow'))).toEqual(alone.rejected)
    }),
    { numRuns: 20 },
  )
})
