import type { ColumnType, Generated } from 'kysely'

/**
 * Tables of the store. Instants are ISO 8601 UTC text, money and quantities exact decimal text, structured values JSON text:
 * all of them mean the same in SQLite and in PostgreSQL.
 */
export interface Tables {
  runs: RunTable
  steps: StepTable
  settings_texts: SettingsTextTable
  run_settings: RunSettingsTable
  files: FileTable
  drops: DropTable
  left_behind: LeftBehindTable
  streams: StreamTable
  stream_gaps: StreamGapTable
  documents: DocumentTable
  file_findings: FileFindingTable
  exceptions: ExceptionTable
  exception_events: ExceptionEventTable
  decisions: DecisionTable
  decision_rules: DecisionRuleTable
  workbook_imports: WorkbookImportTable
  match_results: MatchResultTable
  invoice_results: InvoiceResultTable
  result_rows: ResultRowTable
  loads: LoadTable
  load_invoices: LoadInvoiceTable
  load_decisions: LoadDecisionTable
  load_rows: LoadRowTable
  load_plans: LoadPlanTable
  load_events: LoadEventTable
  load_results: LoadResultTable
  outbox: OutboxTable
  circuits: CircuitTable
  audit: AuditTable
  audit_head: AuditHeadTable
  x12_counters: X12CounterTable
  x12_sent: X12SentTable
  x12_sent_groups: X12SentGroupTable
  x12_sent_sets: X12SentSetTable
  x12_received: X12ReceivedTable
  tombstones: TombstoneTable
  removals: RemovalTable
  occurrences: OccurrenceTable
  schedules: ScheduleTable
  cross_references: CrossReferenceTable
  cross_reference_suggestions: CrossReferenceSuggestionTable
  evidence_packs: EvidencePackTable
  lineage_events: LineageEventTable
  notifications: NotificationTable
  causes: CauseTable
  escalations_told: EscalationToldTable
  work: WorkTable
  workers: WorkerTable
  leases: LeaseTable
  moved: MovedTable
}

export type RunStatus = 'running' | 'done' | 'partial' | 'failed'

/** night: takes drops in. replay: reads again from the archive. backfill: judges a past day by what the archive held then. */
/** share: takes in a part of a night, see docs/several-machines.md; its job is named JOB.NUMBER. */
export type RunKind = 'night' | 'replay' | 'backfill' | 'share'

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
  kind: ColumnType<RunKind, RunKind, never>
  /** Runs of the workspace in the order in which they were begun: a clock may go back. */
  number: number
  /** The run by whose settings it judges, where it was told to; it loads and pushes nothing. */
  rules_of: ColumnType<string | null, string | null | undefined, never>
}

/** What settings files said, each text once. */
export interface SettingsTextTable {
  sha256: string
  text: string
}

/** Which of them a run was judged by. */
export interface RunSettingsTable {
  run_id: string
  /** File below the workspace, of what is shipped too: templates/loads/oracle-ap.yaml. */
  name: string
  sha256: string
}

export interface StepTable {
  run_id: string
  name: string
  started_at: string
  finished_at: string
  /** What the next steps need of it, JSON. */
  output: string
}

export type Disposition = 'taken' | 'read' | 'duplicate' | 'quarantined' | 'superseded' | 'discarded' | 'unwrapped'

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
  /** The file it was unwrapped from. */
  wrapped_in: ColumnType<number | null, number | null | undefined, never>
  /** When its bytes left the archive, and under which retention setting, in words. */
  purged_at: ColumnType<string | null, undefined, string>
  purged_under: ColumnType<string | null, undefined, string>
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
  /** The ISA ids of sender and receiver, for each pair of which the sender counts apart; null of what was taken before this was kept. */
  numbered_between: string | null
  /** Hash of the document's own content, envelope left out. */
  content_hash: string
  state: ColumnType<DocumentState, DocumentState, DocumentState>
  received_on: string
  taken_at: string
  byte_offset: number
  byte_length: number
  /** Canonical document as JSON; {} once purged. */
  body: string
  purged_at: ColumnType<string | null, undefined, string>
  purged_under: ColumnType<string | null, undefined, string>
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
  /** Counts changes of what is decided on; a workbook row carries the version it was written from. */
  version: number
  /** The stored document it is about, for example the invoice that it holds. */
  document: ColumnType<string | null, string | null | undefined, string | null>
  /** Who works on it. */
  assignee: ColumnType<string | null, undefined, string | null>
  /** What was last noted about it. */
  note: ColumnType<string | null, undefined, string | null>
}

