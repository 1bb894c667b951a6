import { daysBefore } from './days.js'
import type { Ledger } from './ledger.js'
import { ordersOf } from './orders-sent.js'

/** Suppliers accept about half of the recent POs by 855, line by line as ordered. */
export const acknowledgeSome = (ledger: Ledger): void =>
  acknowledge(ledger, (release, date) => release === '' && date >= ledger.daysAgo(24) && ledger.random.chance(50))

/** Suppliers accept every PO that nothing else is said of. */
export const acknowledgeAll = (ledger: Ledger): void => acknowledge(ledger, () => true)

function acknowledge(ledger: Ledger, answers: (release: string, date: string) => boolean): void {
  const answered = new Set(
    ledger.acknowledgments.map(({ company, po, release }) => `${company.company} ${po} ${release}`),
  )
  for (const lines of ordersOf(ledger.poLines)) {
    const [first] = lines
    if (first === undefined || ledger.unanswered.has(first)) continue
    const { supplier, company, po, release, date: poDate } = first
    if (answered.has(`${company.company} ${po} ${release}`) || !answers(release, poDate)) continue
    ledger.acknowledgments.push({
      supplier,
      company,
      po,
      release,
      poDate,
      date: daysBefore(poDate, -1),
      lines: lines.map((order) => ({ order })),
    })
  }
}
