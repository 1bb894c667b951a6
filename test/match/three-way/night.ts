import {
  createRelation,
  literal,
  type RelationName,
  relations,
  type SetEngine,
  sqlType,
} from '../../../src/canonical/index.js'
import { openDuckDb } from '../../../src/match/engine/duckdb.js'
import {
  type InvoiceOutcome,
  type LineResult,
  type MatchFinding,
  matchThreeWay,
  readFindings,
  readOutcomes,
  readResults,
  type ThreeWayParameters,
} from '../../../src/match/three-way/index.js'

export type Value = string | number | boolean | null
export type Row = Readonly<Record<string, Value>>

export interface Matched {
  readonly findings: readonly MatchFinding[]
  readonly results: readonly LineResult[]
  readonly outcomes: readonly InvoiceOutcome[]
  /** Codes of all findings, sorted. */
  readonly codes: readonly string[]
  finding(code: string): MatchFinding
  result(invoice?: string, sequence?: number): LineResult
  outcome(invoice?: string): string | undefined
}

let engine: SetEngine | undefined

const usual: ThreeWayParameters = {
  asOf: '2026-03-20',
  currency: 'USD',
  receiptGraceDays: 3,
  receivedNotInvoicedDays: 30,
  duplicateWindowDays: 90,
  noPoWindowDays: 60,
}

/**
 * The books of one night, told row by row; what a case does not say is in order. One supplier ("10432", partner medsupply), one company
 * ("10"), PO 4500 line 1: 10 BX of item 1001 at 12.00, ten EA a box.
 */
export class Night {
  readonly rows: [RelationName, Row][] = []
  parameters: ThreeWayParameters = usual
  readonly #lines = new Map<string, { count: number; sum: bigint }>()
  readonly #invoices = new Map<string, Row>()

  constructor() {
    this.add('partner_vendor', { partner: 'medsupply', company: '10', supplier: '10432' })
    this.add('item', { item: '1001', base_uom: 'EA', status: 'active' })
    this.add('item_uom', { item: '1001', uom: 'BX', factor: '10' })
  }

  add(relation: RelationName, row: Row): this {
    this.rows.push([relation, row])
    return this
  }

  po(row: Row = {}): this {
    return this.add('po_line', {
      company: '10',
      po_number: '4500',
      release: null,
      line_number: '1',
      supplier: '10432',
      item: '1001',
      vendor_item: 'V-1001',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
      status: 'open',
      matching: 'three-way',
      ship_to: 'DOCK',
      facility: 'MAIN',
      po_date: '2026-03-01',
      ...row,
    })
  }

  received(quantity: string, row: Row = {}): this {
    return this.add('receipt_line', {
      company: '10',
      po_number: '4500',
      line_number: '1',
      receipt_number: `R${this.rows.length}`,
      quantity,
      uom: 'BX',
      received_on: '2026-03-05',
      ...row,
    })
  }

  vouchered(number: string, quantity: string | null, amount: string, row: Row = {}): this {
    return this.add('voucher_line', {
      company: '10',
      supplier: '10432',
      invoice_number: number,
      invoice_date: '2026-03-08',
      voucher_number: `V${number}`,
      po_number: '4500',
      line_number: '1',
      quantity,
      uom: quantity === null ? null : 'BX',
      amount,
      status: 'open',
      ...row,
    })
  }