export interface ExceptionEventTable {
  exception_id: number
  at: string
  run_id: string | null
  status: string
  amount_at_risk: string
  /** The person; null where a run did it. */
  actor: ColumnType<string | null, string | null | undefined, never>
  /** What was done, or why, in words. */
  said: ColumnType<string | null, string | null | undefined, never>
  /** Of those of one exception the order; 0 of those before it was kept. */
  number: ColumnType<number, number, never>
}

/** proposed: over the person's limit, a second one must agree. ended: withdrawn, replaced, or the facts changed. */
export type DecisionState = 'proposed' | 'standing' | 'ended'

export interface DecisionTable {
  id: Generated<number>
  exception_id: number
  decision: string
  state: ColumnType<DecisionState, DecisionState, DecisionState>
  /** Money at risk and compared values that were decided on; more money or other values open the exception again. */
  amount: string
  facts: string
  note: string | null
  decided_by: string
  decided_at: string
  /** command, the name of a workbook, a cluster or a rule. */
  via: string
  agreed_by: ColumnType<string | null, string | null, string>
  agreed_at: ColumnType<string | null, string | null, string>
  rule_id: number | null
  ended_at: ColumnType<string | null, string | null, string>
  ended_because: ColumnType<string | null, string | null, string>
}

/** A decision that later exceptions of the same code and scope are given by itself. */
export interface DecisionRuleTable {
  id: Generated<number>
  code: string
  decision: string
  /** JSON: company, supplier, item; those given must be the same. */
  scope: string
  /** No exception for more money is decided by it. */
  up_to: string
  /** Of up_to; null where the exception it was made of was not there any more to say it. */
  currency: ColumnType<string | null, string, never>
  /** Last day, yyyy-MM-dd. */
  until: string
  note: string | null
  made_by: string
  made_at: string
  from_exception: number
  withdrawn_by: ColumnType<string | null, string | null, string>
  withdrawn_at: ColumnType<string | null, string | null, string>
}

/** Workbooks that were taken back in, so that the same one again changes nothing. */
export interface WorkbookImportTable {
  sha256: string
  name: string
  imported_at: string
  imported_by: string
  /** What became of its rows, JSON. */
  outcome: string
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
  /** Who owes it to whom, where that is known. */
  company: string | null
  supplier: string | null
}

/** A row of a table that the last run of a job left behind; see match/matcher.ts. */
export interface ResultRowTable {
  job: string
  table_name: string
  /** Order of the table, 1-based. */
  sequence: number
  run_id: string
  /** Column -> exact text, JSON. */
  row: string
}

/**
 * waiting: somebody has to approve it. approved: somebody has, and nobody has applied it yet. planned: in the outbox. sent: the server has
 * it. rejected: somebody refused it. superseded: it was built anew before it went out, because what it held is judged otherwise by now.
 */
export type LoadStatus = 'waiting' | 'approved' | 'planned' | 'sent' | 'rejected' | 'superseded'

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
  /** Of what is in the currency; what is in others stands beside it. */
  amount: string
  currency: string
  /** JSON, amount by currency; null where there is none. */
  other_currencies: ColumnType<string | null, string | null | undefined, never>
  file: string
  sha256: string
  /** Why somebody has to approve it, in words; null where nobody has to. */
  approval: ColumnType<string | null, string | null | undefined, never>
  /** What goes out and where to, JSON, for when it is applied. */
  delivery: ColumnType<string | null, string | null | undefined, never>
  /** The load that it takes back. */
  reverses: ColumnType<string | null, string | null | undefined, never>
  /** The person that asked for it; null where a run planned it. */
  requested_by: ColumnType<string | null, string | null | undefined, never>
}

/** An invoice is in one load at most that has not given it back. */
export interface LoadInvoiceTable {
  invoice_id: string
  load_id: string
  amount: string
  /** The load was refused or built anew, or the ERP refused the invoice. */
  given_back_at: ColumnType<string | null, undefined, string>
}

/** The decisions by which a held invoice or row went into a load: kept with the load, whatever becomes of the exception. */
export interface LoadDecisionTable {
  load_id: string
  /** The invoice by its document id, or the row by its key, that it let through. */
  subject: string
  exception_id: number
  code: string
  decision: string
  decided_by: string
  agreed_by: string | null
  note: string | null
}

