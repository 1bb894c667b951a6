import { type DecimalText, negate, sumOf } from '../canonical/index.js'
import type { ExtractFile } from './extract-files.js'
import { supplierPath } from './laid-out.js'
import type { InvoiceFate, InvoiceTruth, NightTruth } from './night-truth.js'
import type { SupplierFile } from './supplier-files.js'

export const invoiceTruths = (file: SupplierFile): InvoiceTruth[] =>
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

/** How many invoices there are of each fate, and what they come to. */
export function sumsByFate(invoices: readonly InvoiceTruth[]): Pick<NightTruth, 'counts' | 'amounts'> {
  const of = (fate: InvoiceFate): InvoiceTruth[] => invoices.filter((invoice) => invoice.fate === fate)
  return {
    counts: byFate((fate) => of(fate).length),
    amounts: byFate((fate) => sumOf(of(fate).map(owed))),
  }
}

const owed = ({ credit, total }: InvoiceTruth): DecimalText => (credit ? negate(total) : total)

const byFate = <T>(value: (fate: InvoiceFate) => T): Record<InvoiceFate, T> => ({
  clean: value('clean'),
  held: value('held'),
  waiting: value('waiting'),
  duplicate: value('duplicate'),
  refused: value('refused'),
})

/** Rows that pass, by relation; of a doubled key one row passes. */
export function rowCounts(extracts: readonly ExtractFile[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [relation, rows] of extracts.flatMap(({ passing }) => Object.entries(passing)))
    counts[relation] = (counts[relation] ?? 0) + rows
  return counts
}
