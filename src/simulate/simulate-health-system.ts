import { acknowledgeOrders } from './acknowledging.js'
import { fillWithCleanTrade } from './clean-trade.js'
import { writeContracts } from './contract-prices.js'
import { extractFiles } from './extract-files.js'
import type { SimulatedJob } from './fault.js'
import { allFaults, plantFault } from './faults.js'
import { keepBack } from './kept-back.js'
import { expectedAtIntake, filesToLay, layOut } from './laid-out.js'
import { companiesOf, type Layout } from './layout.js'
import { Ledger } from './ledger.js'
import { Planter } from './planting.js'
import { seeded } from './prng.js'
import { readingJob } from './reading-jobs.js'
import { shippedContracts } from './shipped-contracts.js'
import type { SimulationTruth } from './simulation.js'
import { supplierFiles } from './supplier-files.js'

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
  readonly contracts?: string
}

/** Of so many PO lines one is billed tonight in an invoice without fault. */
const LINES_AN_INVOICE = 8

/** Lays out the drops of a health system's night for some of the shipped jobs. The same request gives the same bytes. */
export async function simulateHealthSystem(request: SimulationRequest): Promise<SimulationTruth> {
  const { seed, asOf, layout, jobs, folder, contracts = shippedContracts() } = request
  const ledger = new Ledger(seeded(seed), asOf, companiesOf(layout))
  const kept = keepBack(ledger)
  ledger.zeroFactors = kept.zeroFactors
  writeContracts(ledger, kept)
  const planter = new Planter(ledger, kept)
  for (const fault of allFaults)
    if (jobs.includes(fault.job))
      plantFault(planter, fault, request.faults.get(fault.name) ?? 0, ledger.companies.length)
  fillWithCleanTrade(ledger, kept, { invoices: Math.ceil(request.lines / LINES_AN_INVOICE), lines: request.lines })
  acknowledgeOrders(ledger)
  const suppliers = supplierFiles(ledger)
  const extracts = await extractFiles(ledger, { contracts, date: asOf, newColumn: ledger.newColumn })
  const { sentAgain } = ledger
  const atIntake = expectedAtIntake({ suppliers, extracts, sentAgain }).map((one) => ({
    ...one,
    job: readingJob(jobs),
  }))
  return {
    simulated: 1,
    seed,
    asOf,
    layout,
    jobs,
    lines: ledger.poLines.length,
    expected: [...atIntake, ...ledger.expected].filter(isOfJob(jobs)),
    spared: ledger.spared,
    files: await layOut(folder, filesToLay(suppliers, extracts, sentAgain)),
  }
}

/** A fault may be seen by a job that the night is not made for. */
const isOfJob =
  (jobs: readonly string[]) =>
  <T extends { readonly job?: string }>(one: T): one is T & { readonly job: string } =>
    one.job !== undefined && jobs.includes(one.job)
