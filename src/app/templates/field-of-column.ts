import { likeness, wordsOf } from '../../contracts/infer/name-words.js'
import type { AcceptedColumn } from './accepted-columns.js'

/** A field that a row of a load can give, and what other systems call it. */
export interface OfferedField {
  readonly from: string
  readonly kind: 'text' | 'date' | 'number'
  readonly names: readonly string[]
}

/** Of invoices and of loads: the words of a field are the first name. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  'load.group-id': ['run group', 'batch', 'batch number', 'import set'],
  'load.source': ['source code', 'invoice source', 'system'],
  'load.row': ['sequence number', 'row number', 'interface line key'],
  'invoice.number': [
    'invoice',
    'invoice num',
    'document number',
    'vendor invoice',
    'supplier invoice number',
    'reference',
  ],
  'invoice.supplier': ['vendor', 'vendor number', 'supplier number', 'creditor', 'payee'],
  'invoice.site': ['vendor site', 'site code', 'remit to code', 'remit to'],
  'invoice.date': ['invoice date', 'document date', 'bill date'],
  'invoice.amount': ['invoice amount', 'total amount', 'gross amount', 'tran inv amt', 'document amount'],
  'invoice.currency': ['currency', 'currency code'],
  'invoice.terms': ['terms', 'term code', 'payment terms', 'terms name'],
  'invoice.type': ['invoice type', 'document type', 'type lookup code'],
  'invoice.description': ['description', 'comment', 'remarks'],
  'invoice.company': ['company', 'business unit', 'entity', 'company code'],
  'line.number': ['line number', 'line', 'dist seq nbr', 'distribution line'],
  'line.type': ['line type', 'line type lookup code'],
  'line.amount': ['amount', 'line amount', 'orig tran amt', 'extended amount'],
  'line.quantity': ['quantity', 'quantity invoiced', 'item quantity'],
  'line.unit-price': ['unit price', 'price', 'unit amount', 'unit cost'],
  'line.uom': ['unit of measure', 'unit'],
  'line.description': ['description', 'line description', 'item description'],
  'line.po-number': ['po number', 'purchase order', 'order number', 'po'],
  'line.po-line': ['po line', 'po line number', 'purchase order line'],
  'line.po-shipment': ['po shipment', 'shipment number'],
  'line.release': ['release', 'po release', 'release number'],
  'line.item': ['item', 'item number', 'material'],
  'line.receipt-number': ['receipt number', 'receipt'],
  'line.receipt-line': ['receipt line', 'receipt line number'],
}

export const namesOf = (from: string): readonly string[] => [
  from.split('.').at(-1) ?? from,
  from.replace('.', ' '),
  ...(alsoCalled[from] ?? []),
]

export interface Likely {
  readonly from: string
  /** 0 to 1. */
  readonly score: number
}

const LEAST = 0.6

/** The fields that a column of an accepted file may be, the likeliest first: by its name, and only of its kind. */
export function likelyFields(column: AcceptedColumn, fields: readonly OfferedField[]): Likely[] {
  const words = wordsOf(column.name)
  return fields
    .filter(({ kind }) => fits(column, kind))
    .map(({ from, names }) => ({ from, score: Math.max(...names.map((name) => likeness(words, wordsOf(name)))) }))
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score)
}

const fits = ({ kind, filled }: AcceptedColumn, wanted: OfferedField['kind']): boolean =>
  filled === 0 ||
  (wanted === 'date'
    ? kind === 'date'
    : wanted === 'number'
      ? kind === 'decimal' || kind === 'integer'
      : kind !== 'date')