/** A row of a matcher's table that was written to the ERP: on its way until an extract no longer asks for it. */
export interface LoadRowTable {
  job: string
  table_name: string
  /** What identifies the row, JSON list. */
  row_key: string
  /** Of all that is written of it. */
  content_hash: string
  load_id: string
  confirmed_at: string | null
  /** The load was refused or built anew, or the ERP refused the row: it may go into another. */
  given_back_at: ColumnType<string | null, undefined, string>
  /** Its load was taken back: the same row is not sent again. */
  taken_back_at: ColumnType<string | null, undefined, string>
}

/** What a load holds, row by row, as LoadPlan says it. */
export interface LoadPlanTable {
  load_id: string
  /** JSON. */
  plan: string
  /** Hash of the template and the job's values that it was built by. */
  made_by: string
}

export type LoadEvent =
  | 'planned'
  | 'approved'
  | 'rejected'
  | 'superseded'
  | 'applied'
  | 'rows given back'
  | 'taken back'

/** What was done about a load; when it was sent stands in the outbox. */
export interface LoadEventTable {
  id: Generated<number>
  load_id: string
  at: string
  event: LoadEvent
  /** Who did it, as named; null where a run did. */
  person: string | null
  /** As the audit chain names them. */
  actor: string
  reason: string | null
  /** Of the load's bytes then: an approval is of these and no others. */
  sha256: string
}

/** What the ERP said of a row of a load, the last word of it. */
export interface LoadResultTable {
  load_id: string
  /** What the store knows the row by: the document of the invoice, or the identity of the row of a matcher's table. */
  row_id: string
  /** What it is called in the ERP's file. */
  reference: string
  status: 'loaded' | 'rejected' | 'pending'
  reason_code: string | null
  reason: string | null
  /** Number that the ERP gave it. */
  erp_number: string | null
  file_name: string | null
  file_sha256: string | null
  /** 1-based. */
  record: number | null
  told_at: string
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
  /** Endpoint and folder where it may stand under its name, or where it went: no other place gets it. */
  bound_to: ColumnType<string | null, undefined, string>
  bound_folder: ColumnType<string | null, undefined, string>
}

