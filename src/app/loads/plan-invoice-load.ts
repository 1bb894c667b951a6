import {
  absolute,
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
  sumOf,
  unitsOfBasis,
  ZERO,
} from '../../canonical/index.js'
import type { JobLoad, JobSettings } from '../../config/index.js'
import type { LoadInvoice, LoadLine } from '../../outputs/load/index.js'
import {
  type DocumentOfFile,
  documentsIn,
  type InvoiceResult,
  invoiceResultsOf,
  resultsOf,
  type StateDatabase,
  type StoredResult,
  saveLoadDecisions,
} from '../../state/index.js'
import { type EvidencedDecision, evidenceOf, standingDecisions } from '../deciding/load-evidence.js'
import { shortCharges, shortLine } from '../deciding/short-pay.js'
import { statedPrice } from '../document-relations/stated-price.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { documentJobs } from '../workspace/shared-inputs.js'
import { type BookableLoad, bookLoad, originOf } from './book-load.js'
import { type Payable, reconsider } from './waiting-loads.js'

/** The invoices of the run that are clean or released by decisions, as one load. None where there is none that is not in a load already. */
export async function planInvoiceLoad(
  run: Run,
  job: JobSettings,
  load: JobLoad,
  tools: Tools,
): Promise<Partial<BookableLoad>> {
  const payable = await payableInvoices(run, job, tools)
  const waiting = await reconsider(run, job, load, new Map(payable.map(asPayable)), tools)
  const invoices = payable.filter(({ document }) => !waiting.held.has(document.id))
  if (invoices.length === 0) return { commit: waiting.commit }
  const ids = invoices.map(({ document }) => document.id)
  const decisions = invoices.flatMap(evidenceOf)
  const content = {
    ids,
    invoices: invoices.map((one) => one.load),
    tables: {},
    booked: {
      invoices: invoices.map(({ document, load: { amount } }) => ({ invoiceId: document.id, amount })),
      rows: [],
    },
    money: invoices.map(({ load: { amount, currency } }) => ({ amount, currency })),
    moved: invoices.reduce<DecimalText>((sum, { load: { amount } }) => add(sum, absolute(amount)), ZERO),
    currencies: [...new Set(invoices.map(({ load: { currency } }) => currency))],
    audited: { decisions: decisions.map(({ exception_id }) => exceptionId(exception_id)) },
    commitFirst: waiting.commit,
    commit: (database: StateDatabase, loadId: string) => saveLoadDecisions(database, loadId, decisions),
  }
  return bookLoad(originOf(run), job, load, content, tools)
}

const asPayable = (invoice: PayableInvoice): [string, Payable] => [
  invoice.document.id,
  { invoice: invoice.load, decisions: evidenceOf(invoice) },
]

interface PayableInvoice {
  readonly document: DocumentOfFile
  readonly load: LoadInvoice
  /** What released it; none for a clean one. */
  readonly decisions: readonly EvidencedDecision[]
}

async function payableInvoices(run: Run, job: JobSettings, tools: Tools): Promise<PayableInvoice[]> {
  const { database } = tools.state
  const payable = new Map(
    (await invoiceResultsOf(database, run.id))
      .filter(({ outcome }) => outcome === 'clean' || outcome === 'released')
      .map((result) => [result.invoiceId, result]),
  )
  const results = new Map<string, StoredResult[]>()
  for (const result of await resultsOf(database, run.id)) {
    if (payable.has(result.invoiceId)) results.set(result.invoiceId, [...(results.get(result.invoiceId) ?? []), result])
  }
  const documents = await documentsIn(database, documentJobs(job, tools.workspace), 'invoice', ['open'])
  const decisions = await standingDecisions(database, job.job)
  return (
    documents
      .filter(({ id }) => payable.has(id))
      .map((document) => {
        const own = decisions.get(document.id) ?? []
        const lines = results.get(document.id) ?? []
        const told = { ...(payable.get(document.id) as InvoiceResult), lines }
        return { document, decisions: own, load: loadInvoice(document, told, own, tools.workspace.settings.currency) }
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
  told: Pick<InvoiceResult, 'company' | 'supplier'> & { readonly lines: readonly StoredResult[] },
  decisions: readonly EvidencedDecision[],
  currency: string,
): LoadInvoice {
  const invoice: Invoice = JSON.parse(document.body)
  const sign = (amount: DecimalText): DecimalText => (invoice.credit ? negate(amount) : amount)
  const first = told.lines[0]?.result
  const short = decisions.filter(({ effect }) => effect === 'short-pay')
  const items = told.lines.map((result) => {
    const billed = itemLine(invoice, result, sign)
    const about = short.filter(({ invoiceLine }) => invoiceLine === String(result.sequence))
    return { billed, paid: about.length === 0 ? billed : shortLine(billed, result, about) }
  })
  const charges = [...invoice.charges, ...invoice.lines.flatMap((line) => line.charges)]
    .filter(({ amount }) => !isZero(amount))
    .map((charge) => chargeLine(charge, sign))
  const cuts = shortCharges(charges, short)
  const lines = [...items.flatMap(({ paid }) => paid ?? []), ...charges, ...cuts]
  const sum = (some: readonly { readonly amount: DecimalText }[]) => sumOf(some.map(({ amount }) => amount))
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
    supplier: text(first?.supplier ?? told.supplier),
    date: invoice.invoiceDate,
    amount: total,
    currency: invoice.currency ?? currency,
    type: invoice.credit ? 'CREDIT' : 'STANDARD',
    company: text(first?.company ?? told.company),
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
  const { unitPrice, priceBasis } = statedPrice(line)
  return {
    type: 'ITEM',
    amount: sign(decimal(text(result.amount))),
    quantity: sign(line.quantity),
    ...(unitPrice === undefined ? {} : { unitPrice: perUnit(unitPrice, priceBasis) }),
    ...(line.uom === undefined ? {} : { uom: line.uom }),
    ...(line.description === undefined ? {} : { description: line.description }),
    poNumber: text(result.po_number),
    poLine: text(result.line_number),
    ...(result.release ? { release: text(result.release) } : {}),
    ...(result.item ? { item: text(result.item) } : {}),
  }
}

/** Price of one unit: what it is for, a hundred or a thousand, divided out, which comes out even. */
const perUnit = (price: DecimalText, basis: string | undefined): DecimalText =>
  divideRounded(price, unitsOfBasis(basis) ?? decimal(1), 12)

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
