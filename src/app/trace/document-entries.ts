import { type CanonicalDocument, parseDecimal, type Source } from '../../canonical/index.js'
import type { FileRow, TracedDocument, TracedResult } from '../../state/index.js'
import { rungNames } from '../match/rung-names.js'
import { money } from '../money-text.js'
import type { TraceEntry } from './timeline.js'

/** Where a document stands, from ST to SE. */
export function documentPlace(document: TracedDocument, files: ReadonlyMap<number, FileRow>): Source {
  const file = files.get(document.file_id)
  return {
    file: file?.name ?? `file no. ${document.file_id}`,
    ...(file === undefined ? {} : { sha256: file.sha256 }),
    byteOffset: document.byte_offset,
    byteLength: document.byte_length,
  }
}

/** On the day it states of itself; where it states none, when it was taken. */
export function documentEntry(document: TracedDocument, files: ReadonlyMap<number, FileRow>): TraceEntry {
  const { id, kind, business_key, partner, state, purged_at } = document
  const body = purged_at === null ? (JSON.parse(document.body) as CanonicalDocument) : undefined
  const about = body === undefined ? ['purged'] : facts(body)
  return {
    at: (body === undefined ? undefined : statedDay(body)) ?? document.taken_at,
    stage: 'document',
    id,
    said: [`${words[kind] ?? kind} ${business_key} of ${partner}`, ...about, `now ${state}`].join(', '),
    run: files.get(document.file_id)?.run_id ?? null,
    actor: null,
    places: [documentPlace(document, files)],
  }
}

const words: Readonly<Record<string, string>> = {
  'purchase-order': 'order (850)',
  acknowledgment: 'order acknowledgment (855)',
  'ship-notice': 'ship notice (856)',
  'purchase-order-change': 'order change (860)',
  'order-change-acknowledgment': 'answer to an order change (865)',
  invoice: 'invoice (810)',
  'price-catalog': 'price catalog (832)',
}

function statedDay(body: CanonicalDocument): string | undefined {
  if (body.kind === 'invoice') return body.invoiceDate
  if (body.kind === 'acknowledgment') return body.acknowledgedOn ?? body.poDate
  if (body.kind === 'ship-notice') return body.noticeDate
  return 'poDate' in body ? body.poDate : undefined
}

function facts(body: CanonicalDocument): string[] {
  const lines =
    'lines' in body && body.lines !== undefined
      ? [body.lines.length === 1 ? '1 line' : `${body.lines.length} lines`]
      : []
  if (body.kind === 'invoice') {
    const [currency, total] = [body.currency ?? '', body.total]
    const amount = total === undefined ? `${currency} without total`.trim() : money(total, currency).trim()
    const order = body.poNumber === undefined ? [] : [`PO ${body.poNumber}`]
    return [...order, `${body.credit ? 'credit ' : ''}${amount}`, ...lines]
  }
  if (body.kind === 'acknowledgment') return [`type ${body.type}`, ...lines]
  return lines
}

/** What the last run made of a line: the figures of invoice, order and receipts side by side, as the ERP's extracts had them. */
export function resultEntry(
  { invoice_id, sequence, run_id, outcome, rung, result }: TracedResult,
  document: TracedDocument | undefined,
  files: ReadonlyMap<number, FileRow>,
  at: string,
): TraceEntry {
  const row: Readonly<Record<string, unknown>> = JSON.parse(result)
  const figures = Object.entries(figureWords).flatMap(([column, word]) => {
    const value = row[column]
    return value === null || value === undefined || value === '' ? [] : [`${word} ${plain(column, String(value))}`]
  })
  const how = rung === null ? [] : [`by ${rungNames[rung]}`]
  return {
    at,
    stage: 'match',
    id: invoice_id,
    said: [`invoice ${document?.business_key ?? invoice_id} line ${sequence}: ${outcome}`, ...how, ...figures].join(
      ', ',
    ),
    run: run_id,
    actor: null,
    places: document === undefined ? [] : [linePlace(document, sequence, files)],
  }
}

/** Numbers without the zeros of the column they were kept in; what only looks like a number stays as it is. */
const plain = (column: string, value: string): string =>
  /_base$|price$/.test(column) ? (parseDecimal(value) ?? value) : value

const figureWords: Readonly<Record<string, string>> = {
  po_number: 'PO',
  line_number: 'PO line',
  item: 'item',
  base_uom: 'in',
  invoiced_base: 'invoiced',
  ordered_base: 'ordered',
  received_base: 'received',
  billed_base: 'billed so far',
  unit_price: 'price',
  expected_price: 'expected price',
}

function linePlace(document: TracedDocument, sequence: number, files: ReadonlyMap<number, FileRow>): Source {
  const place = documentPlace(document, files)
  if (document.purged_at !== null) return place
  const body = JSON.parse(document.body) as CanonicalDocument
  const span = body.kind === 'invoice' ? body.lines.find((line) => line.sequence === sequence)?.span : undefined
  return span === undefined
    ? place
    : { ...place, byteOffset: span.byteOffset, byteLength: span.byteLength, line: span.line }
}
