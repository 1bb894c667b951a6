import { describe, expect, test } from 'vitest'
import { reference } from '../cross-reference-row.js'
import { Night } from './night.js'

/** PO 4500 with three lines of different goods, each known by every kind of id. */
const threeLines = (): Night =>
  ['1', '2', '3'].reduce(
    (night, n) =>
      night
        .po({
          line_number: n,
          item: `100${n}`,
          vendor_item: `V-100${n}`,
          manufacturer_part: `M.100${n}`,
          gtin: `0001234500001${n}`,
          ndc: `0002-1200-0${n}`,
          hibc: `+H100${n}`,
          unit_price: `${n}1.00`,
          quantity: `1${n}`,
        })
        .received('20', { line_number: n }),
    new Night().add('item', { item: '1002', base_uom: 'BX', status: 'active' }).add('item', {
      item: '1003',
      base_uom: 'BX',
      status: 'active',
    }),
  )

const second = { quantity: '1', unit_price: '21.00', assigned_id: null }

describe('the key ladder, rung by rung', () => {
  test.each([
    [1, 'PO line number, no id on the invoice', { assigned_id: '2' }],
    [
      1,
      'PO line number, one id agrees and another differs',
      { assigned_id: '2', buyer_item: '1002', vendor_item: 'OLD' },
    ],
    [1, 'PO line number, the id is of a kind the PO does not know', { assigned_id: '2', lot: 'L1' }],
    [2, 'buyer item', { buyer_item: '1002' }],
    [2, 'buyer item, where IT101 is only a counter', { assigned_id: '1', buyer_item: '1002' }],
    [3, 'vendor item, written otherwise', { vendor_item: 'v1002' }],
    [4, 'manufacturer part', { manufacturer_part: 'M1002' }],
    [5, 'GTIN sent as 12 digits', { gtin: '012345000012' }],
    [6, 'NDC', { ndc: '00021200-02' }],
    [6, 'HIBC', { hibc: '+H1002' }],
    [8, 'price and quantity', { quantity: '12' }],
  ])('rung %i: %s', async (rung, _, ids) => {
    const night = await threeLines()
      .invoice('A1')
      .line({ ...second, ...ids })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result()).toMatchObject({ rung, line_number: '2', outcome: 'matched' })
  })

  test('what people said a number is goes by the rung of that number, for the partner alone', async () => {
    const night = (partner: string) =>
      threeLines()
        .invoice('A1')
        .line({ ...second, vendor_item: 'NEW' })
        .add('cross_reference', reference('item', 'new', '1002', { partner, type: 'vendor-item' }))
        .match()
    expect((await night('orthotech')).codes).toEqual(['INV-NOT-ON-PO'])
    const matched = await night('medsupply')
    expect(matched.codes).toEqual([])
    expect(matched.result()).toMatchObject({ rung: 3, line_number: '2', outcome: 'matched' })
  })

  test('what people said does not hold against the numbers of the PO itself', async () => {
    const night = await threeLines()
      .invoice('A1')
      .line({ ...second, vendor_item: 'v1002' })
      .add('cross_reference', reference('item', 'V1002', '1003', { partner: 'medsupply' }))
      .match()
    expect(night.result()).toMatchObject({ rung: 3, line_number: '2', outcome: 'matched' })
  })

  test('rung 6: an NDC of ten digits with hyphens and one of eleven are one', async () => {
    const night = await new Night()
      .po({ vendor_item: null, ndc: '0002-1200-02' })
      .received('10')
      .invoice('A1')
      .line({ assigned_id: null, ndc: '00002120002' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result()).toMatchObject({ rung: 6 })
  })

  test('rung 5: the GTIN of a pack stands for the item whatever unit was ordered', async () => {
    const night = await new Night()
      .add('item_uom', { item: '1001', uom: 'CA', factor: '1000', gtin: '50012345000019' })
      .po({ vendor_item: null })
      .received('10')
      .invoice('A1')
      .line({ assigned_id: null, gtin: '50012345000019' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result().rung).toBe(5)
  })

  test('rung 4 and 6: what the PO does not say the item master does', async () => {
    const books = (): Night =>
      new Night()
        .add('item', { item: '1009', base_uom: 'BX', status: 'active', manufacturer_part: 'MP-9', ndc: '0009-1' })
        .po({ item: '1009' })
        .received('10')
    const part = await books().invoice('A1').line({ assigned_id: '77', manufacturer_part: 'mp9' }).match()
    expect(part.result().rung).toBe(4)
    const ndc = await books().invoice('A1').line({ assigned_id: null, ndc: '00091' }).match()
    expect(ndc.result().rung).toBe(6)
  })

  test('rung 7: a substitute the acknowledgment announced is matched, and never accepted by itself', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .add('substitution', {
        po_number: '4500',
        partner: 'medsupply',
        line_number: '1',
        ordered_item: '1001',
        vendor_item: 'S-77',
        document_id: 'ack-1',
      })
      .invoice('A1')
      .line({ vendor_item: 'S-77' })
      .match()
    expect(night.codes).toEqual(['INV-SUBSTITUTE'])
    expect(night.result()).toMatchObject({ rung: 7, line_number: '1', outcome: 'exception' })
    expect(night.finding('INV-SUBSTITUTE')).toMatchObject({
      amountAtRisk: '120',
      values: { 'billed item': 'S-77', 'ordered item': '1001' },
    })
  })

  test('a substitute billed under the ordered item number is noticed all the same', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .add('substitution', {
        po_number: '4500',
        partner: 'medsupply',
        ordered_item: '1001',
        vendor_item: 'S-77',
        document_id: 'ack-1',
      })
      .invoice('A1')
      .line({ buyer_item: '1001', vendor_item: 'S-77' })
      .match()
    expect(night.result().rung).toBe(1)
    expect(night.codes).toEqual(['INV-SUBSTITUTE'])
  })

  test('the ordered item, billed although a substitute was announced, is no substitute', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .add('substitution', {
        po_number: '4500',
        partner: 'medsupply',
        ordered_item: '1001',
        vendor_item: 'S-77',
        document_id: 'ack-1',
      })
      .invoice('A1')
      .line({ vendor_item: 'V-1001' })
      .match()
    expect(night.codes).toEqual([])
  })

  test('a substitution announced for one of two lines of the same item goes by the line number', async () => {
    const night = await new Night()
      .po()
      .po({ line_number: '2' })
      .received('10')
      .received('10', { line_number: '2' })
      .add('substitution', {
        po_number: '4500',
        partner: 'medsupply',
        line_number: '2',
        ordered_item: '1001',
        vendor_item: 'S-77',
        document_id: 'ack-1',
      })
      .invoice('A1')
      .line({ assigned_id: null, vendor_item: 'S-77' })
      .match()
    expect(night.result()).toMatchObject({ rung: 7, line_number: '2' })
  })

  test('rung 9: without a PO, supplier, item and ship-to within the window', async () => {
    const books = (row = {}, invoice = {}): Night =>
      new Night()
        .po(row)
        .received('10')
        .invoice('A1', { po_number: null, ship_to: 'DOCK', ...invoice })
        .line({ vendor_item: 'V1001' })
    expect((await books().match()).result()).toMatchObject({ rung: 9, po_number: '4500', outcome: 'matched' })
    const lastDay = await books({ po_date: '2026-01-09' }).match()
    expect(lastDay.result().rung).toBe(9)
    for (const [row, invoice] of [
      [{ po_date: '2026-01-08' }, {}],
      [{ po_date: '2026-03-11' }, {}],
      [{ supplier: '99' }, {}],
      [{ vendor_item: 'V-1' }, {}],
      [{ status: 'closed' }, {}],
      [{}, { ship_to: 'OTHER' }],
      [{}, { company: '20' }],
    ]) {
      const night = await books(row, invoice).match()
      expect(night.codes).toEqual(['INV-UNKNOWN-PO'])
      expect(night.finding('INV-UNKNOWN-PO')).toMatchObject({ level: 'invoice', amountAtRisk: '120' })
    }
  })
})

