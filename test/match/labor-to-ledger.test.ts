import { describe, expect, test } from 'vitest'
import { RuleNight } from './rule-night.js'
import type { Row } from './three-way/night.js'

/** One nurse's period in surgery: 80 hours at 40.00. The night is 2026-03-11. */
class Period extends RuleNight {
  constructor() {
    super('labor-to-ledger', {
      'payroll-days': 10,
      'posting-days': 5,
      source: 'PAYROLL',
      'clearing-account': '2200',
      'clearing-cost-center': '',
    })
    this.add('labor_account', { company: '10', department: 'SURG', cost_center: '7001', account: '6000' })
    this.add('labor_account', {
      company: '10',
      department: 'SURG',
      pay_code: 'OT',
      cost_center: '7001',
      account: '6010',
    })
    this.add('tolerance', { rule: 'labor-hours', over_mode: 'limit', over_absolute: '0.25', under_mode: 'zero' })
  }

  worked(hours = '80', row: Row = {}): this {
    const entry = {
      company: '10',
      employee: 'e1',
      department: 'SURG',
      pay_code: 'REG',
      period: '2026-05',
      worked_on: '2026-03-05',
      hours,
    }
    return this.add('worked_time', { ...entry, ...row })
  }

  paid(hours = '80', amount = '3200.00', row: Row = {}): this {
    const line = {
      company: '10',
      employee: 'e1',
      department: 'SURG',
      pay_code: 'REG',
      period: '2026-05',
      hours,
      amount,
      paid_on: '2026-03-10',
    }
    return this.add('payroll_line', { ...line, ...row })
  }

  booked(amount = '3200.00', row: Row = {}): this {
    const line = {
      company: '10',
      source: 'PAYROLL',
      journal: 'PR-2026-05',
      line: '1',
      cost_center: '7001',
      account: '6000',
      period: '2026-05',
    }
    return this.add('ledger_line', { ...line, amount, status: 'posted', ...row })
  }
}

