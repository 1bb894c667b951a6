import { createHash } from 'node:crypto'
import path from 'node:path'
import {
  add,
  type Charge,
  chargeKinds,
  compare,
  type DecimalText,
  decimal,
  divideRounded,
  type Invoice,
  isZero,
  negate,
  subtract,
  ZERO,
} from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import { MatchbookError } from '../errors/index.js'
import {
  buildLoad,
  type LoadInvoice,
  type LoadLine,
  type LoadPlan,
  lintLoad,
  loadFileName,
} from '../outputs/load/index.js'
import {
  appendAudit,
  type DocumentOfFile,
  documentsIn,
  invoiceResultsOf,
  resultsOf,
  type StoredResult,
  saveLoad,
  saveLoadDecisions,
  setDocumentState,
} from '../state/index.js'
import { type EvidencedDecision, evidenceOf, standingDecisions } from './deciding/load-evidence.js'
import { shortCharges, shortLine } from './deciding/short-pay.js'
import { exceptionId } from './list-exceptions.js'
import type { Run, StepResult } from './run.js'
import type { Tools } from './tools.js'
import { wrapForSending } from './wrap-for-sending.js'

export interface PlannedLoadOutput {
  readonly id: string
  readonly file: string
  readonly endpoint: string
  readonly invoices: number
  readonly lines: number
  readonly amount: DecimalText
}

/**
 * The invoices of the run that are clean or released by decisions, as one load: linted, written under a name that follows from its content, then booked together with its
 * place in the outbox and the state of its invoices. Null when the job loads nothing or nothing is clean.
 * @throws LOAD-LINT, TOTALS-DIFFER
 */
export async function planLoad(
  run: Run,
  job: JobSettings,
  tools: Tools,
): Promise<StepResult<PlannedLoadOutput | null>> {
  if (job.load === undefined) return { output: null, said: 'the job loads nothing' }
  const template = tools.workspace.loads.get(job.load.template)
  if (template === undefined)
    throw new MatchbookError('WORKSPACE-INVALID', `there is no load template ${job.load.template}`)
  const invoices = await payableInvoices(run, job, tools)
  if (invoices.length === 0) return { output: null, said: 'no invoice to pay that was not loaded before' }

  const key = idempotencyKey(job, invoices)
  const plan: LoadPlan = {
    loadId: `${run.row.as_of.replaceAll('-', '')}-${key.slice(0, 8)}`,
    groupId: key.slice(0, 12).toUpperCase(),
    source: job.load.values.source ?? 'MATCHBOOK',
    values: job.load.values,
    valuesByCompany: job.load['values-by-company'],
    invoices: invoices.map(({ load }) => load),
  }
  const problems = lintLoad(template, plan)
  if (problems.length > 0) {
    const shown = problems.slice(0, 10).map(({ message }) => `  ${message}`)
    throw new MatchbookError(
      'LOAD-LINT',
      `the load breaks ${problems.length} rules of ${template.title}:\n${shown.join('\n')}`,
    )
  }
  const name = loadFileName(template, plan.loadId)
  const built = await buildLoad(template, plan, path.join(tools.folder, 'loads', name))
  const { totals } = built
  const sending = await wrapForSending(built, name, job.load.wrap, tools)
  const load = job.load
  return {
    output: {
      id: plan.loadId,
      file: name,
      endpoint: load.endpoint,
      invoices: totals.invoices,
      lines: totals.lines,
      amount: totals.amount,
    },
    said: `${totals.invoices} invoices, ${totals.lines} lines, ${totals.amount} ${tools.workspace.settings.currency} in ${name}`,
    commit: async (database) => {
      const planned = tools.now()
      await saveLoad(database, {
        load: {
          id: plan.loadId,
          idempotency_key: key,
          job: job.job,
          run_id: run.id,
          template: template.template,
          status: 'planned',
          planned_at: planned,
          sent_at: null,
          invoices: totals.invoices,
          lines: totals.lines,
          amount: totals.amount,
          currency: tools.workspace.settings.currency,
          file: built.path,
          sha256: built.sha256,
        },
        invoices: invoices.map(({ document, load }) => ({ invoiceId: document.id, amount: load.amount })),
        outbox: { endpoint: load.endpoint, folder: load.folder, ...sending },
      })
      await saveLoadDecisions(database, plan.loadId, invoices.flatMap(evidenceOf))
      await setDocumentState(
        database,
        invoices.map(({ document }) => document.id),
        'loaded',
      )
      await appendAudit(database, {
        at: planned,
        actor: `run ${run.id}`,
        action: 'load planned',
        subject: plan.loadId,
        detail: {
          invoices: totals.invoices,
          lines: totals.lines,
          amount: totals.amount,
          sha256: built.sha256,
          decisions: invoices.flatMap(evidenceOf).map(({ exception_id }) => exceptionId(exception_id)),
        },
      })
    },
  }
}

/** The same invoices make the same load, whichever run asks. */
const idempotencyKey = (job: JobSettings, invoices: readonly { readonly document: DocumentOfFile }[]): string =>
  createHash('sha256')
    .update(JSON.stringify([job.job, job.load?.template, invoices.map(({ document }) => document.id).sort()]))
    .digest('hex')

interface PayableInvoice {
  readonly document: DocumentOfFile
  readonly load: LoadInvoice
  /** What released it; none for a clean one. */
  readonly decisions: readonly EvidencedDecision[]
}

