import { describe, expect, test } from 'vitest'
import { RuleNight } from './rule-night.js'

/** Screws charged at 90.00 each by the chargemaster; gloves that nobody is charged for. */
class Revenue extends RuleNight {
  constructor() {
    super('charge-capture', { 'charge-days': 3, 'usage-days': 1, 'posting-days': 3 })
    this.add('item', { item: '5501', base_uom: 'EA', status: 'active' })
    this.add('item_uom', { item: '5501', uom: 'BX', factor: '20' })
    this.add('item', { item: '8801', base_uom: 'BX', status: 'active' })
    this.add('item_xref', { identifier: 'E-SCREW', item: '5501' })
    this.add('item_xref', { identifier: 'E-GLOVE', item: '8801' })
    this.add('location', { company: '10', location: 'OR1', facility: 'MAIN', status: 'active' })
    this.price({})
  }

  price(row: object): this {
    const price = { charge_code: 'S35', item: '5501', price: '90.00', uom: 'EA', effective_from: '2026-01-01' }
    return this.add('chargemaster', { ...price, ...row })
  }

  used(quantity: string, row = {}): this {
    const line = String(this.rows.length)
    return this.add('usage_line', {
      usage: `U${line}`,
      case_hash: 'c1',
      line,
      identifier: 'E-SCREW',
      quantity,
      uom: 'EA',
      location: 'OR1',
      used_on: '2026-03-10',
      ...row,
    })
  }

  /** Posted by journal J1 unless it says otherwise. */
  charged(quantity: string, amount: string, row = {}): this {
    return this.add('charge_line', {
      charge: `C${this.rows.length}`,
      case_hash: 'c1',
      identifier: 'E-SCREW',
      charge_code: 'S35',
      quantity,
      amount,
      service_date: '2026-03-10',
      charged_on: '2026-03-10',
      facility: 'MAIN',
      journal: 'J1',
      ...row,
    })
  }

  posted(row = {}): this {
    return this.add('ledger_line', {
      company: '10',
      source: 'AR',
      journal: 'J1',
      line: '1',
      account: '4000',
      period: '2026-03',
      amount: '-1.00',
      status: 'posted',
      ...row,
    })
  }
}

