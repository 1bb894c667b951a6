import { describe, expect, test } from 'vitest'
import { RuleNight } from './rule-night.js'
import type { Row } from './three-way/night.js'

const usual = {
  period: 'month',
  obligations: [{ document: 'insurance', on: 'payments', 'from-amount': '0', categories: [] }],
  'exempt-categories': ['IMPLANT'],
}
const asked = (more: Row = {}) => ({
  obligations: [{ document: 'insurance', on: 'payments', 'from-amount': '0', categories: [], ...more }],
})

/** Vendor 777, Acme, in February 2026, seen on 2026-03-11. */
class Period extends RuleNight {
  constructor() {
    super('compliance-evidence', usual)
    this.add('vendor', { company: '10', supplier: '777', name: 'Acme Surgical', status: 'active' })
  }

  paid(day: string, amount = '100.00', row: Row = {}): this {
    const payment = { company: '10', supplier: '777', invoice_number: `I${day}`, payment: `P${day}` }
    return this.add('payment', { ...payment, paid_on: day, amount, ...row })
  }

  onFile(received_on: string | null, expires_on: string | null = null, kind = 'insurance'): this {
    return this.add('vendor_evidence', { supplier: '777', kind, received_on, expires_on, reference: 'DOC-1' })
  }

  ordered(row: Row = {}): this {
    const line = { company: '10', po_number: '4500', line_number: '1', supplier: '777', item: '1001' }
    const worth = { quantity: '10', uom: 'BX', unit_price: '12.00', status: 'open', matching: 'three-way' }
    return this.add('po_line', { ...line, ...worth, po_date: '2026-02-10', category: 'SUPPLY', ...row })
  }

  requested(row: Row = {}): this {
    const line = { company: '10', requisition: 'R1', line_number: '1', quantity: '10', status: 'open' }
    return this.add('requisition_line', {
      ...line,
      requested_on: '2026-02-09',
      po_number: '4500',
      po_line: '1',
      ...row,
    })
  }

  told(row: Row): this {
    return this.add('known_exception', { exception: 'EX-000012', job: 'requisition-to-pay', status: 'new', ...row })
  }
}

