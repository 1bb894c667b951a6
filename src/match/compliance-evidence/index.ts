import type { Matcher, ResultColumn } from '../matcher.js'
import orderLines from '../order-lines.sql'
import obligations from './obligations.sql'
import results from './results.sql'
import spend from './spend.sql'
import unasked from './unasked.sql'

const period: ResultColumn = { name: 'period', header: 'Period', kind: 'text', width: 10 }
const supplier: ResultColumn = { name: 'supplier', header: 'Vendor', kind: 'text' }
const name: ResultColumn = { name: 'name', header: 'Name', kind: 'text', width: 30 }
const state: ResultColumn = { name: 'state', header: 'State', kind: 'text', width: 30 }
const amount: ResultColumn = { name: 'amount', header: 'Amount', kind: 'amount' }
const currency: ResultColumn = { name: 'currency', header: 'Currency', kind: 'text', width: 10 }

/** The spend of the period that is over against what had to be on file of each vendor, and against requisitions. */
export const complianceEvidence: Matcher = {
  name: 'compliance-evidence',
  needs: ['vendor', 'vendor_evidence', 'payment'],
  documents: [],
  rules: [
    { name: 'order-lines', sql: orderLines },
    { name: 'spend', sql: spend },
    { name: 'obligations', sql: obligations },
    { name: 'unasked', sql: unasked },
    { name: 'results', sql: results },
  ],
  ofOnePeriod: true,
  tables: [
    {
      name: 'period_summary',
      sheet: 'Period',
      explains: 'The period that is judged',
      columns: [
        period,
        { name: 'first_day', header: 'First day', kind: 'date' },
        { name: 'last_day', header: 'Last day', kind: 'date' },
        { name: 'vendors', header: 'Vendors', kind: 'integer' },
        { name: 'paid', header: 'Paid', kind: 'amount' },
        { name: 'ordered', header: 'Ordered', kind: 'amount' },
        { name: 'gaps', header: 'Not covered', kind: 'integer' },
        { name: 'unasked', header: 'Without requisition', kind: 'integer', width: 20 },
        currency,
      ],
      key: ['period'],
    },
    {
      name: 'obligations',
      sheet: 'Obligations',
      explains: 'What had to be on file of each vendor on the days it was paid or ordered from, and whether it was',
      columns: [
        period,
        supplier,
        name,
        { name: 'document', header: 'Document', kind: 'text', width: 22 },
        { ...state, width: 12 },
        { name: 'asked_on', header: 'Asked on', kind: 'text', width: 12 },
        { name: 'days', header: 'Days', kind: 'integer' },
        { name: 'days_without', header: 'Without', kind: 'integer' },
        { name: 'first_without', header: 'First without', kind: 'date' },
        amount,
        { name: 'amount_without', header: 'Amount without', kind: 'amount' },
        { name: 'received_on', header: 'Put on file', kind: 'date' },
        { name: 'expires_on', header: 'Expires', kind: 'date' },
        { name: 'reference', header: 'On file as', kind: 'text', width: 30 },
        currency,
      ],
      key: ['supplier', 'document'],
    },
    {
      name: 'vendor_spend',
      sheet: 'Spend',
      explains: 'What each vendor was ordered from and paid, and what was on file at the end of the period',
      columns: [
        period,
        supplier,
        name,
        { name: 'ordered', header: 'Ordered', kind: 'amount' },
        { name: 'paid', header: 'Paid', kind: 'amount' },
        currency,
        { name: 'on_file', header: 'On file', kind: 'text', width: 50 },
      ],
      key: ['supplier'],
    },
    {
      name: 'unasked',
      sheet: 'Without requisition',
      explains: 'Order lines of the period that no requisition stands behind, and what became of each',
      columns: [
        period,
        { name: 'company', header: 'Company', kind: 'text', width: 10 },
        { name: 'po_number', header: 'PO', kind: 'text' },
        { name: 'release', header: 'Release', kind: 'text', width: 8 },
        { name: 'line_number', header: 'Line', kind: 'text', width: 7 },
        supplier,
        name,
        { name: 'item', header: 'Item', kind: 'text' },
        { name: 'category', header: 'Category', kind: 'text' },
        { name: 'facility', header: 'Facility', kind: 'text' },
        { name: 'po_date', header: 'Ordered on', kind: 'date' },
        amount,
        currency,
        { ...state, width: 44 },
      ],
      key: ['company', 'po_number', 'release', 'line_number'],
    },
  ],
}
