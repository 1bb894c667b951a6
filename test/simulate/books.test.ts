import { describe, expect, test } from 'vitest'
import { compare, type DecimalText, decimal, multiply, negate, sumOf } from '../../src/canonical/index.js'
import type { Ledger } from '../../src/simulate/ledger.js'
import type { Bill, BilledLine, PoLine } from '../../src/simulate/ledger-entries.js'
import { makeNight } from '../../src/simulate/night-made.js'

const asOf = '2026-11-20'
const seeds = [1, 7, 20261120]
const key = (order: PoLine): string => [order.company.company, order.po, order.release, order.line].join(' ')

/** Base units in one uom; a dozen is twelve whatever the item. */
const factor = (order: PoLine, uom: string): number =>
  order.product.packs.find((pack) => pack.uom === uom)?.factor ?? (uom === 'DZ' ? 12 : Number.NaN)

const isGood = ({ fate }: Bill): boolean => fate === 'clean' || fate === 'waiting'

interface Account {
  readonly order: PoLine
  ordered: number
  received: number
  billed: number
  oldestReceipt: string
}

/** What was ordered, received and rightly billed on every PO line, in base units. */
function accounts(ledger: Ledger): Map<string, Account> {
  const found = new Map<string, Account>()
  for (const order of ledger.poLines) {
    const ordered = order.quantity * factor(order, order.uom)
    expect(found.has(key(order)), `PO line ${key(order)} twice`).toBe(false)
    found.set(key(order), { order, ordered, received: 0, billed: 0, oldestReceipt: '9999-12-31' })
  }
  const at = (order: PoLine): Account => {
    const account = found.get(key(order))
    if (account === undefined) throw new Error(`no PO line ${key(order)}`)
    return account
  }
  for (const { order, quantity, uom, date } of ledger.receipts) {
    const account = at(order)
    account.received += quantity * factor(order, uom)
    if (date < account.oldestReceipt) account.oldestReceipt = date
  }
  for (const { order, quantity } of ledger.vouchers) at(order).billed += quantity * factor(order, order.uom)
  for (const bill of ledger.bills.filter(isGood))
    for (const { order, quantity, uom } of bill.lines)
      at(order).billed += (bill.credit ? -1 : 1) * quantity * factor(order, uom)
  return found
}

const pricesPerBase = (line: BilledLine): [billed: DecimalText, ordered: DecimalText] => {
  const { order } = line
  const hundred = (basis: string): number => (basis === 'HP' ? 100 : 1)
  return [
    multiply(line.unitPrice, decimal(factor(order, order.uom) * hundred(order.basis))),
    multiply(order.unitPrice, decimal(factor(order, line.uom) * hundred(line.basis))),
  ]
}

