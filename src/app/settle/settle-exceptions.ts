import { type Finding, moneyApart, ZERO } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { decideByRules, type MatchException, settle } from '../../exceptions/index.js'
import {
  appendAudit,
  confirmRows,
  decisionRules,
  filesTakenBy,
  hasLaterRun,
  listExceptions,
  numbersKnown,
  saveInvoiceResults,
  saveLoadResults,
  saveResultRows,
  saveResults,
  saveSettlement,
  setDocumentState,
  standingFindings,
} from '../../state/index.js'
import { exchangeCodes, exchangeFindings } from '../acknowledging/exchange-findings.js'
import type { Night } from '../check/check-contracts.js'
import { withReleased } from '../deciding/released-invoices.js'
import { routingOf } from '../exceptions/routing.js'
import { invoicesNotSeen, rejectedRows } from '../loads/load-findings.js'
import type { InvoicesMatched, Matched } from '../match/matched.js'
import { noteSettled } from '../notify/note-run.js'
import { takingInFindings } from '../pull/taking-in-findings.js'
import type { Run, StepResult } from '../run.js'
import type { RunSummary, Tally } from '../run-summary.js'
import type { Tools } from '../tools.js'
import { documentJobs } from '../workspace/shared-inputs.js'
import { confirmations } from './confirm-rows.js'
import { assertTied, extractTotals, invoiceTotals } from './control-totals.js'
import { outcomesOf } from './outcomes-of.js'
import type { Settled } from './settled.js'

/**
 * Tonight's findings against what is known of the job, in one transaction with the results of each line: from here on the set
 * engine is not needed any more.
 */
export async function settleExceptions(
  run: Run,
  job: JobSettings,
  night: Night | undefined,
  matched: Matched | undefined,
  tools: Tools,
): Promise<StepResult<Settled>> {
  if (night === undefined || matched === undefined) throw new Error('settle needs the night computed in this process')
  const { database } = tools.state
  const now = tools.now()
  const known = await listExceptions(database, { job: job.job })
  const loaded = matched.kind === 'tables' ? await confirmations(job, matched, tools) : undefined
  const tonight = { confirmed: night.confirmed, results: night.loadResults.results }
  const findings = [
    ...(await standingFindings(database, job.job)),
    ...(await duplicateFiles(run, tools)),
    ...(await exchangeFindings(job, tools)),
    ...(await takingInFindings(job, tools)),
    ...night.findings,
    ...matched.findings,
    ...(loaded?.findings ?? []),
    ...(matched.kind === 'invoices' ? await invoicesNotSeen(job, tonight, tools) : []),
    ...(await rejectedRows(job, tonight, tools)),
  ]
  const numbers = known.flatMap(({ keys }) => (keys.invoice === undefined ? [] : [keys.invoice]))
  const documents = await numbersKnown(database, documentJobs(job, tools.workspace), 'invoice', [...new Set(numbers)])
  const isOfThePast = run.until !== undefined && (await hasLaterRun(database, run.row))
  // Without its extracts the job can judge nothing but the exchange; an invoice loaded before is not judged again, and one whose
  // file was read anew and no longer holds it is gone. A day behind the last one judged cannot say what has healed since.
  const isJudgedInvoice = (invoice: string) =>
    matched.kind !== 'invoices' || matched.judged.has(invoice) || !documents.has(invoice)
  // A period that is over does not heal by being over.
  const isJudgedPeriod = (period: string | undefined) =>
    matched.kind !== 'tables' || matched.period === undefined || period === undefined || matched.period === period
  const judged = ({ code, keys: { invoice, period } }: MatchException) =>
    !isOfThePast &&
    isJudgedPeriod(period) &&
    (exchangeCodes.has(code) ||
      code === 'FILE-LATE' ||
      (matched.kind !== 'nothing' && (invoice === undefined || isJudgedInvoice(invoice))))
  const settlement = decideByRules(
    settle(job.job, known, findings, now, routingOf(tools.workspace), judged),
    await decisionRules(database, { withdrawn: false }),
    run.row.as_of,
    now,
  )
  await night.engine.close()
  const results = matched.kind === 'invoices' ? withReleased(matched.outcomes, settlement.exceptions) : undefined
  const { currency } = tools.workspace.settings
  const invoices =
    results === undefined || matched.kind !== 'invoices'
      ? null
      : tallies({ ...matched, outcomes: results }, night.confirmed.length, currency)
  const totals = matched.kind === 'tables' ? matched.totals : invoices === null ? [] : invoiceTotals(invoices)
  assertTied([...totals, ...night.extracts.map(extractTotals)])
  return {
    output: {
      invoices,
      outcomes: matched.kind === 'tables' ? matched.outcomes : invoices === null ? null : outcomesOf(invoices),
      totals,
      extracts: night.extracts,
      missing: night.missing,
      raised: settlement.raised,
      stillOpen: settlement.stillOpen,
      reopened: settlement.reopened,
      healed: settlement.healed,
    },
    said: `${settlement.byRule > 0 ? `${settlement.byRule} decided by rules, ` : ''}${settlement.raised} new, ${settlement.stillOpen} still open, ${settlement.reopened} back, ${settlement.healed} gone`,
    commit: async (transaction) => {
      await saveSettlement(transaction, settlement, { id: run.id, now })
      if (matched.kind === 'invoices') await saveResults(transaction, run.id, matched.results)
      if (results !== undefined) await saveInvoiceResults(transaction, run.id, results)
      if (matched.kind === 'tables') await saveResultRows(transaction, { job: job.job, runId: run.id }, matched.tables)
      if (loaded !== undefined) await confirmRows(transaction, job.job, loaded.confirmed, now)
      await setDocumentState(transaction, night.confirmed, 'vouchered')
      await noteSettled(transaction, run, job, tools)
      await night.loadResults.commit(transaction)
      await saveLoadResults(transaction, [...night.creditsSeen, ...(loaded?.reversed ?? [])])
      await appendAudit(transaction, {
        at: now,
        actor: `run ${run.id}`,
        action: 'exceptions settled',
        subject: job.job,
        detail: {
          raised: settlement.raised,
          healed: settlement.healed,
          reopened: settlement.reopened,
          byRule: settlement.exceptions.flatMap(({ fingerprint, status, decision }) =>
            status === 'decided' && decision?.rule && decision.decidedAt === now
              ? [{ fingerprint, rule: decision.rule }]
              : [],
          ),
          confirmed: night.confirmed,
        },
      })
    },
  }
}

