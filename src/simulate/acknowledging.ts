import { daysBefore } from './days.js'
import type { Ledger } from './ledger.js'
import type { PoLine } from './ledger-entries.js'

/** Suppliers accept about half of the recent POs by 855, line by line as ordered. */
export function acknowledgeOrders(ledger: Ledger): void {
  const answered = new Set(ledger.acknowledgments.map(({ company, po }) => `${company.company} ${po}`))
  for (const lines of ordersByPo(ledger.poLines)) {
    const [first] = lines
    if (first === undefined || answered.has(`${first.company.company} ${first.po}`)) continue
    if (first.release !== '' || first.date < ledger.daysAgo(24) || !ledger.random.chance(50)) continue
    const { supplier, company, po, date: poDate } = first
    ledger.acknowledgments.push({
      supplier,
      company,
      po,
      poDate,
      date: daysBefore(poDate, -1),
      lines: lines.map((order) => ({ order })),
    })
  }
}

function ordersByPo(poLines: readonly PoLine[]): PoLine[][] {
  const orders = new Map<string, PoLine[]>()
  for (const line of poLines) {
    const key = `${line.company.company} ${line.po} ${line.release}`
    orders.set(key, [...(orders.get(key) ?? []), line])
  }
  return [...orders.values()]
}
