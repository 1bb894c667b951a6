import { describe, expect, test } from 'vitest'
import { reference } from './cross-reference-row.js'
import { RuleNight } from './rule-night.js'

const usual = {
  ownership: {
    description: 'erp',
    base_uom: 'erp',
    manufacturer: 'erp',
    manufacturer_part: 'supplier',
    gtin: 'supplier',
    ndc: 'supplier',
    hibc: 'supplier',
    category: 'erp',
    status: 'erp',
  },
  'listed-categories': [],
  'unknown-parts': 'report',
}

const glove = {
  item: '1001',
  description: 'Glove exam nitrile M',
  base_uom: 'EA',
  manufacturer: 'ACME',
  manufacturer_part: 'GN-100',
  gtin: '00614141999996',
  category: 'GLOVES',
  status: 'active',
}

/** One glove, known to the ERP, to the EHR and to its supplier; what a case does not say is the same everywhere. */
class Items extends RuleNight {
  constructor() {
    super('item-master-sync', usual)
  }

  erp(row = {}): this {
    return this.add('item', { ...glove, ...row })
  }

  ehr(row = {}): this {
    return this.add('listed_item', { system: 'ehr', entry: 'E1', ...glove, ...row })
  }

  offer(row = {}): this {
    const { manufacturer_part, gtin } = glove
    return this.add('item_vendor', { item: '1001', supplier: '10432', vendor_item: 'MS-100' }).add('catalog_item', {
      supplier: '10432',
      vendor_item: 'MS-100',
      manufacturer_part,
      gtin,
      uom: 'EA',
      ...row,
    })
  }

  /** What the last night left of a field. */
  lastNight(field: string, base: string, owner_value: string, system = 'ehr', seller = ''): this {
    return this.add('remembered', {
      result: 'item_memory',
      row: JSON.stringify({ item: '1001', system, seller, field, base, owner_value }),
    })
  }
}

describe('one item in three systems', () => {
  test('nothing is said where all agree, however it is written', async () => {
    const night = await new Items()
      .erp()
      .ehr({ description: ' GLOVE exam  nitrile m ', manufacturer_part: 'GN100' })
      .offer()
      .match()
    expect(night.codes).toEqual([])
    expect(night.table('cross_references')).toEqual([])
    expect(night.count('Agree')).toBe(9)
  })

  test('what the ERP owns goes to the EHR once it is decided, and not back', async () => {
    const night = await new Items().erp({ description: 'Glove exam nitrile medium' }).ehr().match()
    expect(night.codes).toEqual(['ITEM-DIFFERS'])
    expect(night.finding('ITEM-DIFFERS')).toMatchObject({
      keys: { item: '1001', field: 'description', other: 'ehr' },
      message: 'Item 1001, description: erp owns it and says Glove exam nitrile medium; ehr has Glove exam nitrile M',
    })
    expect(night.table('list_item_load')).toMatchObject([
      { item: '1001', entry: 'E1', description: 'Glove exam nitrile medium', gtin: null, needs_decisions: 'load' },
    ])
    expect(night.table('erp_item_load')).toEqual([])
  })

  test('what the EHR owns goes to the ERP, whatever the ERP says', async () => {
    const night = await new Items()
      .with({ ownership: { ...usual.ownership, category: 'ehr' } })
      .erp({ category: 'EXAM' })
      .ehr()
      .match()
    expect(night.table('erp_item_load')).toMatchObject([{ item: '1001', category: 'GLOVES', description: null }])
    expect(night.table('list_item_load')).toEqual([])
  })

  test("a supplier's part number goes to the ERP; its description does not count", async () => {
    const night = await new Items().erp({ manufacturer_part: 'GN-99' }).offer({ description: 'GLV NTRL' }).match()
    expect(night.codes).toEqual(['ITEM-DIFFERS'])
    expect(night.table('erp_item_load')).toMatchObject([{ item: '1001', manufacturer_part: 'GN-100' }])
  })

  test('a field that nobody owns is not compared', async () => {
    const night = await new Items()
      .with({ ownership: { ...usual.ownership, category: 'none' } })
      .erp()
      .ehr({ category: 'X' })
      .match()
    expect(night.codes).toEqual([])
  })
})

