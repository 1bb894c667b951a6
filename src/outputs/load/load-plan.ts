import type { DecimalText } from '../../canonical/index.js'

/** One line of an invoice as the ERP shall book it. A credit's amounts and quantities are negative, its unit price positive. */
export interface LoadLine {
  /** 1-based, unique in the invoice. */
  readonly number: number
  readonly type: 'ITEM' | 'FREIGHT' | 'MISCELLANEOUS' | 'TAX'
  readonly amount: DecimalText
  /** In `uom`. */
  readonly quantity?: DecimalText
  /** Money per one `uom`: price basis (per hundred ...) already divided out. */
  readonly unitPrice?: DecimalText
  /** The unit as the ERP names it. */
  readonly uom?: string
  readonly description?: string
  readonly poNumber?: string
  readonly poLine?: string
  readonly poShipment?: string
  readonly release?: string
  readonly item?: string
  readonly receiptNumber?: string
  readonly receiptLine?: string
}

export interface LoadInvoice {
  /** Document id in the store; the number that joins header and lines is made from it, see loadInvoiceId. */
  readonly invoiceId: string
  /** The supplier's invoice number. */
  readonly number: string
  /** ERP vendor number. */
  readonly supplier: string
  /** ERP site the vendor is paid at. */
  readonly site?: string
  /** Invoice date, yyyy-MM-dd. */
  readonly date: string
  /** Equals the sum of the lines to the last digit. */
  readonly amount: DecimalText
  /** ISO 4217. */
  readonly currency: string
  readonly terms?: string
  readonly type: 'STANDARD' | 'CREDIT'
  readonly description?: string
  readonly company: string
  readonly lines: readonly LoadLine[]
}

/** What one load shall put into the ERP. The same plan always gives the same bytes. */
export interface LoadPlan {
  readonly loadId: string
  /** The import job is told this value and takes these rows only. */
  readonly groupId: string
  readonly source: string
  /** Values the job gives to the template (`load.values`), and those that differ by company. */
  readonly values: Readonly<Record<string, string>>
  readonly valuesByCompany: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly invoices: readonly LoadInvoice[]
  /** Tables of the matcher, by the name a template's `rows` gives them. */
  readonly tables: Readonly<Record<string, PlannedTable>>
}

/** Rows of one kind that a matcher would have written to the ERP. */
export interface PlannedTable {
  /** Those a row may have. */
  readonly columns: readonly string[]
  readonly rows: readonly PlannedRow[]
}

/** One row that a matcher would have written to the ERP. */
export interface PlannedRow {
  /** What people know it by, for messages: "10 4500123 1". */
  readonly key: string
  readonly company: string
  /** Column of the matcher's table -> exact text; what is empty is not there. */
  readonly fields: Readonly<Record<string, string>>
  /** Money the row moves, where its table has any. */
  readonly amount?: DecimalText
  /** What the store knows the rows of the matcher's table by that are written as this one. */
  readonly identities: readonly string[]
  /**
   * What the ERP has of these fields: field -> exact text, null where it is empty. Null: the row is new there; absent: a row is a fact of
   * its own and changes none.
   */
  readonly before?: Readonly<Record<string, string | null>> | null
}
