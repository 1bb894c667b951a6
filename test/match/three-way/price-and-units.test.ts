import { describe, expect, test } from 'vitest'
import { Night } from './night.js'

describe('price', () => {
  test('a cent too much is INV-PRICE, with both prices and the difference on the line', async () => {
    const night = await new Night().po().received('10').invoice('A1').line({ unit_price: '12.01' }).match()
    expect(night.codes).toEqual(['INV-PRICE'])
    expect(night.finding('INV-PRICE')).toMatchObject({
      amountAtRisk: '0.1',
      currency: 'USD',
      values: { 'billed price': '12.01', 'PO price': '12.00' },
      tolerance: { rule: 'price', side: 'over', mode: 'zero', 'set for': 'not set' },
      keys: { company: '10', po: '4500', line: '1', invoice: 'A1', supplier: '10432', item: '1001', facility: 'MAIN' },
    })
    expect(night.finding('INV-PRICE').evidence).toMatchObject([
      { file: 7, byteOffset: 100, byteLength: 40, field: 'IT104', value: '12.01' },
      { file: 7, field: 'unit_price', value: '12', byteOffset: null },
    ])
    expect(night.result()).toMatchObject({
      outcome: 'exception',
      expected_price: '12.000000',
      price_difference: '0.010000',
    })
    expect(night.outcome()).toBe('held')
  })

  test.each(['CT', 'CA', 'QT', 'UM', 'LE'])(
    'a distributor writes what kind of price it is (IT105 %s): the price of one unit',
    async (kind) => {
      expect((await new Night().po().received('10').invoice('A1').line({ price_basis: kind }).match()).codes).toEqual(
        [],
      )
    },
  )

  test('a contract price per hundred (TC) is one per hundred', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .invoice('A1')
      .line({ uom: 'EA', quantity: '100', unit_price: '121.00', price_basis: 'TC' })
      .match()
    expect(night.finding('INV-PRICE').amountAtRisk).toBe('1')
  })

  test('too little is a difference as well, until a tolerance says otherwise', async () => {
    const books = (): Night => new Night().po().received('10').invoice('A1').line({ unit_price: '11.50' })
    expect((await books().match()).finding('INV-PRICE').amountAtRisk).toBe('5')
    expect((await books().tolerance('price', {}, { under_mode: 'unlimited' }).match()).codes).toEqual([])
  })

  test('priced per hundred and per thousand on either side', async () => {
    const each = { uom: 'EA', quantity: '100' }
    const order = (row: Record<string, string>): Night => new Night().po(row).received('10')
    const clean = [
      order({})
        .invoice('A1')
        .line({ ...each, unit_price: '120.00', price_basis: 'HP' }),
      order({})
        .invoice('A1')
        .line({ ...each, unit_price: '1200.00', price_basis: 'TP' }),
      order({}).invoice('A1').line({ price_basis: 'PE' }),
      order({ uom: 'EA', quantity: '100', unit_price: '120.00', price_basis: 'HP' }).invoice('A1').line(),
      order({ uom: 'EA', quantity: '100', unit_price: '1200.00', price_basis: 'TP' })
        .invoice('A1')
        .line({ ...each, unit_price: '120.00', price_basis: 'HP' }),
    ]
    for (const books of clean) expect((await books.match()).codes).toEqual([])
    const dear = await order({})
      .invoice('A1')
      .line({ ...each, unit_price: '120.01', price_basis: 'HP' })
      .match()
    expect(dear.finding('INV-PRICE')).toMatchObject({
      amountAtRisk: '0.01',
      values: { 'billed price': '120.01', 'PO price': '120.00', 'PO price as ordered': '12.00 per BX' },
    })
    expect(dear.result()).toMatchObject({ extended: '120.01', expected_price: '120.000000' })
  })

  test('a price that no decimal can hold in the other unit is still compared exactly', async () => {
    // 10.00 a box of 3 is 3.333333... each: 3.333333 is less, and 3.333334 more.
    const books = (unit_price: string): Night =>
      new Night()
        .add('item', { item: '3', base_uom: 'EA', status: 'active' })
        .add('item_uom', { item: '3', uom: 'BX', factor: '3' })
        .po({ item: '3', unit_price: '10.00' })
        .received('10')
        .invoice('A1')
        .line({ uom: 'EA', quantity: '30', unit_price })
    const less = await books('3.333333').match()
    expect(less.finding('INV-PRICE').tolerance).toMatchObject({ side: 'under' })
    expect(less.result().expected_price).toBe('3.333333')
    expect((await books('3.333334').match()).finding('INV-PRICE').tolerance).toMatchObject({ side: 'over' })
  })

  test('a line without a price is a price of nothing', async () => {
    const night = await new Night().po().received('10').invoice('A1').line({ unit_price: null }).match()
    expect(night.codes).toEqual(['INV-PRICE'])
    expect(night.finding('INV-PRICE').amountAtRisk).toBe('120')
  })

  test('another currency is not the same price', async () => {
    const books = (currency: string): Night =>
      new Night().po({ currency: 'CAD' }).received('10').invoice('A1', { currency }).line()
    const night = await books('USD').match()
    expect(night.codes).toEqual(['INV-PRICE'])
    expect(night.finding('INV-PRICE').message).toContain('billed in USD, ordered in CAD')
    expect((await books('CAD').match()).codes).toEqual([])
  })
})

