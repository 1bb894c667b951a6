import { add, ZERO } from '../canonical/index.js'
import { acknowledgeAll } from './acknowledging.js'
import { bookFiles } from './book-files.js'
import { brokenFiles } from './broken-copies.js'
import { fillWithCases } from './case-book.js'
import { fillWithCleanTrade } from './clean-trade.js'
import { writeContracts } from './contract-prices.js'
import { extractFiles } from './extract-files.js'
import type { SimulatedJob } from './fault.js'
import { allFaults, plantFault } from './faults.js'
import { catalogFiles, writeItemLists } from './item-lists.js'
import { fillWithJournals } from './journal-book.js'
import { keepBack } from './kept-back.js'
import { fillWithLabor } from './labor-book.js'
import { expectedAtIntake, filesToLay, layOut } from './laid-out.js'
import { companiesOf, type Layout } from './layout.js'
import { Ledger } from './ledger.js'
import type { ExpectedException } from './night-truth.js'
import { ordersSent } from './orders-sent.js'
import { Planter } from './planting.js'
import { seeded } from './prng.js'
import { writePayments, writeRequisitions } from './requisition-book.js'
import { shippedContracts } from './shipped-contracts.js'
import { simulatedKey } from './simulated-settings.js'
import type { SimulationTruth } from './simulation.js'
import { supplierFiles } from './supplier-files.js'
import { fillWithVendors } from './vendor-book.js'
import { readBy, readersOf, takerOf } from './workflows.js'

export interface SimulationRequest {
  readonly seed: number
  /** yyyy-MM-dd; every date is so many days before it. */
  readonly asOf: string
  readonly layout: Layout
  /** PO lines at the least; what is planted may need more. */
  readonly lines: number
  readonly jobs: readonly SimulatedJob[]
  /** How often each fault is planted, by name; one that is not named is not. */
  readonly faults: ReadonlyMap<string, number>
  /** Root of the drops; made if it is not there. */
  readonly folder: string
  /** Where the files lie that are otherwise tomorrow. */
  readonly nextFolder: string
  readonly contracts?: string
}

/** For so many PO lines there is one invoice without fault tonight, one case, one journal, one vendor, one department. */
const LINES_AN_INVOICE = 8
const LINES_A_CASE = 10
const LINES_A_JOURNAL = 20
const LINES_A_VENDOR = 50
const LINES_A_DEPARTMENT = 60

/** Lays out the drops of a health system's night for some of the shipped jobs. The same request gives the same bytes. */
export async function simulateHealthSystem(request: SimulationRequest): Promise<SimulationTruth> {
  const { seed, asOf, layout, jobs, folder, contracts = shippedContracts() } = request
  const ledger = madeUp(request)
  const { erp, books, sets } = readBy(jobs)
  const suppliers = supplierFiles(ledger).filter(({ set }) => sets.has(set))
  const extracts = await extractFiles(ledger, {
    contracts,
    date: asOf,
    kinds: [...erp],
    spoiled: ledger.spoiled,
    newColumn: ledger.newColumn,
    oddText: false,
  })
  const { sentAgain } = ledger
  const taker = takerOf('810', jobs)
  const atIntake = expectedAtIntake({ suppliers, extracts, sentAgain }).flatMap(({ extract, ...one }) =>
    (extract === undefined ? [taker] : readersOf(extract, jobs)).map((job) => ({ ...one, job })),
  )
  const copies = brokenFiles(ledger.brokenCopies, extracts)
  for (const { kind, expected } of copies) atIntake.push(...readersOf(kind, jobs).map((job) => ({ ...expected, job })))
  const files = [
    ...filesToLay(suppliers, extracts, sentAgain),
    ...copies.map(({ file }) => file),
    ...(sets.has('850') ? ordersSent(ledger) : []),
    ...(sets.has('832') ? catalogFiles(ledger) : []),
    ...(await bookFiles(ledger, { extracts: books, contracts, date: asOf })),
  ]
  return {
    simulated: 1,
    seed,
    asOf,
    layout,
    jobs,
    lines: ledger.poLines.length,
    expected: toldOnce(together([...atIntake, ...ledger.expected].filter(isOfJob(jobs)))),
    spared: ledger.spared.filter(isOfJob(jobs)),
    files: await layOut(folder, files),
    next: await tomorrow(ledger, request, contracts),
  }
}

