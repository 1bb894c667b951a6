import { describe, expect, test } from 'vitest'
import { Night } from './night.js'

describe('billed against ordered', () => {
  test('partial invoices add up, and only the one that goes over is held', async () => {
    const night = await new Night()
      .po()
      .received('20')
      .invoice('A1', { invoice_date: '2026-03-08' })
      .line({ quantity: '6' })
      .invoice('A2', { invoice_date: '2026-03-09' })
      .line({ quantity: '4' })
      .invoice('A3', { invoice_date: '2026-03-10' })
      .line({ quantity: '3' })
      .match()
    expect(night.codes).toEqual(['INV-QTY-ORDERED'])
    expect(night.finding('INV-QTY-ORDERED')).toMatchObject({
      amountAtRisk: '36',
      keys: { invoice: 'A3', line: '1' },
      values: { 'billed in all': '130', ordered: '100', 'this line': '30', unit: 'EA' },
    })
    expect(['A1', 'A2', 'A3'].map((id) => night.result(id).billed_base)).toEqual([
      '60.00000000',
      '100.00000000',
      '130.00000000',
    ])
    expect(['A1', 'A2', 'A3'].map((id) => night.outcome(id))).toEqual(['clean', 'clean', 'held'])
  })

  test('what was vouchered before counts; what was cancelled does not', async () => {
    const books = (status: string): Night =>
      new Night().po().received('20').vouchered('B0', '8', '96.00', { status }).invoice('A1').line({ quantity: '3' })
    const over = await books('paid').match()
    expect(over.codes).toEqual(['INV-QTY-ORDERED'])
    expect(over.finding('INV-QTY-ORDERED').amountAtRisk).toBe('12')
    expect((await books('cancelled').match()).codes).toEqual([])
  })

  test('two lines of one invoice bill the same PO line', async () => {
    const night = await new Night()
      .po()
      .received('20')
      .invoice('A1')
      .line({ quantity: '6' })
      .line({ quantity: '5' })
      .match()
    expect(night.codes).toEqual(['INV-QTY-ORDERED'])
    expect(night.finding('INV-QTY-ORDERED')).toMatchObject({ sequence: 2, amountAtRisk: '12' })
  })

  test('just inside the tolerance, and just outside', async () => {
    const books = (quantity: string): Night =>
      new Night()
        .tolerance('quantity-ordered', { over_percent: '5' })
        .tolerance('extended-amount', { over_mode: 'unlimited' })
        .po({ quantity: '100' })
        .received('120')
        .invoice('A1')
        .line({ quantity })
    expect((await books('105').match()).codes).toEqual([])
    const over = await books('105.0001').match()
    expect(over.codes).toEqual(['INV-QTY-ORDERED'])
    expect(over.finding('INV-QTY-ORDERED').tolerance).toMatchObject({ mode: 'limit', percent: '5' })
  })

  test('an absolute tolerance is in the order unit', async () => {
    const books = (quantity: string): Night =>
      new Night()
        .tolerance('quantity-ordered', { over_absolute: '1' })
        .tolerance('extended-amount', { over_mode: 'off' })
        .po()
        .received('20')
        .invoice('A1')
        .line({ uom: 'EA', quantity, unit_price: '1.20' })
    expect((await books('110').match()).codes).toEqual([])
    expect((await books('111').match()).codes).toEqual(['INV-QTY-ORDERED'])
  })

  test('price and quantity both too high: their amounts add up to what is billed too much', async () => {
    const night = await new Night().po().received('20').invoice('A1').line({ quantity: '12', unit_price: '13' }).match()
    expect(night.codes).toEqual(['INV-PRICE', 'INV-QTY-ORDERED'])
    // 156.00 billed, 120.00 ordered: 12 x 1.00 and 2 x 12.00.
    expect(night.finding('INV-PRICE').amountAtRisk).toBe('12')
    expect(night.finding('INV-QTY-ORDERED').amountAtRisk).toBe('24')
  })
})

