import { describe, expect, test } from 'vitest'
import { RuleNight } from './rule-night.js'
import type { Row } from './three-way/night.js'

const limits = {
  'approval-days': 3,
  'ordering-days': 3,
  'receipt-days': 30,
  'invoice-days': 30,
  'payment-days': 45,
  'order-window-days': 90,
  'exempt-categories': ['IMPLANT'],
}

/** One requisition of 10 boxes at 12.00, taken as far as a test needs it. The night is 2026-03-11. */
class Purchase extends RuleNight {
  constructor() {
    super('requisition-to-pay', limits)
  }

  asked(row: Row = {}): this {
    const asked = {
      company: '10',
      requisition: 'R1',
      line_number: '1',
      item: '1001',
      quantity: '10',
      uom: 'BX',
      unit_cost: '12.00',
    }
    return this.add('requisition_line', {
      ...asked,
      facility: 'OR',
      requested_on: '2026-03-10',
      status: 'open',
      ...row,
    })
  }

  became(row: Row = {}): this {
    return this.asked({ approved_on: '2026-03-10', po_number: '4500', po_line: '1', ...row })
  }

  ordered(row: Row = {}): this {
    const line = {
      company: '10',
      po_number: '4500',
      line_number: '1',
      supplier: '777',
      item: '1001',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
    }
    return this.add('po_line', {
      ...line,
      status: 'open',
      matching: 'three-way',
      po_date: '2026-03-10',
      category: 'SUPPLY',
      ...row,
    })
  }

  received(received_on: string, quantity = '10', receipt_number = `G${received_on}${quantity}`): this {
    const line = {
      company: '10',
      po_number: '4500',
      line_number: '1',
      receipt_number,
      quantity,
      uom: 'BX',
      received_on,
    }
    return this.add('receipt_line', line)
  }

  vouchered(invoice_date: string, row: Row = {}): this {
    const line = {
      company: '10',
      supplier: '777',
      invoice_number: 'A1',
      invoice_date,
      po_number: '4500',
      line_number: '1',
      amount: '120.00',
    }
    return this.add('voucher_line', { ...line, status: 'open', ...row })
  }

  paid(paid_on: string, row: Row = {}): this {
    const payment = {
      company: '10',
      supplier: '777',
      invoice_number: ' a1',
      payment: 'C900',
      paid_on,
      amount: '120.00',
    }
    return this.add('payment', { ...payment, ...row })
  }
}

const stages: readonly (readonly [string, number, (day: string) => Purchase])[] = [
  ['requested', 3, (day) => new Purchase().asked({ requested_on: day })],
  ['approved', 3, (day) => new Purchase().asked({ requested_on: '2026-01-01', approved_on: day })],
  ['ordered', 30, (day) => new Purchase().became().ordered({ po_date: day })],
  ['received', 30, (day) => new Purchase().became().ordered({ po_date: '2025-12-01' }).received(day)],
  [
    'invoiced',
    45,
    (day) => new Purchase().became().ordered({ po_date: '2025-12-01' }).received('2025-12-02').vouchered(day),
  ],
]

const daysAgo = (days: number): string => new Date(Date.UTC(2026, 2, 11) - days * 86_400_000).toISOString().slice(0, 10)

