import { daysBefore } from './days.js'
import { extractFiles } from './extract-files.js'
import { expectedAtIntake, filesToLay, layOut } from './laid-out.js'
import { liveOneMoreDay } from './next-day.js'
import { makeNight } from './night-made.js'
import type { NightTruth } from './night-truth.js'
import { shippedContracts } from './shipped-contracts.js'
import type { NightRequest } from './simulate-night.js'
import { supplierFiles } from './supplier-files.js'
import { invoiceTruths, rowCounts, sumsByFate } from './truth-sums.js'

/**
 * Lays out what the ERPs export a day after the night of the same seed and date, when much has healed: receipts have come, the
 * contract price was put right, the stewards mended their records, and every clean invoice of the first night stands in the
 * vouchers. Extracts only: the suppliers' files were taken the night before. The truth is about the invoices then left unpaid.
 */
export async function simulateNextNight(request: NightRequest): Promise<NightTruth> {
  const { seed, asOf, folder, contracts = shippedContracts() } = request
  const { ledger } = makeNight(seed, asOf)
  const suppliers = supplierFiles(ledger)
  const healed = liveOneMoreDay(ledger)
  const date = daysBefore(asOf, -1)
  const extracts = await extractFiles(ledger, { contracts, date, newColumn: true, oddText: true })
  const mended = new Set(healed.map(({ keys }) => keys.invoice))
  const invoices = suppliers
    .flatMap(invoiceTruths)
    .filter(({ fate }) => fate !== 'clean' && fate !== 'refused')
    .map((invoice) =>
      invoice.fate === 'waiting' || mended.has(invoice.invoice) ? { ...invoice, fate: 'clean' as const } : invoice,
    )
  return {
    asOf: date,
    seed,
    expected: [
      ...expectedAtIntake({ suppliers: [], extracts, sentAgain: false }),
      ...ledger.expected.filter((expected) => !healed.includes(expected)),
    ],
    healed,
    invoices,
    files: await layOut(folder, filesToLay([], extracts)),
    rows: rowCounts(extracts),
    ...sumsByFate(invoices),
  }
}
