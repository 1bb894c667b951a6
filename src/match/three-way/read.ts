import {
  type DecimalText,
  decimal,
  type ExceptionCode,
  type FindingKeys,
  type SetEngine,
} from '../../canonical/index.js'

/** Where a value stands: `file` is the index of the run's input file (the relations' source_file). */
export interface Evidence {
  readonly file: number | null
  readonly record: number | null
  readonly byteOffset: number | null
  readonly byteLength: number | null
  readonly field: string
  readonly value: string | null
}

export interface MatchFinding {
  readonly code: ExceptionCode
  readonly level: 'line' | 'invoice' | 'receipt'
  /** Null for a finding about a receipt. */
  readonly invoiceId: string | null
  /** Invoice line, 1-based. */
  readonly sequence: number | null
  readonly keys: FindingKeys
  readonly amountAtRisk: DecimalText
  readonly currency: string
  readonly message: string
  readonly values: Readonly<Record<string, string | null>>
  readonly tolerance: Readonly<Record<string, string | null>> | null
  readonly evidence: readonly Evidence[]
}

/** One row of `match_result`. Quantities named *_base are in base_uom, negative on a credit; money is in `currency`. */
export interface LineResult {
  readonly invoice_id: string
  readonly sequence: number
  readonly outcome: 'matched' | 'credited' | 'waiting' | 'exception' | 'duplicate'
  readonly rung: number | null
  readonly company: string | null
  readonly po_number: string | null
  readonly release: string | null
  readonly line_number: string | null
  readonly supplier: string | null
  readonly item: string | null
  readonly facility: string | null
  readonly description: string | null
  readonly quantity: string
  readonly uom: string | null
  readonly unit_path: string | null
  readonly base_uom: string | null
  readonly invoiced_base: string | null
  readonly ordered_base: string | null
  readonly received_base: string | null
  readonly billed_base: string | null
  readonly unit_price: string | null
  readonly expected_price: string | null
  readonly price_difference: string | null
  readonly extended: string
  /** JSON: "price over" -> "1 % and 0.50", the limits that held for this line. */
  readonly tolerance: string | null
  readonly amount: string
  readonly currency: string
  readonly source_file: number | null
  readonly source_record: number | null
}

export interface InvoiceOutcome {
  readonly invoiceId: string
  readonly outcome: 'clean' | 'held' | 'waiting' | 'duplicate'
  /** TDS01, negative for a credit. */
  readonly amount: DecimalText
  /** Codes that hold it, sorted. */
  readonly codes: readonly ExceptionCode[]
  /** Who owes it to whom, where the invoice or its PO tell: one without lines has no line that does. */
  readonly company: string | null
  readonly supplier: string | null
}

interface FindingRow {
  readonly code: ExceptionCode
  readonly level: MatchFinding['level']
  readonly invoice_id: string | null
  readonly sequence: number | null
  readonly company: string | null
  readonly po_number: string | null
  readonly release: string | null
  readonly line_number: string | null
  readonly supplier: string | null
  readonly invoice_number: string | null
  readonly item: string | null
  readonly facility: string | null
  readonly receipt: string | null
  readonly contract: string | null
  readonly amount_at_risk: string
  readonly currency: string
  readonly message: string
  readonly compared: string
  readonly tolerance: string | null
  readonly evidence: string
}

/** Findings by code, then by their keys. */
export async function* readFindings(engine: SetEngine): AsyncGenerator<MatchFinding> {
  const order =
    'code, company, po_number, release, line_number, supplier, invoice_number, invoice_id, sequence, message'
  for await (const rows of engine.batches<FindingRow>(`SELECT * FROM finding ORDER BY ${order}`))
    for (const row of rows)
      yield {
        code: row.code,
        level: row.level,
        invoiceId: row.invoice_id,
        sequence: row.sequence,
        keys: keysOf(row),
        amountAtRisk: decimal(row.amount_at_risk),
        currency: row.currency,
        message: row.message,
        values: JSON.parse(row.compared),
        tolerance: row.tolerance === null ? null : JSON.parse(row.tolerance),
        evidence: JSON.parse(row.evidence),
      }
}

function keysOf(row: FindingRow): FindingKeys {
  const keys: Partial<Record<keyof FindingKeys, string | null>> = {
    company: row.company,
    po: row.po_number,
    release: row.release,
    line: row.line_number,
    invoice: row.invoice_number,
    invoiceLine: row.sequence === null ? null : String(row.sequence),
    supplier: row.supplier,
    item: row.item,
    facility: row.facility,
    receipt: row.receipt,
    contract: row.contract,
  }
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null && value !== ''))
}

/** Results by invoice and line. */
export async function* readResults(engine: SetEngine): AsyncGenerator<LineResult> {
  for await (const rows of engine.batches<LineResult>('SELECT * FROM match_result ORDER BY invoice_id, sequence'))
    yield* rows
}

/** Outcomes by invoice. */
export async function* readOutcomes(engine: SetEngine): AsyncGenerator<InvoiceOutcome> {
  const sql = 'SELECT invoice_id, outcome, amount, codes, company, supplier FROM invoice_outcome ORDER BY invoice_id'
  for await (const rows of engine.batches<{
    invoice_id: string
    outcome: InvoiceOutcome['outcome']
    amount: string
    codes: string
    company: string | null
    supplier: string | null
  }>(sql))
    for (const row of rows)
      yield {
        invoiceId: row.invoice_id,
        outcome: row.outcome,
        amount: decimal(row.amount),
        codes: row.codes === '' ? [] : (row.codes.split(',') as ExceptionCode[]),
        company: row.company,
        supplier: row.supplier,
      }
}