describe.each(seeds)('The books behind night %i', (seed) => {
  const { ledger } = makeNight(seed, asOf)
  const planted = new Set(
    ledger.expected.map(({ code, keys }) => `${code} ${keys.company} ${keys.po ?? ''} ${keys.line ?? ''}`),
  )

  test('good invoices bill no more than was ordered, and than was received unless they wait', () => {
    const waiting = new Set(
      ledger.bills
        .filter(({ fate }) => fate === 'waiting')
        .flatMap(({ lines }) => lines.map(({ order }) => key(order))),
    )
    expect(waiting.size).toBeGreaterThanOrEqual(10)
    for (const { order, ordered, received, billed } of accounts(ledger).values()) {
      expect(billed, `billed on ${key(order)}`).toBeLessThanOrEqual(ordered)
      if (order.matching === 'three-way' && !waiting.has(key(order)))
        expect(billed, `billed on ${key(order)}`).toBeLessThanOrEqual(received)
    }
  })

  test('good invoices keep to the price of their PO line, but for a few inside tolerance', () => {
    let dearer = 0
    for (const bill of ledger.bills.filter(isGood))
      for (const line of bill.lines) {
        const [billed, ordered] = pricesPerBase(line)
        if (billed === ordered) continue
        dearer++
        expect(compare(billed, multiply(ordered, decimal('1.005')))).toBe(-1)
        expect(compare(billed, ordered)).toBe(1)
        expect(line.order.product.onContract).toBe(false)
      }
    expect(dearer).toBe(3)
  })

  test('every total is the sum of lines and charges, but for those misstated on purpose', () => {
    const wrong = ledger.bills.filter((bill) => {
      const lines = bill.lines.map(({ quantity, unitPrice, basis }) =>
        multiply(multiply(decimal(quantity), unitPrice), decimal(basis === 'HP' ? '0.01' : '1')),
      )
      const charges = bill.charges.map(({ kind, amount }) => (kind === 'A' ? negate(amount) : amount))
      return sumOf([...lines, ...charges]) !== bill.total
    })
    const misstated = ledger.expected.filter(({ code }) => code === 'INV-TOTAL').map(({ keys }) => keys.invoice)
    expect(wrong.map(({ number }) => number).sort()).toEqual(misstated.sort())
  })

  test('what lies received for more than 30 days is billed, but for the receipts left to age', () => {
    const late = ledger.daysAgo(30)
    const aged = [...accounts(ledger).values()].filter(
      ({ order, received, billed, oldestReceipt }) =>
        order.matching === 'three-way' && oldestReceipt < late && received > billed,
    )
    expect(aged).toHaveLength(10)
    for (const { order } of aged)
      expect(planted).toContain(`GRNI-AGED ${order.company.company} ${order.po} ${order.line}`)
  })

  test('every PO price is the contract price of its day, but for the contract that was repriced', () => {
    let compared = 0
    const differing = ledger.poLines.filter((order) => {
      const inForce = ledger.contractPrices
        .filter((price) => price.company === order.company && price.product === order.product && !price.onHold)
        .filter(({ from, to }) => from <= order.date && order.date <= to)
        .sort((a, b) => a.priority.localeCompare(b.priority))[0]
      if (inForce === undefined) return false
      compared++
      const agreed = multiply(inForce.price, decimal(factor(order, order.uom)))
      return agreed !== multiply(order.unitPrice, decimal(factor(order, inForce.uom)))
    })
    expect(compared).toBeGreaterThan(800)
    expect(differing).toHaveLength(8)
    for (const { company, po, line } of differing)
      expect(planted).toContain(`PRICE-CONTRACT ${company.company} ${po} ${line}`)
  })

  test('no two invoices look alike, in number or in lines and amount, but for the duplicates', () => {
    const bare = (number: string): string => number.replace(/[^0-9A-Z]/g, '').replace(/^0+/, '')
    const seen = new Set<string>()
    for (const voucher of new Set(
      ledger.vouchers.map(({ order, invoice }) => `${order.supplier.partner} ${bare(invoice)}`),
    ))
      seen.add(voucher)
    for (const { order, quantity } of ledger.vouchers) seen.add(`${key(order)} ${quantity * factor(order, order.uom)}`)
    for (const { supplier, number, fate, lines, credit } of ledger.bills) {
      if (fate === 'duplicate') continue
      const marks = [`${supplier.partner} ${bare(number)}`]
      const [only, ...others] = lines
      if (only !== undefined && others.length === 0 && !credit)
        marks.push(`${key(only.order)} ${only.quantity * factor(only.order, only.uom)}`)
      for (const mark of marks) {
        expect(seen, mark).not.toContain(mark)
        seen.add(mark)
      }
    }
  })

  test('PO numbers that exist in both companies and POs with releases are among the clean', () => {
    const companiesOf = new Map<string, Set<string>>()
    for (const { po, company } of ledger.poLines)
      companiesOf.set(po, (companiesOf.get(po) ?? new Set()).add(company.company))
    expect([...companiesOf.values()].filter(({ size }) => size === 2)).toHaveLength(2)
    expect(ledger.bills.filter(({ release, fate }) => release !== '' && fate === 'clean')).toHaveLength(4)
    expect(ledger.bills.filter(({ credit, fate }) => credit && fate === 'clean')).toHaveLength(5)
    expect(ledger.bills.flatMap(({ lines }) => lines).filter(({ basis }) => basis === 'HP').length).toBeGreaterThan(1)
  })
})
