import { describe, expect, it } from 'vitest'
import { add, decimal, isZero, sumOf } from '../../../src/canonical/index.js'
import { LoadReversal } from '../../../src/config/load-reversal.js'
import { reversePlan } from '../../../src/outputs/load/index.js'
import { lintInvoice } from '../../../src/outputs/load/lint-invoice.js'
import type { LoadInvoice, LoadPlan, PlannedRow } from '../../../src/outputs/load/load-plan.js'
import fc from '../../properties.js'

const plan = (invoices: readonly LoadInvoice[], rows: readonly PlannedRow[] = []): LoadPlan => ({
  loadId: 'L1',
  groupId: 'G1',
  source: 'MATCHBOOK',
  values: {},
  valuesByCompany: {},
  invoices,
  tables: rows.length === 0 ? {} : { row: { columns: [], rows } },
})

const row = (fields: Readonly<Record<string, string>>, before?: PlannedRow['before']): PlannedRow => ({
  key: '1001',
  company: '10',
  fields,
  identities: ['["t","[1001]","h"]'],
  ...(before === undefined ? {} : { before }),
})

const invoice = (quantities: readonly number[], cents: number): LoadInvoice => {
  const price = decimal((cents / 100).toFixed(2))
  const lines = quantities.map((quantity, n) => ({
    number: n + 1,
    type: 'ITEM' as const,
    quantity: decimal(quantity),
    unitPrice: price,
    amount: decimal(((quantity * cents) / 100).toFixed(2)),
  }))
  const amount = sumOf(lines.map((line) => line.amount))
  const isCredit = amount.startsWith('-')
  return {
    invoiceId: 'doc1',
    number: 'MS-1',
    supplier: '10442',
    date: '2026-11-20',
    amount,
    currency: 'USD',
    type: isCredit ? 'CREDIT' : 'STANDARD',
    company: '10',
    lines,
  }
}

describe('a load that takes another back', () => {
  it('leaves nothing of an invoice or a credit, and the ERP would take it', () => {
    const suffix = LoadReversal.parse({ 'number-suffix': '-R' })
    const quantities = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(quantities, fc.integer({ min: 1, max: 99_999 }), fc.boolean(), (some, cents, isCredit) => {
        const first = invoice(isCredit ? some.map((quantity) => -quantity) : some, cents)
        const [back] = reversePlan(suffix, plan([first]), '2026-11-21').invoices
        if (back === undefined) throw new Error('no invoice')
        expect(lintInvoice(back)).toEqual([])
        expect(isZero(add(first.amount, back.amount))).toBe(true)
        expect({ number: back.number, type: back.type }).toEqual({
          number: 'MS-1-R',
          type: isCredit ? 'STANDARD' : 'CREDIT',
        })
      }),
    )
  })

  it('exchanges debit and credit under a number of its own', () => {
    const reversal = LoadReversal.parse({ exchange: { debit: 'credit' }, suffix: { journal: '-R' } })
    const { tables } = reversePlan(reversal, plan([], [row({ journal: 'IC1', debit: '40', credit: '0' })]), '')
    expect(tables.row?.rows[0]?.fields).toEqual({ journal: 'IC1-R', debit: '0', credit: '40' })
  })

  it('puts back what the ERP had, and shows it as a change the other way round', () => {
    const reversal = LoadReversal.parse({ previous: ['status'] })
    const { tables } = reversePlan(reversal, plan([], [row({ status: 'inactive' }, { status: 'active' })]), '')
    expect(tables.row?.rows[0]).toMatchObject({ fields: { status: 'active' }, before: { status: 'inactive' } })
  })

  it.each<[string, PlannedRow['before'], string]>([
    ['a record that was new there', null, 'new in the ERP'],
    ['a field that was empty', { status: null }, 'was empty before'],
    ['a field nobody knows of', {}, 'is not known'],
  ])('names %s as what stands in the way', (_, before, why) => {
    const reversal = LoadReversal.parse({ previous: ['status'] })
    const { obstacles } = reversePlan(reversal, plan([], [row({ status: 'inactive' }, before)]), '')
    expect(obstacles).toEqual([expect.stringContaining(why)])
  })

  it('is refused with the template’s own words where the ERP has no way, and for rows of which it has none', () => {
    expect(reversePlan(LoadReversal.parse({ impossible: 'cancel it there' }), plan([]), '').obstacles).toEqual([
      'cancel it there',
    ])
    const unless = LoadReversal.parse({ unless: { change: ['cancel'] } })
    const { obstacles } = reversePlan(unless, plan([], [row({ change: 'cancel' })]), '')
    expect(obstacles).toEqual(['row 1001: change cancel cannot be taken back'])
  })
})
