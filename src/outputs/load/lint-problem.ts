/** The rules a load is checked against before it may leave; the names are permanent, docs list them. */
export const lintRules = {
  layout: 'the template describes a row the ERP cannot read',
  'empty-load': 'the load holds no invoice',
  'group-id': 'GROUP_ID of a header is not the one the import job is told: it would select no rows and say nothing',
  source: 'SOURCE of a header is not the one the import job is told: it would select no rows and say nothing',
  required: 'a required column is empty',
  'too-long': 'a value is longer than the column',
  'control-character': 'a value holds a line break or another control character',
  kind: "a value is not of the column's kind",
  'invoice-id': 'INVOICE_ID is used twice, so headers and lines would join wrongly',
  join: 'a header without lines, or lines without a header',
  'line-number': 'a line number is used twice in an invoice, or is not positive',
  'duplicate-invoice': 'the same supplier and invoice number twice; the ERP rejects the second',
  'header-total': 'the lines do not add up to the invoice amount',
  sign: 'a standard invoice below zero, or a credit above zero',
  precision: 'an amount with more decimals than its currency has',
  'line-amount': 'quantity x unit price is not the line amount',
  'po-reference': 'a PO without its line, or a PO line without its PO',
} as const

export type LintRule = keyof typeof lintRules

/** One reason why the load must not be pushed. `line` is the line number in the invoice. */
export interface LintProblem {
  readonly rule: LintRule
  readonly message: string
  readonly file?: string
  readonly column?: string
  readonly invoice?: string
  readonly line?: number
}
