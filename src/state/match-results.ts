import type { StateDatabase } from './store.js'

export interface StoredResult {
  readonly invoiceId: string
  readonly sequence: number
  readonly outcome: string
  readonly rung: number | null
  /** The matcher's row for the line. */
  readonly result: Readonly<Record<string, string | number | boolean | null>>
}

const BATCH = 200

/** Replaces the results of the lines given; a line has one result, the latest. */
export async function saveResults(
  database: StateDatabase,
  runId: string,
  results: readonly StoredResult[],
): Promise<void> {
  for (let from = 0; from < results.length; from += BATCH) {
    await database
      .insertInto('match_results')
      .values(
        results.slice(from, from + BATCH).map((line) => ({
          invoice_id: line.invoiceId,
          sequence: line.sequence,
          run_id: runId,
          outcome: line.outcome,
          rung: line.rung,
          result: JSON.stringify(line.result),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['invoice_id', 'sequence']).doUpdateSet((eb) => ({
          run_id: eb.ref('excluded.run_id'),
          outcome: eb.ref('excluded.outcome'),
          rung: eb.ref('excluded.rung'),
          result: eb.ref('excluded.result'),
        })),
      )
      .execute()
  }
}

/** Results that a run wrote, in document order. */
export async function resultsOf(database: StateDatabase, runId: string): Promise<StoredResult[]> {
  const rows = await database
    .selectFrom('match_results')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('invoice_id')
    .orderBy('sequence')
    .execute()
  return rows.map((row) => ({
    invoiceId: row.invoice_id,
    sequence: row.sequence,
    outcome: row.outcome,
    rung: row.rung,
    result: JSON.parse(row.result),
  }))
}

export interface InvoiceResult {
  readonly invoiceId: string
  /** clean, held, waiting or duplicate. */
  readonly outcome: string
  readonly amount: string
  readonly codes: readonly string[]
  /** Who owes it to whom, where that is known. */
  readonly company: string | null
  readonly supplier: string | null
}

export async function saveInvoiceResults(
  database: StateDatabase,
  runId: string,
  results: readonly InvoiceResult[],
): Promise<void> {
  for (let from = 0; from < results.length; from += BATCH) {
    await database
      .insertInto('invoice_results')
      .values(
        results.slice(from, from + BATCH).map((invoice) => ({
          invoice_id: invoice.invoiceId,
          run_id: runId,
          outcome: invoice.outcome,
          amount: invoice.amount,
          codes: invoice.codes.join(','),
          company: invoice.company,
          supplier: invoice.supplier,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('invoice_id').doUpdateSet((eb) => ({
          run_id: eb.ref('excluded.run_id'),
          outcome: eb.ref('excluded.outcome'),
          amount: eb.ref('excluded.amount'),
          codes: eb.ref('excluded.codes'),
          company: eb.ref('excluded.company'),
          supplier: eb.ref('excluded.supplier'),
        })),
      )
      .execute()
  }
}

export async function invoiceResultsOf(database: StateDatabase, runId: string): Promise<InvoiceResult[]> {
  const rows = await database
    .selectFrom('invoice_results')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('invoice_id')
    .execute()
  return rows.map((row) => ({
    invoiceId: row.invoice_id,
    outcome: row.outcome,
    amount: row.amount,
    codes: row.codes === '' ? [] : row.codes.split(','),
    company: row.company,
    supplier: row.supplier,
  }))
}
