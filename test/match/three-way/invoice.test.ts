import { describe, expect, test } from 'vitest'
import { Night } from './night.js'

const clean = (row = {}): Night => new Night().po().received('10').invoice('A1', row).line()
/** The same with another setting of the partner; only the entry for its company is replaced. */
const partnered = (settings: Record<string, string | boolean>, po = {}): Night => {
  const night = new Night()
  night.rows.splice(0, 1)
  return night
    .add('partner_vendor', { partner: 'medsupply', company: '10', supplier: '10432', ...settings })
    .po(po)
    .received('10')
    .invoice('A1')
    .line()
}

describe('duplicates', () => {
  test('a number vouchered before is never matched again', async () => {
    const night = await new Night().po().received('10').vouchered(' a1', '10', '120.00').invoice('A1').line().match()
    expect(night.codes).toEqual(['INV-DUPLICATE'])
    expect(night.finding('INV-DUPLICATE')).toMatchObject({
      level: 'invoice',
      amountAtRisk: '120',
      keys: { invoice: 'A1' },
    })
    expect(night.finding('INV-DUPLICATE').message).toContain('voucher V a1 of company 10')
    expect(night.result()).toMatchObject({ outcome: 'duplicate', billed_base: null })
    expect(night.outcome()).toBe('duplicate')
  })

  test.each([
    ['cancelled', { status: 'cancelled' }],
    ['of another supplier', { supplier: '777' }],
  ])('a voucher that is %s makes none', async (_, row) => {
    const night = await new Night()
      .po()
      .received('20')
      .vouchered('A1', '1', '12.00', { po_number: '1', ...row })
      .invoice('A1')
      .line()
      .match()
    expect(night.codes).toEqual([])
  })

  test('vouchered in another company under the partner’s other vendor number', async () => {
    const night = await clean()
      .add('partner_vendor', { partner: 'medsupply', company: '20', supplier: 'M-20' })
      .vouchered('A1', '10', '120.00', { company: '20', supplier: 'M-20' })
      .match()
    expect(night.codes).toEqual(['INV-DUPLICATE'])
  })

  test('what is decided on about a copy is the same when the ERP has vouchered the first', async () => {
    const copy = { invoice_number: 'A1', received_on: '2026-03-11' }
    const before = await clean().invoice('second', copy).line().match()
    const vouchered = new Night().po().received('10').vouchered('A1', '10', '120.00', { invoice_date: '2026-03-10' })
    const after = await vouchered.invoice('second', copy).line().match()
    expect(after.finding('INV-DUPLICATE').message).toContain('voucher VA1')
    expect(after.finding('INV-DUPLICATE').values).toEqual(before.finding('INV-DUPLICATE').values)
  })

  test('sent twice: the second is the duplicate, and the first is not blamed for it', async () => {
    const night = await clean().invoice('second', { invoice_number: 'A1', received_on: '2026-03-11' }).line().match()
    expect(night.codes).toEqual(['INV-DUPLICATE'])
    expect(night.outcome('A1')).toBe('clean')
    expect(night.outcome('second')).toBe('duplicate')
    expect(night.result('A1').billed_base).toBe('100.00000000')
  })

  test('an invoice already loaded makes the one sent again a duplicate, and is not judged itself', async () => {
    const night = await clean({ state: 'loaded', invoice_date: '2026-03-12' })
      .invoice('again', { invoice_number: 'A1' })
      .line()
      .match()
    expect(night.codes).toEqual(['INV-DUPLICATE'])
    expect(night.outcomes.map(({ invoiceId }) => invoiceId)).toEqual(['again'])
  })

  test('what was loaded counts as billed once, before and after its voucher is seen', async () => {
    const loaded = (): Night =>
      new Night()
        .po()
        .received('10')
        .invoice('L1', { state: 'loaded', invoice_date: '2026-03-12' })
        .line({ quantity: '6' })
        .invoice('A2')
        .line({ quantity: '4' })
    expect((await loaded().match()).codes).toEqual([])
    expect((await loaded().vouchered('L1', '6', '72.00').match()).codes).toEqual([])
  })

  test.each([['00A1'], ['a-1'], ['A1R'], ['A.1A']])('%s is nearly A1', async (number) => {
    const night = await new Night()
      .po()
      .received('20')
      .vouchered('A1', '3', '36.00')
      .invoice(number)
      .line({ quantity: '7' })
      .match()
    expect(night.codes).toEqual(['INV-DUPLICATE-SUSPECT'])
    expect(night.finding('INV-DUPLICATE-SUSPECT').values).toMatchObject({
      'earlier number': 'A1',
      alike: 'nearly the same number',
    })
    expect(night.outcome(number)).toBe('duplicate')
  })

  test('nearly A1, and somebody has decided that it is none: matched like any other', async () => {
    const night = await new Night()
      .po()
      .received('20')
      .vouchered('A1', '3', '36.00')
      .invoice('A1R', { no_duplicate: true })
      .line({ quantity: '7' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.outcome('A1R')).toBe('clean')
  })

  test('A1B is another number, and so is A1 of two years ago', async () => {
    const books = (): Night =>
      new Night().po().received('20').vouchered('A1', '3', '36.00', { invoice_date: '2025-12-10' })
    expect((await books().invoice('A1B').line({ quantity: '7' }).match()).codes).toEqual([])
    // 90 days before 2026-03-10 is 2025-12-10: the last day of the window.
    expect((await books().invoice('0A1').line({ quantity: '7' }).match()).codes).toEqual(['INV-DUPLICATE-SUSPECT'])
    const outside = books().with({ duplicateWindowDays: 89 }).invoice('0A1').line({ quantity: '7' })
    expect((await outside.match()).codes).toEqual([])
  })

  test('another number over the same lines, quantities and amount', async () => {
    const night = await new Night()
      .po({ quantity: '40' })
      .po({ line_number: '2', quantity: '40' })
      .received('40')
      .received('40', { line_number: '2' })
      .vouchered('B0', '7', '84.00')
      .vouchered('B0', '30', '36.00', { line_number: '2', uom: 'EA' })
      .invoice('A1')
      .line({ assigned_id: '2', quantity: '3' })
      .line({ quantity: '7' })
      .match()
    expect(night.codes).toEqual(['INV-DUPLICATE-SUSPECT'])
    expect(night.finding('INV-DUPLICATE-SUSPECT').message).toContain('the same PO lines, quantities and amount')
  })

  test('equal partial deliveries, each with its receipt, are no repetition; without a receipt of its own the second is one', async () => {
    const books = (): Night =>
      new Night()
        .po({ quantity: '40' })
        .vouchered('B0', '7', '84.00')
        .received('7')
        .received('7', { receipt_number: 'R2' })
    expect((await books().invoice('A1').line({ quantity: '7' }).match()).codes).toEqual([])
    const third = await books()
      .received('20', { receipt_number: 'R3' })
      .invoice('A1')
      .line({ quantity: '7' })
      .invoice('A2', { invoice_date: '2026-03-11' })
      .line({ quantity: '7' })
      .match()
    expect(third.codes).toEqual(['INV-DUPLICATE-SUSPECT', 'INV-DUPLICATE-SUSPECT'])
  })

  test.each([
    ['another quantity', { quantity: '6' }, {}],
    ['another price', { unit_price: '12.00', quantity: '7', po_number: '4501' }, {}],
    ['outside the window', { quantity: '7' }, { duplicateWindowDays: 1 }],
  ])('%s is no suspect', async (_, line, parameters) => {
    const night = await new Night()
      .with(parameters)
      .po({ quantity: '40' })
      .po({ po_number: '4501' })
      .received('40')
      .received('10', { po_number: '4501' })
      .vouchered('B0', '7', '84.00')
      .invoice('A1')
      .line(line)
      .match()
    expect(night.codes).toEqual([])
  })

  test('a credit of a whole invoice does not repeat it', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .vouchered('B0', '7', '84.00')
      .invoice('C1', { credit: true })
      .line({ quantity: '7' })
      .match()
    expect(night.codes).toEqual([])
  })

  test('a suspect does not count as billed against the invoices after it', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .vouchered('B0', '5', '60.00')
      .invoice('A1', { invoice_date: '2026-03-09' })
      .line({ quantity: '5' })
      .invoice('A2')
      .line({ quantity: '4' })
      .match()
    expect(night.codes).toEqual(['INV-DUPLICATE-SUSPECT'])
    expect(night.outcome('A2')).toBe('clean')
  })
})

