import { may, must, type RelationColumns } from './column.js'

/** What people said of identifiers, beside what the ERP's own masters say. */
export const references = {
  cross_reference: {
    reference: must('text', 'its id, XR-000017'),
    kind: must('text', 'item, supplier, location, unit or cost-center'),
    partner: may('text', 'partner, system or vendor number whose identifier it is; empty: everybody'),
    scope: must('text', 'all, partner, system (one this job takes extracts from) or other'),
    type: may('text', 'of an item: buyer-item, vendor-item, manufacturer-part, gtin, ndc or hibc; empty: any'),
    identifier: must('text', 'as it stands there'),
    identifier_key: must('text', 'as it is compared: id_key(type, identifier)'),
    item: may('text', 'of a unit: the ERP item'),
    company: may('text', 'of a location: the company; empty: any'),
    target: must('text', 'number in the ERP; of a unit, the unit that factor are of in one'),
    factor: may('factor', 'of a unit'),
    effective_from: may('date', 'first day; empty: always was'),
    effective_to: may('date', 'last day; empty: open'),
    made_by: must('text', 'who says so'),
  },
  mapped_line: {
    invoice_id: must('text', 'the invoice'),
    sequence: must('integer', 'its line, 1-based'),
    line_number: must('text', 'line of the PO that somebody decided it is, no leading zeros'),
    made_by: must('text', 'who decided so'),
  },
} as const satisfies RelationColumns
