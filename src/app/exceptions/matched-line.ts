import { type DecimalText, parseDecimal } from '../../canonical/index.js'
import { resultsOfInvoices, type StateDatabase, type StoredException } from '../../state/index.js'
import { rungNames } from '../match/rung-names.js'

/** What the last run made of the invoice line that an exception is about. Quantities are in the base unit. */
export interface MatchedLine {
  readonly run: string
  /** How its PO line was found, in words; null: it has none. */
  readonly foundBy: string | null
  /** From the billed unit and from the unit of the PO to the base unit, with where each factor comes from: `CA -> EA x24 (item 1001)`. */
  readonly unitPath: string | null
  readonly baseUnit: string | null
  readonly invoiced: DecimalText | null
  readonly ordered: DecimalText | null
  readonly received: DecimalText | null
  /** By all invoices for the PO line, this one among them. */
  readonly billed: DecimalText | null
  /** The price of the PO for one billed unit, in the price basis of the invoice. */
  readonly expectedPrice: DecimalText | null
  /** Every limit that held for the line, by rule and side. */
  readonly limits: Readonly<Record<string, string>>
}

/** Null for an exception that is about no single invoice line, and where a later run has not judged the line. */
export async function matchedLine(
  database: StateDatabase,
  { document, keys }: StoredException,
): Promise<MatchedLine | null> {
  if (!document || keys.invoiceLine === undefined) return null
  const found = (await resultsOfInvoices(database, [document])).find(
    ({ sequence }) => String(sequence) === keys.invoiceLine,
  )
  if (found === undefined) return null
  const row: Readonly<Record<string, unknown>> = JSON.parse(found.result)
  const text = (column: string): string | null => (typeof row[column] === 'string' ? row[column] : null)
  const exact = (column: string): DecimalText | null => parseDecimal(text(column) ?? '') ?? null
  return {
    run: found.run_id,
    foundBy: found.rung === null ? null : (rungNames[found.rung] ?? null),
    unitPath: text('unit_path'),
    baseUnit: text('base_uom'),
    invoiced: exact('invoiced_base'),
    ordered: exact('ordered_base'),
    received: exact('received_base'),
    billed: exact('billed_base'),
    expectedPrice: exact('expected_price'),
    limits: JSON.parse(text('tolerance') ?? '{}'),
  }
}
