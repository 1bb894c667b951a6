import type { Matcher, ResultColumn } from '../matcher.js'
import units from '../units.sql'
import lapses from './lapses.sql'
import offContract from './off-contract.sql'
import priceFile from './price-file.sql'
import prices from './prices.sql'
import purchases from './purchases.sql'
import results from './results.sql'

const orderLine: readonly ResultColumn[] = [
  { name: 'company', header: 'Company', kind: 'text', width: 10 },
  { name: 'po_number', header: 'PO', kind: 'text' },
  { name: 'release', header: 'Release', kind: 'text', width: 9 },
  { name: 'line_number', header: 'Line', kind: 'text', width: 7 },
]
const supplier: ResultColumn = { name: 'supplier', header: 'Supplier', kind: 'text' }
const item: ResultColumn = { name: 'item', header: 'Item', kind: 'text' }
const uom: ResultColumn = { name: 'uom', header: 'Unit', kind: 'text', width: 7 }
const poDate: ResultColumn = { name: 'po_date', header: 'PO date', kind: 'date' }
const unitPrice: ResultColumn = { name: 'unit_price', header: 'Price', kind: 'price' }
const contract: ResultColumn = { name: 'contract', header: 'Contract', kind: 'text', width: 16 }
const overpaid: ResultColumn = { name: 'overpaid', header: 'Overpaid', kind: 'amount' }
const currency: ResultColumn = { name: 'currency', header: 'Currency', kind: 'text', width: 10 }

/** What orders, acknowledgments and invoices say against the contract in force on the PO date; contracts that lapse; price files. */
export const contractPriceSync: Matcher = {
  name: 'contract-price-sync',
  needs: ['contract_price', 'po_line'],
  documents: ['price-catalog', 'acknowledgment', 'invoice'],
  rules: [
    { name: 'units', sql: units },
    { name: 'purchases', sql: purchases },
    { name: 'prices', sql: prices },
    { name: 'lapses', sql: lapses },
    { name: 'off-contract', sql: offContract },
    { name: 'price-file', sql: priceFile },
    { name: 'results', sql: results },
  ],
  tables: [
    {
      name: 'overpaid',
      sheet: 'Overpaid',
      explains:
        'What was ordered, acknowledged or billed at another price than the contract says, and what that comes to',
      columns: [
        ...orderLine,
        { name: 'document', header: 'Says', kind: 'text', width: 8 },
        { name: 'invoice_number', header: 'Invoice', kind: 'text', width: 16 },
        supplier,
        item,
        poDate,
        contract,
        unitPrice,
        { name: 'per', header: 'Per', kind: 'integer' },
        uom,
        { name: 'expected_price', header: 'Contract price', kind: 'price' },
        overpaid,
        currency,
      ],
      key: ['company', 'po_number', 'release', 'line_number', 'document', 'invoice_number'],
    },
    {
      name: 'off_contract_spend',
      sheet: 'Off contract',
      explains: 'What was bought from one supplier while another has a contract for it',
      columns: [
        ...orderLine,
        supplier,
        item,
        { name: 'description', header: 'Description', kind: 'text', width: 30 },
        poDate,
        { name: 'quantity', header: 'Quantity', kind: 'quantity' },
        uom,
        unitPrice,
        { name: 'spend', header: 'Spend', kind: 'amount' },
        contract,
        { name: 'contract_supplier', header: 'Contract with', kind: 'text' },
        { name: 'contract_price', header: 'Contract price', kind: 'price' },
        { name: 'contract_uom', header: 'Per unit', kind: 'text', width: 9 },
        overpaid,
        currency,
      ],
      key: ['company', 'po_number', 'release', 'line_number'],
    },
    {
      name: 'price_load',
      columns: [
        contract,
        supplier,
        item,
        { name: 'vendor_item', header: 'Supplier part', kind: 'text' },
        uom,
        { name: 'action', header: 'Action', kind: 'text' },
        unitPrice,
        { name: 'effective_from', header: 'From', kind: 'date' },
        { name: 'effective_to', header: 'To', kind: 'date' },
      ],
      key: ['contract', 'supplier', 'item', 'uom'],
      load: {
        has: {
          relation: 'contract_price',
          on: { contract: 'contract', supplier: 'supplier', item: 'item', uom: 'uom' },
          fields: ['unit_price', 'effective_from', 'effective_to'],
        },
      },
    },
    {
      name: 'price_memory',
      columns: [
        supplier,
        item,
        uom,
        { name: 'owner_price', header: 'Price file', kind: 'price' },
        { name: 'base', header: 'Base', kind: 'price' },
      ],
      key: ['supplier', 'item', 'uom'],
      remembered: true,
    },
  ],
}