describe('billed against received', () => {
  test('partial receipts add up, returns take away', async () => {
    const books = (): Night => new Night().po().received('4').received('7').received('-1')
    expect((await books().invoice('A1').line({ quantity: '10' }).match()).codes).toEqual([])
    const short = await new Night().po().received('4').received('3').invoice('A1').line().match()
    expect(short.codes).toEqual(['INV-QTY-RECEIVED'])
    expect(short.finding('INV-QTY-RECEIVED')).toMatchObject({
      amountAtRisk: '36',
      values: { 'billed in all': '100', received: '70', ordered: '100' },
    })
    expect(short.finding('INV-QTY-RECEIVED').evidence).toHaveLength(3)
  })

  test('just inside the tolerance, and just outside', async () => {
    const books = (quantity: string): Night =>
      new Night()
        .tolerance('quantity-received', { over_absolute: '2' })
        .po()
        .received('7')
        .invoice('A1')
        .line({ quantity })
    expect((await books('9').match()).codes).toEqual([])
    expect((await books('9.1').match()).codes).toEqual(['INV-QTY-RECEIVED'])
  })

  test('over the order and over the receipts: what is over the order is counted once', async () => {
    const night = await new Night().po().received('8').invoice('A1').line({ quantity: '12' }).match()
    expect(night.codes).toEqual(['INV-QTY-ORDERED', 'INV-QTY-RECEIVED'])
    expect(night.finding('INV-QTY-ORDERED').amountAtRisk).toBe('24')
    expect(night.finding('INV-QTY-RECEIVED').amountAtRisk).toBe('24')
    const all = await new Night().po().received('10').invoice('A1').line({ quantity: '12' }).match()
    expect(all.codes).toEqual(['INV-QTY-ORDERED'])
  })

  test('within the grace days the missing part is waited for, but not what is over the order', async () => {
    const books = (quantity: string): Night =>
      new Night().with({ asOf: '2026-03-13' }).po().received('4').invoice('A1').line({ quantity })
    const within = await books('10').match()
    expect(within.codes).toEqual([])
    expect(within.result().outcome).toBe('waiting')
    expect(within.outcome()).toBe('waiting')
    expect((await books('11').match()).codes).toEqual(['INV-QTY-ORDERED', 'INV-QTY-RECEIVED'])
    expect((await books('10').with({ asOf: '2026-03-14' }).match()).codes).toEqual(['INV-QTY-RECEIVED'])
  })

  test('a two-way line needs no receipt', async () => {
    const night = await new Night().po({ matching: 'two-way' }).invoice('A1').line().match()
    expect(night.codes).toEqual([])
    expect(night.result().outcome).toBe('matched')
  })
})

describe('an invoice before its receipt', () => {
  const books = (): Night => new Night().po().invoice('A1').line()

  test('waits through its grace days, the last one included', async () => {
    const night = await books().with({ asOf: '2026-03-13' }).match()
    expect(night.codes).toEqual([])
    expect(night.result().outcome).toBe('waiting')
    expect(night.outcome()).toBe('waiting')
  })

  test('and is INV-NO-RECEIPT on the day after', async () => {
    const night = await books().with({ asOf: '2026-03-14' }).match()
    expect(night.codes).toEqual(['INV-NO-RECEIPT'])
    expect(night.finding('INV-NO-RECEIPT')).toMatchObject({ amountAtRisk: '120', keys: { line: '1' } })
    expect(night.outcome()).toBe('held')
  })

  test('one that was dated long ago and comes late has waited already', async () => {
    const late = new Night().po().invoice('A1', { invoice_date: '2026-03-01', received_on: '2026-03-12' }).line()
    expect((await late.with({ asOf: '2026-03-13' }).match()).codes).toEqual(['INV-NO-RECEIPT'])
  })

  test('a price difference is not put off by the wait', async () => {
    const night = await new Night().with({ asOf: '2026-03-10' }).po().invoice('A1').line({ unit_price: '13' }).match()
    expect(night.codes).toEqual(['INV-PRICE'])
    expect(night.outcome()).toBe('held')
  })
})

