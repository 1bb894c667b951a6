import { extractFiles } from './extract-files.js'
import { expectedAtIntake, filesToLay, layOut } from './laid-out.js'
import { makeNight } from './night-made.js'
import type { NightTruth } from './night-truth.js'
import { shippedContracts } from './shipped-contracts.js'
import { supplierFiles } from './supplier-files.js'
import { invoiceTruths, rowCounts, sumsByFate } from './truth-sums.js'

export interface NightRequest {
  readonly seed: number
  /** yyyy-MM-dd; every date of the night is so many days before it. */
  readonly asOf: string
  /** Root of the drop tree; made if it is not there. */
  readonly folder: string
  /** The extract contracts to write by; those that ship with Matchbook unless told. */
  readonly contracts?: string
}

/**
 * Lays out a night of Lakeside Health: suppliers/PARTNER/outbound with 810s and 855s, erp/ERP/extracts with what two ERPs export,
 * and the empty erp/inbound. The same seed and date give the same bytes. Gives back all that a run over it must find.
 */
export async function simulateNight(request: NightRequest): Promise<NightTruth> {
  const { seed, asOf, folder, contracts = shippedContracts() } = request
  const { ledger, spoiled } = makeNight(seed, asOf)
  const suppliers = supplierFiles(ledger)
  const extracts = await extractFiles(ledger, { spoiled, contracts, date: asOf, newColumn: true, oddText: true })
  const invoices = suppliers.flatMap(invoiceTruths)
  return {
    asOf,
    seed,
    expected: [...expectedAtIntake({ suppliers, extracts, sentAgain: true }), ...ledger.expected],
    healed: [],
    invoices,
    files: await layOut(folder, filesToLay(suppliers, extracts)),
    rows: rowCounts(extracts),
    ...sumsByFate(invoices),
  }
}