async function payableInvoices(run: Run, job: JobSettings, tools: Tools): Promise<PayableInvoice[]> {
  const { database } = tools.state
  const payable = new Set(
    (await invoiceResultsOf(database, run.id))
      .filter(({ outcome }) => outcome === 'clean' || outcome === 'released')
      .map(({ invoiceId }) => invoiceId),
  )
  const results = new Map<string, StoredResult[]>()
  for (const result of await resultsOf(database, run.id)) {
    if (payable.has(result.invoiceId)) results.set(result.invoiceId, [...(results.get(result.invoiceId) ?? []), result])
  }
  const documents = await documentsIn(database, job.job, 'invoice', ['open'])
  const decisions = await standingDecisions(database, job.job)
  return (
    documents
      .filter(({ id }) => payable.has(id))
      .map((document) => {
        const own = decisions.get(document.id) ?? []
        const lines = results.get(document.id) ?? []
        return { document, decisions: own, load: loadInvoice(document, lines, own, tools.workspace.settings.currency) }
      })
      // Of one paid short there may be nothing left to pay.
      .filter(({ load, decisions: own }) => own.length === 0 || load.lines.length > 0)
      // The order in which files came in is chance; the same invoices must make the same bytes.
      .sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))
  )
}

const orderKey = ({ document, load }: PayableInvoice): string =>
  JSON.stringify([load.company, load.supplier, load.number, document.id])

function loadInvoice(
  document: DocumentOfFile,
  results: readonly StoredResult[],
  decisions: readonly EvidencedDecision[],
  currency: string,
): LoadInvoice {
  const invoice: Invoice = JSON.parse(document.body)
  const sign = (amount: DecimalText): DecimalText => (invoice.credit ? negate(amount) : amount)
  const first = results[0]?.result
  const short = decisions.filter(({ effect }) => effect === 'short-pay')
  const items = results.map((result) => {
    const billed = itemLine(invoice, result, sign)
    const about = short.filter(({ invoiceLine }) => invoiceLine === String(result.sequence))
    return { billed, paid: about.length === 0 ? billed : shortLine(billed, result, about) }
  })
  const charges = [...invoice.charges, ...invoice.lines.flatMap((line) => line.charges)]
    .filter(({ amount }) => !isZero(amount))
    .map((charge) => chargeLine(charge, sign))
  const cuts = shortCharges(charges, short)
  const lines = [...items.flatMap(({ paid }) => paid ?? []), ...charges, ...cuts]
  const sum = (some: readonly { readonly amount: DecimalText }[]) => add(ZERO, ...some.map(({ amount }) => amount))
  const billed = [...items.map((item) => item.billed), ...charges]
  const isTotalShort = short.some(({ code }) => code === 'INV-TOTAL') && compare(sum(billed), sign(invoice.total)) < 0
  const asked = isTotalShort ? sum(billed) : sign(invoice.total)
  const total = add(asked, subtract(sum(lines), sum(billed)))
  // Cents lost by rounding each line are within the total's tolerance, or the invoice would not be clean; the ERP wants them named.
  const rounding = subtract(total, sum(lines))
  if (lines.length > 0 && !isZero(rounding))
    lines.push({ type: 'MISCELLANEOUS', amount: rounding, description: 'Rounding' })
  return {
    invoiceId: document.id,
    number: invoice.invoiceNumber,
    supplier: text(first?.supplier),
    date: invoice.invoiceDate,
    amount: total,
    currency: invoice.currency ?? currency,
    type: invoice.credit ? 'CREDIT' : 'STANDARD',
    company: text(first?.company),
    lines: lines.map((line, n) => ({ ...line, number: n + 1 })),
  }
}

type Unnumbered = Omit<LoadLine, 'number'>

function itemLine(
  invoice: Invoice,
  { sequence, result }: StoredResult,
  sign: (amount: DecimalText) => DecimalText,
): Unnumbered {
  const line = invoice.lines.find((one) => one.sequence === sequence)
  if (line === undefined) throw new Error(`invoice ${invoice.invoiceNumber} has no line ${sequence}`)
  return {
    type: 'ITEM',
    amount: sign(decimal(text(result.amount))),
    quantity: sign(line.quantity),
    ...(line.unitPrice === undefined ? {} : { unitPrice: perUnit(line.unitPrice, line.priceBasis) }),
    ...(line.uom === undefined ? {} : { uom: line.uom }),
    ...(line.description === undefined ? {} : { description: line.description }),
    poNumber: text(result.po_number),
    poLine: text(result.line_number),
    ...(result.release ? { release: text(result.release) } : {}),
    ...(result.item ? { item: text(result.item) } : {}),
  }
}

const PER: Readonly<Record<string, DecimalText>> = { HP: decimal(100), TP: decimal(1000) }

/** Price of one unit: the basis (HP per hundred, TP per thousand) divided out; both divide exactly. */
const perUnit = (price: DecimalText, basis: string | undefined): DecimalText =>
  divideRounded(price, PER[basis ?? ''] ?? decimal(1), 12)

function chargeLine(
  { kind, code, amount, description }: Charge,
  sign: (amount: DecimalText) => DecimalText,
): Unnumbered {
  const said = description === undefined ? {} : { description }
  const what = chargeKinds.get(code ?? '')
  if (kind === 'T' || (kind === 'C' && what === 'tax')) return { type: 'TAX', amount: sign(amount), ...said }
  if (kind === 'A')
    return { type: 'MISCELLANEOUS', amount: sign(negate(amount)), description: description ?? 'Allowance' }
  return { type: what === undefined ? 'MISCELLANEOUS' : 'FREIGHT', amount: sign(amount), ...said }
}

const text = (value: string | number | boolean | null | undefined): string =>
  value === null || value === undefined ? '' : String(value)
