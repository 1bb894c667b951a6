import type { ResultColumn } from './matcher.js'

/** A line of a journal as load templates take it (`rows: journal-load`), whichever matcher writes it. */
export const journalLine: readonly ResultColumn[] = [
  { name: 'company', header: 'Company', kind: 'text' },
  { name: 'source', header: 'Source', kind: 'text' },
  { name: 'sequence', header: 'Number', kind: 'integer' },
  { name: 'journal', header: 'Journal', kind: 'text' },
  { name: 'line', header: 'Line', kind: 'text' },
  { name: 'cost_center', header: 'Cost centre', kind: 'text' },
  { name: 'account', header: 'Account', kind: 'text' },
  { name: 'period', header: 'Period', kind: 'text' },
  { name: 'posting_date', header: 'Posting date', kind: 'date' },
  { name: 'debit', header: 'Debit', kind: 'amount' },
  { name: 'credit', header: 'Credit', kind: 'amount' },
  { name: 'amount', header: 'Amount', kind: 'amount' },
  { name: 'currency', header: 'Currency', kind: 'text' },
  { name: 'description', header: 'Description', kind: 'text' },
]
