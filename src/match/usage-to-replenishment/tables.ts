import { journalLine } from '../journal-line.js'
import type { ResultColumn, ResultTable } from '../matcher.js'

const usage: ResultTable = {
  name: 'usage',
  sheet: 'Usage',
  explains: 'Every usage line in the words of the ERP, and where it stands. Cases are keyed hashes',
  columns: [
    { name: 'case_hash', header: 'Case', kind: 'text', width: 34 },
    { name: 'line', header: 'Line', kind: 'text', width: 8 },
    { name: 'usage', header: 'Usage', kind: 'text' },
    { name: 'used_on', header: 'Used on', kind: 'date' },
    { name: 'facility', header: 'Facility', kind: 'text', width: 10 },
    { name: 'location', header: 'Location', kind: 'text' },
    { name: 'cost_center', header: 'Cost centre', kind: 'text', width: 12 },
    { name: 'identifier', header: 'Clinical item', kind: 'text' },
    { name: 'item', header: 'ERP item', kind: 'text' },
    { name: 'description', header: 'Description', kind: 'text', width: 34 },
    { name: 'quantity', header: 'Quantity', kind: 'quantity' },
    { name: 'uom', header: 'Unit', kind: 'text', width: 8 },
    { name: 'base_quantity', header: 'In base units', kind: 'quantity' },
    { name: 'base_uom', header: 'Base unit', kind: 'text', width: 10 },
    { name: 'lot', header: 'Lot', kind: 'text' },
    { name: 'serial', header: 'Serial', kind: 'text' },
    { name: 'cost', header: 'Cost', kind: 'amount' },
    { name: 'state', header: 'State', kind: 'text', width: 18 },
    { name: 'usage_row', header: 'Order', kind: 'integer' },
  ],
  key: ['case_hash', 'line', 'usage_row'],
}

const stockEffect: ResultTable = {
  name: 'stock_effect',
  sheet: 'Stock effect',
  explains: 'What usage that the ERP does not show yet leaves on the shelf, in base units',
  columns: [
    { name: 'company', header: 'Company', kind: 'text', width: 10 },
    { name: 'location', header: 'Location', kind: 'text' },
    { name: 'item', header: 'Item', kind: 'text' },
    { name: 'on_hand', header: 'On hand', kind: 'quantity' },
    { name: 'used', header: 'Used', kind: 'quantity' },
    { name: 'lines', header: 'Usage lines', kind: 'integer' },
    { name: 'after_usage', header: 'After usage', kind: 'quantity' },
    { name: 'on_order', header: 'On order', kind: 'quantity' },
    { name: 'reorder_point', header: 'Reorder point', kind: 'quantity' },
    { name: 'par', header: 'Par', kind: 'quantity' },
    { name: 'base_uom', header: 'Base unit', kind: 'text', width: 10 },
  ],
  key: ['company', 'location', 'item'],
}

const ordered: readonly ResultColumn[] = [
  { name: 'company', header: 'Company', kind: 'text', width: 10 },
  { name: 'location', header: 'Location', kind: 'text' },
  { name: 'item', header: 'Item', kind: 'text' },
  { name: 'description', header: 'Description', kind: 'text', width: 34 },
  { name: 'after_usage', header: 'After usage', kind: 'quantity' },
  { name: 'par', header: 'Par', kind: 'quantity' },
  { name: 'base_uom', header: 'Base unit', kind: 'text', width: 10 },
  { name: 'supplier', header: 'Vendor', kind: 'text' },
  { name: 'vendor_item', header: 'Vendor item', kind: 'text' },
  { name: 'quantity', header: 'To order', kind: 'quantity' },
  { name: 'uom', header: 'Order unit', kind: 'text', width: 10 },
  { name: 'unit_price', header: 'Price', kind: 'price' },
  { name: 'amount', header: 'Amount', kind: 'amount' },
  { name: 'currency', header: 'Currency', kind: 'text', width: 10 },
  { name: 'contract', header: 'Contract', kind: 'text' },
]

const issued: readonly ResultColumn[] = [
  { name: 'company', header: 'Company', kind: 'text' },
  { name: 'usage', header: 'Usage', kind: 'text' },
  { name: 'item', header: 'Item', kind: 'text' },
  { name: 'location', header: 'Location', kind: 'text' },
  { name: 'quantity', header: 'Quantity', kind: 'quantity' },
  { name: 'uom', header: 'Unit', kind: 'text' },
  { name: 'transacted_on', header: 'Day', kind: 'date' },
  { name: 'cost_center', header: 'Cost centre', kind: 'text' },
  { name: 'account', header: 'Account', kind: 'text' },
  { name: 'lot', header: 'Lot', kind: 'text' },
  { name: 'serial', header: 'Serial', kind: 'text' },
  { name: 'lot_serial_key', header: 'Key of lot and serial', kind: 'text' },
  { name: 'case_reference', header: 'Case', kind: 'text' },
  { name: 'cost', header: 'Cost', kind: 'amount' },
]

export const tables: readonly ResultTable[] = [
  usage,
  stockEffect,
  {
    name: 'reorder_proposal',
    sheet: 'Reorder proposals',
    explains: 'What is at or under its reorder point after usage, and what would fill it up to par, in order units',
    columns: ordered,
    key: ['company', 'location', 'item'],
  },
  {
    name: 'replenishment',
    columns: ordered,
    key: ['company', 'location', 'item'],
    load: { company: 'company', amount: 'amount', byKey: true },
  },
  {
    name: 'inventory_issue',
    columns: issued,
    key: ['company', 'usage'],
    load: { company: 'company', amount: 'cost', byKey: true },
  },
  {
    name: 'inventory_issue_lot',
    columns: [...issued, { name: 'serial_key', header: 'Key of serial', kind: 'text' }],
    key: ['company', 'usage'],
    load: { company: 'company', byKey: true },
  },
  {
    name: 'inventory_issue_serial',
    columns: issued,
    key: ['company', 'usage'],
    load: { company: 'company', byKey: true },
  },
  {
    name: 'journal_load',
    columns: journalLine,
    key: ['company', 'source', 'journal', 'line'],
    load: { company: 'company', amount: 'debit', byKey: true },
  },
]
