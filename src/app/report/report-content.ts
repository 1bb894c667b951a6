import { type DecimalText, decimal, type Invoice, negate, ZERO } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { catalogue, clusters } from '../../exceptions/index.js'
import type { HeldInvoice } from '../../outputs/load/index.js'
import type { InputFile, LoadSummary, MatchedRow, ReportContent } from '../../outputs/report/index.js'
import {
  documentsIn,
  filesTakenBy,
  invoiceResultsOf,
  invoicesInLoads,
  type RunRow,
  resultsOf,
  type StoredException,
} from '../../state/index.js'
import { clusterRow } from '../deciding/cluster-row.js'
import { heldReasons } from '../deciding/held-reasons.js'
import { standingDecisions } from '../deciding/load-evidence.js'
import { exceptionRows } from '../exceptions/exception-rows.js'
import type { PlannedLoadOutput } from '../loads/book-load.js'
import { rungNames } from '../match/rung-names.js'
import type { Reading } from '../reading.js'
import { type ReadDocuments, titleOf } from '../run-summary.js'
import { documentTotals, extractTotals } from '../settle/control-totals.js'
import type { Settled } from '../settle/settled.js'
import { allScorecards } from '../suppliers/all-scorecards.js'
import { onlyVendorOf } from '../suppliers/partner-of-vendor.js'
import { supplierScore } from '../suppliers/supplier-score.js'
import { documentJobs } from '../workspace/shared-inputs.js'
import { nightsBefore } from './report-nights.js'
import { reportTables } from './report-tables.js'
import { unconfirmedLoads } from './unconfirmed-loads.js'

/** What the steps before the report left behind. */
export interface Reported {
  readonly documents: ReadDocuments
  readonly settled: Settled
  readonly loads: readonly PlannedLoadOutput[]
}

/** What a workbook is written from: the run's own tools, or a reading of the store afterwards. */
export type ReportTools = Pick<Reading, 'workspace' | 'state' | 'now'>

export interface ReportedInvoices {
  readonly matched: readonly MatchedRow[]
  readonly held: readonly HeldInvoice[]
}

/** The night's invoices as the Matched sheet and the hold list show them: by supplier and number, what is held before what waits. */
export async function reportedInvoices(runId: string, job: JobSettings, tools: ReportTools): Promise<ReportedInvoices> {
  const { database } = tools.state
  const { currency, partners } = tools.workspace.settings
  const rows = await documentsIn(database, documentJobs(job, tools.workspace), 'invoice', ['open', 'loaded'])
  const documents = new Map(
    rows.map((row) => [row.id, { partner: row.partner, invoice: JSON.parse(row.body) as Invoice }]),
  )
  const name = (partner: string): string => partners[partner]?.name ?? partner
  const words = new Intl.Collator('en', { numeric: true })
  const inOrder = [...documents].sort(
    ([, a], [, b]) =>
      words.compare(name(a.partner), name(b.partner)) ||
      words.compare(a.invoice.invoiceNumber, b.invoice.invoiceNumber),
  )
  const rank = new Map(inOrder.map(([id], n) => [id, n]))
  const byRank = (a: { readonly invoiceId: string }, b: { readonly invoiceId: string }): number =>
    (rank.get(a.invoiceId) ?? 0) - (rank.get(b.invoiceId) ?? 0)
  const outcomes = await invoiceResultsOf(database, runId)
  const clean = new Set(outcomes.filter(({ outcome }) => outcome === 'clean').map(({ invoiceId }) => invoiceId))
  const lines = await resultsOf(database, runId)
  const matched = lines
    .filter(({ invoiceId }) => clean.has(invoiceId))
    .sort(byRank)
    .flatMap(({ invoiceId, sequence, rung, result }): MatchedRow[] => {
      const document = documents.get(invoiceId)
      const line = document?.invoice.lines.find((one) => one.sequence === sequence)
      if (document === undefined || line === undefined || rung === null) return []
      const credit = document.invoice.credit
      const signed = (amount: DecimalText): DecimalText => (credit ? negate(amount) : amount)
      return [
        {
          invoice: document.invoice.invoiceNumber,
          supplier: said(result.supplier) ?? '',
          supplierName: name(document.partner),
          facility: said(result.facility),
          po: said(result.po_number) ?? '',
          line: said(result.line_number) ?? '',
          item: said(result.item),
          description: line.description ?? null,
          quantity: signed(line.quantity),
          uom: line.uom ?? '',
          unitPrice: line.unitPrice ?? null,
          amount: signed(exact(result.amount) ?? ZERO),
          currency: document.invoice.currency ?? currency,
          rung,
          how: rungNames[rung] ?? '',
          unitPath: said(result.unit_path),
          received: exact(result.received_base),
          ordered: exact(result.ordered_base) ?? ZERO,
          billed: exact(result.billed_base) ?? ZERO,
        },
      ]
    })
  const released = outcomes.filter(({ outcome }) => outcome === 'released').map(({ invoiceId }) => invoiceId)
  // Those too that wait in a load of an earlier night for somebody to approve it.
  const loaded = await invoicesInLoads(database, released)
  const decisions = await standingDecisions(database, job.job)
  const suppliers = new Map(lines.map(({ invoiceId, result }) => [invoiceId, said(result.supplier)]))
  const held = outcomes
    .filter(({ outcome, invoiceId }) => outcome !== 'clean' && !(outcome === 'released' && loaded.has(invoiceId)))
    .sort((a, b) => Number(a.outcome === 'waiting') - Number(b.outcome === 'waiting') || byRank(a, b))
    .flatMap(({ invoiceId, outcome, amount, codes }): HeldInvoice[] => {
      const document = documents.get(invoiceId)
      if (document === undefined) return []
      return [
        {
          outcome: outcome === 'waiting' ? 'waiting' : 'held',
          invoice: document.invoice.invoiceNumber,
          invoiceDate: document.invoice.invoiceDate,
          supplier: suppliers.get(invoiceId) ?? onlyVendorOf(partners[document.partner]) ?? '',
          supplierName: name(document.partner),
          po: document.invoice.poNumber ?? null,
          amount: decimal(amount),
          currency: document.invoice.currency ?? currency,
          reasons:
            outcome === 'waiting' ? ['receipt within grace'] : heldReasons(codes, decisions.get(invoiceId) ?? []),
          queues: [...new Set(codes.map((code) => queueOf(code, tools)))],
        },
      ]
    })
  return { matched, held }
}

