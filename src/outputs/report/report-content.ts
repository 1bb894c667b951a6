import type { Amounts, ColumnKind, DecimalText, ExceptionCode, Source } from '../../canonical/index.js'
import type { ExceptionStatus, Severity } from '../../exceptions/index.js'
import type { HeldInvoice } from '../load/hold-list.js'

/** Rows as they come: at once or as a stream. What streams is never held in memory as a whole. */
export type Rows<T> = Iterable<T> | AsyncIterable<T>

/** One exception as people see it. Instants are ISO 8601; null where there is nothing. */
export interface ExceptionRow {
  /** Short id people can quote. */
  readonly id: string
  /** Says which row and which version of it this is; comes back unseen with the decision. */
  readonly token: string
  readonly code: ExceptionCode
  readonly queue: string
  readonly severity: Severity
  readonly status: ExceptionStatus
  readonly supplier: string | null
  readonly supplierName: string | null
  readonly facility: string | null
  readonly company: string | null
  readonly po: string | null
  readonly line: string | null
  readonly invoice: string | null
  readonly invoiceLine: string | null
  readonly item: string | null
  readonly description: string | null
  /** One sentence with the numbers. */
  readonly message: string
  readonly amountAtRisk: DecimalText
  readonly currency: string
  readonly firstSeen: string
  readonly dueAt: string | null
  readonly ageDays: number
  /** Where the values stand. */
  readonly evidence: readonly Source[]
  readonly decision?: string
  readonly assignee?: string
  readonly note?: string
  readonly decidedBy?: string
  /** yyyy-MM-dd: the decision shall hold for later exceptions up to this day. */
  readonly ruleUntil?: string
  /** The decision that waits for a second person, and who proposed it. */
  readonly proposed?: string
  /** In a copy that goes back: what became of the row, and why. */
  readonly result?: string
}

/** Exceptions that share one cause, as people see them together. */
export interface ClusterRow {
  readonly id: string
  /** Says which exceptions, in which version of each, are meant. */
  readonly token: string
  readonly code: ExceptionCode
  readonly cause: string
  readonly shared: string
  readonly queue: string
  readonly count: number
  /** In the currency of the cluster; null where there are several. */
  readonly amountAtRisk: DecimalText | null
  readonly currency: string
  readonly decision?: string
  readonly assignee?: string
  readonly note?: string
  readonly decidedBy?: string
  readonly ruleUntil?: string
}

/**
 * One invoice line that fits its PO line and goes to the ERP. Received, ordered and billed are in the item's base unit, where all units of
 * a PO line meet.
 */
export interface MatchedRow {
  readonly invoice: string
  readonly supplier: string
  readonly supplierName: string | null
  readonly facility: string | null
  readonly po: string
  readonly line: string
  readonly item: string | null
  readonly description: string | null
  readonly quantity: DecimalText
  readonly uom: string
  readonly unitPrice: DecimalText | null
  readonly amount: DecimalText
  readonly currency: string
  /** Rung of the key ladder, 1 to 9. */
  readonly rung: number
  /** The rung in words: "PO and line number". */
  readonly how: string
  /** How the billed unit became the PO unit: "1 CS = 10 BX". */
  readonly unitPath: string | null
  readonly received: DecimalText | null
  readonly ordered: DecimalText
  readonly billed: DecimalText
}

/** What became of what was compared tonight, one row an outcome. */
export interface ReportOutcome {
  /** "Received", "Matched and sent to the ERP", "Held", "Waiting for a receipt" ... */
  readonly label: string
  readonly explanation: string
  readonly count: number
  /** Null where no money is moved. */
  readonly amount: DecimalText | null
}

/** A table that the matcher left behind, as a sheet of its own. */
export interface ReportTable {
  readonly sheet: string
  readonly explains: string
  readonly columns: readonly {
    readonly name: string
    readonly header: string
    readonly kind: ColumnKind
    readonly width?: number
  }[]
  /** Column -> exact text, number or yes and no; `currency` where money is not in the currency of the totals. */
  readonly rows: Rows<Readonly<Record<string, string | number | boolean | null>>>
}

