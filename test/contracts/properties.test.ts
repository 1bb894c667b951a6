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
