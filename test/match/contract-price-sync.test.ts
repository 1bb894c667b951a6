import { describe, expect, test } from 'vitest'
import { reference } from './cross-reference-row.js'
import { RuleNight } from './rule-night.js'

const erpOwns = { unit_price: 'erp', effective_to: 'erp' }
const fileOwns = { unit_price: 'price-file', effective_to: 'price-file' }

/** Item 1001, ten EA a box, on contract C1 with supplier 10432 at 12.00 a box; PO 4500 line 1 orders 10 boxes at that price. */
class Contracts extends RuleNight {
  constructor() {
    super('contract-price-sync', { ownership: erpOwns, 'expiring-days': 30, 'look-back-days': 90 })
    this.add('partner_vendor', { partner: 'medsupply', company: '10', supplier: '10432' })
    this.add('item', { item: '1001', base_uom: 'EA', status: 'active', manufacturer_part: 'GN-100' })
    this.add('item_uom', { item: '1001', uom: 'BX', factor: '10' })
    this.add('tolerance', { rule: 'contract-price', over_mode: 'zero', under_mode: 'off' })
  }

  contract(row = {}): this {
    return this.add('contract_price', {
      contract: 'C1',
      supplier: '10432',
      item: '1001',
      vendor_item: 'MS-100',
      uom: 'BX',
      unit_price: '12.00',
      effective_from: '2026-01-01',
      effective_to: '2026-12-31',
      ...row,
    })
  }

  order(row = {}): this {
    return this.add('po_line', {
      company: '10',
      po_number: '4500',
      line_number: '1',
      supplier: '10432',
      item: '1001',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
      status: 'open',
      matching: 'three-way',
      po_date: '2026-03-01',
      ...row,
    })
  }

  bill(row = {}): this {
    return this.add('invoice', {
      invoice_id: 'I1',
      partner: 'medsupply',
      invoice_number: 'V1',
      invoice_date: '2026-03-05',
      received_on: '2026-03-06',
      credit: false,
      po_number: '4500',
      total: '120.00',
      state: 'open',
    }).add('invoice_line', {
      invoice_id: 'I1',
      sequence: 1,
      assigned_id: '1',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
      byte_offset: 100,
      byte_length: 40,
      ...row,
    })
  }

  acknowledge(row = {}): this {
    return this.add('acknowledgment', {
      document_id: 'A1',
      partner: 'medsupply',
      po_number: '4500',
      purpose: '00',
      type: 'AD',
      acknowledged_on: '2026-03-02',
      turn: '1',
      content: 'x',
      byte_offset: 0,
      byte_length: 9,
    }).add('acknowledgment_line', {
      document_id: 'A1',
      sequence: 1,
      assigned_id: '1',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
      byte_offset: 50,
      byte_length: 30,
      ...row,
    })
  }

  offer(row = {}): this {
    return this.add('price_file_line', {
      supplier: '10432',
      vendor_item: 'MS100',
      uom: 'BX',
      unit_price: '12.00',
      ...row,
    })
  }
}