/** Endpoints that runs found down, until one finds them up again. */
export interface CircuitTable {
  endpoint: string
  /** Runs in a row. */
  failures: number
  /** The last run that spoke of it. */
  run: string
  since: string
  /** Left alone until then. */
  open_until: string | null
  /** Error code and message of the last of them. */
  code: string
  message: string
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

/** One row: the last entry of the chain, so that entries cut off its end are missed. */
export interface AuditHeadTable {
  id: number
  sequence: number
  hash: string
}

/** The last control number given out between two ISA ids. Group numbers are counted apart from interchange numbers. */
export interface X12CounterTable {
  /** Our qualifier and id, as in ZZ:HEALTH. */
  ours: string
  /** The partner's. */
  partner: string
  kind: 'interchange' | 'group'
  last: number
}

/** What a partner says of something we sent; `unasked`: it has nothing to answer; `waiting`: it has not yet. */
export type AnswerState =
  | 'unasked'
  | 'waiting'
  | 'accepted'
  | 'accepted-with-errors'
  | 'partially-accepted'
  | 'rejected'

/** An interchange we wrote. It is sent when its entry of the outbox is. */
export interface X12SentTable {
  id: Generated<number>
  job: string
  ours: string
  partner: string
  /** The partner's name in the workspace. */
  partner_name: string
  /** ISA13 without leading zeros. */
  interchange_control: string
  /** Of its entry in the outbox. */
  idempotency_key: string
  queued_at: string
  /** The partner has so long to answer, counted from when it was sent; null: no answer is due. */
  answer_hours: number | null
  /** From its TA1. */
  ta1_state: AnswerState
  /** TA1 as read, JSON. */
  ta1: string | null
}

export interface X12SentGroupTable {
  sent_id: number
  /** GS01. */
  functional_id: string
  /** GS06 without leading zeros. */
  group_control: string
  state: ColumnType<AnswerState, AnswerState, AnswerState>
  answered_at: string | null
  /** The 997 or 999 as read, JSON. */
  answer: string | null
}

export interface X12SentSetTable {
  sent_id: number
  group_control: string
  /** ST01. */
  transaction_set: string
  /** ST02. */
  control: string
  /** Number the partner and we know it by, for example the PO number. */
  business_key: string
  state: ColumnType<AnswerState, AnswerState, AnswerState>
}

/** Interchanges that came in, each with the number its sender gave it. */
export interface X12ReceivedTable {
  id: Generated<number>
  ours: string
  partner: string
  partner_name: string
  /** ISA13 without leading zeros. */
  interchange_control: string
  /** Of its bytes from ISA to IEA. */
  content_hash: string
  file_id: number
  received_at: string
  /** GS01 and GS06 of its groups in order, the number without leading zeros: `IN:1027 PO:88`. Empty of those before this was kept. */
  group_controls: Generated<string>
}

/** What was removed under the retention settings and left no row of its own that could say so. */
export interface TombstoneTable {
  class: 'exceptions' | 'reports' | 'pushed' | 'logs' | 'settings'
  /** Number of the exception or in the outbox, id of the run. */
  subject: string
  purged_at: string
  /** In words: reports: 400 days. */
  purged_under: string
}

/** The evidence pack of a job's period: made once. */
export interface EvidencePackTable {
  job: string
  /** 2026-11, 2026-Q4 or 2026. */
  period: string
  /** yyyy-MM-dd in the zone of the workspace. */
  first_day: string
  last_day: string
  /** The entry of the audit chain before the first that is in it; 0 and 64 zeros where the chain begins with it. */
  opening_sequence: number
  opening_hash: string
  /** The last entry that is in it; the opening where none is. */
  closing_sequence: number
  closing_hash: string
  run_id: string
  made_at: string
  /** Below the state folder. */
  file: string
  sha256: string
  size: number
  /** File in the pack -> SHA-256, JSON. */
  contents: string
  /** What the rules left: table -> rows, JSON. Later runs judge other periods. */
  judged: string
}

/** An occurrence of a scheduled job that was begun or passed over; its key lets nobody run it twice. */
export interface OccurrenceTable {
  /** A job, or a share of one: JOB.NUMBER. */
  job: string
  /** ISO instant. */
  scheduled_for: string
  /** Its date in the zone of the workspace, yyyy-MM-dd. */
  day: string
  /** The run that is it; null where it was passed over. */
  run_id: string | null
  skipped_because: string | null
  noted_at: string
}

/** Since when a job's schedule is as it is: no occurrence of before is owed. */
export interface ScheduleTable {
  job: string
  /** The settings that make the instants, JSON. */
  definition: string
  since: string
}

/** Files and folders given up in the store and perhaps still on the disk; relative to the state folder. */
export interface RemovalTable {
  path: string
}

/** A drop: where files come from, and for which input of which job. */
interface DropColumns {
  job: string
  input: string
  endpoint: string
  folder: string
}

/** What the last pull of a drop left at the source, and why. */
export interface LeftBehindTable extends DropColumns {
  /** Patterns of the drop, which tell two of one folder apart. */
  asked: string
  /** Path below the folder, printable. */
  name: string
  partner: string | null
  size: number | null
  /** ISO instant. */
  modified: string | null
  reason: string
  /** Since when it lies there as it is, ISO instant. */
  since: string
  /** From then on someone is told. */
  late_at: string
}

/** How far a stream of numbered files has come. */
export interface StreamTable extends DropColumns {
  pattern: string
  stream: string
  at: number
}

/** Numbers of a stream that have not come although a later one has. */
export interface StreamGapTable extends DropColumns {
  pattern: string
  stream: string
  first: number
  last: number
  /** The name of a missing file: `before`, the number in `width` digits, `after`. */
  before: string
  after: string
  width: number
  /** The file that came. */
  shown_by: string
  partner: string | null
  since: string
}

/** What an identifier of others means in the ERP; '' where a part of it does not apply. Columns as in ReferenceMeaning. */
export interface CrossReferenceTable {
  id: Generated<number>
  kind: string
  partner: string
  type: string
  identifier: string
  /** By which it is compared. */
  identifier_key: string
  item: string
  company: string
  target: string
  factor: string | null
  effective_from: string | null
  effective_to: string | null
  note: string
  /** File, exception or suggestion it was made of. */
  source: string
  made_by: string
  agreed_by: string | null
  made_at: string
  withdrawn_by: ColumnType<string | null, undefined, string>
  withdrawn_at: ColumnType<string | null, undefined, string>
}

/** open: somebody has to look. proposed: over the person's limit, another one must agree. gone: nothing asks for it any more. */
export type SuggestionState = 'open' | 'proposed' | 'approved' | 'refused' | 'gone'

export interface CrossReferenceSuggestionTable {
  id: Generated<number>
  /** Identifier and meaning as one text: what is suggested again is the same suggestion. */
  proposes: string
  /** ReferenceMeaning as JSON. */
  meaning: string
  /** 1 to 99. */
  confidence: number
  /** Reasons in words, JSON. */
  speaks_for: string
  speaks_against: string
  /** Numbers of the exceptions behind it, JSON. */
  exceptions: string
  state: ColumnType<SuggestionState, SuggestionState, SuggestionState>
  made_at: string
  proposed_by: string | null
  decided_by: string | null
  decided_at: string | null
  note: string | null
}

/** waiting: for its time, or to be tried again. undeliverable: refused for good, or tried for days. */
export type NotificationStatus = 'waiting' | 'sent' | 'undeliverable'

/** A message to one owner by one channel. */
export interface NotificationTable {
  id: Generated<number>
  /** What it says, to whom and how: no two of one key. */
  key: string
  kind: string
  owner: string
  /** Of the settings. */
  channel: string
  /** The same at each try, so that who gets it twice can tell. */
  message_id: string
  /** The message id of the message it belongs to. */
  answers: string | null
  /** What it says, JSON; it becomes words when it is sent. */
  facts: string
  status: ColumnType<NotificationStatus, NotificationStatus, NotificationStatus>
  attempts: number
  /** Not sent before, ISO instant. */
  not_before: string
  last_error: string | null
  run_id: string | null
  queued_at: string
  sent_at: string | null
  /** E-mail addresses that have it while others of the owner have not, JSON list; null for none. */
  reached: string | null
}

/** An event of OpenLineage that its server has not taken: it waits, or was refused for good. */
export interface LineageEventTable {
  id: Generated<number>
  run_id: string
  /** JSON, as it is sent. */
  event: string
  queued_at: string
  status: ColumnType<'waiting' | 'refused', 'waiting' | 'refused', 'waiting' | 'refused'>
  attempts: number
  /** Not sent before, ISO instant. */
  not_before: string
  last_error: string | null
}

/** A cause behind exceptions, from when the first opens until none is open any more. */
export interface CauseTable {
  /** CL-..., or EX-... of an exception that stands alone. */
  id: string
  job: string
  queue: string
  /** As people were told of it, JSON. */
  facts: string
  opened_at: string
  settled_at: ColumnType<string | null, null, string>
}

/** A step of escalation that somebody was told of. */
export interface EscalationToldTable {
  exception_id: number
  /** Instant of the step. */
  since: string
  told_at: string
}

/** What only one at a time may hold, where several machines share the store; a file of its own does it for one machine. */
export interface LeaseTable {
  /** Name of the job; push.outbox; schedule.start. */
  name: string
  /** Of the process, made anew for each. */
  holder: string
  host: string
  pid: number
  taken_at: string
  /** Free from then on, by the clock of the store, unless its holder renews it. */
  expires_at: string
}

/** One row where the store is not the one to work on: it was moved to a place, or is being moved here from it. */
export interface MovedTable {
  id: number
  place: string
  /** 1: what is here came from there, and is not released yet. */
  is_here: number
  at: string
}

/** dead: given up after some tries, until a person says otherwise; what comes after it in its job waits. */
export type WorkStatus = 'ready' | 'claimed' | 'done' | 'dead'

/** An occurrence of a job that is due, for workers. What it is done by is its run; see occurrences. */
export interface WorkTable {
  id: Generated<number>
  /** A job, or a share of one: JOB.NUMBER. */
  job: string
  /** ISO instant. */
  scheduled_for: string
  day: string
  /** Of the job: 1 goes first. */
  priority: number
  status: ColumnType<WorkStatus, WorkStatus, WorkStatus>
  /** Tries that did not bring it to an end. */
  attempts: number
  not_before: string
  /** Who has it, until `expires_at` unless renewed. */
  worker: string | null
  expires_at: string | null
  last_error: string | null
  queued_at: string
  ended_at: string | null
}

export type WorkerStatus = 'working' | 'draining'

export interface WorkerTable {
  id: string
  host: string
  pid: number
  version: string
  /** Runs it does at once. */
  slots: number
  status: ColumnType<WorkerStatus, WorkerStatus, WorkerStatus>
  started_at: string
  seen_at: string
  /** Not heard of by then, it is gone. */
  expires_at: string
}
