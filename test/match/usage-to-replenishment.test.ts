import { describe, expect, test } from 'vitest'
import { reference } from './cross-reference-row.js'
import { RuleNight } from './rule-night.js'

/** One operating room with a shelf of screws: 40 on hand, reorder point 10, par 60, boxes of 20 from vendor 20718. */
class Theatre extends RuleNight {
  constructor(scale = 1) {
    super('usage-to-replenishment', {
      'posting-days': 2,
      'order-at-once': false,
      'order-by': '850',
      'stock-account': '',
      'issue-account': '',
    })
    const [screw, box] = scale === 1 ? ['EA', 'BX'] : ['BX', 'CS']
    this.unit = screw
    this.add('item', { item: '5501', base_uom: screw, description: 'Screw 3.5 mm', status: 'active' })
    this.add('item_uom', { item: '5501', uom: box, factor: '20' })
    this.add('item', { item: '7001', base_uom: 'EA', status: 'active', bill_only: true })
    this.add('item_xref', { identifier: 'E-SCREW', item: '5501', effective_from: '2026-01-01' })
    this.add('item_xref', { identifier: 'E-HIP', item: '7001' })
    this.add('location', {
      company: '10',
      location: 'OR1',
      cost_center: '7100',
      stock_location: 'CORE',
      status: 'active',
    })
    this.add('stock_item', {
      company: '10',
      location: 'CORE',
      item: '5501',
      uom: screw,
      on_hand: '40',
      reorder_point: '10',
      par: '60',
      unit_cost: '2.50',
      issue_account: '6100',
      status: 'active',
    })
    this.add('contract_price', {
      contract: 'C1',
      supplier: '20718',
      item: '5501',
      vendor_item: 'OT-35',
      uom: box,
      unit_price: '48.00',
      effective_from: '2026-01-01',
    })
  }

  readonly unit: string

  used(line: string, quantity: string, row = {}): this {
    return this.add('usage_line', {
      usage: `U${line}`,
      case_hash: 'c1',
      line,
      identifier: 'E-SCREW',
      quantity,
      uom: this.unit,
      location: 'OR1',
      used_on: '2026-03-10',
      ...row,
    })
  }

  issued(quantity: string, row = {}): this {
    return this.add('inventory_transaction', {
      company: '10',
      location: 'CORE',
      item: '5501',
      kind: 'issue',
      document: 'D1',
      line: '1',
      quantity,
      uom: this.unit,
      transacted_on: '2026-03-10',
      ...row,
    })
  }
}

const states = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map(({ line, state }) => [line, state])

