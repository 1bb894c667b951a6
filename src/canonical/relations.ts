/**
 * The canonical relations: what extracts and documents become before they are compared. Column names here are the names in
 * contracts (YAML), rules (SQL), workbooks and docs. Every relation also has `source_file` (index into the run's input files)
 * and `source_record` (1-based data record or document line), so that each value can be traced back.
 */
export type ColumnKind = 'text' | 'quantity' | 'price' | 'amount' | 'factor' | 'integer' | 'date' | 'flag'

export interface RelationColumn {
  readonly kind: ColumnKind
  /** A row without it is rejected (DATA-REQUIRED). */
  readonly required: boolean
  readonly means: string
}

/** The one place where canonical kinds meet DuckDB types. All exact: never DOUBLE. */
export const sqlType: Readonly<Record<ColumnKind, string>> = {
  text: 'VARCHAR',
  quantity: 'DECIMAL(18,4)',
  price: 'DECIMAL(18,6)',
  amount: 'DECIMAL(18,2)',
  factor: 'DECIMAL(12,4)',
  integer: 'INTEGER',
  date: 'DATE',
  flag: 'BOOLEAN',
}

const must = (kind: ColumnKind, means: string): RelationColumn => ({ kind, required: true, means })
const may = (kind: ColumnKind, means: string): RelationColumn => ({ kind, required: false, means })