describe('the amount of a line', () => {
  const within = (): Night =>
    new Night()
      .tolerance('price', { over_percent: '1' })
      .tolerance('quantity-ordered', { over_percent: '5' })
      .po({ quantity: '100' })
      .received('104')

  test('price and quantity each within tolerance, the amount together beyond its own', async () => {
    const night = await within()
      .tolerance('extended-amount', { over_percent: '2' })
      .invoice('A1')
      .line({ quantity: '104', unit_price: '12.10' })
      .match()
    expect(night.codes).toEqual(['INV-EXTENDED'])
    expect(night.finding('INV-EXTENDED')).toMatchObject({
      amountAtRisk: '58.4',
      values: { 'billed in all': '1258.40', 'PO line amount': '1200.00' },
    })
  })

  test('just inside', async () => {
    const night = await within()
      .tolerance('extended-amount', { over_absolute: '58.40' })
      .invoice('A1')
      .line({ quantity: '104', unit_price: '12.10' })
      .match()
    expect(night.codes).toEqual([])
  })

  test('a line that is stated to come to more than its quantity times its price', async () => {
    const stated = (amount: string): Night =>
      new Night().po().received('10').invoice('A1').line({ stated_amount: amount })
    const night = await stated('129.00').match()
    expect(night.codes).toEqual(['INV-EXTENDED'])
    expect(night.finding('INV-EXTENDED')).toMatchObject({
      amountAtRisk: '9',
      keys: { invoice: 'A1', line: '1' },
      values: { 'stated amount': '129.00', 'quantity x price': '120.00' },
    })
    expect((await stated('120.00').match()).codes).toEqual([])
    expect((await stated('120.01').match()).codes).toEqual([])
    expect((await stated('119.98').match()).codes).toEqual(['INV-EXTENDED'])
    expect((await stated('129.00').tolerance('extended-amount', { over_percent: '7.5' }).match()).codes).toEqual([])
  })

  test('a line of quantity zero bills nothing; a free one of none is no one’s trouble', async () => {
    const zero = await new Night().po().received('10').invoice('A1').line({ quantity: '0' }).match()
    expect(zero.codes).toEqual(['INV-EXTENDED'])
    expect(zero.finding('INV-EXTENDED').amountAtRisk).toBe('0')
    const free = await new Night().po().invoice('A1').line({ quantity: '0', unit_price: null }).match()
    expect(free.codes).toEqual([])
  })

  test('absurd numbers are findings, not a crash', async () => {
    const night = await new Night()
      .tolerance('price', { over_percent: '5' })
      .tolerance('quantity-ordered', { over_percent: '5' })
      .po()
      .received('10')
      .invoice('A1', { total: '1.00' })
      .line({ quantity: '99999999999999', unit_price: '999999999999.999999' })
      .line({ quantity: '99999999999999' })
      .match()
    expect(night.codes).toContain('INV-EXTENDED')
    expect(night.codes).toContain('INV-QTY-ORDERED')
    expect(night.codes).toContain('INV-PRICE')
    expect(night.outcome()).toBe('held')
  })
})

