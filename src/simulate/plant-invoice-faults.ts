import { add, type DecimalText, decimal, multiply, roundHalfUp } from '../canonical/index.js'
import type { Bill, BilledCharge } from './ledger-entries.js'
import { type PartnerName, supplierOf } from './parties.js'
import type { Planter } from './planting.js'

/** What may be wrong with an invoice as a whole: doubled, wrong party, wrong sum, charges, terms. */
export function plantInvoiceFaults(planter: Planter): void {
  plantPaidAlready(planter)
  plantSentTwice(planter)
  plantLookAlikes(planter)
  plantWrongParties(planter)
  plantWrongTotals(planter)
  plantCharges(planter)
  plantTerms(planter)
}

/** The ERP has paid this number. Enough is ordered and received for both: only the number gives it away. */
function plantPaidAlready(planter: Planter): void {
  for (let count = 0; count < 2; count++) {
    const found = planter.open({ quantity: 20, others: 0 })
    const number = planter.ledger.pay(14, [[found.spoiled, 8]])
    const bill = planter.bill(found, { quantity: 8 }, { number, fate: 'duplicate' })
    planter.expectInvoice('INV-DUPLICATE', bill, 'vouchered before under the same number')
  }
}

function plantSentTwice(planter: Planter): void {
  for (let count = 0; count < 2; count++) {
    const found = planter.open({ quantity: 24, others: 1 })
    const first = planter.bill(found, { quantity: 9 }, { fate: 'clean', daysAgo: 5 })
    const second = planter.bill(found, { quantity: 9 }, { number: first.number, fate: 'duplicate', daysAgo: 5 })
    planter.expectInvoice('INV-DUPLICATE', second, 'the same invoice in two files of one night')
  }
}

/** Another spelling of a paid number, or a new number over the same lines and amount. */
function plantLookAlikes(planter: Planter): void {
  const spelled = (partner: PartnerName, alike: (number: string) => string, planted: string): void => {
    const found = planter.open({ partner, quantity: 20, others: 0 })
    const paid = planter.ledger.pay(14, [[found.spoiled, 7]])
    const bill = planter.bill(found, { quantity: 7 }, { number: alike(paid), fate: 'duplicate' })
    planter.expectInvoice('INV-DUPLICATE-SUSPECT', bill, planted)
  }
  spelled('medsupply', (number) => `00${number}`, 'zeros before a paid number')
  spelled('carefirst', (number) => number.replace('-', ''), 'hyphen dropped from a paid number')
  spelled(
    'orthotech',
    () => planter.ledger.invoiceNumber(supplierOf('orthotech')),
    'other number, same lines and amount',
  )
}

function plantWrongParties(planter: Planter): void {
  for (const partner of ['medsupply', 'orthotech'] as const) {
    const found = planter.open({ partner, others: 0 })
    const bill = planter.bill({ ...found, supplier: supplierOf('carefirst') }, { identify: 'vendor' })
    const keys = { company: found.company.company, po: found.spoiled.po, invoice: bill.number }
    planter.ledger.expect({ code: 'INV-SUPPLIER', keys, planted: 'bills a PO of another supplier' })
  }
  const found = planter.open({ partner: 'medsupply' })
  const bill = planter.bill(found, {}, { remitTo: 'MSD-FACTOR-9' })
  planter.expectInvoice('INV-SUPPLIER', bill, 'asks to be paid at another remit-to', { po: found.spoiled.po })
}

function plantWrongTotals(planter: Planter): void {
  for (const misstatedBy of ['10.00', '-27.00', '0.90', '150.00']) {
    const bill = planter.bill(planter.open({ others: 2, quantity: 25 }), {}, { misstatedBy: decimal(misstatedBy) })
    planter.expectInvoice('INV-TOTAL', bill, `TDS01 is off by ${misstatedBy}`)
  }
}

function plantCharges(planter: Planter): void {
  const charged = (partner: PartnerName, charges: (goods: DecimalText) => BilledCharge[]): Bill => {
    const found = planter.open({ partner, others: 1 })
    const goods = add(...found.orders.map(({ quantity, unitPrice }) => multiply(decimal(quantity), unitPrice)))
    return planter.bill(found, {}, { charges: charges(goods) })
  }
  const freight = (amount: string): BilledCharge => ({
    kind: 'C',
    code: 'D240',
    amount: decimal(amount),
    description: 'FREIGHT',
  })
  const handling: BilledCharge = { kind: 'C', code: 'D500', amount: decimal('12.75'), description: 'HANDLING' }
  planter.expectInvoice(
    'INV-FREIGHT',
    charged('medsupply', () => [freight('88.40')]),
    'freight over the limit',
  )
  planter.expectInvoice(
    'INV-FREIGHT',
    charged('medsupply', () => [freight('38.00'), handling]),
    'over the limit only together',
  )
  planter.expectInvoice(
    'INV-FREIGHT',
    charged('carefirst', () => [freight('61.15')]),
    'freight over the limit',
  )
  planter.expectInvoice(
    'INV-FREIGHT',
    charged('orthotech', () => [freight('95.00')]),
    'freight where none is allowed',
  )

  const tax = (goods: DecimalText): DecimalText => roundHalfUp(multiply(goods, decimal('0.055')), 2)
  const told = (kind: 'TXI' | 'C', code: string) => (goods: DecimalText) => [
    { kind, code, amount: tax(goods), description: 'SALES TAX' },
  ]
  planter.expectInvoice('INV-TAX', charged('medsupply', told('TXI', 'ST')), 'sales tax on exempt goods')
  planter.expectInvoice('INV-TAX', charged('orthotech', told('C', 'H850')), 'sales tax as a charge on exempt goods')
  planter.expectInvoice('INV-TAX', charged('carefirst', told('TXI', 'LS')), 'state and local tax on exempt goods')
}

function plantTerms(planter: Planter): void {
  const billed = (partner: PartnerName, terms: Bill['terms'], planted: string): void => {
    planter.expectInvoice('INV-TERMS', planter.bill(planter.open({ partner }), {}, { terms, fate: 'clean' }), planted)
  }
  billed('medsupply', { discountPercent: '1', discountDays: 5, netDays: 30 }, 'half the days to take the discount')
  billed('medsupply', { discountPercent: '1', discountDays: 10, netDays: 20 }, 'ten days less to pay')
  billed('orthotech', { netDays: 15 }, 'net 15 instead of 45')
  billed('carefirst', { discountPercent: '1', discountDays: 15, netDays: 60 }, 'half the discount')
}