/** The extracts that are otherwise tomorrow, and what that must raise. */
async function tomorrow(
  ledger: Ledger,
  { asOf, jobs, nextFolder }: SimulationRequest,
  contracts: string,
): Promise<SimulationTruth['next']> {
  if (ledger.tomorrow.length === 0) return null
  const [expected, spared] = [ledger.expected.length, ledger.spared.length]
  for (const change of ledger.tomorrow) change()
  const { books, erp } = readBy(jobs)
  const changed = new Set([...ledger.books.changed].filter((contract) => books.has(contract)))
  const kinds = (['contract-prices'] as const).filter((kind) => erp.has(kind) && ledger.books.changed.has(kind))
  const extracts = await extractFiles(ledger, { contracts, date: asOf, kinds, newColumn: false, oddText: false })
  const files = [
    ...filesToLay([], extracts, false),
    ...(await bookFiles(ledger, { extracts: changed, contracts, date: asOf })),
  ]
  return {
    expected: together(ledger.expected.slice(expected).filter(isOfJob(jobs))),
    spared: ledger.spared.slice(spared).filter(isOfJob(jobs)),
    files: await layOut(nextFolder, files),
  }
}

/** The books of the whole health system, with what is planted in them. */
function madeUp({ seed, asOf, layout, lines, jobs, faults }: SimulationRequest): Ledger {
  const ledger = new Ledger(seeded(seed), asOf, companiesOf(layout), simulatedKey(seed))
  const kept = keepBack(ledger)
  ledger.zeroFactors = kept.zeroFactors
  writeContracts(ledger, kept)
  const planter = new Planter(ledger, kept)
  for (const fault of allFaults)
    if (jobs.includes(fault.job)) plantFault(planter, fault, faults.get(fault.name) ?? 0, ledger.companies.length)
  fillWithCleanTrade(ledger, kept, { invoices: Math.ceil(lines / LINES_AN_INVOICE), lines })
  acknowledgeAll(ledger)
  writeRequisitions(ledger)
  writePayments(ledger)
  writeItemLists(ledger)
  fillWithCases(ledger, Math.ceil(lines / LINES_A_CASE))
  fillWithVendors(ledger, Math.ceil(lines / LINES_A_VENDOR))
  fillWithLabor(ledger, Math.ceil(lines / LINES_A_DEPARTMENT))
  fillWithJournals(ledger, Math.ceil(lines / LINES_A_JOURNAL))
  return ledger
}

/** What is planted several times on one thing, for example a unit that an item does not have, is one exception over all of them. */
function together<T extends ExpectedException>(expected: readonly T[]): T[] {
  const found = new Map<string, T>()
  for (const one of expected) {
    const key = JSON.stringify([one.job, one.code, one.keys])
    const before = found.get(key)
    const both = before?.amount !== undefined && one.amount !== undefined
    found.set(key, both ? { ...before, amount: add(before.amount ?? ZERO, one.amount) } : one)
  }
  return [...found.values()]
}

/** What charge-capture and usage-to-replenishment both see unknown is told by the one that runs first; jobs run in the order of their names. */
function toldOnce<T extends ExpectedException & { readonly job: string }>(expected: readonly T[]): T[] {
  const nameOf = ({ code, keys }: T): string => JSON.stringify([code, keys])
  const charges = new Set(expected.filter(({ job }) => job === 'charge-capture').map(nameOf))
  return expected.filter((one) => one.job !== 'usage-to-replenishment' || !charges.has(nameOf(one)))
}

/** A fault may be seen by a job that the night is not made for. */
const isOfJob =
  (jobs: readonly string[]) =>
  <T extends { readonly job?: string | undefined }>(one: T): one is T & { readonly job: string } =>
    one.job !== undefined && jobs.includes(one.job)