describe('a document that must be on file when a vendor is paid', () => {
  test('one that came the day of the payment and expires that day covers it', async () => {
    const night = await new Period().paid('2026-02-10').onFile('2026-02-10', '2026-02-10').match()
    expect(night.codes).toEqual([])
    expect(night.table('obligations')).toMatchObject([{ state: 'covered', days: 1, days_without: 0, amount: '100.00' }])
    expect(night.count('Covered')).toBe(1)
  })

  test('missing: what was paid without it is at risk, day by day', async () => {
    const night = await new Period().paid('2026-02-10').paid('2026-02-11', '50.00').match()
    expect(night.finding('VENDOR-EVIDENCE')).toMatchObject({
      keys: { supplier: '777', obligation: 'insurance', period: '2026-02' },
      amountAtRisk: '150',
      message:
        'Vendor 777 (Acme Surgical) was paid 150.00 on 2 days of 2026-02, the first 2026-02-10, without its insurance on file',
    })
  })

  test('late: one that came a day after the payment does not make up for it', async () => {
    const night = await new Period().paid('2026-02-10').paid('2026-02-11', '50.00').onFile('2026-02-11').match()
    const { message, amountAtRisk } = night.finding('VENDOR-EVIDENCE')
    expect(amountAtRisk).toBe('100')
    expect(message).toContain(
      'on 1 day of 2026-02, the first 2026-02-10, before its insurance was put on file on 2026-02-11',
    )
  })

  test('late at first and expired at the end: both are said', async () => {
    const night = await new Period()
      .paid('2026-02-09')
      .paid('2026-02-10')
      .paid('2026-02-20', '70.00')
      .onFile('2026-02-10', '2026-02-19')
      .match()
    expect(night.finding('VENDOR-EVIDENCE')).toMatchObject({
      amountAtRisk: '170',
      message:
        'Vendor 777 (Acme Surgical) was paid 170.00 on 2 days of 2026-02, the first 2026-02-09, before its insurance was put on file on 2026-02-10; the last 2026-02-20, while its insurance had expired on 2026-02-19',
    })
  })

  test('expired the day before; renewed the same day it is covered', async () => {
    const expired = await new Period().paid('2026-02-10').onFile('2025-01-01', '2026-02-09').match()
    expect(expired.finding('VENDOR-EVIDENCE').message).toContain('while its insurance had expired on 2026-02-09')
    const renewed = await new Period()
      .paid('2026-02-10')
      .onFile('2025-01-01', '2026-02-09')
      .onFile('2026-02-10')
      .match()
    expect(renewed.codes).toEqual([])
  })

  test('a screening may be 31 days old and no older; one without a date is never young', async () => {
    const inside = await new Period()
      .with(asked({ 'within-days': 31 }))
      .paid('2026-02-10')
      .onFile('2026-01-10')
      .match()
    expect(inside.codes).toEqual([])
    const old = await new Period()
      .with(asked({ 'within-days': 31 }))
      .paid('2026-02-10')
      .onFile('2026-01-09')
      .match()
    expect(old.finding('VENDOR-EVIDENCE').message).toContain('while its insurance of 2026-01-09 was older than 31 days')
    const undated = await new Period()
      .with(asked({ 'within-days': 31 }))
      .paid('2026-02-10')
      .onFile(null)
      .match()
    expect(undated.finding('VENDOR-EVIDENCE').message).toContain('while its insurance without a date was older')
  })

  test('a screening that failed takes away what was on file, until the next one that is clear', async () => {
    const night = await new Period()
      .paid('2026-02-10')
      .paid('2026-02-12', '50.00')
      .onFile('2026-02-01')
      .onFile('2026-02-10', null, 'insurance-failed')
      .onFile('2026-02-11')
      .match()
    expect(night.finding('VENDOR-EVIDENCE')).toMatchObject({ amountAtRisk: '100', values: { state: 'failed' } })
  })

  test('the last day of the month counts, the first of the next does not; nor a payment that was voided', async () => {
    const night = await new Period()
      .paid('2026-02-28', '7.00')
      .paid('2026-03-01', '9.00')
      .paid('2026-01-31', '11.00')
      .paid('2026-02-03', '13.00')
      .paid('2026-02-03', '-13.00')
      .match()
    expect(night.finding('VENDOR-EVIDENCE').amountAtRisk).toBe('7')
    expect(night.table('period_summary')).toMatchObject([
      { period: '2026-02', first_day: '2026-02-01', last_day: '2026-02-28' },
    ])
  })

  test('asked of vendors from an amount on, to the cent', async () => {
    const rule = asked({ 'from-amount': '150.00' })
    expect((await new Period().with(rule).paid('2026-02-10', '149.99').match()).codes).toEqual([])
    expect((await new Period().with(rule).paid('2026-02-10').paid('2026-02-11', '50.00').match()).codes).toEqual([
      'VENDOR-EVIDENCE',
    ])
  })

  test('asked for orders of a category alone', async () => {
    const rule = asked({ on: 'orders', categories: ['IMPLANT'] as never })
    expect((await new Period().with(rule).paid('2026-02-10').ordered().match()).codes).toEqual([])
    const night = await new Period().with(rule).ordered({ category: 'IMPLANT' }).match()
    expect(night.finding('VENDOR-EVIDENCE').message).toContain('was given orders for 120.00 on 1 day of 2026-02')
  })

  test('waived in another workflow: from the day of the decision on, and shown as that', async () => {
    const waiver = { code: 'VENDOR-EVIDENCE', supplier: '777', obligation: 'insurance', status: 'decided' }
    const decided = { ...waiver, decision: 'waive', decided_by: 'R. Ortiz', decided_on: '2026-02-10' }
    const night = await new Period().paid('2026-02-10').told(decided).match()
    expect(night.codes).toEqual([])
    expect(night.table('obligations')).toMatchObject([{ state: 'waived', reference: 'waived by R. Ortiz (EX-000012)' }])
    const before = await new Period().paid('2026-02-09').told(decided).match()
    expect(before.codes).toEqual(['VENDOR-EVIDENCE'])
    const attached = await new Period()
      .paid('2026-02-10')
      .told({ ...decided, decision: 'attach' })
      .match()
    expect(attached.codes).toEqual(['VENDOR-EVIDENCE'])
  })

  test.each([
    ['month', '2026-03-01', '2026-02'],
    ['month', '2026-03-31', '2026-02'],
    ['quarter', '2026-03-31', '2025-Q4'],
    ['quarter', '2026-04-01', '2026-Q1'],
    ['year', '2026-12-31', '2025'],
  ])('a %s seen on %s is %s', async (period, asOf, name) => {
    const night = await new RuleNight('compliance-evidence', { ...usual, period }, asOf).match()
    expect(night.table('period_summary')).toMatchObject([{ period: name, vendors: 0 }])
  })
})