describe('from requisition to payment', () => {
  test.each(stages)(
    'a line is stuck when it stays %s longer than %i days, and not on the last of them',
    async (stage, limit, purchase) => {
      const inside = await purchase(daysAgo(limit)).match()
      expect(inside.codes).toEqual([])
      expect(inside.table('pipeline')).toMatchObject([{ stage, days_in_stage: limit }])
      const beyond = await purchase(daysAgo(limit + 1)).match()
      expect(beyond.codes).toEqual(['REQ-STUCK'])
      expect(beyond.finding('REQ-STUCK')).toMatchObject({
        keys: { company: '10', requisition: 'R1', line: '1', field: stage },
        amountAtRisk: '120',
        values: { stage, days: String(limit + 1), 'days allowed': String(limit) },
      })
    },
  )

  test('a paid line is done, with the days each stage took', async () => {
    const night = await new Purchase()
      .became({ requested_on: '2026-01-02', approved_on: '2026-01-04' })
      .ordered({ po_date: '2026-01-05' })
      .received('2026-01-10')
      .vouchered('2026-01-12')
      .paid('2026-02-11')
      .match()
    expect(night.codes).toEqual([])
    expect(night.count('Paid')).toBe(1)
    expect(night.table('cycle_time').map(({ step, median_days }) => [step, median_days])).toEqual([
      ['1 requested to approved', 2],
      ['2 approved to ordered', 1],
      ['3 ordered to received', 5],
      ['4 received to invoiced', 2],
      ['5 invoiced to paid', 30],
      ['6 requested to paid', 40],
    ])
  })

  test('one of two invoices paid leaves the line invoiced', async () => {
    const night = await new Purchase()
      .became()
      .ordered({ po_date: '2026-03-01' })
      .received('2026-03-02')
      .vouchered('2026-03-03')
      .vouchered('2026-03-04', { invoice_number: 'A2' })
      .paid('2026-03-05')
      .match()
    expect(night.table('pipeline')).toMatchObject([{ stage: 'invoiced' }])
  })

  test('goods that went back were never received', async () => {
    const night = await new Purchase().became().ordered().received('2026-03-10').received('2026-03-11', '-10').match()
    expect(night.table('pipeline')).toMatchObject([{ stage: 'ordered', received_on: null }])
  })

  test.each([
    ['an order nobody asked for', {}, ['REQ-NO-REQUISITION']],
    ['of a category that may do without', { category: 'IMPLANT' }, []],
    ['cancelled', { status: 'cancelled' }, []],
    ['of the last day of the window', { po_date: daysAgo(90) }, ['REQ-NO-REQUISITION']],
    ['from before the window', { po_date: daysAgo(91) }, []],
  ])('%s', async (_, row, codes) => {
    expect((await new Purchase().ordered(row).match()).codes).toEqual(codes)
  })

  test.each([
    ['is open there', { status: 'open' }, []],
    ['was waived there and is over', { status: 'healed', decision: 'waive' }, []],
    ['healed there undecided', { status: 'healed' }, ['REQ-NO-REQUISITION']],
    ['is of another line', { status: 'open', line_number: '2' }, ['REQ-NO-REQUISITION']],
  ])('what compliance-evidence told of an order, and %s', async (_, row, codes) => {
    const told = {
      exception: 'EX-000007',
      job: 'compliance-evidence',
      code: 'REQ-NO-REQUISITION',
      company: '10',
      po_number: '4500',
      line_number: '1',
    }
    expect(
      (
        await new Purchase()
          .ordered()
          .add('known_exception', { ...told, ...row })
          .match()
      ).codes,
    ).toEqual(codes)
  })

  test('a requisition of another release is no requisition of this one', async () => {
    const night = await new Purchase().became({ release: '2' }).ordered({ release: '1' }).match()
    expect(night.codes).toEqual(['REQ-NO-REQUISITION'])
  })

  test.each([
    ['on the day of the receipt', '2026-03-08', []],
    ['a day before it', '2026-03-07', ['PAY-BEFORE-RECEIPT']],
  ])('paid %s', async (_, paid_on, codes) => {
    const night = await new Purchase()
      .became()
      .ordered()
      .received('2026-03-08')
      .vouchered('2026-03-06')
      .paid(paid_on)
      .match()
    expect(night.codes).toEqual(codes)
  })

  test('paid and never received is told with the payment; a line that needs no receipt is not', async () => {
    const paid = (row: Row) => new Purchase().became().ordered(row).vouchered('2026-03-06').paid('2026-03-07').match()
    expect((await paid({})).finding('PAY-BEFORE-RECEIPT')).toMatchObject({
      amountAtRisk: '120',
      message: 'Invoice A1 of 777 for PO 4500 line 1: 120.00 paid on 2026-03-07, not received yet',
      values: { payments: 'C900' },
    })
    expect((await paid({ matching: 'two-way' })).codes).toEqual([])
  })

  test('half of the goods came in time and half after the payment: that half was paid early; each half paid after it came was not', async () => {
    const purchase = () => new Purchase().became().ordered().received('2026-03-05', '5').received('2026-03-08', '5')
    const early = await purchase().vouchered('2026-03-04', { quantity: '10', uom: 'BX' }).paid('2026-03-06').match()
    expect(early.finding('PAY-BEFORE-RECEIPT')).toMatchObject({
      amountAtRisk: '60',
      message: 'Invoice A1 of 777 for PO 4500 line 1: 120.00 paid on 2026-03-06 for 10 BX, of which 5 came later',
      values: { 'paid for by then': '10 BX', 'received by then': '5 BX' },
    })
    const half = { quantity: '5', uom: 'BX', amount: '60.00' }
    const inTurn = await purchase()
      .vouchered('2026-03-04', half)
      .paid('2026-03-05', { amount: '60.00' })
      .vouchered('2026-03-04', { ...half, invoice_number: 'A2' })
      .paid('2026-03-08', { invoice_number: 'A2', amount: '60.00' })
      .match()
    expect(inTurn.codes).toEqual([])
    // Billed beyond what came, and nothing came later: that is receipt-to-invoice's to tell.
    expect(
      (await purchase().vouchered('2026-03-04', { quantity: '11', uom: 'BX' }).paid('2026-03-09').match()).codes,
    ).toEqual([])
  })

  test('an order that was closed with nothing received or billed waits for nothing', async () => {
    const night = await new Purchase().became().ordered({ po_date: '2025-12-01', status: 'closed' }).match()
    expect(night.codes).toEqual([])
    expect(night.table('pipeline')).toMatchObject([{ stage: 'closed with its order' }])
  })

  test('a requisition whose order the extract does not have does not wait to be ordered', async () => {
    const night = await new Purchase().became({ requested_on: '2026-01-01', approved_on: '2026-01-02' }).match()
    expect(night.codes).toEqual([])
    expect(night.table('pipeline')).toMatchObject([{ stage: 'order not extracted' }])
    expect(night.count('Order not extracted')).toBe(1)
  })

  test('a payment that was reversed is none', async () => {
    const night = await new Purchase()
      .became()
      .ordered()
      .vouchered('2026-03-06')
      .paid('2026-03-07')
      .paid('2026-03-08', { amount: '-120.00' })
      .match()
    expect(night.codes).toEqual([])
  })

  test('the order of rows changes nothing', async () => {
    const night = new Purchase()
      .became()
      .ordered()
      .received('2026-03-08')
      .vouchered('2026-03-06')
      .paid('2026-03-07')
      .asked({ requisition: 'R2', requested_on: '2026-01-01' })
    const there = await night.match()
    const back = await night.match([...night.rows].reverse())
    expect(back.findings.map(({ message }) => message)).toEqual(there.findings.map(({ message }) => message))
    expect(back.table('pipeline')).toEqual(there.table('pipeline'))
  })
})
