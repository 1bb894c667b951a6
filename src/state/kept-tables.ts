import type { Tables } from './schema.js'

/** Tables of the machines that share a store, not of the work: they are not taken along. */
type OfMachines = 'leases' | 'moved' | 'workers'
export type KeptTable = Exclude<keyof Tables, OfMachines>

/**
 * Every table that is taken along when a store is copied: those that others refer to come first. By the columns named its rows have an
 * order that is the same on both engines.
 */
export const keptTables: { readonly [T in KeptTable]: readonly (keyof Tables[T] & string)[] } = {
  runs: ['id'],
  steps: ['run_id', 'name'],
  settings_texts: ['sha256'],
  run_settings: ['run_id', 'name'],
  files: ['id'],
  drops: ['endpoint', 'path'],
  left_behind: ['job', 'input', 'endpoint', 'folder', 'asked', 'name'],
  streams: ['job', 'input', 'endpoint', 'folder', 'pattern', 'stream'],
  stream_gaps: ['job', 'input', 'endpoint', 'folder', 'pattern', 'stream', 'first'],
  documents: ['id'],
  file_findings: ['file_id', 'sequence'],
  exceptions: ['id'],
  exception_events: ['exception_id', 'at', 'number', 'status', 'amount_at_risk', 'said', 'actor', 'run_id'],
  decisions: ['id'],
  decision_rules: ['id'],
  workbook_imports: ['sha256'],
  match_results: ['invoice_id', 'sequence'],
  invoice_results: ['invoice_id'],
  result_rows: ['job', 'table_name', 'sequence'],
  loads: ['id'],
  load_invoices: ['invoice_id', 'load_id'],
  load_decisions: ['load_id', 'exception_id', 'subject'],
  load_rows: [
    'job',
    'table_name',
    'row_key',
    'content_hash',
    'load_id',
    'confirmed_at',
    'given_back_at',
    'taken_back_at',
  ],
  load_plans: ['load_id'],
  load_events: ['id'],
  load_results: ['load_id', 'row_id'],
  cross_references: ['id'],
  cross_reference_suggestions: ['id'],
  evidence_packs: ['job', 'period'],
  lineage_events: ['id'],
  notifications: ['id'],
  causes: ['id', 'opened_at'],
  work: ['id'],
  escalations_told: ['exception_id', 'since'],
  outbox: ['id'],
  circuits: ['endpoint'],
  audit: ['sequence'],
  audit_head: ['id'],
  x12_counters: ['ours', 'partner', 'kind'],
  x12_sent: ['id'],
  x12_sent_groups: ['sent_id', 'group_control'],
  x12_sent_sets: ['sent_id', 'group_control', 'control'],
  x12_received: ['id'],
  tombstones: ['class', 'subject'],
  removals: ['path'],
  occurrences: ['job', 'scheduled_for'],
  schedules: ['job'],
}

/** Those whose rows the store numbers. */
export const numberedTables = [
  'files',
  'exceptions',
  'decisions',
  'decision_rules',
  'outbox',
  'x12_sent',
  'x12_received',
  'load_events',
  'lineage_events',
  'notifications',
  'work',
  'cross_references',
  'cross_reference_suggestions',
] as const satisfies readonly KeptTable[]