export const relations = {
  po_line: {
    company: must('text', 'company or business unit that owns the PO'),
    po_number: must('text', 'purchase order number'),
    release: may('text', 'blanket release; empty for none'),
    line_number: must('text', 'PO line number, no leading zeros'),
    supplier: must('text', 'ERP vendor number'),
    item: may('text', 'ERP item number; empty for a description-only line'),
    vendor_item: may('text', "supplier's item number"),
    manufacturer_part: may('text', 'manufacturer part number'),
    gtin: may('text', 'GTIN-14 of the ordered unit'),
    ndc: may('text', 'NDC'),
    hibc: may('text', 'HIBC'),
    description: may('text', 'item description'),
    quantity: must('quantity', 'ordered, less cancelled, in uom'),
    uom: must('text', 'order unit (element 355)'),
    uom_factor: may('factor', 'base units of the item in one order unit as the PO says; 0 or empty: unknown'),
    unit_price: must('price', 'price of price_basis order units'),
    price_basis: may('text', 'element 639: PE, HP, TP; empty: per order unit'),
    status: must('text', 'open, closed or cancelled'),
    matching: must('text', 'three-way (needs a receipt) or two-way'),
    ship_to: may('text', 'ship-to location'),
    facility: may('text', 'facility that consumes'),
    category: may('text', 'spend category'),
    cost_center: may('text', 'cost centre'),
    po_date: must('date', 'PO date'),
    terms: may('text', 'payment terms code of the PO'),
    tax_exempt: may('flag', 'goods are exempt from sales tax'),
    freight_allowed: may('amount', 'freight the PO allows; empty: the supplier setting decides'),
    bill_only: may('flag', 'implant or consignment: billed on usage'),
    currency: may('text', 'ISO 4217; empty: the workspace currency'),
  },
  receipt_line: {
    company: must('text', 'company of the PO'),
    po_number: must('text', 'purchase order number'),
    release: may('text', 'blanket release'),
    line_number: must('text', 'PO line number'),
    receipt_number: must('text', 'receipt number'),
    receipt_line: may('text', 'line on the receipt'),
    quantity: must('quantity', 'received in uom; a return is negative'),
    uom: must('text', 'unit received'),
    received_on: must('date', 'receipt date'),
  },
  voucher_line: {
    company: must('text', 'company that paid'),
    supplier: must('text', 'ERP vendor number'),
    invoice_number: must('text', "supplier's invoice number as keyed"),
    invoice_date: may('date', 'invoice date'),
    voucher_number: may('text', 'ERP voucher'),
    po_number: may('text', 'purchase order number'),
    release: may('text', 'blanket release'),
    line_number: may('text', 'PO line number'),
    quantity: may('quantity', 'billed in uom; a credit is negative'),
    uom: may('text', 'billed unit'),
    unit_price: may('price', 'price billed per uom'),
    amount: must('amount', 'line amount; a credit is negative'),
    status: must('text', 'open, paid or cancelled'),
    voucher_line: may('text', 'line of the ERP voucher; with its number it identifies the line'),
  },
  vendor: {
    company: may('text', 'company; empty: all'),
    supplier: must('text', 'ERP vendor number'),
    name: must('text', 'vendor name'),
    remit_to: may('text', 'remit-to id the vendor is paid at'),
    terms: may('text', 'payment terms code'),
    tax_id: may('text', 'tax id'),
    status: must('text', 'active or inactive'),
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
    status: must('text', 'active or inactive'),
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
  invoice: {
    invoice_id: must('text', 'document id in the store'),
    partner: must('text', 'partner that sent it'),
    company: may('text', 'company by the receiver id; empty: not told'),
    invoice_number: must('text', 'BIG02'),
    invoice_date: must('date', 'BIG01'),
    received_on: must('date', 'local date on which it was taken in'),
    credit: must('flag', 'it reduces what we owe'),
    po_number: may('text', 'BIG04'),
    release: may('text', 'BIG05'),
    ship_to: may('text', 'N104 of the ship-to'),
    remit_to: may('text', 'N104 of the remit-to'),
    currency: may('text', 'CUR02'),
    total: must('amount', 'TDS01, positive'),
    discount_percent: may('price', 'ITD03'),
    discount_days: may('integer', 'ITD05'),
    net_days: may('integer', 'ITD07'),
    /** What our store says of it: open (to be matched), loaded (sent to the ERP, not yet seen in its vouchers). */
    state: must('text', 'open or loaded'),
  },
  invoice_line: {
    invoice_id: must('text', 'document id'),
    sequence: must('integer', 'order in the document, 1-based'),
    assigned_id: may('text', 'IT101, no leading zeros'),
    quantity: must('quantity', 'IT102, positive'),
    uom: may('text', 'IT103 after unit aliases'),
    unit_price: may('price', 'IT104'),
    price_basis: may('text', 'IT105'),
    buyer_item: may('text', 'IN BP CB'),
    vendor_item: may('text', 'VP VC VN'),
    manufacturer_part: may('text', 'MG MF'),
    gtin: may('text', 'UK EN UP UI as GTIN-14'),
    ndc: may('text', 'N4 ND'),
    hibc: may('text', 'HI'),
    lot: may('text', 'lot number'),
    serial: may('text', 'serial number'),
    description: may('text', 'PID05'),
    po_number: may('text', 'PO of the line where it differs from the header'),
    byte_offset: must('integer', 'of the IT1 in its file'),
    byte_length: must('integer', 'of the IT1'),
  },
  invoice_charge: {
    invoice_id: must('text', 'document id'),
    sequence: may('integer', 'invoice line; empty: header'),
    kind: must('text', 'A allowance, C charge, T tax'),
    code: may('text', 'element 1300 or 963'),
    amount: must('amount', 'positive'),
  },
  substitution: {
    po_number: must('text', 'PO acknowledged'),
    partner: must('text', 'supplier that acknowledged'),
    line_number: may('text', 'PO101'),
    ordered_item: may('text', 'buyer item of the ordered line'),
    ordered_vendor_item: may('text', 'vendor item of the ordered line'),
    vendor_item: may('text', "substitute's vendor item"),
    manufacturer_part: may('text', "substitute's manufacturer part"),
    gtin: may('text', "substitute's GTIN"),
    document_id: must('text', 'the 855'),
  },
  partner_vendor: {
    partner: must('text', 'partner key'),
    company: may('text', 'company; empty: all'),
    supplier: must('text', 'ERP vendor number this partner may bill as'),
    freight_limit: may(
      'amount',
      'freight and handling allowed per invoice; empty: none is allowed unless the PO says so',
    ),
    tax_exempt: may('flag', 'nothing this partner sells us is taxed'),
    discount_percent: may('price', 'agreed discount'),
    discount_days: may('integer', 'agreed discount days'),
    net_days: may('integer', 'agreed net days'),
  },
  unit_conversion: {
    from_uom: must('text', 'unit'),
    to_uom: must('text', 'unit'),
    factor: must('factor', 'to_uom in one from_uom, whatever the item (a dozen is 12 each)'),
  },
  tolerance: {
    rule: must(
      'text',
      'price, quantity-ordered, quantity-received, extended-amount, total, freight, tax, contract-price',
    ),
    company: may('text', 'empty: any'),
    supplier: may('text', 'empty: any'),
    category: may('text', 'empty: any'),
    item: may('text', 'empty: any'),
    over_mode: must('text', 'off (not checked), zero, unlimited, limit'),
    over_percent: may('price', 'percent of the expected value'),
    over_absolute: may('price', 'in the unit of the rule'),
    over_combine: may('text', 'stricter or looser'),
    under_mode: must('text', 'as over_mode'),
    under_percent: may('price', 'percent'),
    under_absolute: may('price', 'absolute'),
    under_combine: may('text', 'stricter or looser'),
  },
} as const satisfies Record<string, Record<string, RelationColumn>>

export type RelationName = keyof typeof relations

/** DDL of a relation, provenance columns included. */
export function createRelation(name: RelationName): string {
  const columns = Object.entries(relations[name]).map(
    ([column, { kind, required }]) => `${column} ${sqlType[kind as ColumnKind]}${required ? ' NOT NULL' : ''}`,
  )
  return `CREATE TABLE ${name} (${[...columns, 'source_file INTEGER', 'source_record BIGINT'].join(', ')})`
}
