import type { Matcher, ResultColumn } from '../matcher.js'
import bank from './bank.sql'
import duplicates from './duplicates.sql'
import entries from './entries.sql'
import evidence from './evidence.sql'
import fields from './fields.sql'
import results from './results.sql'

const supplier: ResultColumn = { name: 'supplier', header: 'Vendor', kind: 'text' }
const system: ResultColumn = { name: 'system', header: 'System', kind: 'text' }
const entry: ResultColumn = { name: 'entry', header: 'Known there as', kind: 'text', width: 18 }
const field: ResultColumn = { name: 'field', header: 'Field', kind: 'text', width: 12 }
const name: ResultColumn = { name: 'name', header: 'Name', kind: 'text', width: 30 }
const action: ResultColumn = { name: 'action', header: 'Action', kind: 'text' }
const state: ResultColumn = { name: 'state', header: 'State', kind: 'text', width: 16 }
const taxId: ResultColumn = { name: 'tax_id', header: 'Tax id', kind: 'text' }
const status: ResultColumn = { name: 'status', header: 'Status', kind: 'text' }

/** The ERP's vendors against other systems, each other, and what must be on file of them. */
export const vendorMasterSync: Matcher = {
  name: 'vendor-master-sync',
  needs: ['vendor'],
  documents: [],
  rules: [
    { name: 'entries', sql: entries },
    { name: 'duplicates', sql: duplicates },
    { name: 'fields', sql: fields },
    { name: 'bank', sql: bank },
    { name: 'evidence', sql: evidence },
    { name: 'results', sql: results },
  ],
  tables: [
    {
      name: 'differences',
      sheet: 'Differences',
      explains: 'Every field that says something else than the system that owns it; of tax ids the last four digits',
      columns: [
        supplier,
        field,
        { name: 'owner', header: 'Owner', kind: 'text', width: 14 },
        { name: 'owner_value', header: 'Owner says', kind: 'text', width: 30 },
        { name: 'target', header: 'Found in', kind: 'text', width: 14 },
        { name: 'target_value', header: 'Found', kind: 'text', width: 30 },
        { name: 'kind', header: 'What it is', kind: 'text', width: 40 },
        system,
        entry,
      ],
      key: ['supplier', 'field', 'system'],
    },
    {
      name: 'evidence_checklist',
      sheet: 'Vendor evidence',
      explains: 'What must be on file of each vendor in use, and what is',
      columns: [
        supplier,
        name,
        { name: 'kind', header: 'Document', kind: 'text', width: 16 },
        state,
        { name: 'received_on', header: 'Received', kind: 'date' },
        { name: 'expires_on', header: 'Expires', kind: 'date' },
        { name: 'reference', header: 'On file as', kind: 'text', width: 20 },
      ],
      key: ['supplier', 'kind'],
    },
    {
      name: 'activation',
      sheet: 'Activation',
      explains: 'Days from a vendor being asked for to its being active, or so far',
      columns: [
        system,
        entry,
        supplier,
        name,
        { name: 'requested_on', header: 'Asked for', kind: 'date' },
        { name: 'activated_on', header: 'Active', kind: 'date' },
        { name: 'days', header: 'Days', kind: 'integer' },
        state,
      ],
      key: ['system', 'entry'],
    },
    {
      name: 'erp_vendor_load',
      columns: [
        supplier,
        entry,
        action,
        { name: 'current_name', header: 'Name now', kind: 'text' },
        field,
        name,
        taxId,
        { name: 'end_date', header: 'Ends', kind: 'date' },
      ],
      key: ['supplier', 'entry', 'field'],
      load: {
        oneFor: ['supplier', 'entry', 'action'],
        has: { relation: 'vendor', on: { supplier: 'supplier' }, fields: ['name', 'tax_id'] },
      },
    },
    {
      name: 'list_vendor_load',
      columns: [
        system,
        supplier,
        entry,
        action,
        field,
        name,
        taxId,
        { name: 'remit_to', header: 'Remit-to', kind: 'text' },
        { name: 'terms', header: 'Terms', kind: 'text' },
        status,
      ],
      key: ['system', 'supplier', 'entry', 'field'],
      load: {
        oneFor: ['system', 'supplier', 'entry', 'action'],
        has: {
          relation: 'listed_vendor',
          on: { system: 'system', entry: 'entry' },
          fields: ['name', 'tax_id', 'remit_to', 'terms', 'status'],
        },
      },
    },
    {
      name: 'vendor_memory',
      columns: [
        supplier,
        system,
        field,
        { name: 'owner_value', header: 'Owner says', kind: 'text' },
        { name: 'base', header: 'Base', kind: 'text' },
      ],
      key: ['supplier', 'system', 'field'],
      remembered: true,
    },
  ],
}