describe('the price on the PO date', () => {
  test('order, acknowledgment and invoice at contract price', async () => {
    const night = await new Contracts().contract().order().acknowledge().bill().match()
    expect(night.codes).toEqual([])
    expect(night.count('At contract price')).toBe(1)
  })

  test.each([
    ['the GTIN of a pack', { gtin: '10614141999993' }],
    ["the manufacturer's part", { manufacturer_part: 'GN 100' }],
    ['NDC', { ndc: '63807-1001-10' }],
  ])('a line billed by %s alone is of its order line', async (_, names) => {
    const night = await new Contracts()
      .contract()
      .add('item_uom', { item: '1001', uom: 'CS', factor: '100', gtin: '10614141999993' })
      .order({ manufacturer_part: 'GN-100', ndc: '63807100110' })
      .bill({ assigned_id: null, unit_price: '12.50', ...names })
      .match()
    expect(night.findings.map(({ code, keys, amountAtRisk }) => [code, keys.document, amountAtRisk])).toEqual([
      ['PRICE-CONTRACT', '810', '5'],
    ])
  })

  test('what is not billed yet is told by the order, what is billed by the invoice: the money once', async () => {
    const night = await new Contracts()
      .contract()
      .order({ unit_price: '12.50' })
      .acknowledge({ unit_price: '12.50' })
      .bill({ quantity: '4', unit_price: '12.50' })
      .match()
    expect(night.findings.map(({ code, keys, amountAtRisk }) => [code, keys.document, amountAtRisk]).sort()).toEqual([
      ['PRICE-CONTRACT', '810', '2'],
      ['PRICE-CONTRACT', 'PO', '3'],
    ])
    expect(night.table('overpaid').map(({ document, overpaid }) => [document, overpaid])).toEqual([
      ['810', '2.00'],
      ['PO', '3.00'],
    ])
    expect(night.findings.find(({ keys }) => keys.document === '810')?.message).toBe(
      'PO 4500 line 1, invoice V1, billed at 12.50 per BX: contract C1 says 12.00 per BX on 2026-03-01, the date of the PO',
    )
  })

  test('an 855 of another price than the order', async () => {
    const night = await new Contracts().contract().order().acknowledge({ unit_price: '12.01' }).match()
    expect(night.finding('PRICE-CONTRACT')).toMatchObject({ keys: { document: '855' }, amountAtRisk: '0' })
  })

  test.each([
    ['the very tolerance', '12.12', []],
    ['a cent beyond it', '12.13', ['PRICE-CONTRACT']],
    ['below, which is not checked', '11.00', []],
  ])('%s', async (_, unit_price, codes) => {
    const night = new Contracts().contract().order({ unit_price })
    night.add('tolerance', {
      rule: 'contract-price',
      supplier: '10432',
      over_mode: 'limit',
      over_percent: '1',
      under_mode: 'off',
    })
    expect((await night.match()).codes).toEqual(codes)
  })

  test('the last day of a contract counts, the day after does not; the line in force is that of the PO date, not of today', async () => {
    const two = (po_date: string) =>
      new Contracts()
        .contract({ effective_to: '2026-02-28' })
        .contract({ contract: 'C2', unit_price: '13.00', effective_from: '2026-03-01' })
        .order({ unit_price: '13.00', po_date })
        .match()
    expect((await two('2026-03-01')).codes).toEqual([])
    expect((await two('2026-02-28')).finding('PRICE-CONTRACT').keys.contract).toBe('C1')
  })

  test('the smaller priority number goes first', async () => {
    const night = await new Contracts()
      .contract({ priority: 2 })
      .contract({ contract: 'C0', unit_price: '11.50', priority: 1 })
      .order({ unit_price: '11.50' })
      .match()
    expect(night.codes).toEqual([])
  })

  test.each([
    ['per box, ordered each', { uom: 'EA', unit_price: '1.20', quantity: '100' }, []],
    [
      'per box, ordered each, a hundredth too dear',
      { uom: 'EA', unit_price: '1.21', quantity: '100' },
      ['PRICE-CONTRACT'],
    ],
    ['priced per hundred', { uom: 'EA', unit_price: '120', price_basis: 'HP', quantity: '100' }, []],
  ])('%s', async (_, row, codes) => {
    expect((await new Contracts().contract().order(row).match()).codes).toEqual(codes)
  })

  test('a contract unit from which nothing leads to the ordered one is never a factor of 1', async () => {
    const night = await new Contracts().contract({ uom: 'CS' }).order({ unit_price: '99' }).match()
    expect(night.codes).toEqual(['XREF-UOM'])
  })

  test('a contract on hold is none', async () => {
    expect((await new Contracts().contract({ on_hold: true }).order({ unit_price: '99' }).match()).codes).toEqual([])
  })

  test('quantities and packs of ten times the size change no money', async () => {
    const scaled = (factor: number) => {
      const night = new Contracts()
        .contract({ uom: 'CS', unit_price: String(1.2 * factor) })
        .order({ unit_price: '12.50' })
      return night.add('item_uom', { item: '1001', uom: 'CS', factor }).match()
    }
    const [small, large] = [await scaled(100), await scaled(1000)]
    expect(small.finding('PRICE-CONTRACT').amountAtRisk).toBe('5')
    expect(large.finding('PRICE-CONTRACT').amountAtRisk).toBe('5')
  })
})

