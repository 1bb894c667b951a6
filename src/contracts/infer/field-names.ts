/**
 * What other systems call a canonical field, as words: the common ones, and the column names of ERPs whose words say nothing by
 * themselves (SAP, Oracle, PeopleSoft, Lawson, Workday, Dynamics). A name before a point goes for one relation only, and before the others.
 * Of a segment that a type chooses, the type goes before the name: "lf partn" is the partner number of the vendor in a purchase order IDoc.
 * Header names are compared after both were taken apart into words (see name-words.ts), so "PO_NBR" is "po number" here.
 */
export const fieldNames: Readonly<Record<string, readonly string[]>> = listed({
  company:
    'company, business unit, legal entity, entity, bukrs, ekorg, org, operating unit, data area, ledger, corporation, division, org unit, buchungskreis, 011 orgid, 014 orgid',
  po_number:
    'po number, po, purchase order, purchase order number, order number, ebeln, purch id, document number po, segment1, bestellung, purchase document, bestellnummer, einkaufsbeleg, 001 belnr',
  release: 'release, release number, po release, blanket release',
  line_number:
    'line number, line, po line, po line number, order line, line sequence, line order, ebelp, item number of purchasing document, position, schedule, bestellposition, pos, posex',
  supplier:
    'supplier, supplier number, vendor, vendor number, vendor code, supplier account, vendor account, supplier site, lifnr, order account, vend account, invoice account, lieferant, payee, lieferantennummer, kreditor, lf partn',
  item: 'item, item number, item code, stock number, material, material number, matnr, inventory item, sku, product, product number, mmis, buyer item, erp item, artikel, artikelnummer, materialnummer, 001 idtnr',
  vendor_item:
    'vendor item, vendor item number, vendor catalog number, vendor part, supplier part number, supplier item, catalog number, vendor product number, item vendor, idnlf, external item, reorder number, external item number, 002 idtnr',
  manufacturer: 'manufacturer, manufacturer name, manufacturer code, mfrnr, maker, brand',
  manufacturer_part:
    'manufacturer part, manufacturer part number, manufacturer item, manufacturer number, manufacturer catalog number, mfrpn, part number',
  gtin: 'gtin, gtin14, stock gtin, unit gtin, each gtin, ean, ean11, upc, barcode, udi, device identifier, global trade item number',
  ndc: 'ndc, national drug code, drug code',
  hibc: 'hibc, hibcc, health industry bar code',
  description:
    'description, item description, line description, name, text, txz01, maktx, sgtxt, long description, short description, product name, item name, bezeichnung, kurztext, artikelbezeichnung, ktext, 001 ktext',
  quantity: 'quantity, line quantity, menge, units, anzahl',
  uom: 'unit, unit of measure, purchase unit, buy unit, order unit, meins, bstme, unit measure lookup code, purch unit, transaction unit, einheit, mengeneinheit, bestellmengeneinheit, menee',
  uom_factor:
    'unit multiplier, unit factor, conversion factor, conversion rate, pack, pack size, quantity in unit, quantity per unit, umrez, unit conversion, packaging string, unit of measure multiplier',
  unit_price:
    'unit price, price, unit cost, cost, net price, purchase price, netpr, purch price, order price, contract price, current net cost, entered unit cost, base cost, preis, nettopreis, einzelpreis, vprei',
  price_basis: 'price basis, price unit, price per',
  status:
    'status, state, line status, derived status, record status, closed, active, active status, closed code, inactive, loekz, elikz, lvorm, deleted, lifecycle, lifecycle state, product lifecycle state',
  matching:
    'matching, match, match type, match option, receipt required, requires receipt, requires receiving, match level, wepos, match rule, two way three way',
  ship_to:
    'ship to, ship to location, deliver to, location, werks, delivery location, receiving location, we partn, we lifnr',
  facility: 'facility, site, hospital, requesting location, requested location, plant, location',
  category:
    'category, spend category, commodity, commodity code, item category, matkl, unspsc, purchasing class, major class, class, product group',
  cost_center: 'cost center, cost centre, department, accounting unit, kostl, responsibility center, account unit',
  terms: 'terms, payment terms, terms code, zterm, net terms, zahlungsbedingung, zahlungsbedingungen, terms of payment',
  tax_exempt: 'tax exempt, tax exempt flag, exempt',
  freight_allowed: 'freight allowed, freight, freight cap, freight limit',
  bill_only: 'bill only, consignment, consigned, implant',
  currency: 'currency, currency code, waers, curcy',
  requested_on:
    'requested date, need by date, delivery date, due date, early delivery date, request date, required date, eindt, wanted date, entered date, creation date, 002 datum, edatu',
  promised_on: 'promised date, promise date, confirmed date, confirmed delivery date, expected date',
  po_date:
    'po date, purchase order date, order date, document date, bedat, aedat, creation date, created date, bestelldatum, 012 datum',
  receipt_number:
    'receipt number, receipt, receiver number, receiver, grn, goods receipt, packing slip, mblnr, receiving number, material document, product receipt, product receipt number, wareneingang, wareneingangsnummer, materialbeleg, lieferschein',
  receipt_line: 'receipt line, receipt line number, receiver line, zeile, material document item, line number, line',
  received_on:
    'received date, receipt date, date received, posting date, transaction date, budat, delivery date, goods receipt date, receipt datetime, wareneingangsdatum, eingangsdatum, buchungsdatum, datum',
  'usage_line.quantity': 'used quantity, quantity used, quantity, units used',
  'receipt_line.quantity':
    'received quantity, quantity received, receipt quantity, quantity, menge, accepted quantity, wareneingangsmenge, gelieferte menge',
  'po_line.quantity':
    'ordered quantity, quantity ordered, order quantity, po quantity, quantity, menge, purch quantity, bestellmenge',
  'receipt_line.uom': 'received unit, receipt unit, unit, unit of measure, meins, einheit, mengeneinheit',
  name: 'name, vendor name, supplier name, name1, legal name, company name, lieferantenname',
  'location.name': 'name, location name, description',
  remit_to:
    'remit to, remit to code, pay site, remit vendor, pay to, remittance, remit to location, remit address, remit to number',
  tax_id:
    'tax id, tax number, tin, ein, fein, federal tax id, stcd1, taxpayer id, vat number, tax exempt number, steuernummer',
  base_uom:
    'base unit, stock unit, stock unit of measure, unit, unit of measure, meins, primary unit, issue unit, inventory unit, basismengeneinheit, lagereinheit',
  factor: 'factor, conversion factor, multiplier, quantity, unit factor, umrez, conversion rate, umrechnungsfaktor',
  contract:
    'contract, contract number, contract id, agreement, agreement number, agreement reference, vendor agreement, price agreement, ebeln',
  effective_from:
    'effective date, effective from, start date, begin date, valid from, from date, datab, price effective date, effective start date',
  effective_to:
    'expiration date, expiry date, end date, effective to, valid to, to date, datbi, expire date, effective end date, through date, valid until',
  priority: 'priority, rank, sequence',
  on_hold: 'on hold, hold, hold flag',
  invoice_number:
    'invoice number, invoice, supplier invoice number, supplier invoice, vendor invoice, bill number, xblnr, reference, rechnungsnummer, rechnung',
  invoice_date: 'invoice date, bill date, bldat, document date, rechnungsdatum',
  voucher_number:
    'voucher number, voucher, ap document, belnr, document number, internal invoice number, belegnummer, supplier invoice',
  voucher_line: 'voucher line, voucher line number, invoice line, invoice line number, buzei, distribution line, line',
  'receipt_line.line_number':
    'po line, po line number, line number, line, purchase order line, purchase line, order line, ebelp, bestellposition, position, pos, schedule',
  'item_uom.uom':
    'unit, unit of measure, from unit, alternate unit, alternative unit, pack unit, uom code, meinh, einheit',
  'listed_vendor.supplier':
    'erp number, erp vendor, erp vendor number, erp supplier, erp supplier number, vendor number, vendor, supplier number',
  'voucher_line.line_number': 'po line, po line number, order line, ebelp',
  'voucher_line.quantity':
    'invoiced quantity, quantity invoiced, matched quantity, billed quantity, voucher quantity, quantity, menge',
  amount:
    'amount, line amount, tran invoice amount, tran inv amount, extended amount, invoice amount, extended price, extended cost, net amount, merchandise amount, monetary amount, transaction amount, dmbtr, wrbtr, total, gross pay, value, betrag, nettobetrag',
  'ledger_line.amount':
    'amount, line amount, monetary amount, net amount, transaction amount, dmbtr, wrbtr, hsl, betrag, debit, debit amount, accounted dr, entered dr',
  'payment.amount': 'payment amount, paid amount, amount paid, check amount, amount, net amount',
  'charge_line.amount': 'charge amount, amount, total charge, charges, extended charge',
  payment:
    'payment, payment number, check number, cheque number, payment id, payment reference, transaction number, augbl',
  paid_on: 'payment date, paid date, check date, date paid, pay date, augdt',
  requisition: 'requisition, requisition number, request number, banfn',
  'requisition_line.line_number': 'requisition line, requisition line number, line number, line, bnfpo',
  'requisition_line.unit_cost': 'unit cost, estimated cost, estimated price, unit price, price, cost',
  approved_on: 'approved date, approval date, date approved',
  po_line: 'po line, po line number, order line',
  location:
    'location, location code, storeroom, warehouse, inventory location, lgort, par location, stock location, invent location, cart, department',
  stock_location: 'stock location, from location, replenish from, serving location, source location, storeroom',
  on_hand: 'on hand, quantity on hand, stock on hand, on hand quantity, labst, available quantity, balance',
  on_order: 'on order, quantity on order, on order quantity',
  reorder_point: 'reorder point, minimum, min quantity, reorder level, minbe',
  par: 'par, par level, maximum, max quantity, max order, optimal quantity, quantity optimal',
  unit_cost: 'unit cost, average cost, cost, last cost, standard cost, unit price, verpr, stprs',
  issue_account: 'issue account, expense account, account',
  kind: 'type, transaction type, transaction kind, document type, kind, bwart, movement type, doc type',
  document: 'document, document number, transaction number, order number, mblnr, transaction id',
  line: 'line, line number, sequence, zeile, buzei, journal line, je line number',
  transacted_on: 'transaction date, issue date, posting date, date, budat, demand date',
  usage: 'usage, usage id, usage number, log id, supply usage',
  case_hash:
    'case, case number, case id, encounter, encounter number, csn, visit number, account number, har, surgery, log',
  identifier: 'identifier, supply id, ehr item, ehr item number, clinical item, supply, implant id, item, item number',
  lot: 'lot, lot number, batch, charg',
  serial: 'serial, serial number, sernr',
  used_on: 'used date, usage date, case date, surgery date, service date, date of service, procedure date, date used',
  documented_on: 'documented date, recorded date, entry date, documentation date',
  charge: 'charge, charge number, charge id, charge transaction, transaction id',
  charge_code: 'charge code, cdm, cdm code, chargemaster code, eap, fee code, procedure code',
  service_date: 'service date, date of service, procedure date, dos',
  charged_on: 'charge date, charged date, post date, posting date',
  journal:
    'journal, journal number, journal id, journal name, journal entry, batch, batch number, belnr, reference, je number, je batch',
  'chargemaster.price': 'price, charge price, charge amount, fee, gross charge',
  'listed_item.entry': 'supply id, item, item number, id, ehr item, record id',
  'listed_vendor.entry': 'supplier id, id, record id, supplier, supplier number',
  activated_on: 'activated date, activation date, active date, approved date',
  bank: 'bank account, account number, iban, bank account number, bankn',
  'vendor_evidence.kind': 'evidence type, document type, type, credential type, kind',
  expires_on: 'expiration date, expiry date, expires, valid to, expire date',
  reference: 'reference, document id, link, file',
  'vendor_evidence.received_on': 'received date, date received, date on file, submitted date',
  source: 'source, source code, journal source, system, je source, blart, origin',
  sequence: 'sequence, sequence number, journal sequence',
  account: 'account, account number, natural account, gl account, hkont, saknr, ledger account, main account',
  period: 'period, accounting period, fiscal period, pay period, period name, monat, poper, period end',
  posting_date: 'posting date, journal date, gl date, accounting date, effective date, budat, accounted date',
  debit: 'debit, debit amount, entered dr, accounted dr, dr',
  credit: 'credit, credit amount, entered cr, accounted cr, cr',
  posting: 'posting, posting number, journal book number, posting sequence',
  closed_on: 'closed date, close date, date closed',
  employee:
    'employee, employee number, employee id, emplid, pernr, worker, person number, staff number, badge, badge number',
  department: 'department, department number, dept id, home department, cost center, unit worked',
  pay_code: 'pay code, earnings code, earn code, pay type, lgart, wage type, hours type, pay category',
  worked_on: 'worked date, work date, date worked, shift date, punch date, time date',
  hours:
    'hours, hours worked, hours paid, time hours, anzhl, duration, minutes, minutes worked, minutes paid, dauer, stunden, minuten',
  entry: 'entry, entry number, entry id, sequence, punch id',
  pay_run: 'pay run, payroll run, run number, check number, off cycle',
  'payroll_line.paid_on': 'pay date, check date, payment date, paid date',
})

