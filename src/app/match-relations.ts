import type { Finding, Source } from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import { matchThreeWay, readFindings, readOutcomes, readResults } from '../match/index.js'
import type { InvoiceResult, StoredResult } from '../state/index.js'
import type { Night, SourceFile } from './check-contracts.js'
import type { Run, StepResult } from './run.js'
import type { Tools } from './tools.js'

/** What the matcher says of the night. */
export interface Matched {
  readonly findings: readonly Finding[]
  readonly results: readonly StoredResult[]
  /** Numbers of the invoices judged tonight; one loaded before is not judged again. */
  readonly judged: ReadonlySet<string>
  /** Amounts signed: a credit reduces. */
  readonly invoices: readonly (InvoiceResult & { readonly amount: Finding['amountAtRisk'] })[]
}

const NOTHING: Matched = { findings: [], results: [], judged: new Set(), invoices: [] }

/** Runs the job's matcher over the night's relations. Without the extracts it needs nothing is judged. */
export async function matchRelations(
  run: Run,
  job: JobSettings,
  night: Night | undefined,
  tools: Tools,
): Promise<StepResult<Matched>> {
  if (night === undefined) throw new Error('match needs the relations computed in this process')
  if (night.missing.length > 0) return { output: NOTHING, said: `not matched: no ${night.missing.join(', ')}` }
  const { engine, files } = night
  const { settings } = job
  await matchThreeWay(
    engine,
    {
      asOf: run.row.as_of,
      currency: tools.workspace.settings.currency,
      receiptGraceDays: settings['receipt-grace-days'],
      receivedNotInvoicedDays: settings['received-not-invoiced-days'],
      duplicateWindowDays: settings['duplicate-window-days'],
      noPoWindowDays: settings['no-po-window-days'],
    },
    (rule, milliseconds) => tools.log.debug({ run: run.id, rule, milliseconds }, 'rule done'),
  )

  const findings: Finding[] = []
  for await (const found of readFindings(engine)) {
    const { evidence, code, keys, message, amountAtRisk, currency, values, tolerance, invoiceId } = found
    findings.push({
      code,
      keys,
      message,
      amountAtRisk,
      currency,
      values,
      tolerance,
      evidence: evidence.map((place) => sourceOf(place, files)),
      ...(invoiceId === null ? {} : { document: invoiceId }),
    })
  }
  const results: StoredResult[] = []
  for await (const line of readResults(engine)) {
    const { invoice_id, sequence, outcome, rung } = line
    results.push({ invoiceId: invoice_id, sequence, outcome, rung, result: { ...line } })
  }
  const open = await engine.rows<{ invoice_number: string }>(
    `SELECT DISTINCT invoice_number FROM invoice WHERE state = 'open'`,
  )
  const judged = new Set(open.map(({ invoice_number }) => invoice_number))
  const invoices: Matched['invoices'][number][] = []
  for await (const { invoiceId, outcome, amount, codes } of readOutcomes(engine)) {
    invoices.push({ invoiceId, outcome, amount, codes })
  }
  return {
    output: { findings, results, judged, invoices },
    said: `${results.length} invoice lines, ${invoices.filter(({ outcome }) => outcome === 'clean').length} of ${invoices.length} invoices clean, ${findings.length} findings`,
  }
}

interface Place {
  readonly file: number | null
  readonly record: number | null
  readonly byteOffset: number | null
  readonly byteLength: number | null
  readonly field: string
  readonly value: string | null
}

function sourceOf(place: Place, files: readonly SourceFile[]): Source {
  const file = place.file === null ? undefined : files[place.file]
  return {
    file: file?.name ?? 'settings of the workspace',
    ...(file === undefined ? {} : { sha256: file.sha256 }),
    // A document's bytes say more than the number of its line.
    ...(place.record === null || place.byteOffset !== null ? {} : { record: place.record }),
    ...(place.byteOffset === null ? {} : { byteOffset: place.byteOffset }),
    ...(place.byteLength === null ? {} : { byteLength: place.byteLength }),
    field: place.field,
    ...(place.value === null ? {} : { value: place.value }),
  }
}