describe('a tie is never broken', () => {
  const twins = (): Night =>
    new Night().po().po({ line_number: '2' }).received('10').received('10', { line_number: '2' })

  test('two lines of the same item fit a vendor item equally', async () => {
    const night = await twins().invoice('A1').line({ assigned_id: null, vendor_item: 'V-1001' }).match()
    expect(night.codes).toEqual(['INV-AMBIGUOUS'])
    expect(night.finding('INV-AMBIGUOUS').message).toMatch(/PO 4500 line 1, PO 4500 line 2/)
    expect(night.result()).toMatchObject({ rung: null, outcome: 'exception', line_number: null })
  })

  test('the PO line number tells them apart', async () => {
    const night = await twins().invoice('A1').line({ assigned_id: '2', vendor_item: 'V-1001' }).match()
    expect(night.codes).toEqual([])
    expect(night.result().line_number).toBe('2')
  })

  test('a tie on a low rung is not decided by a higher one', async () => {
    const night = await new Night()
      .po({ manufacturer_part: 'M1' })
      .po({ line_number: '2', manufacturer_part: 'M2' })
      .invoice('A1')
      .line({ assigned_id: null, vendor_item: 'V-1001', manufacturer_part: 'M2' })
      .match()
    expect(night.codes).toEqual(['INV-AMBIGUOUS'])
  })

  test('two lines with the same price and quantity', async () => {
    const night = await twins().invoice('A1').line({ assigned_id: null }).match()
    expect(night.codes).toEqual(['INV-AMBIGUOUS'])
  })

  test('two open orders of the same item, on an invoice without PO', async () => {
    const night = await new Night()
      .po()
      .po({ po_number: '4501' })
      .invoice('A1', { po_number: null, ship_to: 'DOCK' })
      .line({ vendor_item: 'V-1001' })
      .match()
    expect(night.codes).toEqual(['INV-AMBIGUOUS'])
  })

  test('one PO line told twice by the extracts', async () => {
    const night = await new Night().po().po({ quantity: '20' }).invoice('A1').line().match()
    expect(night.codes).toEqual(['INV-AMBIGUOUS'])
  })
})

