import { afterAll, beforeAll, expect, it } from 'vitest'
import { danglingReferences } from '../../src/app/check/dangling-references.js'
import type { Tools } from '../../src/app/tools.js'
import { createRelation, type RelationName } from '../../src/canonical/index.js'
import { JobSettings } from '../../src/config/job.js'
import { type Bench, openBench, receipts, shipped } from '../contracts/extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const from = [{ endpoint: 'erp', folder: '.', include: ['*'] }]
const job = JobSettings.parse({
  job: 'receipt-to-invoice',
  title: 'Invoices',
  matcher: 'three-way',
  inputs: {
    orders: { kind: 'extract', contract: 'lawson-po-lines', from },
    receipts: { kind: 'extract', contract: 'receipts', from },
  },
  report: { name: 'r' },
})
const contracts = new Map([
  ['lawson-po-lines', shipped('lawson-po-lines')],
  ['receipts', receipts()],
])
const tools = { workspace: { contracts, settings: { currency: 'USD' } } } as unknown as Pick<Tools, 'workspace'>

it('a receipt of a PO line that nobody extracted is told once; not of one set aside, nor where the orders are not tonight’s', async () => {
  const extract = (name: string, records: number) => ({
    input: name,
    file: name,
    sha256: name,
    records,
    accepted: records,
    rejected: 0,
  })
  const files = [
    { name: 'orders', sha256: 'orders' },
    { name: 'receipts', sha256: 'receipts' },
  ]
  const { engine } = bench
  // Records 1 and 2 of P1, one of a line that P1 has not, one of P2, which is set aside, one of the release of P3.
  await bench.check(receipts(), 'CO|PO|LINE|REC|QTY|UOM|DAY\n', 'none')
  for (const relation of ['po_line', 'receipt_line'] as RelationName[]) await engine.run(createRelation(relation))
  const line = (po: string, release: string | null, number: string) =>
    engine.run(`INSERT INTO po_line (company, po_number, release, line_number, supplier, quantity, uom, unit_price, status, matching, po_date, source_file, source_record)
      VALUES ('1', '${po}', ${release === null ? 'NULL' : `'${release}'`}, '${number}', 'V', 1, 'EA', 1, 'open', 'three-way', DATE '2026-11-01', 0, 1)`)
  await line('P1', null, '1')
  await line('P3', '2', '1')
  const receipt = (n: number, po: string, release: string, number: string) =>
    engine.run(`INSERT INTO receipt_line (company, po_number, release, line_number, receipt_number, quantity, uom, received_on, source_file, source_record)
      VALUES ('1', '${po}', '${release}', '${number}', 'R${n}', 1, 'EA', DATE '2026-11-02', 1, ${n})`)
  await receipt(1, 'P1', '', '1')
  await receipt(2, 'P1', '', '9')
  await receipt(3, 'P1', '', '9')
  await receipt(4, 'P2', '', '1')
  await receipt(5, 'P3', '2', '1')
  await receipt(6, 'P3', '1', '1')
  await engine.run(`INSERT INTO reject VALUES (0, 7, 8, 'QTY', 'x', 'DATA-TYPE', 'is no number', '1/P2/1')`)
  const night = { engine, files, findings: [], extracts: [extract('orders', 2), extract('receipts', 6)] }
  const found = await danglingReferences(night, job, tools)
  expect(found.map(({ code, keys, evidence }) => [code, keys.record, evidence.map(({ record }) => record)])).toEqual([
    ['DATA-REFERENCE', '1/P1//9', [2, 3]],
    ['DATA-REFERENCE', '1/P3/1/1', [6]],
  ])
  expect(await danglingReferences({ ...night, extracts: [extract('receipts', 6)] }, job, tools)).toEqual([])
  const old = { ...found[0], code: 'FILE-STALE', keys: { file: 'orders' } } as (typeof found)[number]
  expect(await danglingReferences({ ...night, findings: [old] }, job, tools)).toEqual([])

  const more = (from: number, to: number) =>
    engine.run(`INSERT INTO receipt_line (company, po_number, release, line_number, receipt_number, quantity, uom, received_on, source_file, source_record)
      SELECT '1', 'C' || n, '', '1', 'R' || n, 1, 'EA', DATE '2026-11-02', 1, n FROM range(${from}, ${to}) AS t(n)`)
  // With those of P1, P2 and P3 a hundred keys, then one more.
  await more(10, 107)
  expect(await danglingReferences(night, job, tools)).toHaveLength(99)
  await more(107, 108)
  const together = await danglingReferences(night, job, tools)
  expect(together.map(({ keys, values }) => [keys.record, values.keys, values.records])).toEqual([
    [undefined, '101', '102'],
  ])
  expect(together[0]?.message).toContain(
    '102 records of receipt_line point to 101 keys that no extract of po_line has, of which 1 record set aside there may be some',
  )
  expect(together[0]?.evidence).toHaveLength(20)
})