describe('the total', () => {
  test('lines plus charges and tax less allowances; anything else is INV-TOTAL', async () => {
    const books = (total?: string): Night =>
      partnered({ freight_limit: '20.00' })
        .charge('C', 'D240', '15.00')
        .charge('T', 'ST', '7.00')
        .charge('A', 'C310', '2.50')
        .add('invoice_charge', { invoice_id: 'none', kind: 'C', amount: '99.00' })
        .invoice('A2', { po_number: '4501', ...(total === undefined ? {} : { total }) })
        .po({ po_number: '4501' })
        .received('10', { po_number: '4501' })
        .line({ sequence: 1 })
    expect((await books().match()).codes).toEqual([])
    const off = await books('119.00').match()
    expect(off.codes).toEqual(['INV-TOTAL'])
    expect(off.finding('INV-TOTAL')).toMatchObject({
      amountAtRisk: '1',
      values: { TDS01: '119.00', sum: '120.00' },
      keys: { invoice: 'A2', po: '4501' },
    })
  })

  test('without a tolerance a cent a line is allowed', async () => {
    expect((await clean({ total: '120.01' }).match()).codes).toEqual([])
    expect((await clean({ total: '119.98' }).match()).codes).toEqual(['INV-TOTAL'])
  })

  test('with one, that is what holds', async () => {
    const zero = await clean({ total: '120.01' }).tolerance('total', { over_mode: 'zero' }).match()
    expect(zero.codes).toEqual(['INV-TOTAL'])
    const wide = await clean({ total: '125.00' }).tolerance('total', { over_absolute: '5' }).match()
    expect(wide.codes).toEqual([])
  })
})

