import { may, must, type RelationColumns } from './column.js'

/** What the last run of the job left for this one, and what other jobs have found. */
export const memory = {
  remembered: {
    result: must('text', 'name of the result table'),
    row: must('text', 'JSON: column of the table -> value'),
  },
  known_exception: {
    exception: must('text', 'as people name it: EX-000017'),
    job: must('text', 'that found it'),
    code: must('text', 'exception code'),
    status: must('text', 'new, open, decided, reopened or healed'),
    decision: may('text', 'what was decided'),
    decided_by: may('text', 'who decided'),
    decided_on: may('date', 'day of the decision, or of the agreement to it'),
    supplier: may('text', 'ERP vendor number'),
    obligation: may('text', 'document that must be on file'),
    company: may('text', 'company of the PO'),
    po_number: may('text', 'purchase order number'),
    release: may('text', 'blanket release'),
    line_number: may('text', 'PO line number'),
    identifier: may('text', 'what a clinical system calls an item'),
    item: may('text', 'ERP item number'),
    uom: may('text', 'unit of the item'),
  },
} as const satisfies RelationColumns
