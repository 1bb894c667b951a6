import type { DecimalText } from '../canonical/index.js'
import type { InvoiceFate } from './night-truth.js'
import type { Company, Facility, Supplier } from './parties.js'
import type { Product } from './products.js'

/** What the ERPs and the suppliers know, before it is written in anyone's layout. Quantities are whole numbers. */
export interface PoLine {
  readonly company: Company
  readonly supplier: Supplier
  readonly facility: Facility
  readonly po: string
  readonly release: string
  readonly line: string
  readonly date: string
  readonly requestedOn: string
  readonly product: Product
  readonly uom: string
  readonly quantity: number
  /** Of one uom, or of a hundred under the price basis HP. */
  readonly unitPrice: DecimalText
  /** Element 639; empty: per unit. */
  readonly basis: '' | 'PE' | 'HP'
  readonly freightAllowed?: DecimalText
  readonly matching: 'three-way' | 'two-way'
  status: 'open' | 'closed' | 'cancelled'
}

export interface Receipt {
  readonly order: PoLine
  readonly number: string
  readonly line: string
  /** Negative for a return. */
  readonly quantity: number
  readonly uom: string
  readonly date: string
}

export interface Voucher {
  readonly order: PoLine
  readonly number: string
  readonly line: string
  readonly invoice: string
  readonly invoiceDate: string
  /** Negative for a credit. */
  readonly quantity: number
  readonly uom: string
  readonly unitPrice: DecimalText
  readonly amount: DecimalText
  readonly status: 'open' | 'paid'
  /** Of one that is paid; ten days after the invoice unless told. */
  readonly paidOn?: string
}

/** A vendor of an ERP beside the suppliers that trade here. */
export interface Vendor {
  readonly company: Company
  readonly supplier: string
  readonly name: string
  readonly remitTo: string
  readonly taxId: string
  readonly terms: string
  readonly status: 'active' | 'inactive'
}

/** An invoice that no order stands behind, as the ERP has it. */
export interface PlainVoucher {
  readonly company: Company
  readonly supplier: string
  readonly invoice: string
  readonly number: string
  readonly date: string
  readonly amount: DecimalText
  readonly status: 'open' | 'paid'
}

/** What somebody asked for and nobody has ordered. */
export interface Requisition {
  readonly company: Company
  readonly requisition: string
  readonly line: string
  readonly product: Product
  readonly quantity: number
  readonly uom: string
  readonly unitCost: DecimalText
  readonly facility: Facility
  readonly requestedOn: string
  /** Empty: not yet. */
  readonly approvedOn: string
  readonly status: 'open' | 'cancelled'
}

export interface ContractPrice {
  readonly company: Company
  readonly supplier: Supplier
  readonly contract: string
  readonly product: Product
  readonly uom: string
  readonly price: DecimalText
  readonly from: string
  readonly to: string
  readonly priority: string
  readonly onHold: boolean
}

/** One product id of an IT1 or PO1: qualifier (element 235) and value. */
export type ProductId = readonly [qualifier: string, value: string]

export interface BilledLine {
  /** What it bills, or pretends to. */
  readonly order: PoLine
  readonly assignedId: string
  readonly quantity: number
  readonly uom: string
  readonly unitPrice: DecimalText
  /** Element 639; empty: per unit. */
  readonly basis: '' | 'PE' | 'HP'
  readonly ids: readonly ProductId[]
  readonly description: string
}

/** SAC or, for a tax told in TXI, its code there. */
export interface BilledCharge {
  readonly kind: 'A' | 'C' | 'TXI'
  readonly code: string
  readonly amount: DecimalText
  readonly description: string
}

export interface Bill {
  readonly supplier: Supplier
  readonly company: Company
  readonly facility: Facility
  readonly number: string
  readonly date: string
  readonly po: string
  readonly poDate: string
  readonly release: string
  readonly credit: boolean
  readonly remitTo: string
  readonly terms: Supplier['terms']
  readonly lines: readonly BilledLine[]
  readonly charges: readonly BilledCharge[]
  /** Number of the invoice a credit goes back to. */
  readonly creditOf: string
  readonly total: DecimalText
  readonly fate: InvoiceFate
  readonly mishap?: Mishap
}

/** What befalls the transmission: the invoice inside never becomes a document. */
export type Mishap =
  | 'wrong-segment-count'
  | 'cut-off'
  | 'unknown-sender'
  | 'test-usage'
  | 'no-number'
  | 'other-set'
  | 'control-again'
  | 'no-x12'
  | 'empty'

/** One ACK of an acknowledged line. */
export interface AcknowledgedStatus {
  /** Element 668. */
  readonly status: string
  /** By default that of the line; null says none. */
  readonly quantity?: number | null
  readonly uom?: string
  /** yyyy-MM-dd; by default the day of the acknowledgment, null says none. */
  readonly promisedOn?: string | null
  /** What is sent instead. */
  readonly product?: Product
}

/** One PO line as the supplier acknowledges it: as ordered, but for what is told. */
export interface AcknowledgedLine {
  readonly order: PoLine
  readonly line?: string
  readonly quantity?: number
  readonly uom?: string
  readonly unitPrice?: DecimalText
  readonly basis?: PoLine['basis']
  /** Another product than the PO line's. */
  readonly product?: Product
  /** By default IA of all. */
  readonly statuses?: readonly AcknowledgedStatus[]
}

export interface Acknowledged {
  readonly supplier: Supplier
  readonly company: Company
  readonly po: string
  readonly release: string
  readonly poDate: string
  readonly date: string
  /** BAK02; by default AD, acknowledged with detail. */
  readonly type?: string
  readonly lines: readonly AcknowledgedLine[]
}

/** The 850 that was sent for a PO line, where it says otherwise than the ERP. */
export interface SentOtherwise {
  readonly quantity?: number
  readonly unitPrice?: DecimalText
  readonly product?: Product
  /** The line is not on it at all. */
  readonly leftOut?: true
}

/** A delivery that is on its way (856). */
export interface Shipped {
  readonly supplier: Supplier
  readonly company: Company
  readonly po: string
  readonly shipment: string
  readonly date: string
  readonly lines: readonly PoLine[]
}
