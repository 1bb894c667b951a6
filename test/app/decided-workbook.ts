import { mkdirSync } from 'node:fs'
import path from 'node:path'
import excel from 'exceljs'
import { clusterRow } from '../../src/app/deciding/cluster-row.js'
import { exceptionRows } from '../../src/app/exceptions/exception-rows.js'
import type { Tools } from '../../src/app/tools.js'
import { decimal, type Finding } from '../../src/canonical/index.js'
import { clusters, settle, unsettled } from '../../src/exceptions/index.js'
import { writeWorkbook } from '../../src/outputs/report/index.js'
import { listExceptions, type StoredException, saveSettlement } from '../../src/state/index.js'
import { routing } from '../exceptions/finding.js'
import { sampleContent } from '../outputs/report/sample-content.js'

export const job = 'receipt-to-invoice'

/** Price troubles of `many` invoices, each on a PO line and item of its own unless `shared`. */
export const priceTroubles = (many: number, first = 1, shared?: Partial<Finding['keys']>): Finding[] =>
  Array.from({ length: many }, (_, n) => ({
    code: 'INV-PRICE' as const,
    keys: {
      company: '10',
      po: `45000${first + n}`,
      line: '1',
      invoice: `MS-${first + n}`,
      supplier: '00010442',
      item: `20${first + n}`,
      ...shared,
    },
    message: `PO 45000${first + n} line 1: billed at 12.55, ordered at 10.04: too high by ${first + n}.50  (two  blanks), 50 % "off"\nand a second line`,
    amountAtRisk: decimal(`${first + n}.50`),
    currency: 'USD',
    values: { 'billed price': '12.55', 'PO price': '10.04', description: '=cmd() Gauze é ½" sterile' },
    tolerance: null,
    evidence: [{ file: 'MED20261120.810', byteOffset: 512, byteLength: 44, field: 'IT104', value: '12.55' }],
  }))

/** One night's findings in the store, as a run would leave them. */
export async function settleNight({ state }: Tools, findings: readonly Finding[], night: string): Promise<void> {
  const known = await listExceptions(state.database, { job })
  const settlement = settle(job, known, findings, night, routing)
  await state.database
    .transaction()
    .execute((database) => saveSettlement(database, settlement, { id: 'run', now: night }))
}

/** The workbook a night writes of what is open. */
export async function openWorkbookOf(tools: Tools, file: string): Promise<StoredException[]> {
  const open = await listExceptions(tools.state.database, { job, statuses: unsettled })
  const now = tools.now()
  mkdirSync(path.dirname(file), { recursive: true })
  await writeWorkbook(
    file,
    sampleContent({
      invoices: undefined,
      exceptions: open.map(exceptionRows(now, tools.workspace)),
      clusters: clusters(open).map((cluster) => clusterRow(cluster, 'USD')),
    }),
  )
  return open
}

/** A workbook as a person edits it in a spreadsheet program. */
export class Edited {
  private constructor(readonly book: excel.Workbook) {}

  static async open(file: string): Promise<Edited> {
    const book = new excel.Workbook()
    await book.xlsx.readFile(file)
    return new Edited(book)
  }

  sheet(name: string): excel.Worksheet {
    const found = this.book.getWorksheet(name)
    if (found === undefined)
      throw new Error(`no sheet ${name}: ${this.book.worksheets.map((one) => one.name).join(', ')}`)
    return found
  }

  /** Writes cells, by header, into the row in which `value` stands under `header`. */
  fill(name: string, header: string, value: string, cells: Readonly<Record<string, excel.CellValue>>): void {
    const sheet = this.sheet(name)
    const headers = headerRow(sheet)
    const row = findRow(sheet, headers.get(header) ?? 0, value)
    for (const [title, cell] of Object.entries(cells)) sheet.getRow(row).getCell(headers.get(title) ?? 0).value = cell
  }

  /** What stands under a header in that row. */
  read(name: string, header: string, value: string, title: string): string {
    const sheet = this.sheet(name)
    const headers = headerRow(sheet)
    return sheet.getRow(findRow(sheet, headers.get(header) ?? 0, value)).getCell(headers.get(title) ?? 0).text
  }

  async save(file: string): Promise<string> {
    await this.book.xlsx.writeFile(file)
    return file
  }
}

export function headerRow(sheet: excel.Worksheet): Map<string, number> {
  const headers = new Map<string, number>()
  sheet.eachRow((row) => {
    if (headers.size > 0 || !(row.values as unknown[]).includes('Row token')) return
    row.eachCell((cell, column) => headers.set(cell.text, column))
  })
  return headers
}

function findRow(sheet: excel.Worksheet, column: number, value: string): number {
  let found = 0
  sheet.eachRow((row, number) => {
    if (row.getCell(column).text === value) found = number
  })
  if (found === 0) throw new Error(`no row with ${value} in ${sheet.name}`)
  return found
}
