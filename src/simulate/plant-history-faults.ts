import { contractNumber } from './contract-prices.js'
import type { Acknowledged } from './ledger-entries.js'
import type { Planter } from './planting.js'

/** Discrepancies that only other documents show: contract, earlier vouchers, acknowledgment, old receipts. */
export function plantHistoryFaults(planter: Planter): void {
  plantContractPrices(planter)
  plantCredits(planter)
  plantSubstitutes(planter)
  plantAgedReceipts(planter)
}

/** POs of after the change still carry the old price, and are billed at it: one cause, one finding a line. */
function plantContractPrices(planter: Planter): void {
  for (const product of planter.kept.repriced) {
    const found = planter.open({ partner: 'carefirst', company: '10', product: (one) => one === product, ordered: 20 })
    const planted = 'PO and invoice at the price from before the contract changed'
    planter.expectLine('PRICE-CONTRACT', found, planter.bill(found, {}), planted, { contract: contractNumber(product) })
  }
}

function plantCredits(planter: Planter): void {
  const unmatched = planter.open({ others: 0, quantity: 12 })
  const first = planter.bill(unmatched, { quantity: 2 }, { credit: true })
  planter.expectLine('INV-CREDIT', unmatched, first, 'credits a line nobody ever billed')
  for (const paid of [3, 5]) {
    const found = planter.open({ others: 0, quantity: 12 })
    const creditOf = planter.ledger.pay(9, [[found.spoiled, paid]])
    const bill = planter.bill(found, { quantity: paid + 4 }, { credit: true, creditOf })
    planter.expectLine('INV-CREDIT', found, bill, 'credits more than was billed')
  }
}

/** The 855 says a substitute is sent, and the substitute is billed. */
function plantSubstitutes(planter: Planter): void {
  for (const partner of ['orthotech', 'carefirst', 'medsupply'] as const) {
    const found = planter.open({ partner, others: 1 })
    const substitute = planter.stranger(found)
    const acknowledged: Acknowledged = {
      supplier: found.supplier,
      company: found.company,
      po: found.spoiled.po,
      poDate: found.spoiled.date,
      date: planter.ledger.daysAgo(17),
      lines: found.orders.map((order) => (order === found.spoiled ? { order, substitute } : { order })),
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
    planter.expectLine(
      'INV-SUBSTITUTE',
      found,
      bill,
      `${substitute.description} sent for ${found.spoiled.product.description}`,
    )
  }
}

/** Received weeks ago, and no invoice has come. */
function plantAgedReceipts(planter: Planter): void {
  for (let count = 0; count < 10; count++) {
    const age = planter.ledger.random.between(36, 70)
    const { spoiled, company, supplier } = planter.open({ others: 0, ordered: age + 8, receivedDaysAgo: age })
    const paid = count % 4 === 0 ? 3 : 0
    if (paid > 0) planter.ledger.pay(age - 3, [[spoiled, paid]])
    const keys = {
      company: company.company,
      po: spoiled.po,
      line: spoiled.line,
      supplier: supplier.vendor[company.company],
    }
    planter.ledger.expect({
      code: 'GRNI-AGED',
      keys,
      planted: `received ${age} days ago, ${paid} of ${spoiled.quantity} billed`,
    })
  }
}
