import { journalLine } from '../journal-line.js'
import type { Matcher } from '../matcher.js'
import accounts from './accounts.sql'
import amounts from './amounts.sql'
import balance from './balance.sql'
import journals from './journals.sql'
import results from './results.sql'
import sequence from './sequence.sql'

/** Journals against the ledger: balanced, on valid accounts, in strict sequence, and read back. */
export const glPosting: Matcher = {
  name: 'gl-posting',
  needs: ['journal_line', 'ledger_line'],
  documents: [],
  rules: [
    { name: 'journals', sql: journals },
    { name: 'balance', sql: balance },
    { name: 'sequence', sql: sequence },
    { name: 'accounts', sql: accounts },
    { name: 'amounts', sql: amounts },
    { name: 'results', sql: results },
  ],
  tables: [
    {
      name: 'journals',
      sheet: 'Journals',
      explains: 'Every journal in its sequence, and where it stands',
      columns: [
        { name: 'company', header: 'Company', kind: 'text', width: 10 },
        { name: 'source', header: 'Source', kind: 'text', width: 20 },
        { name: 'sequence', header: 'Number', kind: 'integer' },
        { name: 'journal', header: 'Journal', kind: 'text' },
        { name: 'period', header: 'Period', kind: 'text', width: 10 },
        { name: 'posting_date', header: 'Posting date', kind: 'date' },
        { name: 'lines', header: 'Lines', kind: 'integer' },
        { name: 'debit', header: 'Debits', kind: 'amount' },
        { name: 'currency', header: 'Currency', kind: 'text', width: 10 },
        { name: 'state', header: 'State', kind: 'text', width: 26 },
      ],
      key: ['company', 'source', 'sequence', 'journal'],
    },
    {
      name: 'journal_load',
      columns: journalLine,
      key: ['company', 'source', 'sequence', 'journal', 'line'],
      load: { company: 'company', amount: 'debit' },
    },
  ],
}
