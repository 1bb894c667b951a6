import { absolute, type Charge, type DecimalText, type Invoice, type InvoiceLine, ZERO } from '../../canonical/index.js'
import type { RelationRow } from '../check/bind-rows.js'
import { bare, type PlacedDocument } from './placed-document.js'
import { statedPrice } from './stated-price.js'
import { type UnitNames, unitOf } from './unit-name.js'

export function invoiceRow({ row, fileIndex, loaded, noDuplicate = false }: PlacedDocument): RelationRow {
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
    discount_percent: discountPercent(invoice),
    discount_days: invoice.terms?.discountDays,
    net_days: invoice.terms?.netDays,
    state: loaded ? 'loaded' : 'open',
    no_duplicate: noDuplicate,
    source_file: fileIndex,
    source_record: 1,
  }
}

/** Element 336: discount not applicable. It says none, where terms that name no discount say nothing of one. */
const NO_DISCOUNT = '05'

const discountPercent = ({ terms }: Invoice): DecimalText | undefined =>
  terms?.discountPercent ?? (terms?.type === NO_DISCOUNT ? ZERO : undefined)

const partyId = (invoice: Invoice, role: string): string | undefined =>
  invoice.parties.find((party) => party.role === role)?.id

export function invoiceLineRows({ row, fileIndex }: PlacedDocument, units: UnitNames): RelationRow[] {
  const invoice: Invoice = JSON.parse(row.body)
  return invoice.lines.map((line) => ({
    ...priceOf(line),
    invoice_id: row.id,
    sequence: line.sequence,
    assigned_id: bare(line.assignedId),
    quantity: line.quantity,
    uom: unitOf(line.uom, units),
    stated_amount: statedAmount(line),
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

function priceOf(line: InvoiceLine): RelationRow {
  const { unitPrice, priceBasis } = statedPrice(line)
  return { unit_price: unitPrice, price_basis: priceBasis }
}

/** Element 522: total of the line. */
const LINE_TOTAL = '1'

/** Suppliers write the amount of a credit with a minus or without, as they do its quantity; two that are stated state none. */
function statedAmount({ statedAmounts = [] }: InvoiceLine): DecimalText | undefined {
  const [stated, ...more] = statedAmounts.filter(({ qualifier }) => qualifier === LINE_TOTAL)
  return stated?.amount === undefined || more.length > 0 ? undefined : absolute(stated.amount)
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