const queueOf = (code: string, { workspace }: ReportTools): string =>
  workspace.settings.exceptions[code]?.queue ??
  (code in catalogue ? catalogue[code as keyof typeof catalogue].queue : '')

const said = (value: string | number | boolean | null | undefined): string | null =>
  value === null || value === undefined || value === '' ? null : String(value)
const exact = (value: string | number | boolean | null | undefined): DecimalText | null =>
  value === null || value === undefined ? null : decimal(String(value))

export async function reportContent(
  run: RunRow,
  job: JobSettings,
  { documents, settled, loads }: Reported,
  invoices: ReportedInvoices,
  open: readonly StoredException[],
  tools: ReportTools,
): Promise<ReportContent> {
  const { settings } = tools.workspace
  const now = tools.now()
  const files = await filesTakenBy(tools.state.database, run.id)
  const inputs = files.map(
    (file): InputFile => ({
      name: file.name,
      partner: file.partner ?? file.endpoint,
      kind: file.input,
      records: file.records ?? 0,
      accepted: file.accepted ?? 0,
      rejected: file.rejected ?? 0,
      sha256: file.sha256,
      status: file.disposition,
      reason: file.reason,
    }),
  )
  return {
    organisation: settings.workspace,
    jobTitle: titleOf(job, run),
    runId: run.id,
    asOf: run.as_of,
    generatedAt: now,
    timezone: settings.timezone,
    currency: settings.currency,
    queues: Object.entries(settings.queues).map(([name, { owner }]) => ({ name, owner })),
    exceptions: open.map(exceptionRows(now, tools.workspace)),
    clusters: clusters(open).map((cluster) => clusterRow(cluster, settings.currency)),
    outcomes: settled.outcomes ?? [],
    nights: await nightsBefore(tools.state.database, run),
    healed: settled.healed,
    invoices: job.matcher === 'three-way' ? invoices : undefined,
    ...(job.matcher === 'three-way' ? { suppliers: (await allScorecards(tools)).map(supplierScore) } : {}),
    tables: reportTables(run.id, job, tools),
    controlTotals: [documentTotals(documents), ...settled.totals, ...settled.extracts.map(extractTotals)],
    inputs,
    loads: loads.map(
      ({ file, invoices, lines, amount, endpoint }): LoadSummary => ({
        name: file,
        invoices,
        lines,
        amount,
        status: `prepared for ${endpoint}`,
      }),
    ),
    ...(job.loads.length === 0 ? {} : { unconfirmed: await unconfirmedLoads(run, tools) }),
  }
}