describe('units', () => {
  test('a case billed for boxes ordered and eaches received', async () => {
    const night = await new Night()
      .add('item_uom', { item: '1001', uom: 'CA', factor: '50' })
      .po()
      .received('100', { uom: 'EA' })
      .invoice('A1')
      .line({ uom: 'CA', quantity: '2', unit_price: '60.00' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result()).toMatchObject({
      unit_path: 'CA -> EA x50 (item 1001); BX -> EA x10 (item 1001)',
      base_uom: 'EA',
      invoiced_base: '100.00000000',
      received_base: '100.00000000',
      expected_price: '60.000000',
    })
  })

  test('a unit nobody knows is INV-UOM for the whole line, and nothing else is claimed of it', async () => {
    const night = await new Night().po().received('10').invoice('A1').line({ uom: 'KT' }).match()
    expect(night.codes).toEqual(['INV-UOM'])
    expect(night.finding('INV-UOM')).toMatchObject({
      amountAtRisk: '120',
      values: { 'billed unit': 'KT', 'PO unit': 'BX' },
    })
    expect(night.result()).toMatchObject({ billed_base: null, unit_path: null })
  })

  test('a unit in small letters is another one, and INV-UOM says what makes it the same', async () => {
    const night = await new Night().po().received('10').invoice('A1').line({ uom: 'bx' }).match()
    expect(night.codes).toEqual(['INV-UOM'])
    expect(night.finding('INV-UOM').message).toContain(
      'in small letters it is another unit, unless matchbook.yaml says units: { capitals: true }',
    )
  })

  test('a pack under another code than the ERP has it: INV-UOM names the packs that are known', async () => {
    const night = await new Night()
      .add('item_uom', { item: '1001', uom: 'CS', factor: '1200' })
      .po()
      .received('10')
      .invoice('A1')
      .line({ uom: 'CA' })
      .match()
    expect(night.codes).toEqual(['INV-UOM'])
    const { message, values } = night.finding('INV-UOM')
    expect(message).toContain('are in one CA; known of the item: ')
    expect(values['packs known of the item']).toContain('CS x1200')
  })

  test('a multiplier of 0 is no multiplier, least of all 1', async () => {
    const night = await new Night()
      .add('item_uom', { item: '1001', uom: 'CS', factor: '0' })
      .po()
      .received('10')
      .invoice('A1')
      .line({ uom: 'CS' })
      .match()
    expect(night.codes).toEqual(['INV-UOM'])
  })

  test('the same unit on all sides needs no multiplier', async () => {
    const night = await new Night()
      .add('item_uom', { item: '1001', uom: 'CS', factor: '0' })
      .po({ uom: 'CS', uom_factor: '0' })
      .received('10', { uom: 'CS' })
      .vouchered('B0', '4', '48.00', { uom: 'CS' })
      .invoice('A1')
      .line({ uom: 'CS', quantity: '6' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result()).toMatchObject({ base_uom: 'CS', billed_base: '10.00000000' })
  })

  test('... and a description-only line is compared in its own unit', async () => {
    const night = await new Night().po({ item: null }).received('10').invoice('A1').line().match()
    expect(night.codes).toEqual([])
  })

  test('a dozen is twelve each whatever the item, also through a pack', async () => {
    const books = (): Night =>
      new Night()
        .add('unit_conversion', { from_uom: 'DZ', to_uom: 'EA', factor: '12' })
        .add('unit_conversion', { from_uom: 'PL', to_uom: 'BX', factor: '40' })
    const dozen = await books()
      .po({ uom: 'EA', quantity: '36', unit_price: '1.00' })
      .received('3', { uom: 'DZ' })
      .invoice('A1')
      .line({ uom: 'DZ', quantity: '3' })
      .match()
    expect(dozen.codes).toEqual([])
    const pallet = await books()
      .po({ quantity: '80' })
      .received('80')
      .invoice('A1')
      .line({ uom: 'PL', quantity: '2', unit_price: '480.00' })
      .match()
    expect(pallet.codes).toEqual([])
    expect(pallet.result().unit_path).toContain('PL -> EA x400 (unit table over BX, item 1001)')
    const noItem = await books()
      .po({ item: null, uom: 'DZ', quantity: '3' })
      .received('36', { uom: 'EA' })
      .invoice('A1')
      .line({ uom: 'EA', quantity: '36', unit_price: '1.00' })
      .match()
    expect(noItem.codes).toEqual([])
  })

  test("the PO's multiplier goes before the item master's, and the path says that they differ", async () => {
    const night = await new Night()
      .po({ uom_factor: '20' })
      .received('200', { uom: 'EA' })
      .invoice('A1')
      .line({ uom: 'EA', quantity: '200', unit_price: '0.60' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result().unit_path).toBe('EA; BX -> EA x20 (PO, item master says x10)')
  })

  test('two conversions that disagree are none', async () => {
    const night = await new Night()
      .add('unit_conversion', { from_uom: 'PK', to_uom: 'EA', factor: '5' })
      .add('unit_conversion', { from_uom: 'PK', to_uom: 'EA', factor: '6' })
      .po()
      .received('10')
      .invoice('A1')
      .line({ uom: 'PK', quantity: '20', unit_price: '6.00' })
      .match()
    expect(night.codes).toEqual(['INV-UOM'])
  })

  test.each([
    ['a line that names no unit', (night: Night) => night.po().received('10').invoice('A1').line({ uom: null })],
    [
      'a price basis on the invoice that is not one',
      (night: Night) => night.po().received('10').invoice('A1').line({ price_basis: 'PY' }),
    ],
    [
      'a price basis on the PO that is not one',
      (night: Night) => night.po({ price_basis: 'PG' }).received('10').invoice('A1').line(),
    ],
    ['receipts in an unknown unit', (night: Night) => night.po().received('10', { uom: 'KT' }).invoice('A1').line()],
    [
      'vouchers in an unknown unit',
      (night: Night) => night.po().received('10').vouchered('B0', '1', '12.00', { uom: 'KT' }).invoice('A1').line(),
    ],
  ])('%s is INV-UOM', async (_, tell) => {
    const night = await tell(new Night()).match()
    expect(night.codes).toEqual(['INV-UOM'])
    expect(night.outcome()).toBe('held')
  })
})

describe('contract price', () => {
  const contract = (row = {}): Night =>
    new Night().add('contract_price', {
      contract: 'C-1',
      supplier: '10432',
      item: '1001',
      uom: 'BX',
      unit_price: '11.00',
      effective_from: '2026-01-01',
      effective_to: '2026-12-31',
      ...row,
    })

  test('nothing is said of contracts while nothing is billed', async () => {
    expect((await contract().po().received('10').match()).codes).toEqual([])
  })

  test('billed as ordered, above the contract in force on the PO date', async () => {
    const night = await contract().po().received('10').invoice('A1').line().match()
    expect(night.codes).toEqual(['PRICE-CONTRACT'])
    expect(night.finding('PRICE-CONTRACT')).toMatchObject({
      amountAtRisk: '10',
      keys: { contract: 'C-1', line: '1', item: '1001' },
      values: { 'billed price': '12.00', 'contract price': '11.00' },
    })
  })

  test.each([
    ['agrees', { unit_price: '12.00' }],
    ['agrees in another unit', { unit_price: '1.20', uom: 'EA' }],
    ['is on hold', { on_hold: true }],
    ['starts after the PO date', { effective_from: '2026-03-02' }],
    ['ended before the PO date', { effective_to: '2026-02-28' }],
    ['is of another supplier', { supplier: '777' }],
  ])('nothing is said where the contract %s', async (_, row) => {
    const night = await contract(row).po().received('10').invoice('A1').line().match()
    expect(night.codes).toEqual([])
  })

  test('the first and the last day count', async () => {
    const days = contract({ effective_from: '2026-03-01', effective_to: '2026-03-01' })
    expect((await days.po().received('10').invoice('A1').line().match()).codes).toEqual(['PRICE-CONTRACT'])
  })

  test('the smallest priority number wins', async () => {
    const night = await contract({ priority: '2' })
      .add('contract_price', {
        contract: 'C-0',
        supplier: '10432',
        item: '1001',
        uom: 'BX',
        unit_price: '12.00',
        effective_from: '2025-01-01',
        priority: '1',
      })
      .po()
      .received('10')
      .invoice('A1')
      .line()
      .match()
    expect(night.codes).toEqual([])
  })

  test.each([
    ['that one of them has is right', '12.00', undefined],
    ['that none has is held against the nearest', '12.20', 'C-0'],
  ])('contracts tie: a price %s', async (_, unit_price, against) => {
    const night = await contract()
      .add('contract_price', {
        contract: 'C-0',
        supplier: '10432',
        item: '1001',
        uom: 'BX',
        unit_price: '12.00',
        effective_from: '2025-01-01',
      })
      .po({ unit_price })
      .received('10')
      .invoice('A1')
      .line({ unit_price })
      .match()
    const found = night.findings.filter(({ code }) => code === 'PRICE-CONTRACT')
    expect(found.map(({ keys }) => keys.contract)).toEqual(against === undefined ? [] : [against])
    expect(found.map(({ values }) => values['contracts that tie'])).toEqual(
      against === undefined ? [] : ['C-1 11.00, C-0 12.00'],
    )
  })

  test('just inside its tolerance, and just outside', async () => {
    const books = (over_absolute: string): Night =>
      contract().tolerance('contract-price', { over_absolute }).po().received('10').invoice('A1').line()
    expect((await books('1.00').match()).codes).toEqual([])
    expect((await books('0.99').match()).codes).toEqual(['PRICE-CONTRACT'])
  })

  test('where the contract agrees with the PO, INV-PRICE has said it all', async () => {
    const night = await contract({ unit_price: '12.00' })
      .po()
      .received('10')
      .invoice('A1')
      .line({ unit_price: '13' })
      .match()
    expect(night.codes).toEqual(['INV-PRICE'])
  })

  test('over the PO and over the contract: the money is counted once', async () => {
    const night = await contract().po().received('10').invoice('A1').line({ unit_price: '13.00' }).match()
    expect(night.codes).toEqual(['INV-PRICE', 'PRICE-CONTRACT'])
    expect(night.finding('INV-PRICE').amountAtRisk).toBe('10')
    expect(night.finding('PRICE-CONTRACT').amountAtRisk).toBe('10')
  })

  test('a contract per a unit that cannot be converted is INV-UOM', async () => {
    const night = await contract({ uom: 'KT' }).po().received('10').invoice('A1').line().match()
    expect(night.codes).toEqual(['INV-UOM'])
    expect(night.finding('INV-UOM').message).toContain('contract C-1 is priced per KT')
  })
})