describe('a line that is not on the PO', () => {
  test('IT101 is a counter where the ids contradict it, and the contradiction is told', async () => {
    const night = await new Night().po().invoice('A1').line({ vendor_item: 'X-9', quantity: '3' }).match()
    expect(night.codes).toEqual(['INV-NOT-ON-PO'])
    expect(night.finding('INV-NOT-ON-PO')).toMatchObject({
      amountAtRisk: '36',
      keys: { company: '10', po: '4500', invoice: 'A1', invoiceLine: '1', supplier: '10432' },
    })
    expect(night.finding('INV-NOT-ON-PO').message).toContain('vendor item X-9 where vendor item V-1001 is ordered')
  })

  test('the same price and quantity do not outweigh an id that contradicts', async () => {
    const night = await new Night().po().invoice('A1').line({ assigned_id: '9', vendor_item: 'X-9' }).match()
    expect(night.codes).toEqual(['INV-NOT-ON-PO'])
  })

  test('a line without any id whose price is another', async () => {
    const night = await new Night().po().invoice('A1').line({ assigned_id: '9', unit_price: '12.01' }).match()
    expect(night.codes).toEqual(['INV-NOT-ON-PO'])
  })
})

describe('which purchase order', () => {
  const twoCompanies = (): Night =>
    new Night()
      .add('partner_vendor', { partner: 'medsupply', company: '20', supplier: 'M-20' })
      .po()
      .received('10')
      .po({ company: '20', supplier: 'M-20', item: null, vendor_item: 'Z', unit_price: '50.00', ship_to: 'SOUTH' })
      .received('10', { company: '20' })

  test('two companies with one PO number: the receiver tells', async () => {
    const north = await twoCompanies().invoice('A1').line().match()
    expect(north.codes).toEqual([])
    const south = await twoCompanies().invoice('A1', { company: '20' }).line({ unit_price: '50.00' }).match()
    expect(south.codes).toEqual([])
    expect(south.result()).toMatchObject({ company: '20', supplier: 'M-20' })
    // Joining on the number alone would have doubled this.
    expect(south.result()).toMatchObject({ billed_base: '10.00000000', received_base: '10.00000000' })
  })

  test('... or the ship-to, where the receiver does not', async () => {
    const night = await twoCompanies()
      .invoice('A1', { company: null, ship_to: 'SOUTH' })
      .line({ unit_price: '50' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result().company).toBe('20')
  })

  test('... or the vendor the partner is', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .po({ company: '20', supplier: 'other' })
      .invoice('A1', { company: null })
      .line()
      .match()
    expect(night.codes).toEqual([])
    expect(night.result().company).toBe('10')
  })

  test('... and where nothing tells, nobody guesses', async () => {
    const night = await twoCompanies().invoice('A1', { company: null }).line().line().match()
    expect(night.codes).toEqual(['INV-AMBIGUOUS'])
    expect(night.finding('INV-AMBIGUOUS')).toMatchObject({
      level: 'invoice',
      amountAtRisk: '240',
      keys: { po: '4500' },
    })
    expect(night.results.map(({ outcome }) => outcome)).toEqual(['exception', 'exception'])
  })

  test('releases: the one told, or the only one the ids fit; two that fit are a tie', async () => {
    const releases = (): Night =>
      new Night()
        .po({ release: '1' })
        .po({ release: '2', unit_price: '13.00' })
        .received('10', { release: '1' })
        .received('10', { release: '2' })
    const told = await releases().invoice('A1', { release: '2' }).line({ unit_price: '13.00' }).match()
    expect(told.codes).toEqual([])
    expect(told.result().release).toBe('2')
    expect((await releases().invoice('A1').line().match()).codes).toEqual(['INV-AMBIGUOUS'])
    expect((await releases().invoice('A1', { release: '3' }).line().match()).codes).toEqual(['INV-UNKNOWN-PO'])
    const byId = await releases()
      .po({ release: '3', item: '1002', vendor_item: 'V-1002', line_number: '9' })
      .received('10', { release: '3', line_number: '9' })
      .invoice('A1')
      .line({ vendor_item: 'V-1002' })
      .match()
    expect(byId.codes).toEqual([])
    expect(byId.result()).toMatchObject({ release: '3', line_number: '9' })
  })

  test('no release and an empty one are the same', async () => {
    const night = await new Night()
      .po({ release: '' })
      .received('10', { release: null })
      .invoice('A1', { release: '' })
      .line()
      .match()
    expect(night.codes).toEqual([])
  })

  test('a PO the ERP does not have: one finding for the invoice, however many lines', async () => {
    const night = await new Night().po().invoice('A1', { po_number: '9999' }).line().line().match()
    expect(night.codes).toEqual(['INV-UNKNOWN-PO'])
    expect(night.finding('INV-UNKNOWN-PO')).toMatchObject({
      level: 'invoice',
      amountAtRisk: '240',
      keys: { company: '10', po: '9999', invoice: 'A1', supplier: '10432' },
    })
  })

  test('a PO of another company is not taken for ours, and the message says where it is', async () => {
    const night = await new Night().po({ company: '20' }).invoice('A1').line().match()
    expect(night.codes).toEqual(['INV-UNKNOWN-PO'])
    expect(night.finding('INV-UNKNOWN-PO').message).toContain('the number exists in company 20')
  })

  test('a line that names a PO of its own is matched there', async () => {
    const night = await new Night()
      .po({ po_number: '4600' })
      .received('10', { po_number: '4600' })
      .invoice('A1', { po_number: '9999' })
      .line({ po_number: '4600' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result().po_number).toBe('4600')
  })

  test('an invoice without lines for a PO nobody knows', async () => {
    const night = await new Night().po().invoice('A1', { po_number: '9999', total: '0' }).match()
    expect(night.codes).toEqual(['INV-UNKNOWN-PO'])
  })
})

describe('how invoice and order belong together', () => {
  test.each(['closed', 'cancelled'])('a %s PO line takes no more invoices', async (status) => {
    const night = await new Night().po({ status }).received('10').invoice('A1').line().match()
    expect(night.codes).toEqual(['INV-PO-STATUS'])
    expect(night.finding('INV-PO-STATUS')).toMatchObject({ amountAtRisk: '120', keys: { line: '1', item: '1001' } })
  })

  test('a PO placed with another supplier: one finding for invoice and PO', async () => {
    const night = await new Night().po({ supplier: '777' }).received('10').invoice('A1').line().match()
    expect(night.codes).toEqual(['INV-SUPPLIER'])
    expect(night.finding('INV-SUPPLIER')).toMatchObject({
      level: 'invoice',
      amountAtRisk: '120',
      keys: { company: '10', po: '4500', invoice: 'A1', supplier: '10432' },
    })
  })

  test('another remit-to than the ERP pays; the same one written otherwise is fine', async () => {
    const books = (remit_to: string | null): Night =>
      new Night()
        .add('vendor', { supplier: '10432', name: 'MedSupply', remit_to: 'MSD-0100', status: 'active' })
        .po()
        .received('10')
        .invoice('A1', { remit_to })
        .line()
    const other = await books('FACTOR-9').match()
    expect(other.codes).toEqual(['INV-SUPPLIER'])
    expect(other.finding('INV-SUPPLIER')).toMatchObject({ amountAtRisk: '120', keys: { po: '4500' } })
    expect((await books('msd0100').match()).codes).toEqual([])
    expect((await books(null).match()).codes).toEqual([])
  })

  test('bill-only goods need a lot or a serial number', async () => {
    const books = (line = {}): Night =>
      new Night().po({ bill_only: true, matching: 'two-way' }).invoice('A1').line(line)
    expect((await books().match()).codes).toEqual(['INV-BILL-ONLY'])
    expect((await books({ lot: 'L-1' }).match()).codes).toEqual([])
    expect((await books({ serial: 'S-1' }).match()).codes).toEqual([])
  })

  test('bill-only goods that nobody received need no receipt: their label speaks for them', async () => {
    const books = (line = {}): Night => new Night().po({ bill_only: true }).invoice('A1').line(line)
    expect((await books({ lot: 'L-1' }).match()).codes).toEqual([])
    expect((await books().match()).codes).toEqual(['INV-BILL-ONLY'])
    expect((await books({ lot: 'L-1' }).received('4').match()).codes).toEqual(['INV-QTY-RECEIVED'])
  })
})
