import { may, must, note, oneOf, type RelationColumns } from './column.js'

/** What people asked for, before it became an order. */
export const requisitions = {
  requisition_line: {
    company: must('text', 'company that asks'),
    requisition: must('text', 'requisition number'),
    line_number: must('text', 'requisition line, no leading zeros'),
    item: may('text', 'ERP item number; empty for a described need'),
    description: note('what is asked for'),
    quantity: must('quantity', 'asked for, less cancelled, in uom'),
    uom: may('text', 'unit asked for'),
    unit_cost: may('price', 'expected cost per uom'),
    facility: may('text', 'requesting location'),
    requested_on: must('date', 'day it was entered'),
    approved_on: may('date', 'day it was approved; empty: not yet'),
    status: oneOf(must('text', 'open, closed or cancelled'), 'open', 'closed', 'cancelled'),
    po_number: may('text', 'order it became; empty: none yet'),
    release: may('text', 'blanket release of the order'),
    po_line: may('text', 'line of the order'),
  },
} as const satisfies RelationColumns
