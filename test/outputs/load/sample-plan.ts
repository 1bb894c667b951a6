import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { decimal } from '../../../src/canonical/index.js'
import { LoadTemplate } from '../../../src/config/load-template.js'
import type { LoadInvoice, LoadLine, LoadPlan } from '../../../src/outputs/load/index.js'

const shipped = path.join(import.meta.dirname, '../../../templates/loads/oracle-fusion-ap-invoices.yaml')

/** The template as it is shipped. */
export const fusion = LoadTemplate.parse(parse(readFileSync(shipped, 'utf8')))

export const itemLine: LoadLine = {
  number: 1,
  type: 'ITEM',
  amount: decimal('125.00'),
  quantity: decimal('10'),
  unitPrice: decimal('12.50'),
  uom: 'BX',
  description: 'Glove, exam, "nitrile", medium',
  poNumber: 'PO440013',
  poLine: '3',
}

export const invoice: LoadInvoice = {
  invoiceId: 'doc-1',
  number: '00123-A',
  supplier: '004410',
  date: '2026-06-03',
  amount: decimal('147.35'),
  currency: 'USD',
  type: 'STANDARD',
  description: 'Harbor Surgical, Inc.',
  company: '100',
  lines: [
    itemLine,
    { number: 2, type: 'FREIGHT', amount: decimal('15.00'), description: 'Freight' },
    { number: 3, type: 'TAX', amount: decimal('7.35') },
  ],
}

export const creditMemo: LoadInvoice = {
  invoiceId: 'doc-2',
  number: 'CM-88',
  supplier: '004410',
  site: 'MAIN',
  date: '2026-06-02',
  amount: decimal('-25.00'),
  currency: 'USD',
  terms: 'Net 30',
  type: 'CREDIT',
  company: '200',
  lines: [
    {
      number: 1,
      type: 'ITEM',
      amount: decimal('-25.00'),
      quantity: decimal('-2'),
      unitPrice: decimal('12.50'),
      uom: 'BX',
      poNumber: 'PO440013',
      poLine: '3',
      description: '-returned, wrong size',
    },
  ],
}

export function planOf(invoices: readonly LoadInvoice[], more: Partial<LoadPlan> = {}): LoadPlan {
  return {
    loadId: '20260604-5c1e22ab',
    groupId: '5C1E22AB90F1',
    source: 'MATCHBOOK',
    values: { 'operating-unit': 'Lakeview BU' },
    valuesByCompany: { 200: { 'operating-unit': 'Northside, BU' } },
    invoices,
    tables: {},
    ...more,
  }
}

export const plan = planOf([invoice, creditMemo])
