import type { Matcher, ResultColumn } from '../matcher.js'
import units from '../units.sql'
import crossReferences from './cross-references.sql'
import duplicates from './duplicates.sql'
import entries from './entries.sql'
import fields from './fields.sql'
import presence from './presence.sql'
import results from './results.sql'

const item: ResultColumn = { name: 'item', header: 'Item', kind: 'text' }
const system: ResultColumn = { name: 'system', header: 'System', kind: 'text' }
const seller: ResultColumn = { name: 'seller', header: 'Supplier', kind: 'text' }
const entry: ResultColumn = { name: 'entry', header: 'Known there as', kind: 'text', width: 18 }
const field: ResultColumn = { name: 'field', header: 'Field', kind: 'text', width: 18 }
/** A column a field: a row fills the one it is about. */
const inColumns: readonly ResultColumn[] = [
  { name: 'description', header: 'Description', kind: 'text' },
  { name: 'base_uom', header: 'Base unit', kind: 'text' },
  { name: 'manufacturer', header: 'Manufacturer', kind: 'text' },
  { name: 'manufacturer_part', header: 'Manufacturer part', kind: 'text' },
  { name: 'gtin', header: 'GTIN', kind: 'text' },
  { name: 'ndc', header: 'NDC', kind: 'text' },
  { name: 'hibc', header: 'HIBC', kind: 'text' },
  { name: 'category', header: 'Category', kind: 'text' },
  { name: 'status', header: 'Status', kind: 'text' },
]

const fieldNames = inColumns.map(({ name }) => name)

/** The ERP's items against supplier catalogues and the lists of other systems, field by field, by who owns which. */
export const itemMasterSync: Matcher = {
  name: 'item-master-sync',
  needs: ['item'],
  documents: ['price-catalog'],
  rules: [
    { name: 'units', sql: units },
    { name: 'entries', sql: entries },
    { name: 'cross-references', sql: crossReferences },
    { name: 'duplicates', sql: duplicates },
    { name: 'presence', sql: presence },
    { name: 'fields', sql: fields },
    { name: 'results', sql: results },
  ],
  tables: [
    {
      name: 'differences',
      sheet: 'Differences',
      explains: 'Every field that says something else than the system that owns it',
      columns: [
        item,
        field,
        { name: 'owner', header: 'Owner', kind: 'text', width: 12 },
        { name: 'owner_value', header: 'Owner says', kind: 'text', width: 30 },
        { name: 'target', header: 'Found in', kind: 'text', width: 12 },
        { name: 'target_value', header: 'Found', kind: 'text', width: 30 },
        { name: 'before', header: 'Before', kind: 'text', width: 24 },
        { name: 'kind', header: 'What it is', kind: 'text', width: 36 },
        system,
        seller,
        entry,
      ],
      key: ['item', 'field', 'system', 'seller'],
    },
    {
      name: 'cross_references',
      sheet: 'Cross-references',
      explains:
        'Entries whose item was found by other ways than the numbers both sides keep, with what speaks for it and against it',
      columns: [
        system,
        seller,
        entry,
        item,
        { name: 'found_by', header: 'Found by', kind: 'text', width: 18 },
        { name: 'confidence', header: 'Confidence', kind: 'text' },
        { name: 'agrees', header: 'Speaks for it', kind: 'text', width: 30 },
        { name: 'disagrees', header: 'Speaks against it', kind: 'text', width: 30 },
        { name: 'candidates', header: 'Candidates', kind: 'text', width: 24 },
      ],
      key: ['system', 'seller', 'entry', 'candidates'],
    },
    {
      name: 'erp_item_load',
      columns: [item, field, ...inColumns],
      key: ['item', 'field'],
      load: { oneFor: ['item'], has: { relation: 'item', on: { item: 'item' }, fields: fieldNames } },
    },
    {
      name: 'list_item_load',
      columns: [system, item, entry, { name: 'action', header: 'Action', kind: 'text' }, field, ...inColumns],
      key: ['system', 'item', 'entry', 'field'],
      load: {
        oneFor: ['system', 'item', 'entry', 'action'],
        has: { relation: 'listed_item', on: { system: 'system', entry: 'entry' }, fields: fieldNames },
      },
    },
    {
      name: 'item_memory',
      columns: [
        item,
        system,
        seller,
        field,
        { name: 'owner_value', header: 'Owner says', kind: 'text' },
        { name: 'base', header: 'Base', kind: 'text' },
      ],
      key: ['item', 'system', 'seller', 'field'],
      remembered: true,
    },
  ],
}
