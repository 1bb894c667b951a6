import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { x12Date } from './days.js'
import { extractHabits, extractPath } from './erp-habits.js'
import {
  contractPriceRecord,
  itemRecord,
  plainVoucherRecord,
  poLineRecord,
  receiptRecord,
  vendorRecords,
  voucherRecord,
} from './extract-records.js'
import { type ExtractLayout, type ExtractRecord, writeExtract } from './extract-writer.js'
import type { Ledger } from './ledger.js'
import type { Company } from './parties.js'
import { isKnownIn } from './products.js'
import type { ExtractKind, SpoiledRecord } from './spoiled-record.js'

export interface ExtractFile {
  readonly path: string
  readonly layout: ExtractLayout
  readonly kind: ExtractKind
  readonly bytes: Buffer
  readonly records: number
  /** Rows that come out of it, by relation. */
  readonly passing: Readonly<Record<string, number>>
  readonly spoiled: readonly { readonly entry: SpoiledRecord; readonly record: number; readonly line: number }[]
}

export const extractKinds = ['po-lines', 'receipts', 'vouchers', 'vendors', 'items', 'contract-prices'] as const

export interface ExtractWishes {
  readonly spoiled?: readonly SpoiledRecord[]
  /** Folder of the contracts whose layouts are written (templates/extracts). */
  readonly contracts: string
  /** yyyy-MM-dd, in the names of the files. */
  readonly date: string
  /** By default all. */
  readonly kinds?: readonly ExtractKind[]
  /** What people type into descriptions, and cancelled quantities; without it the file says plainly what the rows say. */
  readonly oddText: boolean
  /** A column that nobody announced stands in Lawson's receipts. */
  readonly newColumn: boolean
}

/** The ERPs' exports of the night. */
export async function extractFiles(ledger: Ledger, wishes: ExtractWishes): Promise<ExtractFile[]> {
  const files = []
  for (const company of ledger.companies)
    for (const kind of wishes.kinds ?? extractKinds) {
      const layout = await readLayout(wishes.contracts, `${company.erp}-${kind}`)
      files.push(extractFile(ledger, company, kind, layout, wishes))
    }
  return files
}

export async function readLayout(contracts: string, contract: string): Promise<ExtractLayout> {
  return parse(await readFile(join(contracts, `${contract}.yaml`), 'utf8'))
}

function extractFile(
  ledger: Ledger,
  company: Company,
  kind: ExtractKind,
  layout: ExtractLayout,
  { spoiled = [], date, newColumn, oddText }: ExtractWishes,
): ExtractFile {
  const good = recordsOf(ledger, company, kind).map((record, index) =>
    oddText ? withOddText(record, company, kind, index) : plainText(record, company),
  )
  const passing = passingRows(good)
  const mine = spoiled.filter((entry) => entry.erp === company.erp && entry.kind === kind)
  // Spoiled records stand among the good ones, a third of the way down.
  const place = Math.floor(good.length / 3)
  const records = [...good.slice(0, place), ...mine.map(({ record }) => record), ...good.slice(place)]
  const { bytes, lines } = writeExtract(layout, records, extractHabits(company.erp, kind, newColumn))
  return {
    path: extractPath(company.erp, kind, x12Date(date)),
    layout,
    kind,
    bytes,
    records: records.length,
    passing,
    spoiled: mine.map((entry, index) => ({ entry, record: place + index + 1, line: lines[place + index] ?? 0 })),
  }
}

function passingRows(records: readonly ExtractRecord[]): Record<string, number> {
  const passing: Record<string, number> = {}
  for (const [relation, rows] of records.flatMap((record) => Object.entries(record.rows)))
    passing[relation] = (passing[relation] ?? 0) + rows.length
  return passing
}

function recordsOf(ledger: Ledger, company: Company, kind: ExtractKind): ExtractRecord[] {
  const ours = <T extends { order: { company: Company } }>(entries: readonly T[]): T[] =>
    entries.filter(({ order }) => order.company === company)
  switch (kind) {
    case 'po-lines':
      return ledger.poLines.filter((order) => order.company === company).map((order) => poLineRecord(order, ledger))
    case 'receipts':
      return ours(ledger.receipts).map(receiptRecord)
    case 'vouchers':
      return [
        ...ours(ledger.vouchers).map(voucherRecord),
        ...ledger.plainVouchers.filter((one) => one.company === company).map(plainVoucherRecord),
      ]
    case 'vendors':
      return vendorRecords(company, ledger)
    case 'items':
      return [...ledger.products, ...ledger.inventedProducts]
        .filter((product) => isKnownIn(product, company))
        .map((product) => itemRecord(product, company, ledger))
    case 'contract-prices':
      return ledger.contractPrices.filter((price) => price.company === company).map(contractPriceRecord)
  }
}

/** Lawson says what was cancelled in a column of its own. */
const plainText = (record: ExtractRecord, { erp }: Company): ExtractRecord => {
  const quantity = record.rows.po_line?.[0]?.quantity
  return erp !== 'lawson' || quantity === undefined ? record : { ...record, raw: { QUANTITY: quantity, CXL_QTY: '0' } }
}

/** What people type into descriptions, and cancelled quantities: the file says it, the canonical value is the same. */
function withOddText(record: ExtractRecord, { erp }: Company, kind: ExtractKind, index: number): ExtractRecord {
  if (kind === 'items' && index % 41 === 7)
    return erp === 'lawson'
      ? { ...record, raw: { DESCRIPTION: '6" ROLL | STERILE, "SINGLE USE"' } }
      : { ...record, raw: { DESCR: 'CRÈME BARRIÈRE® 50 µM\r\nNOT FOR RESALE, "SAMPLE"' } }
  const quantity = record.rows.po_line?.[0]?.quantity
  if (erp !== 'lawson' || quantity === undefined) return record
  const cancelled = index % 37 === 5 ? 2n : 0n
  return { ...record, raw: { QUANTITY: String(BigInt(quantity) + cancelled), CXL_QTY: String(cancelled) } }
}
