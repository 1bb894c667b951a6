import type { InterchangeToWrite } from '../formats/x12/write.js'
import type { PartnerName } from './parties.js'

/** Transaction sets that suppliers send. */
export type SupplierSet = '810' | '832' | '855' | '856'

/** How each supplier's translator writes: names, delimiters, and whether both companies share a file. */
export interface SupplierHabits {
  readonly fileName: (set: SupplierSet, date: string, sequence: string) => string
  /** By turns, where a file holds several interchanges. */
  readonly delimiters: readonly NonNullable<InterchangeToWrite['delimiters']>[]
  readonly bothCompaniesInOneFile: boolean
  /** Files of 810s: for each company, or in all where both share them. */
  readonly invoiceFiles: number
}

export const supplierHabits: Readonly<Record<PartnerName, SupplierHabits>> = {
  medsupply: {
    fileName: (set, date, sequence) => `MSD_${set}_${date}_${sequence}.edi`,
    delimiters: [{ newline: '\n' }],
    bothCompaniesInOneFile: false,
    invoiceFiles: 4,
  },
  orthotech: {
    fileName: (set, date, sequence) => `OT-${date}-${set}-${sequence}.edi`,
    delimiters: [{ element: '|', component: '^', newline: '\r\n' }],
    bothCompaniesInOneFile: false,
    invoiceFiles: 3,
  },
  carefirst: {
    fileName: (set, date, sequence) => `carefirst.${set}.${date}.${sequence}.edi`,
    // One line without a break, then a segment a line with nothing but the line feed between.
    delimiters: [{}, { element: '|', segment: '\n' }],
    bothCompaniesInOneFile: true,
    invoiceFiles: 4,
  },
}