describe('contracts that lapse or overlap', () => {
  test.each([
    ['a day beyond the days looked ahead', { effective_to: '2026-04-11' }, []],
    ['the last of them', { effective_to: '2026-04-10' }, ['PRICE-EXPIRED']],
    ['it ended last week', { effective_to: '2026-03-04' }, ['PRICE-EXPIRED']],
    ['it ended long ago and nobody buys it', { effective_to: '2026-01-31' }, []],
  ])('%s', async (_, row, codes) => {
    expect((await new Contracts().contract(row).match()).codes).toEqual(codes)
  })

  test('one that ended long ago and is still bought, with the spend', async () => {
    const night = await new Contracts().contract({ effective_to: '2026-01-31' }).order().match()
    expect(night.finding('PRICE-EXPIRED')).toMatchObject({
      amountAtRisk: '120',
      keys: { contract: 'C1', item: '1001' },
    })
  })

  test('one that is followed by another', async () => {
    const night = new Contracts().contract({ effective_to: '2026-03-20' })
    expect((await night.contract({ contract: 'C2', effective_from: '2026-03-21' }).match()).codes).toEqual([])
  })

  test.each([
    ['the same days', {}, ['PRICE-OVERLAP']],
    ['one day in common', { effective_from: '2026-12-31', effective_to: null }, ['PRICE-OVERLAP']],
    ['no day in common', { effective_from: '2027-01-01', effective_to: null }, []],
    ['another priority', { priority: 2 }, []],
    ['another unit', { uom: 'EA', unit_price: '1.20' }, []],
    ['on hold', { on_hold: true }, []],
  ])('two contracts of %s', async (_, row, codes) => {
    const night = await new Contracts()
      .contract()
      .contract({ contract: 'C2', unit_price: '12.40', ...row })
      .match()
    expect(night.codes).toEqual(codes)
  })

  const tied = (): Contracts =>
    new Contracts().contract().contract({ contract: 'C2', unit_price: '12.40', effective_from: '2026-02-01' })

  test.each(['12.00', '12.40'])(
    'of contracts that tie neither goes first: %s is the price of one',
    async (unit_price) => {
      expect((await tied().order({ unit_price }).match()).codes).toEqual(['PRICE-OVERLAP'])
    },
  )

  test('a price that none of them has is held against the nearest', async () => {
    const night = await tied().order({ unit_price: '12.50' }).match()
    expect(night.codes).toEqual(['PRICE-CONTRACT', 'PRICE-OVERLAP'])
    expect(night.finding('PRICE-CONTRACT')).toMatchObject({
      amountAtRisk: '1',
      keys: { contract: 'C2' },
      values: { 'contract price': '12.40', 'contracts that tie': 'C1 12.00, C2 12.40' },
    })
    expect(night.table('overpaid')).toHaveLength(1)
  })

  test('the money of an overlap is what the two prices differ on what was bought', async () => {
    const night = await new Contracts().contract().contract({ contract: 'C2', unit_price: '12.40' }).order().match()
    expect(night.finding('PRICE-OVERLAP').amountAtRisk).toBe('4')
  })
})

describe('off contract', () => {
  test('bought elsewhere while a contract covers it', async () => {
    const night = await new Contracts().contract().order({ supplier: '777', unit_price: '14.00' }).match()
    expect(night.finding('PRICE-OFF-CONTRACT')).toMatchObject({
      amountAtRisk: '140',
      values: { overpaid: '20.00', 'off-contract spend': '140.00' },
    })
    expect(night.table('off_contract_spend')).toMatchObject([
      { spend: '140.00', overpaid: '20.00', contract_supplier: '10432' },
    ])
  })

  test('typed by hand, known by its manufacturer part', async () => {
    const night = await new Contracts()
      .contract()
      .order({ supplier: '777', item: '', manufacturer_part: 'GN100' })
      .match()
    expect(night.finding('PRICE-OFF-CONTRACT').keys.item).toBe('1001')
  })

  test.each([
    ['no contract covers it that day', { po_date: '2025-12-31' }],
    ['the order is cancelled', { status: 'cancelled' }],
    ['it is closed and old', { status: 'closed', po_date: '2025-12-10' }],
  ])('not where %s', async (_, row) => {
    expect(
      (
        await new Contracts()
          .contract()
          .order({ supplier: '777', ...row })
          .match()
      ).codes,
    ).toEqual([])
  })
})

