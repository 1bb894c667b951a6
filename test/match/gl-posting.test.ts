import { describe, expect, test } from 'vitest'
import { RuleNight } from './rule-night.js'

/** Journals of one source, each of two lines on open accounts of March. */
class Ledger extends RuleNight {
  constructor() {
    super('gl-posting', { 'posting-days': 2 })
    this.add('gl_account', { company: '10', account: '6100', status: 'open' })
    this.add('gl_account', { company: '10', account: '2100', cost_center: '7001', status: 'open' })
    this.add('gl_account', { company: '10', account: '6900', status: 'closed' })
    this.add('gl_period', { company: '10', period: '2026-03', status: 'open' })
    this.add('gl_period', { company: '10', period: '2026-02', status: 'closed' })
  }

  journal(sequence: number, row = {}, credit = {}): this {
    const journal = {
      company: '10',
      source: 'IC',
      sequence,
      journal: `J${sequence}`,
      period: '2026-03',
      posting_date: '2026-03-10',
    }
    return this.add('journal_line', {
      ...journal,
      line: '1',
      account: '6100',
      cost_center: '7001',
      debit: '120.50',
      ...row,
    }).add('journal_line', {
      ...journal,
      line: '2',
      account: '2100',
      cost_center: '7001',
      credit: '120.50',
      ...row,
      ...credit,
    })
  }

  posted(sequence: number, amount = '120.50', row = {}): this {
    const journal = {
      company: '10',
      source: 'IC',
      journal: `J${sequence}`,
      period: '2026-03',
      status: 'posted',
      posting: '900',
    }
    return this.add('ledger_line', { ...journal, line: '1', account: '6100', cost_center: '7001', amount, ...row }).add(
      'ledger_line',
      {
        ...journal,
        line: '2',
        account: '2100',
        cost_center: '7001',
        amount: `-${amount}`,
        ...row,
      },
    )
  }
}

describe('journals against the ledger', () => {
  test('what is posted as it was sent is done; what is next goes to the ledger, line by line', async () => {
    const night = await new Ledger().journal(1).posted(1).journal(2).journal(3).match()
    expect(night.codes).toEqual([])
    expect(night.count('Posted')).toBe(1)
    expect(night.count('To be posted')).toBe(2)
    expect(night.table('journal_load').map(({ journal, line, amount }) => [journal, line, amount])).toEqual([
      ['J2', '1', '120.50'],
      ['J2', '2', '-120.50'],
      ['J3', '1', '120.50'],
      ['J3', '2', '-120.50'],
    ])
  })

  test('a cent between debits and credits holds it and all behind it', async () => {
    const night = await new Ledger().journal(1, {}, { credit: '120.49' }).journal(2).match()
    expect(night.codes).toEqual(['GL-UNBALANCED'])
    expect(night.finding('GL-UNBALANCED')).toMatchObject({
      amountAtRisk: '0.01',
      keys: { company: '10', journal: 'IC J1' },
      message: 'Journal IC J1 of company 10: debits 120.50, credits 120.49, 0.01 apart',
    })
    expect(night.table('journals').map(({ state }) => state)).toEqual(['unbalanced', 'waits for one before it'])
    expect(night.table('journal_load')).toEqual([])
  })

  test('a missing number is told once, with the numbers it lacks; what stands before the gap goes on', async () => {
    const night = await new Ledger().journal(1).journal(5).match()
    expect(night.codes).toEqual(['GL-SEQUENCE'])
    expect(night.finding('GL-SEQUENCE').message).toContain('numbers 2 to 4 are missing before journal J5')
    expect(night.table('journals').map(({ journal, state }) => [journal, state])).toEqual([
      ['J1', 'to be posted'],
      ['J5', 'gap before it'],
    ])
  })

  test('a number that two journals bear', async () => {
    const night = await new Ledger().journal(1).journal(1, { journal: 'J1b' }).match()
    expect(night.finding('GL-SEQUENCE').message).toContain('number 1 is used by journals J1 and J1b')
    expect(night.table('journal_load')).toEqual([])
  })

  test('posted twice', async () => {
    const night = await new Ledger().journal(1).posted(1).posted(1, '120.50', { posting: '901' }).match()
    expect(night.codes).toEqual(['GL-SEQUENCE'])
    expect(night.finding('GL-SEQUENCE')).toMatchObject({ amountAtRisk: '120.5', values: { postings: '900, 901' } })
  })

  test.each([
    ['the last day it has', '2026-03-09', []],
    ['a day too long', '2026-03-08', ['GL-SEQUENCE']],
  ])('not in the ledger after %s', async (_, posting_date, codes) => {
    expect((await new Ledger().journal(1, { posting_date }).match()).codes).toEqual(codes)
  })

  test.each([
    ['an account nobody knows', { account: '6666' }, 'account 6666 is not in the chart'],
    ['a closed account', { account: '6900' }, 'account 6900 is closed'],
    ['a closed period', { period: '2026-02' }, 'period 2026-02 is closed'],
    ['a period without a calendar', { period: '2026-07' }, 'period 2026-07 is not in the calendar'],
  ])('%s', async (_, row, why) => {
    const night = await new Ledger().journal(1, row, { account: '2100' }).match()
    expect(new Set(night.codes)).toEqual(new Set(['GL-ACCOUNT']))
    expect(night.findings.some(({ message }) => message.endsWith(why))).toBe(true)
    expect(night.table('journal_load')).toEqual([])
  })

  test('an account with a cost centre it is not used with', async () => {
    const night = await new Ledger().journal(1, {}, { cost_center: '7002' }).match()
    expect(night.finding('GL-ACCOUNT').message).toContain('account 2100 is not used with cost centre 7002')
  })

  test('the ledger shows another amount than was sent, on each account it moved', async () => {
    const night = await new Ledger().journal(1).posted(1, '120.49').match()
    expect(night.codes).toEqual(['GL-AMOUNT', 'GL-AMOUNT'])
    expect(night.findings.map(({ amountAtRisk }) => amountAtRisk)).toEqual(['0.01', '0.01'])
  })

  test('the order of rows changes nothing', async () => {
    const night = new Ledger().journal(1).posted(1, '120.49').journal(3).journal(4, {}, { credit: '1.00' })
    const there = await night.match()
    const back = await night.match([...night.rows].reverse())
    expect(back.findings.map(({ message }) => message)).toEqual(there.findings.map(({ message }) => message))
    expect(back.table('journals')).toEqual(there.table('journals'))
  })
})