describe('usage against items, stock and inventory transactions', () => {
  test('what is clear goes to the ERP as an issue from the shelf, with its cost to the cost centre', async () => {
    const night = await new Theatre()
      .with({ 'stock-account': '1400' })
      .used('1', '4', { lot: 'L9', serial: 'S1' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.table('inventory_issue')).toMatchObject([
      {
        usage: 'U1',
        item: '5501',
        location: 'CORE',
        quantity: '-4.0000',
        uom: 'EA',
        cost_center: '7100',
        lot: 'L9',
        cost: '10.00',
      },
    ])
    expect(night.table('inventory_issue_lot')).toMatchObject([{ lot: 'L9', serial_key: 'U1' }])
    expect(night.table('inventory_issue_serial')).toMatchObject([{ serial: 'S1' }])
    expect(night.table('journal_load').map(({ journal, account, amount }) => [journal, account, amount])).toEqual([
      ['U1', '6100', '10.00'],
      ['U1', '1400', '-10.00'],
    ])
    expect(night.table('stock_effect')).toMatchObject([{ on_hand: '40.0000', used: '4.0000', after_usage: '36.0000' }])
  })

  test('what the transactions show is issued: by the usage they name, or by case and item as far as they reach', async () => {
    const night = await new Theatre()
      .used('1', '2', { usage: 'U77' })
      .used('2', '3')
      .used('3', '1')
      .issued('-2', { usage: 'U77' })
      .issued('-3', { line: '2', case_hash: 'c1' })
      .match()
    expect(states(night.table('usage'))).toEqual([
      ['1', 'issued'],
      ['2', 'issued'],
      ['3', 'to be issued'],
    ])
  })

  test('what they show of a line in part: the rest is to be issued, and costs that', async () => {
    const night = await new Theatre()
      .used('1', '3', { used_on: '2026-03-07' })
      .used('2', '4', { used_on: '2026-03-07' })
      .issued('-5', { line: '2', case_hash: 'c1' })
      .match()
    const whole = await new Theatre().used('1', '2').match()
    expect(night.table('inventory_issue')).toMatchObject([{ quantity: '-2.0000', cost: whole.table('usage')[0]?.cost }])
    expect(night.table('stock_effect')).toMatchObject([{ used: '2.0000' }])
    expect(night.finding('USE-NOT-POSTED').message).toContain('is in the inventory transactions with 2 EA alone')
  })

  test('in packs of the cross-reference', async () => {
    const night = await new Theatre().used('1', '1', { uom: 'BX' }).match()
    expect(night.table('stock_effect')).toMatchObject([{ used: '20.0000' }])
  })

  test.each([
    ['an item nobody knows', { identifier: 'E-NEW' }, 'XREF-ITEM', { identifier: 'E-NEW' }],
    [
      'an item whose cross-reference was not in force yet',
      { used_on: '2025-12-31' },
      'XREF-ITEM',
      { identifier: 'E-SCREW' },
    ],
    ['a unit without a way to the base unit', { uom: 'PK' }, 'XREF-UOM', { item: '5501', uom: 'PK' }],
    ['a location the ERP does not have', { location: 'OR9' }, 'XREF-LOCATION', { location: 'OR9' }],
  ])('%s', async (_, row, code, keys) => {
    const night = await new Theatre().used('1', '1', row).used('2', '1', row).match()
    expect(night.codes).toEqual([code])
    expect(night.findings[0]?.keys).toEqual(keys)
    expect(night.findings[0]?.evidence).toHaveLength(2)
    expect(night.table('inventory_issue')).toEqual([])
    expect(night.count('Not understood')).toBe(2)
  })

  test('an identifier that two items bear on the day; a day later only one does', async () => {
    const theatre = () =>
      new Theatre().add('item_xref', { identifier: 'E-SCREW', item: '7001', effective_to: '2026-03-10' })
    expect((await theatre().used('1', '1').match()).finding('XREF-AMBIGUOUS').message).toContain('items 5501, 7001')
    expect((await theatre().used('1', '1', { used_on: '2026-03-11' }).match()).codes).toEqual([])
  })

  test("the ERP's own item number needs no cross-reference", async () => {
    expect((await new Theatre().used('1', '1', { identifier: '5501' }).match()).codes).toEqual([])
  })

  test('a location in two companies is not clear unless the usage says which', async () => {
    const theatre = () =>
      new Theatre().add('location', { company: '20', location: 'OR1', cost_center: '9', status: 'active' })
    expect((await theatre().used('1', '1').match()).finding('XREF-LOCATION').message).toContain(
      'in companies 10 and 20',
    )
    expect((await theatre().used('1', '1', { company: '10' }).match()).codes).toEqual([])
  })

  test('stock counted in a unit without a way to the base unit is neither issued from nor ordered for', async () => {
    const theatre = new Theatre().used('1', '35')
    for (const [relation, row] of theatre.rows) if (relation === 'stock_item') Object.assign(row, { uom: 'PK' })
    const night = await theatre.match()
    expect(night.codes).toEqual(['XREF-UOM'])
    expect(night.finding('XREF-UOM').keys).toEqual({ company: '10', location: 'CORE', item: '5501', uom: 'PK' })
    expect(night.table('usage')).toMatchObject([{ state: 'stock unit unknown' }])
    expect(night.table('inventory_issue')).toEqual([])
  })

  test('a location without a cost centre', async () => {
    const night = await new Theatre()
      .add('location', { company: '10', location: 'OR2', status: 'active' })
      .used('1', '1', { location: 'OR2' })
      .match()
    expect(night.codes).toEqual(['XREF-COSTCENTER'])
  })

  test.each([
    ['under the same number', { usage: 'U1', line: '2' }, ['USE-DUPLICATE']],
    ['as the same line of the case', { usage: 'U2', line: '1' }, ['USE-DUPLICATE']],
    ['as the same serial in another case', { case_hash: 'c2', serial: 'S1' }, ['USE-DUPLICATE']],
    ['as another line of the same item: it did not', {}, []],
    ['as the same serial, put back: it did not', { serial: 'S1', quantity: '-1' }, []],
  ])('the same event came twice, %s', async (_, row, codes) => {
    const night = await new Theatre().used('1', '1', { serial: 'S1' }).used('2', '1', row).match()
    expect(night.codes).toEqual(codes)
    expect(night.count('Came twice')).toBe(codes.length)
  })

  test.each([
    ['neither lot nor serial', {}, ['USE-LOT-MISSING']],
    ['a lot', { lot: 'L1' }, []],
    ['a serial', { serial: 'S1' }, []],
    ['nothing, but put back', { quantity: '-1' }, []],
  ])('an implant with %s; no stock of ours moves', async (_, row, codes) => {
    const night = await new Theatre().used('1', '1', { identifier: 'E-HIP', ...row }).match()
    expect(night.codes).toEqual(codes)
    expect(night.table('inventory_issue')).toEqual([])
  })

  test.each([
    ['on the day it closed', '2026-03-05', []],
    ['a day later', '2026-03-06', ['USE-LATE']],
  ])('documented %s', async (_, documented_on, codes) => {
    const night = await new Theatre()
      .with({ 'posting-days': 30 })
      .add('gl_period', { company: '10', period: '2026-02', status: 'closed', closed_on: '2026-03-05' })
      .used('1', '1', { used_on: '2026-02-27', documented_on })
      .match()
    expect(night.codes).toEqual(codes)
    expect(night.table('inventory_issue')).toMatchObject([
      { transacted_on: codes.length === 0 ? '2026-02-27' : documented_on, needs_code: codes[0] ?? null },
    ])
  })

  test('documented after its period closed, and issued all the same: told, and not issued again', async () => {
    const night = await new Theatre()
      .with({ 'posting-days': 30 })
      .add('gl_period', { company: '10', period: '2026-02', status: 'closed', closed_on: '2026-03-05' })
      .used('1', '1', { usage: 'U-LATE', used_on: '2026-02-27', documented_on: '2026-03-06' })
      .issued('-1', { usage: 'U-LATE' })
      .match()
    expect(night.codes).toEqual(['USE-LATE'])
    expect(night.table('inventory_issue')).toEqual([])
  })

  test.each([
    ['the last day it has', '2026-03-09', []],
    ['a day too long', '2026-03-08', ['USE-NOT-POSTED']],
  ])('not in the inventory transactions: %s', async (_, used_on, codes) => {
    const night = await new Theatre().used('1', '4', { used_on }).match()
    expect(night.codes).toEqual(codes)
    if (codes.length > 0) expect(night.finding('USE-NOT-POSTED').amountAtRisk).toBe('10')
  })

  test('issued to a case that documented none of it; what the case did document is no such thing', async () => {
    const night = await new Theatre()
      .used('1', '2')
      .issued('-2', { case_hash: 'c1' })
      .issued('-3', { line: '2', case_hash: 'c9' })
      .match()
    expect(night.codes).toEqual(['USE-NO-USAGE'])
    expect(night.finding('USE-NO-USAGE')).toMatchObject({ amountAtRisk: '7.5', keys: { case: 'c9', item: '5501' } })
  })

  test('stock may be used up, and not beyond', async () => {
    const quiet = (theatre: Theatre) =>
      theatre.match().then(({ codes }) => codes.filter((code) => code !== 'STOCK-REORDER'))
    expect(await quiet(new Theatre().used('1', '40'))).toEqual([])
    expect(await quiet(new Theatre().used('1', '40').used('2', '1'))).toEqual(['USE-NEGATIVE-STOCK'])
  })

  test.each([
    ['one above the reorder point', '29', undefined, []],
    ['at the reorder point', '30', undefined, [['3.0000', 'BX', '144.00']]],
    ['one order unit more than a whole one needs', '31', undefined, [['3.0000', 'BX', '144.00']]],
    ['at it with enough on order', '30', '1', []],
  ])('reordered up to par in whole order units: %s', async (_, quantity, on_order, proposals) => {
    const theatre = new Theatre().used('1', quantity)
    for (const [relation, row] of theatre.rows) if (relation === 'stock_item') Object.assign(row, { on_order })
    const night = await theatre.match()
    expect(night.table('replenishment').map(({ quantity, uom, amount }) => [quantity, uom, amount])).toEqual(proposals)
    expect(night.codes).toEqual(proposals.map(() => 'STOCK-REORDER'))
    for (const row of night.table('replenishment'))
      expect(row).toMatchObject({ needs_code: 'STOCK-REORDER', needs_decisions: 'order' })
  })

  describe('a shelf whose item is inactive in the ERP, at its reorder point', () => {
    const heir = (row = {}) => {
      const theatre = new Theatre().used('1', '30')
      for (const [relation, row] of theatre.rows)
        if (relation === 'item' && row.item === '5501') Object.assign(row, { status: 'inactive' })
      return theatre
        .add('item', { item: '5502', base_uom: 'EA', description: 'Screw 3.5 mm, sterile', status: 'active', ...row })
        .add('item_uom', { item: '5502', uom: 'PK', factor: '25' })
        .add('contract_price', {
          contract: 'C2',
          supplier: '20718',
          item: '5502',
          vendor_item: 'OT-35-S',
          uom: 'PK',
          unit_price: '70.00',
          effective_from: '2026-01-01',
        })
    }
    const said = (target: string, row = {}) => reference('item', '5501', target, { type: 'buyer-item', ...row })

    test('is filled with the successor, in packs and at the price of that one', async () => {
      const night = await heir().add('cross_reference', said('5502')).match()
      expect(night.finding('STOCK-REORDER')).toMatchObject({ amountAtRisk: '140', keys: { item: '5501' } })
      expect(night.finding('STOCK-REORDER').message).toContain(
        'order 2 PK of item 5502, which takes its place (XR-000001), from vendor 20718',
      )
      expect(night.table('replenishment')).toMatchObject([
        {
          item: '5501',
          order_item: '5502',
          vendor_item: 'OT-35-S',
          description: 'Screw 3.5 mm, sterile',
          quantity: '2.0000',
          uom: 'PK',
          amount: '140.00',
        },
      ])
    })

    test.each([
      ['nobody named a successor', [], {}, 'nobody has said what takes its place'],
      ['two are named', ['5502', '7001'], {}, 'items 5502 and 7001 take its place, which is not clear'],
      ['the ERP does not have the successor', ['9999'], {}, '9999, which the ERP does not have (XR-000001)'],
      ['the successor is inactive too', ['5502'], { status: 'inactive' }, '5502, which is inactive too'],
      [
        'the successor is counted in another unit',
        ['5502'],
        { base_uom: 'BX' },
        'nothing says how many BX of item 5502',
      ],
    ])('%s: told, and nothing is ordered', async (_, targets, row, why) => {
      const theatre = heir(row)
      for (const target of targets) theatre.add('cross_reference', said(target))
      const night = await theatre.match()
      expect(night.finding('STOCK-REORDER').message).toContain(why)
      expect(night.finding('STOCK-REORDER').amountAtRisk).toBe('0')
      expect(night.table('replenishment')).toEqual([])
    })

    test('where the successor is kept too, its own par fills the shelf', async () => {
      const theatre = heir().add('cross_reference', said('5502'))
      const kept = { company: '10', location: 'CORE', item: '5502', uom: 'EA', reorder_point: '5', par: '50' }
      theatre.add('stock_item', { ...kept, on_hand: '40', unit_cost: '2.80', status: 'active' })
      expect((await theatre.match()).codes).toEqual([])
    })
  })

  test('everything in packs of twenty says the same', async () => {
    const told = async (scale: number) => {
      const { codes, table } = await new Theatre(scale).used('1', '31').issued('-1', { case_hash: 'c5' }).match()
      return [codes, table('replenishment').map(({ quantity }) => quantity)]
    }
    expect(await told(20)).toEqual(await told(1))
  })

  test('the order of rows changes nothing', async () => {
    const night = new Theatre()
      .used('1', '4')
      .used('2', '2', { identifier: 'E-NEW' })
      .used('3', '35', { usage: 'U1' })
      .used('4', '33')
      .issued('-9', { case_hash: 'c2' })
    const there = await night.match()
    const back = await night.match([...night.rows].reverse())
    expect(back.findings).toEqual(there.findings)
    for (const table of ['usage', 'stock_effect', 'replenishment', 'inventory_issue'])
      expect(back.table(table)).toEqual(there.table(table))
  })
})

describe('what people said of an identifier', () => {
  const unknown = { identifier: 'E-NEW', uom: 'EA' }
  const said = (identifier: string, target: string, row = {}) => ({ ...reference('item', identifier, target), ...row })

  test('heals what led nowhere, though it was said only after the case', async () => {
    const night = new Theatre().used('1', '4', unknown).issued('-4', { case_hash: 'c1' })
    expect((await night.match()).finding('XREF-ITEM').keys).toEqual({ identifier: 'E-NEW' })
    night.add('cross_reference', said('e new', '5501', { effective_from: '2026-03-11' }))
    expect((await night.match()).codes).toEqual([])
  })

  test('the successor of an item of ours is not what came from the shelf', async () => {
    const night = new Theatre().used('1', '4', { identifier: '5501', uom: 'EA' }).issued('-4', { case_hash: 'c1' })
    night.add('cross_reference', said('5501', '9999', { type: 'buyer-item' }))
    expect((await night.match()).codes).toEqual([])
  })

  test('holds on the day of the case before what holds tonight', async () => {
    const night = new Theatre().used('1', '4', unknown)
    night.add('cross_reference', said('E-NEW', '5501', { effective_to: '2026-03-10' }))
    night.add('cross_reference', said('E-NEW', '9999', { effective_from: '2026-03-11', reference: 'XR-000002' }))
    expect((await night.match()).codes).not.toContain('XREF-ITEM')
  })

  test('about an item that the ERP does not have leaves it unknown, and says so', async () => {
    const night = new Theatre().used('1', '4', unknown).add('cross_reference', said('E-NEW', '9999'))
    expect((await night.match()).finding('XREF-ITEM').values).toMatchObject({
      'cross-reference': 'XR-000001 says 9999',
    })
  })

  test('against what the ERP says does not hold, and is to be settled', async () => {
    const night = new Theatre().used('1', '4').add('cross_reference', said('E-SCREW', '7001'))
    const matched = await night.match()
    expect(matched.finding('XREF-AMBIGUOUS').message).toContain('is 5501 by the ERP')
    expect(matched.table('usage')).toMatchObject([{ item: '5501' }])
  })

  test('of a supplier says nothing of a clinical system', async () => {
    const night = new Theatre().used('1', '4', unknown)
    night.add('cross_reference', said('E-NEW', '5501', { partner: 'orthotech', scope: 'partner' }))
    expect((await night.match()).codes).toContain('XREF-ITEM')
  })

  test('tells a room its name in the ERP, and its cost centre where the ERP tells none', async () => {
    const night = new Theatre().used('1', '4', { location: 'OR-1 OLD' }).used('2', '4', { location: 'LAB' })
    night.add('location', { company: '10', location: 'LAB', stock_location: 'CORE', status: 'active' })
    const before = await night.match()
    expect([before.finding('XREF-LOCATION').keys, before.finding('XREF-COSTCENTER').keys]).toEqual([
      { location: 'OR-1 OLD' },
      { company: '10', location: 'LAB' },
    ])
    night.add('cross_reference', reference('location', 'OR1OLD', 'OR1'))
    night.add('cross_reference', reference('cost-center', 'LAB', '7300', { company: '10' }))
    night.add('cross_reference', reference('cost-center', 'OR1', '9999'))
    const matched = await night.match()
    expect(matched.codes).not.toContain('XREF-LOCATION')
    expect(matched.codes).not.toContain('XREF-COSTCENTER')
    expect(
      matched
        .table('usage')
        .map(({ cost_center }) => cost_center)
        .sort(),
    ).toEqual(['7100', '7300'])
  })
})

describe('bill-only goods, which come in by being used', () => {
  /** Three hips on the order, used one after the other. */
  const hips = (row = {}) =>
    new Theatre()
      .add('po_line', {
        company: '10',
        po_number: '4501',
        line_number: '1',
        supplier: '20718',
        item: '7001',
        quantity: '3',
        uom: 'EA',
        unit_price: '900',
        status: 'open',
        matching: 'three-way',
        po_date: '2026-03-01',
        bill_only: true,
        ...row,
      })
      .used('1', '1', { identifier: 'E-HIP', uom: 'EA', serial: 'S1' })
      .used('2', '1', { identifier: 'E-HIP', uom: 'EA', serial: 'S2' })
  const receipt = {
    company: '10',
    po_number: '4501',
    line_number: '1',
    receipt_number: 'R1',
    uom: 'EA',
    received_on: '2026-03-11',
  }
  const rows = (night: { table(name: string): readonly Readonly<Record<string, unknown>>[] }) =>
    night.table('receipt').map(({ usage, po_number, quantity }) => [usage, po_number, quantity])

  test('are to be received against the one order for their item', async () => {
    const night = await hips().match()
    expect(rows(night)).toEqual([
      ['U1', '4501', '1.0000'],
      ['U2', '4501', '1.0000'],
    ])
    expect(night.table('inventory_issue')).toEqual([])
  })

  test('are not received twice: what the receipts cover, first used first, is done', async () => {
    expect(
      rows(
        await hips()
          .add('receipt_line', { ...receipt, quantity: '1' })
          .match(),
      ),
    ).toEqual([['U2', '4501', '1.0000']])
    expect(
      rows(
        await hips()
          .add('receipt_line', { ...receipt, quantity: '2' })
          .match(),
      ),
    ).toEqual([])
  })

  test('are left to people where it is not clear: two orders, none, more used than ordered, a receipt in an unknown unit', async () => {
    const twice = {
      ...receipt,
      supplier: '20718',
      item: '7001',
      quantity: '3',
      unit_price: '900',
      status: 'open',
      matching: 'three-way',
      po_date: '2026-03-01',
      bill_only: true,
      po_number: '4502',
    }
    const { receipt_number: _, received_on: __, ...line } = twice
    expect(rows(await hips().add('po_line', line).match())).toEqual([])
    expect(rows(await hips({ bill_only: false }).match())).toEqual([])
    expect(rows(await hips({ quantity: '1' }).match())).toEqual([['U1', '4501', '1.0000']])
    expect(
      rows(
        await hips()
          .add('receipt_line', { ...receipt, quantity: '1', uom: 'PK' })
          .match(),
      ),
    ).toEqual([])
  })

  test('without a lot wait until somebody waives it', async () => {
    const night = await hips().used('3', '1', { identifier: 'E-HIP', uom: 'EA' }).match()
    expect(night.table('receipt').map(({ usage, needs_code }) => [usage, needs_code])).toEqual([
      ['U1', null],
      ['U2', null],
      ['U3', 'USE-LOT-MISSING'],
    ])
  })
})
