import type { Matcher } from '../matcher.js'
import toldElsewhere from '../told-elsewhere.sql'
import units from '../units.sql'
import events from '../usage-events.sql'
import compared from './compared.sql'
import findings from './findings.sql'
import results from './results.sql'

/** Usage against charges, the chargemaster and the ledger: what is not charged, charged for nothing, or not posted. */
export const chargeCapture: Matcher = {
  name: 'charge-capture',
  needs: ['usage_line', 'charge_line', 'chargemaster', 'item'],
  documents: [],
  rules: [
    { name: 'units', sql: units },
    { name: 'usage-events', sql: events },
    { name: 'compared', sql: compared },
    { name: 'findings', sql: findings },
    { name: 'results', sql: results },
    { name: 'told-elsewhere', sql: toldElsewhere },
  ],
  tables: [
    {
      name: 'unposted_charges',
      sheet: 'Unposted charges',
      explains: 'What the ledger does not show as posted, by facility',
      columns: [
        { name: 'facility', header: 'Facility', kind: 'text' },
        { name: 'charges', header: 'Charges', kind: 'integer' },
        { name: 'amount', header: 'Amount', kind: 'amount' },
        { name: 'overdue', header: 'Overdue', kind: 'integer' },
        { name: 'overdue_amount', header: 'Overdue amount', kind: 'amount', width: 16 },
        { name: 'oldest', header: 'Oldest', kind: 'date' },
        { name: 'days', header: 'Days', kind: 'integer' },
        { name: 'currency', header: 'Currency', kind: 'text', width: 10 },
      ],
      key: ['facility'],
    },
    {
      name: 'usage_and_charges',
      sheet: 'Usage and charges',
      explains: 'Each item of a case on a day, used and charged in base units. Cases are keyed hashes',
      columns: [
        { name: 'case_hash', header: 'Case', kind: 'text', width: 34 },
        { name: 'item', header: 'Item', kind: 'text' },
        { name: 'used_on', header: 'Day', kind: 'date' },
        { name: 'facility', header: 'Facility', kind: 'text' },
        { name: 'used', header: 'Used', kind: 'quantity' },
        { name: 'charged', header: 'Charged', kind: 'quantity' },
        { name: 'base_uom', header: 'Base unit', kind: 'text', width: 10 },
        { name: 'amount', header: 'Amount charged', kind: 'amount', width: 16 },
        { name: 'usages', header: 'Usage', kind: 'text' },
        { name: 'charges', header: 'Charges', kind: 'text' },
        { name: 'state', header: 'State', kind: 'text', width: 22 },
      ],
      key: ['case_hash', 'item', 'used_on'],
    },
  ],
}
