import { may, must, oneOf, type RelationColumns } from './column.js'

/** The masters: suppliers, items, their units, and the prices agreed for them. */
export const masters = {
  vendor: {
    company: may('text', 'company; empty: all'),
    supplier: must('text', 'ERP vendor number'),
    name: must('text', 'vendor name'),
    remit_to: may('text', 'remit-to id the vendor is paid at'),
    terms: may('text', 'payment terms code'),
    tax_id: may('text', 'tax id'),
    status: oneOf(must('text', 'active or inactive'), 'active', 'inactive'),
  },
  item: {
    item: must('text', 'ERP item number'),
    description: may('text', 'description'),
    base_uom: must('text', 'base (stock) unit'),
    manufacturer: may('text', 'manufacturer'),
    manufacturer_part: may('text', 'manufacturer part number'),
    gtin: may('text', 'GTIN-14 of the base unit'),
    ndc: may('text', 'NDC'),
    hibc: may('text', 'HIBC'),
    category: may('text', 'spend category'),
    status: oneOf(must('text', 'active or inactive'), 'active', 'inactive'),
    bill_only: may('flag', 'implant or consignment'),
  },
  item_uom: {
    item: must('text', 'ERP item number'),
    uom: must('text', 'unit'),
    factor: must('factor', 'base units in one uom; 0: unknown'),
    gtin: may('text', 'GTIN-14 of this pack level'),
  },
  contract_price: {
    contract: must('text', 'contract number'),
    supplier: must('text', 'ERP vendor number'),
    item: must('text', 'ERP item number'),
    vendor_item: may('text', "supplier's item number"),
    uom: must('text', 'unit of the price'),
    unit_price: must('price', 'contract price per uom'),
    effective_from: must('date', 'first day'),
    effective_to: may('date', 'last day; empty: open'),
    priority: may('integer', 'smaller wins'),
    on_hold: may('flag', 'not in force'),
  },
} as const satisfies RelationColumns