describe('who changed it', () => {
  test('the EHR changed what the ERP owns', async () => {
    const night = await new Items()
      .erp()
      .ehr({ description: 'Gloves' })
      .lastNight('description', glove.description, glove.description)
      .match()
    expect(night.codes).toEqual(['OWN-VIOLATION'])
    expect(night.finding('OWN-VIOLATION').message).toContain('changed there from Glove exam nitrile M')
    expect(night.table('list_item_load')).toMatchObject([
      { description: glove.description, needs_decisions: 'reject-change' },
    ])
    // It stays what it is on the nights after.
    expect(night.table('item_memory').find(({ field }) => field === 'description')?.base).toBe(glove.description)
  })

  test('the ERP changed what the supplier owns', async () => {
    const night = await new Items()
      .erp({ gtin: '10614141999993' })
      .offer()
      .lastNight('gtin', glove.gtin, glove.gtin, 'supplier', '10432')
      .match()
    expect(night.codes).toEqual(['OWN-VIOLATION'])
    expect(night.table('erp_item_load')).toMatchObject([{ gtin: glove.gtin, needs_code: 'OWN-VIOLATION' }])
  })

  test('the owner changed it: no violation', async () => {
    const night = await new Items()
      .erp({ description: 'New' })
      .ehr()
      .lastNight('description', glove.description, glove.description)
      .match()
    expect(night.codes).toEqual(['ITEM-DIFFERS'])
  })

  test('what we loaded comes back while its owner has moved on: an echo, no violation, tonight or tomorrow', async () => {
    const items = () => new Items().erp({ description: 'Third' }).ehr({ description: 'Second' })
    const night = await items().lastNight('description', 'First', 'Second').match()
    expect(night.codes).toEqual(['ITEM-DIFFERS'])
    const next = items()
    for (const row of night.table('item_memory'))
      next.add('remembered', { result: 'item_memory', row: JSON.stringify(row) })
    expect((await next.match()).codes).toEqual(['ITEM-DIFFERS'])
  })
})

