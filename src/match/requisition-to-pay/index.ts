import type { Matcher } from '../matcher.js'
import orderLines from '../order-lines.sql'
import paidEarly from './paid-early.sql'
import pipeline from './pipeline.sql'
import results from './results.sql'
import stuck from './stuck.sql'
import unasked from './unasked.sql'

/** Requisition to order to receipt to invoice to payment: where each line stands, how long it has stood there, and what was bought around it. */
export const requisitionToPay: Matcher = {
  name: 'requisition-to-pay',
  needs: ['requisition_line', 'po_line'],
  documents: [],
  rules: [
    { name: 'order-lines', sql: orderLines },
    { name: 'pipeline', sql: pipeline },
    { name: 'stuck', sql: stuck },
    { name: 'unasked', sql: unasked },
    { name: 'paid-early', sql: paidEarly },
    { name: 'results', sql: results },
  ],
  tables: [
    {
      name: 'pipeline',
      sheet: 'Pipeline',
      explains: 'Every requisition line, the stage it has come to, and how long it has stood there',
      columns: [
        { name: 'requisition', header: 'Requisition', kind: 'text', width: 14 },
        { name: 'requisition_line', header: 'Line', kind: 'text', width: 7 },
        { name: 'stage', header: 'Stage', kind: 'text', width: 14 },
        { name: 'since', header: 'Since', kind: 'date' },
        { name: 'days_in_stage', header: 'Days', kind: 'integer' },
        { name: 'allowed', header: 'Allowed', kind: 'integer' },
        { name: 'company', header: 'Company', kind: 'text', width: 10 },
        { name: 'facility', header: 'Facility', kind: 'text' },
        { name: 'item', header: 'Item', kind: 'text', width: 14 },
        { name: 'description', header: 'Description', kind: 'text', width: 34 },
        { name: 'supplier', header: 'Supplier', kind: 'text', width: 12 },
        { name: 'po_number', header: 'PO', kind: 'text', width: 14 },
        { name: 'po_line', header: 'PO line', kind: 'text', width: 8 },
        { name: 'amount', header: 'Amount', kind: 'amount' },
        { name: 'currency', header: 'Currency', kind: 'text', width: 10 },
        { name: 'requested_on', header: 'Requested', kind: 'date' },
        { name: 'approved_on', header: 'Approved', kind: 'date' },
        { name: 'ordered_on', header: 'Ordered', kind: 'date' },
        { name: 'received_on', header: 'Received', kind: 'date' },
        { name: 'invoiced_on', header: 'Invoiced', kind: 'date' },
        { name: 'paid_on', header: 'Paid', kind: 'date' },
      ],
      key: ['company', 'requisition', 'requisition_line'],
    },
    {
      name: 'cycle_time',
      sheet: 'Cycle times',
      explains: 'Days from one stage to the next, of the lines that have left it',
      columns: [
        { name: 'facility', header: 'Facility', kind: 'text' },
        { name: 'step', header: 'From stage to stage', kind: 'text', width: 28 },
        { name: 'lines', header: 'Lines', kind: 'integer' },
        { name: 'median_days', header: 'Median', kind: 'integer' },
        { name: 'ninetieth_days', header: '90 of 100 within', kind: 'integer', width: 16 },
        { name: 'longest_days', header: 'Longest', kind: 'integer' },
      ],
      key: ['facility', 'step'],
    },
  ],
}