/** What the name of a file or table says of its relation. */
export const relationNames: Readonly<Record<string, readonly string[]>> = listed({
  po_line:
    'bestellung, bestellungen, purch lines, po line, purchase order, purchase order line, poline, po lines, ekpo, po line distrib, open po, orders, orders05',
  receipt_line:
    'wareneingang, wareneingange, product receipts, receipt, receipts, receiving, po receipt, porecline, recv line ship, goods receipt, mseg, rcv transactions, receivers',
  voucher_line:
    'rechnung, rechnungen, vend invoices, voucher, vouchers, voucher line, mainvdtl, ap invoice, rseg, invoices, ap invoice lines',
  payment: 'payment, payments, checks, appayment, disbursements',
  vendor:
    'lieferant, lieferanten, kreditoren, vendor, vendors, supplier, suppliers, apvenmast, lfa1, vendor master, supplier master',
  item: 'artikel, artikelstamm, released products, item, items, item master, itemmast, mara, material master, materials, products, master item tbl',
  item_uom: 'item unit, item units, uom, marm, unit conversions, inv items uom',
  item_vendor: 'item vendor, vendor item, vendor items, itm vendor, povenitem, item source',
  contract_price:
    'contract, contract price, contract prices, contracts, contract line, povagrmtln, agreement, price list',
  requisition_line: 'requisition, requisitions, requisition line, reqline, eban',
  stock_item: 'stock, item location, itemloc, on hand, inventory, mard, par levels',
  inventory_transaction: 'inventory transaction, inventory transactions, ictrans, transactions, issues, in demand',
  location: 'location, locations, requesting locations, rqloc, storerooms',
  usage_line: 'usage, case usage, supply usage, or log, implants used',
  charge_line: 'charge, charges, patient charges, billing',
  chargemaster: 'chargemaster, charge master, cdm, fee schedule',
  item_xref: 'item cross reference, xref, cross reference, item map',
  journal_line: 'journal, journals, journal lines, journal entries, gl interface',
  ledger_line: 'ledger, gl, gl transactions, gltrans, general ledger, bseg, acdoca, jrnl line, gl detail',
  gl_account: 'accounts, chart of accounts, gl accounts, coa, gl account tbl',
  gl_period: 'periods, gl periods, fiscal periods, accounting periods',
  worked_time: 'time, timecards, worked time, punches, payroll time, hours',
  payroll_line: 'payroll, payroll register, earnings, pay register',
  labor_account: 'labor accounts, labor distribution, pay code accounts',
  listed_item: 'ehr items, supply list, clinical items',
  listed_vendor: 'procurement suppliers, supplier list',
  catalog_item: 'catalog, catalogue, supplier catalog',
  price_file_line: 'price file, prices, price update',
  vendor_bank: 'bank, vendor banks, bank accounts',
  vendor_evidence: 'evidence, credentials, credentialing, compliance documents, certificates',
})