describe('orders of the period without a requisition', () => {
  test('told with their money and the period; one with its requisition is not', async () => {
    const night = await new Period().ordered().ordered({ line_number: '2', po_date: '2026-02-28' }).requested().match()
    expect(night.finding('REQ-NO-REQUISITION')).toMatchObject({
      keys: { company: '10', po: '4500', line: '2', supplier: '777', period: '2026-02' },
      amountAtRisk: '120',
    })
  })

  test('not those of the next month, of an exempt category, cancelled, or where no requisitions came', async () => {
    const others = [{ po_date: '2026-03-01' }, { category: 'IMPLANT' }, { status: 'cancelled' }]
    for (const other of others) {
      expect((await new Period().ordered(other).requested({ po_number: '9' }).match()).codes).toEqual([])
    }
    expect((await new Period().ordered().match()).codes).toEqual([])
  })

  test('what requisition-to-pay told already is shown with what became of it, and not told twice', async () => {
    const known = { code: 'REQ-NO-REQUISITION', company: '10', po_number: '4500', line_number: '1' }
    const open = await new Period().ordered().requested({ po_number: '9' }).told(known).match()
    expect(open.codes).toEqual([])
    expect(open.table('unasked')).toMatchObject([{ state: 'new in requisition-to-pay (EX-000012)' }])
    const decided = { ...known, status: 'decided', decision: 'waive', decided_by: 'R. Ortiz' }
    const waived = await new Period().ordered().requested({ po_number: '9' }).told(decided).match()
    expect(waived.table('unasked')).toMatchObject([{ state: 'waive by R. Ortiz (EX-000012)' }])
    const healed = await new Period()
      .ordered()
      .requested({ po_number: '9' })
      .told({ ...known, status: 'healed' })
      .match()
    expect(healed.codes).toEqual(['REQ-NO-REQUISITION'])
  })
})

test('the order of rows changes nothing', async () => {
  const period = new Period()
    .paid('2026-02-09')
    .paid('2026-02-20', '70.00')
    .onFile('2026-02-10', '2026-02-19')
    .onFile('2026-02-11')
    .ordered()
    .ordered({ line_number: '2', category: 'IMPLANT' })
    .requested({ po_number: '4600' })
    .told({ code: 'VENDOR-EVIDENCE', supplier: '777', obligation: 'insurance' })
  const there = await period.match()
  const back = await period.match([...period.rows].reverse())
  expect(there.findings.length).toBeGreaterThan(0)
  expect(back.findings).toEqual(there.findings)
  for (const table of ['obligations', 'unasked']) expect(back.table(table)).toEqual(there.table(table))
})
