import { absolute, type DecimalText, decimal, multiply, roundHalfUp, subtract, sumOf } from '../canonical/index.js'
import { type Fault, faultsOf } from './fault.js'
import { inTurn } from './in-turn.js'
import type { Bill, BilledCharge } from './ledger-entries.js'
import { type PartnerName, supplierOf } from './parties.js'
import type { Planter } from './planting.js'

const fault = faultsOf('receipt-to-invoice')

/** What may be wrong with an invoice as a whole: doubled, wrong party, wrong sum, charges, terms. */
export const invoiceFaults: readonly Fault[] = [
  fault(
    'invoice-paid-already',
    'INV-DUPLICATE',
    'the ERP has paid this number; enough is ordered and received for both',
    (planter) => {
      const found = planter.open({ quantity: 20, others: 0 })
      const number = planter.ledger.pay(14, [[found.spoiled, 8]])
      const bill = planter.bill(found, { quantity: 8 }, { number, fate: 'duplicate' })
      planter.expectInvoice('INV-DUPLICATE', bill, 'vouchered before under the same number', bill.total)
    },
  ),
  fault('invoice-sent-twice', 'INV-DUPLICATE', 'the same invoice in two files of one night', (planter) => {
    const found = planter.open({ quantity: 24, others: 1 })
    const first = planter.bill(found, { quantity: 9 }, { fate: 'clean', daysAgo: 5 })
    const second = planter.bill(found, { quantity: 9 }, { number: first.number, fate: 'duplicate', daysAgo: 5 })
    planter.expectInvoice('INV-DUPLICATE', second, 'the same invoice in two files of one night', second.total)
  }),
  fault(
    'invoice-look-alike',
    'INV-DUPLICATE-SUSPECT',
    'another spelling of a paid number, or the same lines and amount under another number',
    (planter, turn) => {
      const [partner, alike, planted] = inTurn(lookAlikes, turn)
      const found = planter.open({ partner, quantity: 20, others: 0 })
      const paid = planter.ledger.pay(14, [[found.spoiled, 7]])
      const bill = planter.bill(found, { quantity: 7 }, { number: alike(paid, planter), fate: 'duplicate' })
      planter.expectInvoice('INV-DUPLICATE-SUSPECT', bill, planted, bill.total)
    },
  ),
  fault('invoice-of-another-supplier', 'INV-SUPPLIER', 'bills a PO of another supplier', (planter, turn) => {
    const found = planter.open({ partner: inTurn(['medsupply', 'orthotech'], turn), others: 0 })
    const bill = planter.bill({ ...found, supplier: supplierOf('carefirst') }, { identify: 'vendor' })
    const keys = { company: found.company.company, po: found.spoiled.po, invoice: bill.number }
    planter.ledger.expect({ code: 'INV-SUPPLIER', keys, amount: bill.total, planted: 'bills a PO of another supplier' })
  }),
  fault('invoice-remit-to', 'INV-SUPPLIER', 'asks to be paid at another remit-to', (planter) => {
    const found = planter.open({ partner: 'medsupply' })
    const bill = planter.bill(found, {}, { remitTo: 'MSD-FACTOR-9' })
    const keys = { po: found.spoiled.po }
    planter.expectInvoice('INV-SUPPLIER', bill, 'asks to be paid at another remit-to', bill.total, keys)
  }),
  fault('invoice-total', 'INV-TOTAL', 'TDS01 is not what lines, charges and tax come to', (planter, turn) => {
    const misstatedBy = decimal(inTurn(['10.00', '-27.00', '0.90', '150.00'], turn))
    const bill = planter.bill(planter.open({ others: 2, quantity: 25 }), {}, { misstatedBy })
    planter.expectInvoice('INV-TOTAL', bill, `TDS01 is off by ${misstatedBy}`, absolute(misstatedBy))
  }),
  fault('freight-beyond-limit', 'INV-FREIGHT', 'freight and handling over what is allowed', (planter, turn) => {
    const [partner, charges, limit, planted] = inTurn(freights, turn)
    const bill = charged(planter, partner, () => charges)
    const over = subtract(sumOf(charges.map(({ amount }) => amount)), decimal(limit))
    planter.expectInvoice('INV-FREIGHT', bill, planted, over)
  }),
  fault('tax-on-exempt-goods', 'INV-TAX', 'sales tax on goods that are exempt', (planter, turn) => {
    const [partner, kind, code, planted] = inTurn(taxes, turn)
    const bill = charged(planter, partner, (goods) => [
      { kind, code, amount: roundHalfUp(multiply(goods, decimal('0.055')), 2), description: 'SALES TAX' },
    ])
    planter.expectInvoice('INV-TAX', bill, planted, bill.charges[0]?.amount)
  }),
  fault('payment-terms', 'INV-TERMS', 'other payment terms than agreed', (planter, turn) => {
    const [partner, terms, planted] = inTurn(otherTerms, turn)
    const bill = planter.bill(planter.open({ partner }), {}, { terms, fate: 'clean' })
    planter.expectInvoice('INV-TERMS', bill, planted)
  }),
]

type LookAlike = readonly [PartnerName, (number: string, planter: Planter) => string, string]
const lookAlikes: readonly LookAlike[] = [
  ['medsupply', (number) => `00${number}`, 'zeros before a paid number'],
  ['carefirst', (number) => number.replace('-', ''), 'hyphen dropped from a paid number'],
  [
    'orthotech',
    (_, planter) => planter.ledger.invoiceNumber(supplierOf('orthotech')),
    'other number, same lines and amount',
  ],
]

const freight = (amount: string): BilledCharge => ({
  kind: 'C',
  code: 'D240',
  amount: decimal(amount),
  description: 'FREIGHT',
})
const handling: BilledCharge = { kind: 'C', code: 'D500', amount: decimal('12.75'), description: 'HANDLING' }
const freights: readonly (readonly [PartnerName, readonly BilledCharge[], limit: string, string])[] = [
  ['medsupply', [freight('88.40')], '45.00', 'freight over the limit'],
  ['medsupply', [freight('38.00'), handling], '45.00', 'over the limit only together'],
  ['carefirst', [freight('61.15')], '25.00', 'freight over the limit'],
  ['orthotech', [freight('95.00')], '0.00', 'freight where none is allowed'],
]

const taxes: readonly (readonly [PartnerName, 'TXI' | 'C', string, string])[] = [
  ['medsupply', 'TXI', 'ST', 'sales tax on exempt goods'],
  ['orthotech', 'C', 'H850', 'sales tax as a charge on exempt goods'],
  ['carefirst', 'TXI', 'LS', 'state and local tax on exempt goods'],
]

const otherTerms: readonly (readonly [PartnerName, Bill['terms'], string])[] = [
  ['medsupply', { discountPercent: '1', discountDays: 5, netDays: 30 }, 'half the days to take the discount'],
  ['medsupply', { discountPercent: '1', discountDays: 10, netDays: 20 }, 'ten days less to pay'],
  ['orthotech', { netDays: 15 }, 'net 15 instead of 45'],
  ['carefirst', { discountPercent: '1', discountDays: 15, netDays: 60 }, 'half the discount'],
]

function charged(
  planter: Planter,
  partner: PartnerName,
  charges: (goods: DecimalText) => readonly BilledCharge[],
): Bill {
  const found = planter.open({ partner, others: 1 })
  const goods = sumOf(found.orders.map(({ quantity, unitPrice }) => multiply(decimal(quantity), unitPrice)))
  return planter.bill(found, {}, { charges: charges(goods) })
}