describe('charges', () => {
  test.each([
    ['nothing says that any is allowed', {}, {}, '10.00', '10'],
    ['over the supplier’s limit', { freight_limit: '8.00' }, {}, '10.00', '2'],
    [
      'over what the PO allows, whatever the supplier may',
      { freight_limit: '90.00' },
      { freight_allowed: '9.99' },
      '10.00',
      '0.01',
    ],
  ])('freight: %s', async (_, settings, po, amount, atRisk) => {
    const night = await partnered(settings, po).charge('C', 'D240', amount).match()
    expect(night.codes).toEqual(['INV-FREIGHT'])
    expect(night.finding('INV-FREIGHT').amountAtRisk).toBe(atRisk)
  })

  // Freight is often billed by itself, when the carrier has told what it came to: an invoice without lines.
  const freightAlone = (amount: string, po = {}, row = {}): Night =>
    new Night()
      .add('partner_vendor', { partner: 'medsupply', company: '10', supplier: '10999', freight_limit: '10.00' })
      .po(po)
      .invoice('F1', { total: amount, ...row })
      .charge('C', 'D240', amount)

  test('freight on an invoice of its own is that of the order it names, and is paid to whom that was placed with', async () => {
    const night = await freightAlone('40.00', { freight_allowed: '40.00' }).match()
    expect(night.codes).toEqual([])
    expect(night.outcomes).toMatchObject([{ outcome: 'clean', company: '10', supplier: '10432' }])
    const over = await freightAlone('40.01', { freight_allowed: '40.00' }).match()
    expect(over.codes).toEqual(['INV-FREIGHT'])
    expect(over.finding('INV-FREIGHT')).toMatchObject({ amountAtRisk: '0.01', keys: { supplier: '10432' } })
  })

  test('freight on an invoice of its own that names no order', async () => {
    const night = await freightAlone('8.00', {}, { po_number: null }).match()
    expect(night.codes).toEqual(['INV-UNKNOWN-PO'])
    expect(night.finding('INV-UNKNOWN-PO').amountAtRisk).toBe('8')
  })

  test('freight and handling count together, an allowance on freight takes away', async () => {
    const books = (): Night =>
      partnered({ freight_limit: '10.00' }).charge('C', 'D240', '8.00').charge('C', 'D500', '4.00')
    const night = await books().match()
    expect(night.finding('INV-FREIGHT').message).toBe(
      '12.00 of freight, handling billed, the supplier is allowed 10.00',
    )
    expect((await books().charge('A', 'D240', '2.00').match()).codes).toEqual([])
  })

  test('a charge nobody has heard of is not waved through', async () => {
    const night = await clean().charge('C', 'ZZZZ', '5.00').match()
    expect(night.codes).toEqual(['INV-FREIGHT'])
    expect(night.finding('INV-FREIGHT').message).toContain('other charges')
  })

  test('just inside the limit, the PO allowance and the tolerance', async () => {
    expect((await partnered({ freight_limit: '10.00' }).charge('C', 'D240', '10.00').match()).codes).toEqual([])
    expect((await partnered({}, { freight_allowed: '10.00' }).charge('C', 'D240', '10.00').match()).codes).toEqual([])
    const books = (amount: string): Night =>
      partnered({ freight_limit: '10.00' }).tolerance('freight', { over_percent: '10' }).charge('C', 'D240', amount)
    expect((await books('11.00').match()).codes).toEqual([])
    expect((await books('11.01').match()).codes).toEqual(['INV-FREIGHT'])
  })

  test('what a PO allows is allowed once, though each of its lines says it', async () => {
    const night = await new Night()
      .po({ freight_allowed: '10.00' })
      .po({ line_number: '2', freight_allowed: '10.00' })
      .received('10')
      .received('10', { line_number: '2' })
      .invoice('A1')
      .line()
      .line({ assigned_id: '2' })
      .charge('C', 'D240', '20.00')
      .match()
    expect(night.finding('INV-FREIGHT').amountAtRisk).toBe('10')
  })

  test('tax on exempt goods, whether the partner or the PO says so, and as TXI or SAC', async () => {
    for (const books of [
      partnered({ tax_exempt: true }).charge('T', 'ST', '7.00'),
      partnered({ tax_exempt: true }).charge('C', 'H850', '7.00'),
      partnered({}, { tax_exempt: true }).charge('T', 'ST', '7.00'),
    ]) {
      const night = await books.match()
      expect(night.codes).toEqual(['INV-TAX'])
      expect(night.finding('INV-TAX').amountAtRisk).toBe('7')
    }
    const cents = partnered({ tax_exempt: true }).tolerance('tax', { over_absolute: '0.10' }).charge('T', 'ST', '0.10')
    expect((await cents.match()).codes).toEqual([])
  })

  test('a PO line that says its goods are taxable goes before the partner’s setting', async () => {
    const books = (po: object): Night => partnered({ tax_exempt: true }, po).charge('T', 'ST', '7.00')
    expect((await books({ tax_exempt: false }).match()).codes).toEqual([])
    expect((await books({ tax_exempt: true }).match()).codes).toEqual(['INV-TAX'])
  })

  test('tax on taxable goods, asked about only where a tolerance says how much', async () => {
    const books = (amount: string): Night => partnered({ tax_exempt: false }).charge('T', 'ST', amount)
    expect((await books('40.00').match()).codes).toEqual([])
    expect((await books('12.00').tolerance('tax', { over_percent: '10' }).match()).codes).toEqual([])
    expect((await books('12.01').tolerance('tax', { over_percent: '10' }).match()).codes).toEqual(['INV-TAX'])
  })
})

describe('terms', () => {
  const agreed = { discount_percent: '2', discount_days: '10', net_days: '30' }
  const told = (row: Record<string, string>): Promise<Awaited<ReturnType<Night['match']>>> => {
    const night = new Night()
    night.rows.splice(0, 1)
    return night
      .add('partner_vendor', { partner: 'medsupply', company: '10', supplier: '10432', ...agreed })
      .po()
      .received('10')
      .invoice('A1', row)
      .line()
      .match()
  }

  test('other terms than agreed are told and hold nothing', async () => {
    const night = await told({ discount_percent: '1', discount_days: '10', net_days: '20' })
    expect(night.codes).toEqual(['INV-TERMS'])
    expect(night.finding('INV-TERMS')).toMatchObject({ amountAtRisk: '1.2' })
    expect(night.finding('INV-TERMS').message).toBe(
      'Terms on the invoice: 1 % in 10 days, net 20; agreed: 2 % in 10 days, net 30',
    )
    expect(night.outcome()).toBe('clean')
  })

  test('the agreed ones, and what the invoice does not say, are fine', async () => {
    expect((await told(agreed)).codes).toEqual([])
    expect((await told({ net_days: '30' })).codes).toEqual([])
    expect((await told({})).codes).toEqual([])
  })
})
