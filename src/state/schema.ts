import type { ColumnType, Generated } from 'kysely'

/**
 * Tables of the store. Instants are ISO 8601 UTC text, money and quantities exact decimal text, structured values JSON text:
 * all of them mean the same in SQLite and in PostgreSQL.
 */
export interface Tables {
  runs: RunTable
  steps: StepTable
  files: FileTable
  drops: DropTable
  documents: DocumentTable
  file_findings: FileFindingTable
  exceptions: ExceptionTable
  exception_events: ExceptionEventTable
  match_results: MatchResultTable
  invoice_results: InvoiceResultTable
  loads: LoadTable
  load_invoices: LoadInvoiceTable
  outbox: OutboxTable
  audit: AuditTable
}

export type RunStatus = 'running' | 'done' | 'partial' | 'failed'

export interface RunTable {
  id: string
  job: string
  /** Date the run judges by, yyyy-MM-dd in the workspace zone. */
  as_of: string
  status: ColumnType<RunStatus, RunStatus, RunStatus>
  host: string
  pid: number
  version: string
  started_at: string
  finished_at: string | null
  /** RunSummary as JSON once finished. */
  summary: string | null
  error: string | null
}

export interface StepTable {
  run_id: string
  name: string
  started_at: string
  finished_at: string
  /** What the next steps need of it, JSON. */
  output: string
}

export type Disposition = 'taken' | 'read' | 'duplicate' | 'quarantined' | 'superseded'

/** The ledger of files: each taking of bytes from a source, whatever became of it. */
export interface FileTable {
  id: Generated<number>
  job: string
  /** Input of the job it came in by. */
  input: string
  endpoint: string
  folder: string
  name: string
  partner: string | null
  sha256: string
  size: number
  /** Modification time at the source, ISO instant. */
  modified: string
  taken_at: string
  run_id: string | null
  disposition: Disposition
  reason: string | null
  /** Documents or records read from it. */
  records: number | null
  accepted: number | null
  rejected: number | null
}

/** What we know of each name at each source, so that a file left there is not fetched again. */
export interface DropTable {
  endpoint: string
  path: string
  size: number
  modified: string
  file_id: number
  /** The after-action (move, remove) is done at the source. */
  settled_at: string | null
}

export type DocumentState = 'open' | 'loaded' | 'vouchered' | 'quarantined'

export interface DocumentTable {
  id: string
  file_id: number
  job: string
  kind: string
  partner: string
  company: string | null
  /** Number the partner and we know it by: invoice or PO number. */
  business_key: string
  interchange_control: string
  group_control: string
  transaction_control: string
  /** Hash of the document's own content, envelope left out. */
  content_hash: string
  state: ColumnType<DocumentState, DocumentState, DocumentState>
  received_on: string
  taken_at: string
  byte_offset: number
  byte_length: number
  /** Canonical document as JSON. */
  body: string
}

/** Findings that stay true of a file until it is replayed or discarded. */
export interface FileFindingTable {
  file_id: number
  sequence: number
  finding: string
}

export interface ExceptionTable {
  id: Generated<number>
  fingerprint: string
  job: string
  code: string
  queue: string
  severity: string
  status: string
  keys: string
  message: string
  amount_at_risk: string
  currency: string
  compared: string
  tolerance: string | null
  evidence: string
  first_seen: string
  last_seen: string
  due_at: string | null
  /** Counts changes; a workbook row carries the version it was written from. */
  version: number
}

export interface ExceptionEventTable {
  exception_id: number
  at: string
  run_id: string | null
  status: string
  amount_at_risk: string
}

/** The last result of each invoice line, with the numbers it used. */
export interface MatchResultTable {
  invoice_id: string
  sequence: number
  run_id: string
  outcome: string
  rung: number | null
  /** Everything the matcher says of the line, JSON with exact text numbers. */
  result: string
}

/** The last outcome of each invoice as a whole. */
export interface InvoiceResultTable {
  invoice_id: string
  run_id: string
  outcome: string
  /** Signed: what the invoice adds to what we owe. */
  amount: string
  /** Codes that hold it, comma-separated. */
  codes: string
}

export type LoadStatus = 'planned' | 'sent'

export interface LoadTable {
  id: string
  idempotency_key: string
  job: string
  run_id: string
  template: string
  status: ColumnType<LoadStatus, LoadStatus, LoadStatus>
  planned_at: string
  sent_at: string | null
  invoices: number
  lines: number
  amount: string
  currency: string
  file: string
  sha256: string
}

/** An invoice is in one load at most, for ever. */
export interface LoadInvoiceTable {
  invoice_id: string
  load_id: string
  amount: string
}

export interface OutboxTable {
  id: Generated<number>
  idempotency_key: string
  load_id: string | null
  endpoint: string
  folder: string
  name: string
  local_file: string
  sha256: string
  size: number
  status: 'waiting' | 'sent'
  attempts: number
  last_error: string | null
  queued_at: string
  sent_at: string | null
}

export interface AuditTable {
  sequence: Generated<number>
  at: string
  actor: string
  action: string
  subject: string
  detail: string
  previous: string
  hash: string
}
