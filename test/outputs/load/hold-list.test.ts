import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decimal } from '../../../src/canonical/index.js'
import { writeHoldList } from '../../../src/outputs/load/index.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'matchbook-hold-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('lists what is held and why; negative amounts stay numbers, text that could run does not', async () => {
  const file = path.join(folder, 'hold-list.csv')
  const placed = await writeHoldList(file, [
    {
      outcome: 'held',
      invoice: '=1+1',
      invoiceDate: '2026-06-03',
      supplier: '-7',
      supplierName: 'Harbor, "Surgical"\nInc.',
      po: '@PO',
      amount: decimal('-25.5'),
      currency: 'USD',
      reasons: ['INV-PRICE', 'INV-UOM'],
      queues: ['contracts', 'item-master'],
    },
    {
      outcome: 'waiting',
      invoice: '00123',
      invoiceDate: null,
      supplier: '004410',
      supplierName: '+cmd',
      po: null,
      amount: decimal(10),
      currency: 'USD',
      reasons: ['receipt within grace'],
      queues: [],
    },
  ])
  expect(placed.path).toBe(file)
  const text = await readFile(file, 'utf8')
  expect(text.startsWith('\uFEFFoutcome,invoice,')).toBe(true)
  expect(parse(text, { bom: true, columns: true })).toEqual([
    {
      outcome: 'held',
      invoice: "'=1+1",
      invoice_date: '2026-06-03',
      supplier: "'-7",
      supplier_name: 'Harbor, "Surgical"\nInc.',
      po: "'@PO",
      amount: '-25.5',
      currency: 'USD',
      reasons: 'INV-PRICE INV-UOM',
      queues: 'contracts item-master',
    },
    {
      outcome: 'waiting',
      invoice: '00123',
      invoice_date: '',
      supplier: '004410',
      supplier_name: "'+cmd",
      po: '',
      amount: '10',
      currency: 'USD',
      reasons: 'receipt within grace',
      queues: '',
    },
  ])
})
