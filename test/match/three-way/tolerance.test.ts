import { describe, expect, test } from 'vitest'
import { Night } from './night.js'

/** An item of a category, 12.00 ordered, billed at the price given. */
const billedAt = (unit_price: string): Night =>
  new Night().po({ category: 'gloves' }).received('10').invoice('A1').line({ unit_price })

describe('what a tolerance leaves', () => {
  test.each([
    ['percent', { over_percent: '1' }, '12.12', '12.13'],
    ['absolute', { over_absolute: '0.50' }, '12.50', '12.51'],
    ['both, the stricter', { over_percent: '1', over_absolute: '0.50', over_combine: 'stricter' }, '12.12', '12.13'],
    ['both, not said how', { over_percent: '10', over_absolute: '0.50' }, '12.50', '12.51'],
    ['both, the looser', { over_percent: '1', over_absolute: '0.50', over_combine: 'looser' }, '12.50', '12.51'],
    ['a limit without a number', {}, '12.00', '12.01'],
    ['zero', { over_mode: 'zero' }, '12.00', '12.000001'],
  ])('%s', async (_, over, inside, outside) => {
    const open = { over_mode: 'off' }
    const inTime = billedAt(inside).tolerance('price', over).tolerance('extended-amount', open)
    expect((await inTime.match()).codes).toEqual([])
    const tooMuch = billedAt(outside).tolerance('price', over).tolerance('extended-amount', open)
    expect((await tooMuch.match()).codes).toEqual(['INV-PRICE'])
  })

  test('off and unlimited both let pass, and the result says which', async () => {
    for (const over_mode of ['off', 'unlimited']) {
      const night = await billedAt('99.00')
        .tolerance('price', { over_mode })
        .tolerance('extended-amount', { over_mode })
        .match()
      expect(night.codes).toEqual([])
      expect(JSON.parse(night.result().tolerance ?? '')).toMatchObject({
        'price over': over_mode,
        'price under': 'zero',
      })
    }
  })

  test('over and under are two tolerances', async () => {
    const under = { under_mode: 'limit', under_percent: '10' }
    const books = (price: string): Night => billedAt(price).tolerance('price', { over_mode: 'zero' }, under)
    expect((await books('10.80').match()).codes).toEqual([])
    expect((await books('10.79').match()).finding('INV-PRICE').tolerance).toMatchObject({
      side: 'under',
      percent: '10',
    })
    expect((await books('12.01').match()).finding('INV-PRICE').tolerance).toMatchObject({ side: 'over', mode: 'zero' })
  })

  test('an absolute price tolerance is money per billed unit and basis', async () => {
    const books = (unit_price: string): Night =>
      new Night()
        .tolerance('price', { over_absolute: '0.50' })
        .tolerance('extended-amount', { over_mode: 'off' })
        .po()
        .received('10')
        .invoice('A1')
        .line({ uom: 'EA', quantity: '100', price_basis: 'HP', unit_price })
    expect((await books('120.50').match()).codes).toEqual([])
    expect((await books('120.51').match()).codes).toEqual(['INV-PRICE'])
  })
})

describe('the most specific tolerance wins', () => {
  const item = { item: '1001' }
  const category = { category: 'gloves' }
  const supplier = { supplier: '10432' }
  const company = { company: '10' }

  test.each([
    ['item before category, supplier and company together', item, { ...category, ...supplier, ...company }],
    ['category before supplier and company together', category, { ...supplier, ...company }],
    ['supplier before company', supplier, company],
    ['company before all', company, {}],
    ['item and supplier before item', { ...item, ...supplier }, item],
  ])('%s', async (_, wins, loses) => {
    const night = await billedAt('13.00')
      .tolerance('price', { over_mode: 'unlimited', ...loses })
      .tolerance('price', { over_mode: 'zero', ...wins })
      .match()
    expect(night.codes).toEqual(['INV-PRICE'])
    const other = await billedAt('13.00')
      .tolerance('price', { over_mode: 'zero', ...loses })
      .tolerance('price', { over_mode: 'unlimited', ...wins })
      .tolerance('extended-amount', { over_mode: 'off' })
      .match()
    expect(other.codes).toEqual([])
  })

  test('what is set for others does not hold', async () => {
    const night = await billedAt('13.00')
      .tolerance('price', { over_mode: 'unlimited', item: '9' })
      .tolerance('price', { over_mode: 'unlimited', ...item, supplier: '9' })
      .tolerance('quantity-ordered', { over_mode: 'unlimited' })
      .match()
    expect(night.codes).toEqual(['INV-PRICE'])
    expect(night.finding('INV-PRICE').tolerance).toMatchObject({ 'set for': 'not set' })
  })

  test('the category of the item serves where the PO line names none', async () => {
    const night = await new Night()
      .add('item', { item: '1002', base_uom: 'BX', category: 'gloves', status: 'active' })
      .tolerance('price', { over_mode: 'unlimited', ...category })
      .tolerance('extended-amount', { over_mode: 'off' })
      .po({ item: '1002' })
      .received('10')
      .invoice('A1')
      .line({ unit_price: '13' })
      .match()
    expect(night.codes).toEqual([])
  })

  test('two entries for the very same: the stricter', async () => {
    for (const modes of [
      ['unlimited', 'zero'],
      ['zero', 'unlimited'],
    ]) {
      const night = modes.reduce((books, over_mode) => books.tolerance('price', { over_mode }), billedAt('13.00'))
      expect((await night.match()).codes).toEqual(['INV-PRICE'])
    }
  })

  test('invoice-wide rules go by supplier and company', async () => {
    const books = (row: Record<string, string>): Night =>
      new Night()
        .tolerance('total', { over_absolute: '5' }, row)
        .po()
        .received('10')
        .invoice('A1', { total: '124.00' })
        .line()
    expect((await books({ supplier: '10432' }).match()).codes).toEqual([])
    expect((await books({ supplier: '9' }).match()).codes).toEqual(['INV-TOTAL'])
  })
})
