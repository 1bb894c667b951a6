import type { Matcher } from '../matcher.js'
import accounts from './accounts.sql'
import hours from './hours.sql'
import posted from './posted.sql'
import results from './results.sql'

/** Worked hours against paid hours, and payroll against the ledger. */
export const laborToLedger: Matcher = {
  name: 'labor-to-ledger',
  needs: ['worked_time', 'payroll_line', 'labor_account', 'ledger_line'],
  documents: [],
  rules: [
    { name: 'hours', sql: hours },
    { name: 'accounts', sql: accounts },
    { name: 'posted', sql: posted },
    { name: 'results', sql: results },
  ],
  tables: [
    {
      name: 'labor',
      sheet: 'Hours and pay',
      explains: 'Worked and paid hours of each department and period, and whether the ledger shows the pay',
      columns: [
        { name: 'company', header: 'Company', kind: 'text', width: 10 },
        { name: 'department', header: 'Department', kind: 'text' },
        { name: 'period', header: 'Period', kind: 'text', width: 12 },
        { name: 'worked', header: 'Hours worked', kind: 'quantity', width: 14 },
        { name: 'paid', header: 'Hours paid', kind: 'quantity', width: 14 },
        { name: 'amount', header: 'Pay', kind: 'amount' },
        { name: 'paid_on', header: 'Paid on', kind: 'date' },
        { name: 'state', header: 'State', kind: 'text', width: 18 },
      ],
      key: ['company', 'department', 'period'],
    },
    {
      name: 'labor_journal',
      sheet: 'Payroll journal',
      explains: 'What goes to the ledger: pay that it does not show yet',
      columns: [
        { name: 'company', header: 'Company', kind: 'text', width: 10 },
        { name: 'source', header: 'Source', kind: 'text', width: 14 },
        { name: 'journal', header: 'Journal', kind: 'text', width: 16 },
        { name: 'line', header: 'Line', kind: 'integer' },
        { name: 'cost_center', header: 'Cost centre', kind: 'text', width: 14 },
        { name: 'account', header: 'Account', kind: 'text', width: 12 },
        { name: 'period', header: 'Period', kind: 'text', width: 12 },
        { name: 'posting_date', header: 'Posting date', kind: 'date' },
        { name: 'debit', header: 'Debit', kind: 'amount' },
        { name: 'credit', header: 'Credit', kind: 'amount' },
        { name: 'description', header: 'Description', kind: 'text', width: 24 },
      ],
      key: ['company', 'journal', 'line'],
      load: { company: 'company', amount: 'debit' },
    },
  ],
}
