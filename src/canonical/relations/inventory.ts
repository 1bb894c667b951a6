import { may, must, note, oneOf, type RelationColumns } from './column.js'

/** Where stock lies, what moved it, and who uses it. */
export const inventory = {
  location: {
    company: must('text', 'company'),
    location: must('text', 'location that uses or keeps goods'),
    name: note('as people call it'),
    facility: may('text', 'facility it belongs to; empty: the company'),
    cost_center: may('text', 'accounting unit or department that bears what it uses'),
    stock_location: may('text', 'inventory location it is served from; empty: itself'),
    status: oneOf(must('text', 'active or inactive'), 'active', 'inactive'),
  },
  stock_item: {
    company: must('text', 'company'),
    location: must('text', 'inventory location'),
    item: must('text', 'ERP item number'),
    uom: must('text', 'unit of the quantities and of the cost'),
    on_hand: must('quantity', 'on hand'),
    on_order: may('quantity', 'ordered and not yet received; empty: none'),
    reorder_point: may('quantity', 'ordered when stock comes down to it; empty: never'),
    par: may('quantity', 'ordered up to it; empty: up to the reorder point'),
    unit_cost: may('price', 'of one uom'),
    issue_account: may('text', 'account that an issue is booked to'),
    supplier: may('text', 'ERP vendor it is ordered from; empty: that of the contract'),
    status: oneOf(must('text', 'active or inactive'), 'active', 'inactive'),
  },
  inventory_transaction: {
    company: must('text', 'company'),
    location: must('text', 'inventory location'),
    item: must('text', 'ERP item number'),
    kind: must('text', 'issue or pick, which take from stock; others, such as receipt or transfer, are not looked at'),
    document: must('text', 'document number'),
    line: must('text', 'line of the document'),
    quantity: must('quantity', 'what it does to stock: an issue is negative; of a pick, what it takes'),
    uom: must('text', 'unit'),
    uom_factor: may('factor', 'base units in one unit as the transaction says; 0 or empty: unknown'),
    transacted_on: must('date', 'day'),
    usage: may('text', 'usage event it issues, where the transaction says so'),
    case_hash: may('text', 'keyed hash of the case it was issued to'),
  },
} as const satisfies RelationColumns