describe('credits', () => {
  const credit = (quantity: string): Night =>
    new Night().po().received('10').vouchered('B0', '5', '60.00').invoice('C1', { credit: true }).line({ quantity })

  test('a credit of what was billed before is clean and reduces it', async () => {
    const night = await credit('5').match()
    expect(night.codes).toEqual([])
    expect(night.result('C1')).toMatchObject({
      outcome: 'credited',
      invoiced_base: '-50.00000000',
      billed_base: '0.00000000',
    })
    expect(night.outcomes).toEqual([
      { invoiceId: 'C1', outcome: 'clean', amount: '-60', codes: [], company: '10', supplier: '10432' },
    ])
  })

  test('a credit of more than was billed', async () => {
    const night = await credit('7').match()
    expect(night.codes).toEqual(['INV-CREDIT'])
    expect(night.finding('INV-CREDIT')).toMatchObject({
      amountAtRisk: '24',
      values: { credited: '70', 'billed before': '50', unit: 'EA' },
    })
  })

  test('a credit of what nobody ever billed', async () => {
    const night = await new Night().po().received('10').invoice('C1', { credit: true }).line({ quantity: '2' }).match()
    expect(night.codes).toEqual(['INV-CREDIT'])
    expect(night.finding('INV-CREDIT').message).toContain('20 EA credited, nothing billed before')
  })

  test('a bill and its credit of one day, and a credit with the new bill: whatever the order they came in', async () => {
    for (const [bill, back] of [
      ['A1', 'C1'],
      ['B1', 'A1'],
    ] as const) {
      const night = new Night().po().received('10').invoice(bill).line({ quantity: '10' })
      const taken = await night.invoice(back, { credit: true }).line({ quantity: '2' }).match()
      expect(taken.codes).toEqual([])
      const anew = new Night().po().received('10').vouchered('V7', '10', '120.00').invoice(bill).line({ quantity: '8' })
      expect((await anew.invoice(back, { credit: true }).line({ quantity: '10' }).match()).codes).toEqual([])
    }
  })

  test('a credit of more money than the quantity was billed for', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .vouchered('B0', '5', '40.00')
      .invoice('C1', { credit: true })
      .line({ quantity: '5' })
      .match()
    expect(night.codes).toEqual(['INV-CREDIT'])
    expect(night.finding('INV-CREDIT').amountAtRisk).toBe('20')
  })

  test('a return line on an ordinary invoice is a credit of its own', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .invoice('A1', { total: '96.00' })
      .line({ quantity: '10' })
      .line({ quantity: '-2' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.result('A1', 2)).toMatchObject({ outcome: 'credited', billed_base: '80.00000000' })
    const alone = await new Night()
      .po()
      .received('10')
      .invoice('A1', { total: '-24.00' })
      .line({ quantity: '-2' })
      .match()
    expect(alone.codes).toEqual(['INV-CREDIT'])
  })

  test('a credit makes room for the invoice after it', async () => {
    const night = await new Night()
      .po()
      .received('10')
      .vouchered('B0', '10', '120.00')
      .invoice('C1', { credit: true, invoice_date: '2026-03-09' })
      .line({ quantity: '3' })
      .invoice('A2')
      .line({ quantity: '3' })
      .match()
    expect(night.codes).toEqual([])
  })
})

describe('received and not invoiced', () => {
  const aged = (): Night => new Night().with({ asOf: '2026-04-05' }).po()

  test('open quantity at the PO price, once the last receipt is older than the limit', async () => {
    const night = await aged().received('10', { received_on: '2026-03-05' }).vouchered('B0', '3', '36.00').match()
    expect(night.codes).toEqual(['GRNI-AGED'])
    expect(night.finding('GRNI-AGED')).toMatchObject({
      level: 'receipt',
      invoiceId: null,
      amountAtRisk: '84',
      keys: { company: '10', po: '4500', line: '1', supplier: '10432', item: '1001' },
      values: { received: '100', billed: '30' },
    })
  })

  test('not on the last day of the limit, not after a later receipt, not when all is billed', async () => {
    expect((await aged().received('10', { received_on: '2026-03-06' }).match()).codes).toEqual([])
    expect((await aged().received('9').received('1', { received_on: '2026-03-20' }).match()).codes).toEqual([])
    expect((await aged().received('10').vouchered('B0', '10', '120.00').match()).codes).toEqual([])
  })

  test('an invoice that is held has come all the same', async () => {
    const night = await aged().received('10').invoice('A1').line({ unit_price: '99' }).match()
    expect(night.codes).toEqual(['INV-PRICE'])
  })

  test('it holds no invoice', async () => {
    const night = await aged().received('20').invoice('A1').line().match()
    expect(night.codes).toEqual(['GRNI-AGED'])
    expect(night.outcome()).toBe('clean')
  })
})
