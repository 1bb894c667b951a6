import { may, must, note, oneOf, type RelationColumns } from './column.js'

/** The ledger: what is to be booked, what is booked, and what may be booked to. */
export const ledger = {
  journal_line: {
    company: must('text', 'company or ledger that books'),
    source: must('text', 'system or job that makes the journals, for example IC or MATCHBOOK-CHARGES'),
    sequence: must('integer', 'number of the journal within its company and source, without gaps'),
    journal: must('text', 'journal number or batch as its source names it'),
    line: must('text', 'line of the journal'),
    cost_center: may('text', 'accounting unit or department'),
    account: must('text', 'natural account'),
    period: must('text', 'accounting period, yyyy-MM'),
    posting_date: must('date', 'day it is booked on'),
    debit: may('amount', 'empty or 0 on a credit line'),
    credit: may('amount', 'empty or 0 on a debit line'),
    currency: may('text', 'ISO 4217; empty: the workspace currency'),
    description: note('as the ledger shall show it'),
  },
  ledger_line: {
    company: must('text', 'company or ledger that booked'),
    source: must('text', 'source of the journal'),
    journal: must('text', 'journal number or batch as its source names it'),
    line: must('text', 'line of the journal'),
    cost_center: may('text', 'accounting unit or department'),
    account: must('text', 'natural account'),
    period: must('text', 'accounting period, yyyy-MM'),
    amount: must('amount', 'debit positive, credit negative'),
    status: oneOf(must('text', 'posted, unposted or error'), 'posted', 'unposted', 'error'),
    posting: may('text', "the ledger's own number of the posting; tells two postings of one journal apart"),
  },
  gl_account: {
    company: must('text', 'company or ledger'),
    cost_center: may('text', 'accounting unit the account may be used with; empty: any'),
    account: must('text', 'natural account'),
    status: oneOf(must('text', 'open or closed'), 'open', 'closed'),
  },
  gl_period: {
    company: must('text', 'company or ledger'),
    period: must('text', 'yyyy-MM'),
    status: oneOf(must('text', 'open or closed'), 'open', 'closed'),
    closed_on: may('date', 'day it was closed; empty: its last day'),
  },
} as const satisfies RelationColumns
