import { rm } from 'node:fs/promises'
import { type PlacedFile, placeFile } from '../place-file.js'
import type { Book } from './book.js'
import { CLUSTERS_SHEET, clustersTable } from './clusters-sheet.js'
import { CONTROL_SHEET, writeControlTotals } from './control-sheet.js'
import { LISTS_SHEET, writeDecisionLists } from './decision-lists.js'
import { fileColumns, fileRules } from './detail-sheets.js'
import { addDrawn, type Drawn } from './drawn-parts.js'
import { EvidencePlan } from './evidence-sheet.js'
import { wallClock } from './excel-date.js'
import { openBook } from './exceljs-book.js'
import { HOW_TO_READ_SHEET, writeHowToRead } from './how-to-read.js'
import { HELD_SHEET, MATCHED_SHEET, writeInvoices } from './invoice-sheets.js'
import { METADATA_SHEET, writeMetadata } from './metadata-sheet.js'
import { queueViews, writeQueue } from './queue-views.js'
import type { ReportContent } from './report-content.js'
import { writeResult } from './result-sheet.js'
import { queueChecks } from './sheet-checks.js'
import { SheetNames } from './sheet-name.js'
import { SUMMARY_SHEET, writeSummary } from './summary-sheet.js'
import { SUPPLIERS_SHEET, suppliersTable } from './supplier-sheet.js'
import { ROWS_PER_SHEET, writeTable } from './table-sheet.js'
import { UNCONFIRMED_SHEET, unconfirmedTable } from './unconfirmed-sheet.js'

const FILES_SHEET = 'Files'
const own = [
  SUMMARY_SHEET,
  CLUSTERS_SHEET,
  MATCHED_SHEET,
  HELD_SHEET,
  CONTROL_SHEET,
  UNCONFIRMED_SHEET,
  SUPPLIERS_SHEET,
  FILES_SHEET,
  HOW_TO_READ_SHEET,
  LISTS_SHEET,
  METADATA_SHEET,
]

/**
 * Writes the workbook people work in. Exceptions are held in memory while it is written (they are sorted by money); the rows of
 * the other sheets stream through. `rowsPerSheet` is what one sheet takes before the next begins.
 *
 * @throws MatchbookError DISK-FULL, WORKSPACE-READ-ONLY; RangeError when generatedAt is no instant
 */
export function writeWorkbook(
  file: string,
  content: ReportContent,
  { rowsPerSheet = ROWS_PER_SHEET }: { readonly rowsPerSheet?: number } = {},
): Promise<PlacedFile> {
  return placeFile(file, async (temporary) => {
    const title = `${content.organisation} — ${titleOf(content)} ${content.asOf}`
    const created = new Date(content.generatedAt)
    const plain = `${temporary}.plain`
    await rm(plain, { force: true })
    try {
      const book = await openBook(plain, { title, created })
      const drawn = await writeSheets(book, content, rowsPerSheet)
      await book.close()
      await addDrawn(plain, temporary, drawn, created)
    } finally {
      await rm(plain, { force: true })
    }
  })
}

/** In the order of the tabs. */
async function writeSheets(book: Book, content: ReportContent, rowsPerSheet: number): Promise<Drawn> {
  const { currency, timezone } = content
  const footer = `${content.organisation} · ${titleOf(content)} · ${content.asOf}`
  const shared = { footer, rowsPerSheet, subtitle: footer }
  const names = new SheetNames(own)
  const partNames =
    (name: string, first = name) =>
    (part: number) =>
      part === 0 ? first : names.take(name)
  const now = wallClock(content.generatedAt, timezone)
  if (now === undefined) throw new RangeError(`not an instant: ${content.generatedAt}`)

  const queues = await queueViews(content, names, rowsPerSheet)
  const evidence = new EvidencePlan(
    queues.flatMap(({ rows }) => rows),
    names,
    rowsPerSheet,
  )
  const drawn = await writeSummary(book, content, queues, { now, timezone, currency }, footer)
  const clusterParts =
    content.clusters.length === 0
      ? []
      : await writeTable(book, clustersTable(content.clusters, footer, rowsPerSheet), partNames(CLUSTERS_SHEET))
  for (const queue of queues) {
    if (queue.rows.length > 0) await writeQueue(book, content, queue, evidence, rowsPerSheet, footer)
  }

  const checks = queues.flatMap((queue) => queueChecks(queue, currency))
  if (content.invoices !== undefined)
    checks.push(...(await writeInvoices(book, content.invoices, shared, partNames, currency)))
  for (const table of content.tables) {
    const first = names.take(table.sheet)
    checks.push(...(await writeResult(book, table, shared, partNames(table.sheet, first), currency)))
  }
  const found = evidence.table({ footer })
  if (found !== undefined) await writeTable(book, found.table, found.nameOf)
  await writeControlTotals(book, footer, content.controlTotals, checks, currency, footer)
  if (content.unconfirmed !== undefined)
    await writeTable(book, unconfirmedTable(content.unconfirmed, timezone, shared), partNames(UNCONFIRMED_SHEET))
  if (content.suppliers !== undefined && content.suppliers.length > 0)
    await writeTable(book, suppliersTable(content.suppliers, shared), partNames(SUPPLIERS_SHEET))

  const files = {
    ...shared,
    title: FILES_SHEET,
    columns: fileColumns,
    rows: content.inputs,
    freezeColumns: 1,
    finish: fileRules,
  }
  if (content.part === undefined) await writeTable(book, files, partNames(FILES_SHEET))
  await writeHowToRead(book, footer, footer)
  const codes = new Set(queues.flatMap(({ rows }) => rows.map(({ code }) => code)))
  await writeDecisionLists(book, [...codes].sort(), footer)
  const queueParts = queues.flatMap(({ parts }) => parts)
  await writeMetadata(book, content, [...clusterParts, ...queueParts], footer)
  return drawn
}

/** Whose it is stands beside what it is. */
export const titleOf = ({ jobTitle, part }: ReportContent): string =>
  part === undefined ? jobTitle : `${jobTitle}, ${part.name}`
