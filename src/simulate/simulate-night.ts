import { add, type DecimalText, negate, ZERO } from '../canonical/index.js'
import { unannouncedColumn } from './erp-habits.js'
import { type ExtractFile, extractFiles } from './extract-files.js'
import { expectedAtIntake, filesToLay, layOut, supplierPath } from './laid-out.js'
import { makeNight } from './night-made.js'
import type { InvoiceFate, InvoiceTruth, NightTruth } from './night-truth.js'
import { shippedContracts } from './shipped-contracts.js'
import { type SupplierFile, supplierFiles } from './supplier-files.js'

export interface NightRequest {
  readonly seed: number
  /** yyyy-MM-dd of the first night; every date is so many days before it. */
  readonly asOf: string
  /** Root of the drop tree; made if it is not there. */
  readonly folder: string
  /**
   * 2 lays out what the ERPs export a day later, when much has healed (see second-night.ts): extracts only, for the suppliers'
   * files were taken on the first night. Its truth is about the invoices the first night left unpaid.
   */
  readonly night?: 1 | 2
  /** The extract contracts to write by; those that ship with Matchbook unless told. */
  readonly contracts?: string
}

/**
 * Lays out a night of Lakeside Health: suppliers/PARTNER/outbound with 810s and 855s, erp/ERP/extracts with what two ERPs export,
 * and the empty erp/inbound. The same seed and date give the same bytes. Gives back all that a run over it must find.
 */
export async function simulateNight(request: NightRequest): Promise<NightTruth> {
  const { seed, asOf, folder, night = 1, contracts = shippedContracts() } = request
  const made = makeNight(seed, asOf)
  const suppliers = supplierFiles(made.ledger)
  const healed = night === 2 ? liveOneMoreDay(made.ledger) : []
  const spoiled = night === 2 ? [] : made.spoiled
  const date = daysBefore(asOf, 1 - night)
  const extracts = await extractFiles(made.ledger, spoiled, contracts, date)
  const sent = night === 2 ? [] : suppliers
  const files = await layOut(folder, filesToLay(sent, extracts))
  const invoices = suppliers.flatMap(invoiceTruths).flatMap((invoice) => (night === 2 ? nextFate(invoice, healed) : invoice))
  return {
    asOf: date,
    seed,
    expected: [
      ...expectedAtIntake(sent, extracts, unannouncedColumn.name),
      ...made.ledger.expected.filter((expected) => !healed.includes(expected)),
    ],
    healed: [...healed, ...(night === 2 ? expectedAtRows(await extractFiles(made.ledger, made.spoiled, contracts, asOf)) : [])],
    invoices,
    files,
    rows: rowCounts(extracts),
    counts: byFate((fate) => invoices.filter((invoice) => invoice.fate === fate).length),
    amounts: byFate((fate) => add(ZERO, ...invoices.filter((invoice) => invoice.fate === fate).map(owed))),
  }
}

const invoiceTruths = (file: SupplierFile): InvoiceTruth[] =>
  file.bills.map((bill) => ({
    partner: bill.supplier.partner,
    company: bill.company.company,
    supplier: bill.supplier.vendor[bill.company.company],
    invoice: bill.number,
    credit: bill.credit,
    fate: bill.fate,
    total: bill.total,
    lines: bill.lines.length,
    file: supplierPath(file),
  }))

const owed = ({ credit, total }: InvoiceTruth): DecimalText => (credit ? negate(total) : total)

function byFate<T>(value: (fate: InvoiceFate) => T): Record<InvoiceFate, T> {
  return {
    clean: value('clean'),
    held: value('held'),
    waiting: value('waiting'),
    duplicate: value('duplicate'),
    refused: value('refused'),
  }
}

/** Rows that pass, by relation; of a doubled key one row passes. */
function rowCounts(extracts: readonly ExtractFile[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [relation, rows] of extracts.flatMap(({ passing }) => Object.entries(passing)))
    counts[relation] = (counts[relation] ?? 0) + rows
  return counts
}
