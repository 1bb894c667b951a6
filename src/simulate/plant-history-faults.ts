import { decimal, multiply, roundHalfUp, subtract } from '../canonical/index.js'
import { contractNumber } from './contract-prices.js'
import { type Fault, faultsOf } from './fault.js'
import { inTurn } from './in-turn.js'
import type { Acknowledged } from './ledger-entries.js'
import { amountOfOrder } from './order-amount.js'
import { amountOf, worthOf } from './plant-line-faults.js'
import { requisitionOf } from './requisition-book.js'

const fault = faultsOf('receipt-to-invoice')

/** Discrepancies that only other documents show: contract, earlier vouchers, acknowledgment, old receipts. */
export const historyFaults: readonly Fault[] = [
  fault(
    'price-of-old-contract',
    'PRICE-CONTRACT',
    'PO and invoice at the price from before the contract changed',
    (planter, turn) => {
      const product = inTurn(planter.kept.repriced, turn)
      const company = planter.companyOf(0)
      const found = planter.open({ partner: 'carefirst', company, product: (one) => one === product, ordered: 20 })
      const planted = 'PO and invoice at the price from before the contract changed'
      const bill = planter.bill(found, {})
      const agreed = multiply(decimal(found.spoiled.quantity), planter.ledger.contractPriceOf(found.spoiled))
      const over = subtract(amountOf(bill), roundHalfUp(agreed, 2))
      const contract = contractNumber(product)
      planter.expectLine('PRICE-CONTRACT', found, bill, planted, over, { contract })
      const { supplier, spoiled } = found
      planter.ledger.expect({
        job: 'contract-price-sync',
        code: 'PRICE-CONTRACT',
        keys: {
          company,
          po: spoiled.po,
          line: spoiled.line,
          supplier: supplier.vendor[company],
          item: product.item[company],
          contract,
          document: '810',
          invoice: bill.number,
        },
        amount: over,
        planted,
      })
    },
  ),
  fault('credit-of-nothing', 'INV-CREDIT', 'credits a line that nobody ever billed', (planter) => {
    const found = planter.open({ others: 0, quantity: 12 })
    const bill = planter.bill(found, { quantity: 2 }, { credit: true })
    planter.expectLine('INV-CREDIT', found, bill, 'credits a line nobody ever billed', worthOf(found, 2))
  }),
  fault('credit-of-too-much', 'INV-CREDIT', 'credits more than was billed', (planter, turn) => {
    const paid = inTurn([3, 5], turn)
    const found = planter.open({ others: 0, quantity: 12 })
    const creditOf = planter.ledger.pay(9, [[found.spoiled, paid]])
    const bill = planter.bill(found, { quantity: paid + 4 }, { credit: true, creditOf })
    planter.expectLine('INV-CREDIT', found, bill, 'credits more than was billed', worthOf(found, 4))
  }),
  fault(
    'substitute-billed',
    'INV-SUBSTITUTE',
    'the 855 says a substitute is sent, and the substitute is billed',
    (planter, turn) => {
      const partner = inTurn(['orthotech', 'carefirst', 'medsupply'] as const, turn)
      const found = planter.open({ partner, others: 1 })
      const substitute = planter.stranger(found)
      const acknowledged: Acknowledged = {
        supplier: found.supplier,
        company: found.company,
        po: found.spoiled.po,
        release: '',
        poDate: found.spoiled.date,
        date: planter.ledger.daysAgo(17),
        lines: found.orders.map((order) =>
          order === found.spoiled ? { order, statuses: [{ status: 'IS', product: substitute }] } : { order },
        ),
      }
      planter.ledger.acknowledgments.push(acknowledged)
      const bill = planter.bill(found, {
        assignedId: '',
        ids: [
          ['VP', substitute.vendorItem],
          ['MG', substitute.manufacturerPart],
        ],
        description: substitute.description,
      })
      const planted = `${substitute.description} sent for ${found.spoiled.product.description}`
      planter.expectLine('INV-SUBSTITUTE', found, bill, planted, amountOf(bill))
      const { supplier: its, company, spoiled } = found
      planter.ledger.expect({
        job: 'po-acknowledgment',
        code: 'ACK-SUBSTITUTION',
        keys: {
          company: company.company,
          po: spoiled.po,
          line: spoiled.line,
          supplier: its.vendor[company.company],
          item: spoiled.product.item[company.company],
          other: substitute.vendorItem,
        },
        amount: amountOfOrder(spoiled),
        planted,
      })
    },
  ),
  fault('receipt-not-invoiced', 'GRNI-AGED', 'received weeks ago, and no invoice has come', (planter, turn) => {
    const age = planter.ledger.random.between(36, 70)
    const found = planter.open({ others: 0, ordered: age + 8, receivedDaysAgo: age })
    const { spoiled, company, supplier } = found
    const paid = turn % 4 === 0 ? 3 : 0
    if (paid > 0) planter.ledger.pay(age - 3, [[spoiled, paid]])
    planter.ledger.expect({
      code: 'GRNI-AGED',
      keys: {
        company: company.company,
        po: spoiled.po,
        line: spoiled.line,
        supplier: supplier.vendor[company.company],
      },
      amount: worthOf(found, spoiled.quantity - paid),
      planted: `received ${age} days ago, ${paid} of ${spoiled.quantity} billed`,
    })
    // What was vouchered in part has been paid since, and is on its way no more.
    if (paid === 0)
      planter.ledger.expect({
        job: 'requisition-to-pay',
        code: 'REQ-STUCK',
        keys: { company: company.company, requisition: requisitionOf(spoiled), line: spoiled.line, field: 'received' },
        amount: worthOf(found),
        planted: `received ${age} days ago, and not invoiced`,
      })
  }),
]