describe('from the time clock to the ledger', () => {
  test('worked, paid and posted is done', async () => {
    const night = await new Period().worked('40').worked('40', { entry: '2' }).paid().booked().match()
    expect(night.codes).toEqual([])
    expect(night.count('In the ledger')).toBe(1)
    expect(night.table('labor_journal')).toEqual([])
  })

  test('pay periods of two weeks, and a ledger that knows months', async () => {
    const two = (): Period =>
      ['22', '23'].reduce((books, fortnight, n) => {
        const row = { period: `2026-${fortnight}`, paid_on: n === 0 ? '2026-03-01' : '2026-03-02' }
        return books.worked('80', { period: row.period }).paid('80', '3200.00', row)
      }, new Period())
    const month = { journal: 'SAL1', period: '2026-03' }
    const both = await two().booked('6400.00', month).match()
    expect([both.codes, both.count('In the ledger')]).toEqual([[], 2])
    const first = await two().booked('3200.00', month).match()
    expect(first.codes).toEqual(['LAB-NOT-POSTED'])
    expect(first.finding('LAB-NOT-POSTED').keys).toMatchObject({ period: '2026-23' })
    const wrong = await two().booked('6407.00', month).match()
    expect(wrong.codes).toEqual(['GL-AMOUNT'])
    expect(wrong.finding('GL-AMOUNT')).toMatchObject({ amountAtRisk: '7', keys: { period: '2026-23' } })
    const named = await two().booked('3200.00', { journal: 'PR-2026-23', period: '2026-03' }).match()
    expect(named.finding('LAB-NOT-POSTED').keys).toMatchObject({ period: '2026-22' })
  })

  test('what is paid and not in the ledger becomes a balanced journal', async () => {
    const night = await new Period()
      .worked()
      .paid()
      .paid('2', '120.00', { pay_code: 'OT' })
      .worked('2', { pay_code: 'OT' })
      .match()
    expect(night.codes).toEqual([])
    expect(
      night
        .table('labor_journal')
        .map(({ line, cost_center, account, debit, credit }) => [line, cost_center, account, debit, credit]),
    ).toEqual([
      [1, '7001', '6000', '3200.00', '0.00'],
      [2, '7001', '6010', '120.00', '0.00'],
      [3, '', '2200', '0.00', '3320.00'],
    ])
  })

  test.each([
    ['just within tolerance', '80.25', []],
    ['beyond it', '80.26', ['LAB-HOURS']],
    ['less than worked', '79.99', ['LAB-HOURS']],
  ])('paid hours %s', async (_, hours, codes) => {
    expect((await new Period().worked().paid(hours).booked().match()).codes).toEqual(codes)
  })

  test('three days of eight hours and twenty minutes, as clocks give them, are the 25 hours paid; a third of an hour at risk is rounded to the cent', async () => {
    const days = new Period().worked('8.33333333').worked('8.33333333').worked('8.33333333')
    expect((await days.paid('25').booked().match()).codes).toEqual([])
    const night = await new Period().worked('40').paid('40.26666667', '402.67').booked('402.67').match()
    expect(night.finding('LAB-HOURS')).toMatchObject({ amountAtRisk: '2.67' })
  })

  test('the difference is told with its hours, its tolerance and its money, and never with a name', async () => {
    const night = await new Period().worked('76').paid().booked().match()
    expect(night.finding('LAB-HOURS')).toMatchObject({
      keys: { employee: 'e1', department: 'SURG', payCode: 'REG', period: '2026-05' },
      amountAtRisk: '160',
      message: 'Department SURG, REG, period 2026-05: 76 hours worked, 80 paid',
      tolerance: { rule: 'labor-hours', side: 'over', absolute: '0.25' },
    })
  })

  test('paid for hours nobody worked, in a department that did work', async () => {
    const night = await new Period().worked().paid().booked('3600.00').paid('10', '400.00', { employee: 'e2' }).match()
    expect(night.finding('LAB-HOURS')).toMatchObject({ keys: { employee: 'e2' }, amountAtRisk: '400' })
  })

  test.each([
    ['the last day it may', '2026-03-01', []],
    ['a day too long', '2026-02-28', ['LAB-NOT-POSTED']],
  ])('a department waits for its payroll %s', async (_, worked_on, codes) => {
    const night = await new Period().worked('80', { worked_on }).match()
    expect(night.codes).toEqual(codes)
    expect(night.count('Not paid')).toBe(1)
  })

  test.each([
    ['the last day it may', '2026-03-06', []],
    ['a day too long', '2026-03-05', ['LAB-NOT-POSTED']],
  ])('payroll waits for the ledger %s', async (_, paid_on, codes) => {
    expect((await new Period().worked().paid('80', '3200.00', { paid_on }).match()).codes).toEqual(codes)
  })

  test.each([
    ['to the cent', '3200.00', []],
    ['a cent off', '3199.99', ['GL-AMOUNT']],
  ])('the ledger shows the pay %s', async (_, amount, codes) => {
    expect((await new Period().worked().paid().booked(amount).match()).codes).toEqual(codes)
  })

  test('a posting in error is none', async () => {
    expect(
      (await new Period().worked().paid().booked('3200.00', { status: 'error' }).match()).table('labor_journal'),
    ).toHaveLength(2)
  })

  test('a department that nobody maps is never booked anywhere', async () => {
    const night = await new Period()
      .worked('8', { department: 'LAB' })
      .paid('8', '320.00', { department: 'LAB' })
      .match()
    expect(night.codes).toEqual(['XREF-COSTCENTER'])
    expect(night.finding('XREF-COSTCENTER')).toMatchObject({
      amountAtRisk: '320',
      keys: { department: 'LAB', payCode: 'REG' },
    })
    expect(night.table('labor_journal')).toEqual([])
  })
})
