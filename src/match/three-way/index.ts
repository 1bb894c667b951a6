import { chargeKinds, literal, type SetEngine } from '../../canonical/index.js'
import unitWays from '../unit-ways.sql'
import shared from '../words.sql'
import accumulate from './accumulate.sql'
import allowed from './allowed.sql'
import billSums from './bill-sums.sql'
import bills from './bills.sql'
import charges from './charges.sql'
import contractPrice from './contract-price.sql'
import contracts from './contracts.sql'
import credit from './credit.sql'
import duplicateFindings from './duplicate-findings.sql'
import duplicateSuspects from './duplicate-suspects.sql'
import duplicates from './duplicates.sql'
import extended from './extended.sql'
import findings from './findings.sql'
import history from './history.sql'
import { relationViews } from './inputs.js'
import judged from './judged.sql'
import keysChoice from './keys-choice.sql'
import keysLadder from './keys-ladder.sql'
import keysPriceQuantity from './keys-price-quantity.sql'
import lineFindings from './line-findings.sql'
import orderFindings from './order-findings.sql'
import plain from './plain.sql'
import price from './price.sql'
import purchaseOrder from './purchase-order.sql'
import quantity from './quantity.sql'
import raised from './raised.sql'
import receivedNotInvoiced from './received-not-invoiced.sql'
import results from './results.sql'
import substitution from './substitution.sql'
import supplier from './supplier.sql'
import terms from './terms.sql'
import tolerance from './tolerance.sql'
import totals from './totals.sql'
import unitFindings from './unit-findings.sql'
import units from './units.sql'
import words from './words.sql'

export {
  type Evidence,
  type InvoiceOutcome,
  type LineResult,
  type MatchFinding,
  readFindings,
  readOutcomes,
  readResults,
} from './read.js'

/** Days and dates of one night. */
export interface ThreeWayParameters {
  /** The business day, yyyy-MM-dd. */
  readonly asOf: string
  /** ISO 4217, of amounts that name none. */
  readonly currency: string
  /** An invoice may wait so long for its receipt, from its own date: an old one that comes late has waited already. */
  readonly receiptGraceDays: number
  /** GRNI-AGED after so many days without a further receipt. */
  readonly receivedNotInvoicedDays: number
  /** How far apart two invoices may be dated and still be suspected of being one. */
  readonly duplicateWindowDays: number
  /** How old a PO may be for an invoice that names none. */
  readonly noPoWindowDays: number
}

/** The rules in their order; each file says what it decides. Where all of its tables are empty, a rule has nothing to ask. */
const rules: readonly (readonly [name: string, sql: string, ...of: string[]])[] = [
  ['shared words', shared],
  ['unit ways', unitWays],
  ['words', words],
  ['units', units],
  ['bills', bills],
  ['duplicates', duplicates],
  ['plain', plain],
  ['purchase-order', purchaseOrder],
  ['keys-ladder', keysLadder],
  ['substitution', substitution],
  ['keys-price-quantity', keysPriceQuantity],
  ['keys-choice', keysChoice],
  ['history', history],
  ['duplicate-suspects', duplicateSuspects],
  ['accumulate', accumulate],
  ['contracts', contracts],
  ['tolerance', tolerance],
  ['judged', judged],
  ['bill-sums', billSums],
  ['allowed', allowed],
  ['raised', raised],
  ['unit-findings', unitFindings, 'doubtful'],
  ['price', price, 'doubtful'],
  ['contract-price', contractPrice, 'contracted'],
  ['quantity', quantity, 'doubtful'],
  ['extended', extended, 'doubtful'],
  ['credit', credit, 'doubtful'],
  ['line-findings', lineFindings, 'doubtful'],
  ['order-findings', orderFindings, 'named', 'unmatched', 'orderless'],
  ['supplier', supplier, 'claim', 'sum_of_bill'],
  ['totals', totals, 'sum_of_bill'],
  ['charges', charges, 'charge'],
  ['terms', terms, 'sum_of_bill'],
  ['duplicate-findings', duplicateFindings, 'set_aside'],
  ['received-not-invoiced', receivedNotInvoiced, 'aged'],
  ['findings', findings],
  ['results', results],
]

/** The text of all rules: which relations they read. */
export const threeWayRules = rules.map(([, sql]) => sql).join('\n')

/**
 * Matches the open rows of `invoice` and `invoice_line` against po_line, receipt_line, voucher_line, contract_price and the settings
 * relations, all tables in the engine (a missing one counts as empty: inputs.ts). Leaves `finding`, `invoice_outcome` and `match_result` there;
 * see docs/matching.md for what each rule decides. Running it again replaces them.
 * @param watch told of each rule as it is done, with its milliseconds
 * @throws Error naming the SQL, for a defect in a rule; bad data is always a finding
 */
export async function matchThreeWay(
  engine: SetEngine,
  parameters: ThreeWayParameters,
  watch?: (rule: string, milliseconds: number) => void,
): Promise<void> {
  // What the rules leave each other goes with it.
  await engine.run(
    "DROP VIEW IF EXISTS match_result; DETACH DATABASE IF EXISTS three_way; ATTACH ':memory:' AS three_way",
  )
  await engine.run(await relationViews(engine))
  await engine.run(night(parameters))
  await engine.run(chargeKind())
  // In memory there is nothing to write back; without this DuckDB still stops now and then to tidy its tables.
  await engine.run("SET checkpoint_threshold = '1TB'")
  for (const [name, sql, ...of] of rules) {
    if (of.length > 0 && (await areEmpty(engine, of))) continue
    const from = performance.now()
    await engine.run(sql)
    watch?.(name, performance.now() - from)
  }
}

async function areEmpty(engine: SetEngine, tables: readonly string[]): Promise<boolean> {
  const some = tables.map((table) => `EXISTS (FROM three_way.${table})`).join(' OR ')
  const [row] = await engine.rows<{ some: boolean }>(`SELECT ${some} AS some`)
  return row?.some === false
}

const night = (parameters: ThreeWayParameters): string =>
  `CREATE TABLE three_way.night AS SELECT ${literal(parameters.asOf)}::DATE AS as_of, ${literal(parameters.currency)} AS currency,
    ${days(parameters.receiptGraceDays)} AS receipt_grace_days, ${days(parameters.receivedNotInvoicedDays)} AS received_not_invoiced_days,
    ${days(parameters.duplicateWindowDays)} AS duplicate_window_days, ${days(parameters.noPoWindowDays)} AS no_po_window_days`

const chargeKind = (): string =>
  `CREATE TABLE three_way.charge_kind AS SELECT * FROM (VALUES ${[...chargeKinds]
    .map(([code, kind]) => `(${literal(code)}, ${literal(kind)})`)
    .join(', ')}) AS t(code, kind)`

function days(count: number): string {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a number of days: ${count}`)
  return `${count}::INTEGER`
}