/** One thing that came in and where it all went: in = matched + exception + waiting + duplicate + quarantined. */
export interface ControlTotal {
  readonly section: string
  readonly name: string
  readonly measure: 'count' | 'amount'
  /** Of an amount that is not in the workspace's currency. */
  readonly currency?: string
  readonly in: DecimalText
  /** Matched, or accepted where nothing is matched. */
  readonly matched: DecimalText
  readonly exception: DecimalText
  readonly waiting: DecimalText
  readonly duplicate: DecimalText
  /** Quarantined, or rejected with a reason. */
  readonly quarantined: DecimalText
}

export interface InputFile {
  readonly name: string
  readonly partner: string | null
  readonly kind: string
  readonly records: number
  readonly accepted: number
  readonly rejected: number
  readonly sha256: string
  readonly status: string
  /** Why it was not read, or not as a whole; null of one that was. */
  readonly reason: string | null
}

export interface LoadSummary {
  readonly name: string
  readonly invoices: number
  readonly lines: number
  readonly amount: DecimalText
  readonly status: string
}

/** A load of which the ERP does not show every row yet. Instants are ISO 8601. */
export interface UnconfirmedLoad {
  readonly load: string
  readonly file: string
  /** In words: whom it waits for, or what is awaited of the ERP. */
  readonly standing: string
  readonly rows: number
  readonly loaded: number
  readonly rejected: number
  readonly notSeen: number
  readonly amount: DecimalText
  readonly currency: string
  readonly otherCurrencies?: Amounts
  readonly preparedAt: string
  readonly sentAt: string | null
  readonly approvedBy: string | null
}

/** How a supplier did in the last 90 days. */
export interface SupplierScore {
  readonly name: string
  readonly currency: string
  readonly judged: number
  /** Invoices that were clean and never questioned. */
  readonly firstPass: number
  readonly open: number
  readonly amountAtRisk: DecimalText
  readonly priceErrors: number
  readonly duplicates: number
  /** Groups that we sent and a 997 or 999 is due to. */
  readonly answersDue: number
  readonly answersInTime: number
  /** Or missing. */
  readonly answersLate: number
}

/** How a night of before ended. Null where it is not known for what this workbook is about. */
export interface TrendNight {
  /** Business day, yyyy-MM-dd. */
  readonly day: string
  readonly open: number
  readonly fresh: number | null
  /** Gone by itself. */
  readonly healed: number | null
  readonly atRisk: DecimalText
}

/** Everything a workbook shows; plain data. */
export interface ReportContent {
  readonly organisation: string
  /** Whose workbook it is, where it holds but the exceptions of one owner or facility. */
  readonly part?: { readonly kind: 'owner' | 'facility'; readonly name: string }
  readonly jobTitle: string
  readonly runId: string
  /** The business day, yyyy-MM-dd. */
  readonly asOf: string
  /** ISO instant; overdue and due today are seen from here. */
  readonly generatedAt: string
  /** IANA zone in which instants are shown. */
  readonly timezone: string
  /** Currency of the totals; rows in others are counted apart. */
  readonly currency: string
  readonly queues: readonly { readonly name: string; readonly owner: string }[]
  /** In any order; held in memory, because the sheets are ordered by money. */
  readonly exceptions: Rows<ExceptionRow>
  /** Most money first. */
  readonly clusters: readonly ClusterRow[]
  readonly outcomes: readonly ReportOutcome[]
  /** Nights before this one, oldest first; tonight is counted on the sheets. */
  readonly nights: readonly TrendNight[]
  /** Gone by itself tonight; null where it is not known. */
  readonly healed: number | null
  /** Of a three-way match. */
  readonly invoices: { readonly matched: Rows<MatchedRow>; readonly held: Rows<HeldInvoice> } | undefined
  /** Of any other matcher. */
  readonly tables: readonly ReportTable[]
  /** No sheet where there are none. */
  readonly suppliers?: readonly SupplierScore[]
  readonly controlTotals: readonly ControlTotal[]
  readonly inputs: readonly InputFile[]
  readonly loads: readonly LoadSummary[]
  /** No sheet where it is not given. */
  readonly unconfirmed?: readonly UnconfirmedLoad[]
}