describe('which item it is', () => {
  test.each([
    ['manufacturer and part', { item: '', gtin: '' }, 'manufacturer part', 'medium'],
    ['GTIN', { item: '', manufacturer_part: '' }, 'GTIN', 'medium'],
    ['two ways', { item: '' }, 'manufacturer part', 'high'],
  ])('found by %s it is proposed, not decided', async (_, row, found_by, confidence) => {
    const night = await new Items().erp().ehr(row).match()
    expect(night.table('cross_references')).toMatchObject([{ entry: 'E1', item: '1001', found_by, confidence }])
  })

  test('what speaks against it is told', async () => {
    const night = await new Items()
      .erp()
      .erp({ item: '1002', manufacturer_part: 'Z', gtin: '10614141999993' })
      .ehr({ item: '', gtin: '10614141999993' })
      .match()
    expect(night.table('cross_references')).toMatchObject([
      { item: '1001', confidence: 'low', disagrees: 'GTIN says 1002' },
    ])
  })

  test('one id for several items is never the first of them', async () => {
    const night = await new Items().erp().erp({ item: '1002', gtin: '' }).ehr({ item: '' }).match()
    expect(night.codes).toEqual(['ITEM-DUPLICATE', 'XREF-AMBIGUOUS'])
    expect(night.finding('XREF-AMBIGUOUS').message).toBe(
      'Entry E1 of ehr is by its manufacturer part any of the items 1001, 1002',
    )
  })

  test('an entry that leads nowhere, one that names an item the ERP lacks, and a part we never had', async () => {
    const nobody = { manufacturer_part: 'Q', gtin: '' }
    const night = await new Items()
      .erp()
      .ehr()
      .ehr({ entry: 'E2', item: '', ...nobody })
      .ehr({ entry: 'E3', item: '9999', ...nobody })
      .add('catalog_item', { supplier: '10432', vendor_item: 'MS-1', uom: 'EA' })
      .match()
    expect(night.codes).toEqual(['ITEM-EXTRA', 'XREF-ITEM', 'XREF-ITEM'])
    expect(night.table('list_item_load')).toMatchObject([
      { entry: 'E3', status: 'Inactive', needs_decisions: 'deactivate' },
    ])
  })

  test('parts we never had may be only counted', async () => {
    const night = await new Items()
      .with({ 'unknown-parts': 'count' })
      .erp()
      .add('catalog_item', { supplier: '10432', vendor_item: 'MS-1', uom: 'EA' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.totals).toMatchObject([{ in: '1', waiting: '1' }])
  })

  test('a partner of two vendor numbers, by its document', async () => {
    const night = await new Items()
      .erp()
      .add('partner_vendor', { partner: 'medsupply', company: '10', supplier: '10432' })
      .add('partner_vendor', { partner: 'medsupply', company: '20', supplier: '0010432' })
      .add('item_vendor', { item: '1001', supplier: '0010432', vendor_item: 'MS-100' })
      .add('catalog_item', { partner: 'medsupply', vendor_item: 'MS100', uom: 'EA' })
      .match()
    expect(night.codes).toEqual([])
  })
})

describe('units and identifiers', () => {
  test.each([
    ['a pack the item has', 'BX', 10, []],
    ['a unit true of every item', 'DZ', 12, []],
    ['a unit nobody knows', 'CS', null, ['XREF-UOM']],
    ['a pack of another size', 'BX', 12, ['ITEM-DIFFERS']],
    ['a pack whose size the item does not know', 'PK', null, ['XREF-UOM']],
  ])('%s', async (_, uom, uom_factor, codes) => {
    const night = await new Items()
      .erp()
      .add('item_uom', { item: '1001', uom: 'BX', factor: '10' })
      .add('item_uom', { item: '1001', uom: 'PK', factor: '0' })
      .add('unit_conversion', { from_uom: 'DZ', to_uom: 'EA', factor: '12' })
      .offer({ uom, uom_factor, gtin: '' })
      .match()
    expect(night.codes).toEqual(codes)
  })

  test('packs of a hundred instead of ten change nothing', async () => {
    const scaled = (factor: number) =>
      new Items()
        .erp()
        .add('item_uom', { item: '1001', uom: 'BX', factor })
        .offer({ uom: 'BX', uom_factor: factor })
        .match()
    expect((await scaled(100)).findings).toEqual((await scaled(10)).findings)
  })

  test('a wrong check digit identifies nothing', async () => {
    const night = await new Items()
      .erp({ gtin: '00614141999995' })
      .ehr({ item: '', manufacturer_part: '', gtin: '00614141999995' })
      .match()
    expect(night.codes).toEqual(['DATA-TYPE', 'DATA-TYPE', 'ITEM-MISSING', 'XREF-ITEM'])
  })
})

describe('what is there and what is not', () => {
  test('an active item that the EHR lacks is made there once it is decided', async () => {
    const night = await new Items()
      .erp()
      .erp({ item: '1002', manufacturer_part: 'B', gtin: '', description: 'Gown' })
      .ehr()
      .match()
    expect(night.codes).toEqual(['ITEM-MISSING'])
    expect(night.table('list_item_load').map(({ action, field }) => [action, field])).toContainEqual([
      'create',
      'description',
    ])
  })

  test.each([
    ['an inactive item', { status: 'inactive' }, []],
    ['a category that does not belong there', { category: 'OFFICE' }, ['GLOVES']],
  ])('%s need not be there', async (_, row, categories) => {
    const night = await new Items()
      .with({ 'listed-categories': categories })
      .erp()
      .erp({ item: '1002', manufacturer_part: 'B', gtin: '', ...row })
      .ehr()
      .match()
    expect(night.codes).toEqual([])
  })

  test('what two ERPs that number on their own both have is no duplicate, and one entry of a catalogue is an item in each', async () => {
    const other = { item: '77001', source_file: 8 }
    const night = await new Items()
      .erp({ manufacturer_part: 'GN-99' })
      .erp({ ...other, manufacturer_part: 'GN-99' })
      .add('item_vendor', { item: '77001', supplier: '10432', vendor_item: 'MS-100', source_file: 8 })
      .offer()
      .ehr({ manufacturer_part: 'GN-100' })
      .ehr({ entry: 'E2', item: '77001', manufacturer_part: 'GN-100' })
      .match()
    expect(night.findings.map(({ code, keys }) => [code, keys.item]).sort()).toEqual([
      ['ITEM-DIFFERS', '1001'],
      ['ITEM-DIFFERS', '77001'],
    ])
  })

  test('two items of one GTIN, if only on a pack', async () => {
    const night = await new Items()
      .erp()
      .erp({ item: '1002', manufacturer_part: 'B', gtin: '' })
      .add('item_uom', { item: '1002', uom: 'BX', factor: '10', gtin: glove.gtin })
      .match()
    expect(night.finding('ITEM-DUPLICATE')).toMatchObject({
      keys: { item: '1001', other: '1002' },
      values: { shared: 'GTIN 00614141999996' },
    })
  })

  test.each([
    ['packs of two sizes', 'CA', '100', ['ITEM-DUPLICATE']],
    ['packs of one size under two names', 'BOX', '10', []],
  ])('one GTIN on %s of an item', async (_, uom, factor, codes) => {
    const gtin = '10614141999993'
    const night = await new Items()
      .erp()
      .add('item_uom', { item: '1001', uom: 'BX', factor: '10', gtin })
      .add('item_uom', { item: '1001', uom, factor, gtin })
      .match()
    expect(night.codes).toEqual(codes)
    if (codes.length > 0)
      expect(night.finding('ITEM-DUPLICATE')).toMatchObject({
        keys: { item: '1001', identifier: gtin },
        values: { packs: 'BX of 10, CA of 100' },
      })
  })

  test('a part that eleven items bear is told once, and leads nobody to them; ten are told two by two', async () => {
    const bearing = (items: number): Items => {
      const night = new Items()
      for (let n = 0; n < items; n++)
        night.erp({ item: `${3001 + n}`, manufacturer: 'ACME', manufacturer_part: 'N/A', gtin: '' })
      return night
    }
    const night = await bearing(11).ehr({ item: '', manufacturer: 'Acme', manufacturer_part: 'NA', gtin: '' }).match()
    expect(night.codes.filter((code) => code !== 'ITEM-MISSING')).toEqual(['ITEM-DUPLICATE', 'XREF-ITEM'])
    expect(night.finding('ITEM-DUPLICATE')).toMatchObject({
      keys: { item: '3001', identifier: 'manufacturer part ACME N/A' },
      values: { shared: 'manufacturer part ACME N/A', items: '11' },
    })
    const ten = await bearing(10).match()
    expect(ten.codes.filter((code) => code === 'ITEM-DUPLICATE')).toHaveLength(45)
  })

  test('a pack whose GTIN has a wrong check digit', async () => {
    const night = await new Items()
      .erp()
      .add('item_uom', { item: '1001', uom: 'BX', factor: '10', gtin: '10614141999990' })
      .match()
    expect(night.findings.map(({ code, keys }) => [code, keys.item, keys.uom])).toEqual([['DATA-TYPE', '1001', 'BX']])
  })

  test.each([
    ['of two manufacturers', { manufacturer: 'OTHER' }],
    ['where one is inactive', { status: 'inactive' }],
  ])('one part number %s is no duplicate', async (_, row) => {
    expect(
      (
        await new Items()
          .erp()
          .erp({ item: '1002', gtin: '', ...row })
          .match()
      ).codes,
    ).toEqual([])
  })

  test('an inactive item on an open order', async () => {
    const line = {
      company: '10',
      po_number: '4500',
      line_number: '1',
      supplier: '10432',
      item: '1001',
      quantity: '10',
      uom: 'EA',
      unit_price: '2.50',
      matching: 'three-way',
      po_date: '2026-03-01',
    }
    const night = await new Items()
      .erp({ status: 'inactive' })
      .add('po_line', { ...line, status: 'open' })
      .add('po_line', { ...line, line_number: '2', status: 'closed' })
      .match()
    expect(night.finding('ITEM-INACTIVE')).toMatchObject({
      amountAtRisk: '25',
      keys: { po: '4500', line: '1', item: '1001' },
    })
  })
})

describe('what people said takes the place of an inactive item', () => {
  const old = { supplier: '10432', vendor_item: 'MS-100', item: '1001', uom: 'EA' }
  const inactive = () =>
    new Items()
      .erp({ status: 'inactive' })
      .erp({ item: '1002', manufacturer_part: 'GN-200', gtin: '' })
      .add('partner_vendor', { partner: 'medsupply', supplier: '10432' })
      .add('catalog_item', old)
      .add('po_line', {
        company: '10',
        po_number: '4500',
        line_number: '1',
        supplier: '10432',
        item: '1001',
        quantity: '10',
        uom: 'EA',
        unit_price: '2.50',
        status: 'open',
        matching: 'three-way',
        po_date: '2026-03-01',
      })
  const said = (target: string, row = {}) => reference('item', '1001', target, { type: 'buyer-item', ...row })
  const told = (night: Awaited<ReturnType<Items['match']>>) =>
    night.findings
      .filter(({ code }) => code === 'ITEM-INACTIVE')
      .map(({ keys, message, values }) => [keys.po ?? keys.identifier, message, values.successor])
      .sort()

  test.each([
    ["of our own number, for everybody's", {}],
    ['of the number as this partner names it', { partner: 'medsupply' }],
  ])(
    '%s, is what the supplier offers under the old number; the order is still to be changed, on the same facts',
    async (_, row) => {
      const before = await inactive().match()
      expect(told(before)).toEqual([
        ['4500', 'PO 4500 line 1 is open for 10 EA of item 1001, which is inactive', null],
        ['MS-100', 'Part MS-100 of supplier 10432 is offered as item 1001, which is inactive', null],
      ])
      const night = await inactive().add('cross_reference', said('1002', row)).match()
      expect(told(night)).toEqual([
        [
          '4500',
          'PO 4500 line 1 is open for 10 EA of item 1001, which is inactive; its successor is item 1002 (XR-000001)',
          null,
        ],
      ])
      expect(night.codes).not.toContain('XREF-AMBIGUOUS')
    },
  )

  test('of another supplier does not serve this one, nor an item that is in use again', async () => {
    const other = await inactive()
      .add('cross_reference', said('1002', { partner: 'orthotech' }))
      .match()
    expect(told(other)).toHaveLength(2)
    const night = new Items()
      .erp()
      .erp({ item: '1002', manufacturer_part: 'GN-200', gtin: '' })
      .add('catalog_item', old)
    expect((await night.add('cross_reference', said('1002')).match()).codes).toEqual([])
  })

  test.each([
    ['is not in the ERP', '9999', '9999, which the ERP does not have'],
    ['is inactive too', '1003', '1003, which is inactive too'],
  ])('is told where it %s, on other facts, so that what was decided opens again', async (_, target, successor) => {
    const night = await inactive()
      .erp({ item: '1003', manufacturer_part: 'GN-300', gtin: '', status: 'inactive' })
      .add('cross_reference', said(target))
      .match()
    expect(told(night)).toEqual([
      [
        '4500',
        `PO 4500 line 1 is open for 10 EA of item 1001, which is inactive; its successor is item ${successor} (XR-000001)`,
        successor,
      ],
      [
        'MS-100',
        `Part MS-100 of supplier 10432 is offered as item 1001, which is inactive; its successor is item ${successor} (XR-000001)`,
        successor,
      ],
    ])
  })

  test('ends with the last day of the cross-reference', async () => {
    const night = await inactive()
      .add('cross_reference', said('1002', { effective_to: '2026-01-31' }))
      .match()
    expect(told(night)).toHaveLength(2)
  })
})

test('a pack that is of two sizes by two ways is told, with both', async () => {
  const night = new Items()
    .erp()
    .add('item_uom', { item: '1001', uom: 'BX', factor: '10' })
    .add('item_uom', { item: '1001', uom: 'CS', factor: '90' })
  night.add('cross_reference', reference('unit', 'CS', 'BX', { item: '1001', factor: '10' }))
  const { keys, values } = (await night.match()).finding('XREF-UOM')
  expect(keys).toEqual({ item: '1001', uom: 'CS', other: 'units' })
  expect(values['ways that disagree']).toBe(
    'one CS is 90 EA by CS -> EA (item 1001), and 100 EA by CS -> BX -> EA (item 1001, XR-000001)',
  )
})

describe('what people said of a supplier part', () => {
  const strange = { supplier: '10432', vendor_item: 'MS-NEW', uom: 'EA' }
  const said = (target: string) =>
    reference('item', 'MS-NEW', target, { partner: '10432', scope: 'other', type: 'vendor-item' })

  test('leads to its item, and is no proposal any more', async () => {
    const night = new Items().erp().add('catalog_item', strange)
    expect((await night.match()).codes).toContain('XREF-ITEM')
    const { codes, table } = await night.add('cross_reference', said('1001')).match()
    expect(codes).not.toContain('XREF-ITEM')
    expect(table('cross_references')).toEqual([])
  })

  test('or of an entry of another system leads to its item too', async () => {
    const night = new Items()
      .erp()
      .add('listed_item', { system: 'ehr', entry: 'S3', description: 'Glove', status: 'active' })
    expect((await night.match()).codes).toContain('XREF-ITEM')
    night.add('cross_reference', reference('item', 's-3', '1001', { partner: 'ehr', scope: 'system' }))
    const { codes, table } = await night.match()
    expect(codes).not.toContain('XREF-ITEM')
    expect(codes).not.toContain('ITEM-MISSING')
    expect(table('cross_references')).toEqual([])
  })

  test('against what the ERP knows of it does not hold, and is to be settled', async () => {
    const night = new Items().erp().erp({ item: '1002', manufacturer_part: 'X', gtin: '' }).add('catalog_item', strange)
    night
      .add('item_vendor', { item: '1001', supplier: '10432', vendor_item: 'MS-NEW' })
      .add('cross_reference', said('1002'))
    expect((await night.match()).finding('XREF-AMBIGUOUS').values).toMatchObject({
      erp: '1001',
      'cross-reference': '1002',
    })
  })
})

test('the order of rows changes nothing', async () => {
  const night = new Items()
    .erp()
    .erp({ item: '1002', manufacturer_part: 'B', gtin: '' })
    .erp({ item: '1003' })
    .ehr({ description: 'x', item: '' })
    .ehr({ entry: 'E9', item: '7' })
    .offer({ uom: 'CS' })
  const there = await night.match()
  const back = await night.match([...night.rows].reverse())
  expect(back.findings).toEqual(there.findings)
  expect(back.table('differences')).toEqual(there.table('differences'))
  expect(back.table('cross_references')).toEqual(there.table('cross_references'))
})