/** The same bytes a second time are worth a line in tonight's workbook, and no one's decision. */
async function duplicateFiles(run: Run, tools: Tools): Promise<Finding[]> {
  const files = await filesTakenBy(tools.state.database, run.id)
  return files
    .filter(({ disposition }) => disposition === 'duplicate')
    .map((file) => ({
      code: 'FILE-DUPLICATE' as const,
      keys: { file: file.name, ...(file.partner === null ? {} : { partner: file.partner }) },
      message: `${file.name} holds the ${file.reason ?? 'same bytes as a file taken before'}; it was not processed again`,
      amountAtRisk: ZERO,
      currency: tools.workspace.settings.currency,
      values: { 'sha-256': file.sha256 },
      tolerance: null,
      evidence: [{ file: file.name, sha256: file.sha256 }],
    }))
}

function tallies(
  { outcomes: results, results: lines }: InvoicesMatched,
  confirmed: number,
  currency: string,
): NonNullable<RunSummary['invoices']> {
  const currencies = new Map(lines.map(({ invoiceId, result }) => [invoiceId, result.currency]))
  const currencyOf = (invoiceId: string): string => String(currencies.get(invoiceId) || currency)
  const tally = (outcome?: string): Tally => {
    const some = results.filter((invoice) => outcome === undefined || invoice.outcome === outcome)
    const money = some.map(({ invoiceId, amount }) => ({ amount, currency: currencyOf(invoiceId) }))
    return { count: some.length, ...moneyApart(money, currency) }
  }
  return {
    judged: tally(),
    clean: tally('clean'),
    released: tally('released'),
    held: tally('held'),
    waiting: tally('waiting'),
    duplicate: tally('duplicate'),
    confirmed,
  }
}