  /** An invoice taken in on its date; its total is the sum of its lines unless the row says otherwise. */
  invoice(number: string, row: Row = {}): this {
    this.#invoices.set(number, {
      invoice_id: number,
      partner: 'medsupply',
      company: '10',
      invoice_number: number,
      invoice_date: '2026-03-10',
      received_on: '2026-03-10',
      credit: false,
      po_number: '4500',
      state: 'open',
      ...row,
    })
    this.#lines.set(number, { count: 0, sum: 0n })
    return this
  }

  /** A line of the invoice told last: by default 10 BX at 12.00 naming PO line 1. */
  line(row: Row = {}): this {
    const [invoice] = [...this.#invoices.keys()].slice(-1)
    const total = invoice === undefined ? undefined : this.#lines.get(invoice)
    if (invoice === undefined || total === undefined) throw new RangeError('a line needs an invoice')
    total.count++
    const line: Row = {
      invoice_id: invoice,
      sequence: total.count,
      assigned_id: '1',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
      byte_offset: 100 * total.count,
      byte_length: 40,
      ...row,
    }
    total.sum += cents(line.quantity ?? 0, line.unit_price ?? 0, line.price_basis ?? null)
    return this.add('invoice_line', line)
  }

  charge(kind: 'A' | 'C' | 'T', code: string, amount: string): this {
    const [invoice] = [...this.#invoices.keys()].slice(-1)
    const total = invoice === undefined ? undefined : this.#lines.get(invoice)
    if (invoice === undefined || total === undefined) throw new RangeError('a charge needs an invoice')
    total.sum += (kind === 'A' ? -1n : 1n) * cents(amount, '1', null)
    return this.add('invoice_charge', { invoice_id: invoice, kind, code, amount })
  }

  tolerance(rule: string, over: Row, row: Row = {}): this {
    return this.add('tolerance', { rule, over_mode: 'limit', ...over, under_mode: 'zero', ...row })
  }

  with(parameters: Partial<ThreeWayParameters>): this {
    this.parameters = { ...this.parameters, ...parameters }
    return this
  }

  /** All rows, each with a place of its own to be found at again. */
  get told(): (readonly [RelationName, Row])[] {
    const invoices = [...this.#invoices].map(([number, row]): [RelationName, Row] => {
      const sum = this.#lines.get(number)?.sum ?? 0n
      return ['invoice', { total: `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`, ...row }]
    })
    return [...this.rows, ...invoices].map(
      ([relation, row], n) => [relation, { source_file: 7, source_record: n + 1, ...row }] as const,
    )
  }

  async match(rows = this.told): Promise<Matched> {
    // One engine for all cases of a file: each drops what the one before left.
    engine ??= await openDuckDb({ threads: 1 })
    await insert(engine, rows)
    await matchThreeWay(engine, this.parameters)
    return await matched(engine)
  }
}

export async function insert(engine: SetEngine, rows: readonly (readonly [RelationName, Row])[]): Promise<void> {
  for (const relation of Object.keys(relations) as RelationName[]) {
    await engine.run(`DROP TABLE IF EXISTS ${relation}`)
    const here = rows.filter(([name]) => name === relation).map(([, row]) => row)
    if (here.length === 0) continue
    await engine.run(createRelation(relation))
    const columns = [...new Set(here.flatMap((row) => Object.keys(row)))]
    const kinds: Record<string, { kind: keyof typeof sqlType }> = relations[relation]
    const cell = (value: Value | undefined, column: string): string =>
      value === null || value === undefined
        ? 'NULL'
        : `${literal(String(value))}::${sqlType[kinds[column]?.kind ?? 'integer']}`
    const values = here.map((row) => `(${columns.map((column) => cell(row[column], column)).join(', ')})`)
    await engine.run(`INSERT INTO ${relation} (${columns.join(', ')}) VALUES ${values.join(', ')}`)
  }
}

export async function matched(engine: SetEngine): Promise<Matched> {
  const findings = await all(readFindings(engine))
  const results = await all(readResults(engine))
  const outcomes = await all(readOutcomes(engine))
  return {
    findings,
    results,
    outcomes,
    codes: findings.map(({ code }) => code).sort(),
    finding: (code) => only(findings.filter((finding) => finding.code === code)),
    result: (invoice = 'A1', sequence = 1) =>
      only(results.filter((result) => result.invoice_id === invoice && result.sequence === sequence)),
    outcome: (invoice = 'A1') => outcomes.find(({ invoiceId }) => invoiceId === invoice)?.outcome,
  }
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const rows: T[] = []
  for await (const row of source) rows.push(row)
  return rows
}

function only<T>(rows: readonly T[]): T {
  const [row] = rows
  if (row === undefined || rows.length !== 1) throw new Error(`${rows.length} rows where one was expected`)
  return row
}

/** quantity x price / basis, half up: told apart from the SQL so that the totals do not check themselves. */
function cents(quantity: Value, price: Value, basis: Value): bigint {
  const scaled = (value: Value): bigint => {
    const [whole = '0', part = ''] = String(value).replace('-', '').split('.')
    return BigInt(whole + part.padEnd(6, '0').slice(0, 6)) * (String(value).startsWith('-') ? -1n : 1n)
  }
  const per = basis === 'HP' ? 100n : basis === 'TP' ? 1000n : 1n
  const unit = 10n ** 10n * per
  const exact = scaled(quantity) * scaled(price)
  return exact < 0n ? -((-exact * 2n + unit) / (2n * unit)) : (exact * 2n + unit) / (2n * unit)
}
