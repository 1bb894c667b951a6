import type { Finding } from '../../canonical/index.js'
import { counted } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { matchThreeWay, readFindings, readOutcomes, readResults } from '../../match/index.js'
import type { StoredResult } from '../../state/index.js'
import type { Night } from '../check/check-contracts.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { type InvoicesMatched, type Matched, placed } from './matched.js'

type ThreeWayJob = Extract<JobSettings, { matcher: 'three-way' }>

/** The three-way match: invoices, line by line, against orders, receipts, vouchers and contract prices. */
export async function matchInvoices(
  run: Run,
  job: ThreeWayJob,
  { engine, files }: Night,
  tools: Tools,
): Promise<StepResult<Matched>> {
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
      evidence: placed(evidence, files),
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
  const outcomes: InvoicesMatched['outcomes'][number][] = []
  for await (const outcome of readOutcomes(engine)) outcomes.push(outcome)
  return {
    output: { kind: 'invoices', findings, results, judged, outcomes },
    said: `${counted(results.length, 'invoice line')}, ${outcomes.filter(({ outcome }) => outcome === 'clean').length} of ${outcomes.length} invoices clean, ${counted(findings.length, 'finding')}`,
  }
}