describe('a price file', () => {
  test('where the ERP owns prices it is only held against them', async () => {
    const night = await new Contracts().contract().offer({ unit_price: '12.60' }).match()
    expect(night.finding('PRICE-CONTRACT').keys).toMatchObject({ document: 'price file', contract: 'C1', item: '1001' })
    expect(night.table('price_load')).toEqual([])
  })

  test('where it owns them a change goes to the ERP once it is accepted, a new line at once', async () => {
    const night = await new Contracts()
      .with({ ownership: fileOwns })
      .contract()
      .offer({ unit_price: '12.60', effective_to: '2026-12-31' })
      .offer({ item: '1001', uom: 'EA', unit_price: '1.30' })
      .match()
    expect(
      night.table('price_load').map(({ action, uom, unit_price, needs_code }) => [action, uom, unit_price, needs_code]),
    ).toEqual(
      [
        ['change', 'BX', '12.600000', 'PRICE-CONTRACT'],
        ['add', 'EA', '1.300000', null],
      ].sort((a, b) => String(a[1]).localeCompare(String(b[1]))),
    )
  })

  test('a supplier that prices cases of what the ERP has in eaches says the same price or another one', async () => {
    const offered = (unit_price: string) =>
      new Contracts()
        .with({ ownership: fileOwns })
        .contract({ uom: 'EA', unit_price: '1.20' })
        .offer({ uom: 'BX', unit_price })
        .match()
    const same = await offered('12.00')
    expect([same.codes, same.table('price_load')]).toEqual([[], []])
    const dear = await offered('12.60')
    expect(dear.finding('PRICE-CONTRACT').message).toContain('contract C1 in the ERP 12.00 (1.20 per EA)')
    expect(dear.table('price_load')).toMatchObject([{ action: 'add', uom: 'BX', needs_code: 'PRICE-CONTRACT' }])
  })

  test('a price under the number of an inactive item is that of its successor, once our contract is', async () => {
    const succeeded = (contracted: string) =>
      new Contracts()
        .with({ ownership: fileOwns })
        .contract({ item: contracted })
        .add('item', { item: '1000', base_uom: 'EA', status: 'inactive' })
        .add('cross_reference', reference('item', '1000', '1001', { type: 'buyer-item' }))
        .offer({ item: '1000', vendor_item: 'MS-99', unit_price: '12.60' })
        .match()
    const items = (night: Awaited<ReturnType<typeof succeeded>>) =>
      night.findings.filter(({ code }) => code === 'PRICE-CONTRACT').map(({ keys }) => keys.item)
    expect(items(await succeeded('1001'))).toEqual(['1001'])
    expect(items(await succeeded('1000'))).toEqual(['1000'])
  })

  test('the ERP changed a price that it does not own', async () => {
    const remembered = (base: string, owner_price: string) =>
      new Contracts()
        .with({ ownership: fileOwns })
        .contract({ unit_price: '12.99' })
        .offer({ unit_price: '12.60' })
        .add('remembered', {
          result: 'price_memory',
          row: JSON.stringify({ supplier: '10432', item: '1001', uom: 'BX', base, owner_price }),
        })
        .match()
    const night = await remembered('12.600000', '12.600000')
    expect(night.codes).toEqual(['OWN-VIOLATION'])
    expect(night.table('price_load')).toMatchObject([{ unit_price: '12.600000', needs_decisions: 'reject-change' }])
    // Our own load of last night, while the file has moved on: an echo.
    expect((await remembered('12.000000', '12.990000')).codes).toEqual(['PRICE-CONTRACT'])
  })
})

test('the order of rows changes nothing', async () => {
  const night = new Contracts()
    .contract()
    .contract({ contract: 'C2', unit_price: '12.40' })
    .order({ unit_price: '13' })
    .order({ line_number: '2', supplier: '777' })
    .acknowledge({ unit_price: '12.70' })
    .bill({ unit_price: '13.10' })
    .offer({ unit_price: '1' })
  const there = await night.match()
  const back = await night.match([...night.rows].reverse())
  expect(back.findings).toEqual(there.findings)
  for (const table of ['overpaid', 'off_contract_spend', 'price_load'])
    expect(back.table(table)).toEqual(there.table(table))
})
