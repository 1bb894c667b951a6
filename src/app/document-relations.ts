import type { Acknowledgment, Charge, Invoice } from '../canonical/index.js'
import type { DocumentOfFile } from '../state/index.js'
import type { RelationRow } from './bind-rows.js'

/** A stored document with its place in the run's list of files. */
export interface PlacedDocument {
  readonly row: DocumentOfFile
  readonly fileIndex: number
  /** Loaded in an earlier run: it counts towards what is billed, and is not judged again. */
  readonly loaded: boolean
}

/** A partner's or extract's way of writing a unit -> the unit code. */
export type UnitAliases = Readonly<Record<string, string>>

const bare = (number: string | undefined): string | undefined => number?.replace(/^0+(?=.)/, '')

export function invoiceRow({ row, fileIndex, loaded }: PlacedDocument): RelationRow {
  const invoice: Invoice = JSON.parse(row.body)
  return {
    invoice_id: row.id,
    partner: row.partner,
    company: row.company,
    invoice_number: invoice.invoiceNumber,
    invoice_date: invoice.invoiceDate,
    received_on: row.received_on,
    credit: invoice.credit,
    po_number: invoice.poNumber,
    release: invoice.release,
    ship_to: partyId(invoice, 'ST'),
    remit_to: partyId(invoice, 'RE') ?? partyId(invoice, 'RI'),
    currency: invoice.currency,
    total: invoice.total,
    discount_percent: invoice.terms?.discountPercent,
    discount_days: invoice.terms?.discountDays,
    net_days: invoice.terms?.netDays,
    state: loaded ? 'loaded' : 'open',
    source_file: fileIndex,
    source_record: 1,
  }
}

const partyId = (invoice: Invoice, role: string): string | undefined =>
  invoice.parties.find((party) => party.role === role)?.id

export function invoiceLineRows({ row, fileIndex }: PlacedDocument, aliases: UnitAliases): RelationRow[] {
  const invoice: Invoice = JSON.parse(row.body)
  return invoice.lines.map((line) => ({
    invoice_id: row.id,
    sequence: line.sequence,
    assigned_id: bare(line.assignedId),
    quantity: line.quantity,
    uom: line.uom === undefined ? undefined : (aliases[line.uom] ?? line.uom),
    unit_price: line.unitPrice,
    price_basis: line.priceBasis,
    buyer_item: line.ids.buyerItem,
    vendor_item: line.ids.vendorItem,
    manufacturer_part: line.ids.manufacturerPart,
    gtin: line.ids.gtin,
    ndc: line.ids.ndc,
    hibc: line.ids.hibc,
    lot: line.ids.lot,
    serial: line.ids.serial,
    description: line.description,
    po_number: line.poNumber,
    byte_offset: line.span.byteOffset,
    byte_length: line.span.byteLength,
    source_file: fileIndex,
    source_record: line.sequence,
  }))
}

export function invoiceChargeRows({ row, fileIndex }: PlacedDocument): RelationRow[] {
  const invoice: Invoice = JSON.parse(row.body)
  const rows = (charges: readonly Charge[], sequence?: number): RelationRow[] =>
    charges
      .filter(({ kind }) => kind !== 'N')
      .map(({ kind, code, amount }) => ({
        invoice_id: row.id,
        sequence,
        kind,
        code,
        amount,
        source_file: fileIndex,
        source_record: sequence ?? 0,
      }))
  return [...rows(invoice.charges), ...invoice.lines.flatMap((line) => rows(line.charges, line.sequence))]
}

/** ACK01 codes by which a supplier says that it ships something else. */
const SUBSTITUTED = new Set(['IS'])

/** Substitutions an 855 announces. That it is on the 855 makes the billed item known, never accepted by itself. */
export function substitutionRows({ row, fileIndex }: PlacedDocument): RelationRow[] {
  const acknowledgment: Acknowledgment = JSON.parse(row.body)
  return acknowledgment.lines.flatMap((line) =>
    line.statuses
      .filter(({ status }) => SUBSTITUTED.has(status))
      .map(({ ids }) => ({
        po_number: acknowledgment.poNumber,
        partner: row.partner,
        line_number: bare(line.assignedId),
        ordered_item: line.ids.buyerItem,
        ordered_vendor_item: line.ids.vendorItem,
        vendor_item: ids.vendorItem,
        manufacturer_part: ids.manufacturerPart,
        gtin: ids.gtin,
        document_id: row.id,
        source_file: fileIndex,
        source_record: line.sequence,
      })),
  )
}