/** How systems write the words that a canonical field may hold. */
export const codeWords: Readonly<Record<string, readonly string[]>> = listed({
  open: 'O, OPEN, OPN, A, ACTIVE, APPROVED, D, DISPATCHED, ISSUED, IN PROCESS, PARTIAL, NEW, RELEASED, N, OPEN ORDER, BACKORDER, OFFEN, FREIGEGEBEN',
  closed: 'C, CLOSED, CLS, CLSD, COMPLETE, COMPLETED, FINALLY CLOSED, INVOICED, Y, GESCHLOSSEN, ERLEDIGT',
  cancelled: 'X, CANCELLED, CANCELED, CANCEL, VOID, DELETED, PX, REVERSED, STORNIERT, GELÖSCHT',
  active: 'A, ACTIVE, ACT, Y, YES, 1, OPEN, APPROVED, T, TRUE, AKTIV',
  inactive:
    'I, INACTIVE, INA, OBS, N, NO, 0, CLOSED, D, DELETED, X, ARCHIVED, F, FALSE, BLOCKED, DISCONTINUED, OBSOLETE, INAKTIV, GESPERRT',
  paid: 'P, PAID, CLEARED, SETTLED, BEZAHLT',
  posted: 'P, POSTED, U, Y, 9',
  unposted: 'U, UNPOSTED, N, V, PENDING, RELEASED, OPEN',
  error: 'E, ERROR, ERRORS, REJECTED',
  'three-way':
    'X, 1, TRUE, 3, 3W, 3-WAY, THREE-WAY, 3 WAY, Y, R, RECEIPT, THREE-WAY MATCHING, THREE-WAY MATCH, 3-WAY MATCH',
  'two-way': '0, FALSE, 2, 2W, 2-WAY, TWO-WAY, 2 WAY, N, O, ORDER, TWO-WAY MATCHING, TWO-WAY MATCH, 2-WAY MATCH',
  PE: 'PE, 1, EA, EACH',
  HP: 'HP, 100, C',
  TP: 'TP, 1000, M',
  issue: 'IS, ISS, ISSUE, 201, I',
  pick: 'PK, PICK',
})

/** One line a name, with commas between. */
function listed(texts: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.split(', ')]))
}