describe('usage against charges, the chargemaster and the ledger', () => {
  test('charged under a code that the chargemaster does not have: nobody can tell how many that are, and the money is said', async () => {
    const night = await new Revenue().posted().used('2').charged('2', '180.00', { charge_code: 'S99' }).match()
    expect(night.finding('CHG-QUANTITY').message).toMatch(
      /2 EA used \(U\d+\), 180\.00 charged \(C\d+\) under a code that the chargemaster does not have for it on that day$/,
    )
  })

  test('used and charged alike, over several lines and in packs', async () => {
    const night = await new Revenue()
      .posted()
      .used('1', { uom: 'BX' })
      .used('2')
      .used('-2')
      .charged('15', '1350.00')
      .charged('5', '450.00')
      .match()
    expect(night.codes).toEqual([])
    expect(night.count('Agree')).toBe(1)
  })

  test.each([
    ['the last day it has', '2026-03-08', []],
    ['a day too long', '2026-03-07', ['CHG-MISSING']],
  ])('used and not charged: %s', async (_, used_on, codes) => {
    const night = await new Revenue().used('2', { used_on }).match()
    expect(night.codes).toEqual(codes)
    if (codes.length > 0)
      expect(night.finding('CHG-MISSING')).toMatchObject({
        amountAtRisk: '180',
        keys: { case: 'c1', item: '5501', date: '2026-03-07' },
      })
  })

  test.each([
    ['an item without a price', { identifier: 'E-GLOVE', uom: 'BX' }],
    ['an item before its price was in force', { used_on: '2025-12-31' }],
  ])('%s is not billable', async (_, row) => {
    const night = await new Revenue().used('1', { used_on: '2026-03-01', ...row }).match()
    expect(night.codes).toEqual([])
    expect(night.count('Not billable')).toBe(1)
  })

  test('the price of the facility goes before that of all', async () => {
    const night = await new Revenue()
      .price({ facility: 'MAIN', price: '75.00' })
      .price({ facility: 'EAST', price: '1.00' })
      .used('1', { used_on: '2026-03-01' })
      .match()
    expect(night.finding('CHG-MISSING').amountAtRisk).toBe('75')
  })

  test.each([
    ['the last day usage has', '2026-03-10', []],
    ['a day too long', '2026-03-09', ['CHG-NO-USAGE']],
  ])('charged and not used: %s', async (_, charged_on, codes) => {
    expect((await new Revenue().posted().charged('1', '90.00', { charged_on }).match()).codes).toEqual(codes)
  })

  test('a charge that was taken back needs no usage', async () => {
    const early = { charged_on: '2026-03-01', service_date: '2026-03-01' }
    const night = await new Revenue().posted().charged('1', '90.00', early).charged('-1', '-90.00', early).match()
    expect(night.codes).toEqual([])
  })

  test('one too many is charged; of another case or day it is no usage', async () => {
    const night = await new Revenue().posted().used('2').charged('3', '270.00').match()
    expect(night.finding('CHG-QUANTITY')).toMatchObject({ amountAtRisk: '90', values: { used: '2', charged: '3' } })
    const other = await new Revenue()
      .posted()
      .used('2')
      .charged('2', '180.00', { case_hash: 'c2', charged_on: '2026-03-01' })
      .match()
    expect(other.codes).toEqual(['CHG-NO-USAGE'])
  })

  test.each([
    ['posted', {}, 'posted', []],
    ['in a journal that the ledger has not posted', {}, 'unposted', ['CHG-UNPOSTED']],
    ['in no journal', { journal: '' }, 'posted', ['CHG-UNPOSTED']],
    ['in none, and still on its way', { journal: '', charged_on: '2026-03-08' }, 'posted', []],
  ])('a charge %s', async (_, row, status, codes) => {
    const night = await new Revenue()
      .posted({ status })
      .used('1')
      .charged('1', '90.00', { charged_on: '2026-03-07', ...row })
      .match()
    expect(night.codes).toEqual(codes)
  })

  test('what is not posted is summed by facility, overdue or not', async () => {
    const night = await new Revenue()
      .used('2')
      .charged('1', '90.00', { charged_on: '2026-03-01' })
      .charged('1', '90.00', { charged_on: '2026-03-10' })
      .match()
    expect(night.table('unposted_charges')).toMatchObject([
      {
        facility: 'MAIN',
        charges: 2,
        amount: '180.00',
        overdue: 1,
        overdue_amount: '90.00',
        oldest: '2026-03-01',
        days: 10,
      },
    ])
  })

  test('a unit of the chargemaster that the item does not have is named, not the unit of the usage', async () => {
    const night = await new Revenue().price({ uom: 'KT', effective_from: '2026-02-01' }).used('1').match()
    expect(night.finding('XREF-UOM')).toMatchObject({ keys: { item: '5501', uom: 'KT' } })
  })

  test('what leads nowhere is told once, and judged no further', async () => {
    const night = await new Revenue()
      .posted()
      .used('1', { identifier: 'E-NEW' })
      .charged('1', '90.00', { identifier: 'E-NEW' })
      .used('1', { uom: 'PK' })
      .match()
    expect(night.codes).toEqual(['XREF-ITEM', 'XREF-UOM'])
    expect(night.finding('XREF-ITEM').evidence).toHaveLength(2)
  })

  test('the same usage twice is charged once', async () => {
    const night = await new Revenue()
      .posted()
      .used('1', { usage: 'U1' })
      .used('1', { usage: 'U1' })
      .charged('1', '90.00')
      .match()
    expect(night.codes).toEqual([])
  })

  test('the order of rows changes nothing', async () => {
    const night = new Revenue()
      .used('2', { used_on: '2026-03-01' })
      .used('2')
      .charged('3', '270.00', { journal: '', charged_on: '2026-03-01' })
      .charged('1', '90.00', { case_hash: 'c4', charged_on: '2026-03-01' })
    const there = await night.match()
    const back = await night.match([...night.rows].reverse())
    expect(there.codes).toEqual(['CHG-MISSING', 'CHG-NO-USAGE', 'CHG-QUANTITY', 'CHG-UNPOSTED', 'CHG-UNPOSTED'])
    expect(back.findings).toEqual(there.findings)
    expect(back.table('usage_and_charges')).toEqual(there.table('usage_and_charges'))
  })

  const told = { exception: 'EX-000007', job: 'usage-to-replenishment', code: 'XREF-ITEM', identifier: 'E-NOBODY' }
  test.each([
    ['is open there', { status: 'open' }, ['XREF-UOM']],
    ['is mapped there, and not judged again yet', { status: 'decided', decision: 'map' }, ['XREF-UOM']],
    ['healed there', { status: 'healed' }, ['XREF-ITEM', 'XREF-UOM']],
    ['is another one', { status: 'open', identifier: 'E-OTHER' }, ['XREF-ITEM', 'XREF-UOM']],
    ['is a unit', { status: 'open', code: 'XREF-UOM', identifier: null, item: '5501', uom: 'VI' }, ['XREF-ITEM']],
  ])('what usage-to-replenishment told of the clinical system, and %s', async (_, row, codes) => {
    const night = await new Revenue()
      .used('2', { identifier: 'E-NOBODY' })
      .used('2', { uom: 'VI' })
      .add('known_exception', { ...told, ...row })
      .match()
    expect(night.codes.filter((code) => code.startsWith('XREF'))).toEqual(codes)
  })
})
