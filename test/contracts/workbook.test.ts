import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, openBench, receipts } from './extract-fixture.js'

let bench: Bench
let folder: string
beforeAll(async () => {
  bench = await openBench()
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-workbook-'))
})
afterAll(async () => {
  await bench.close()
  rmSync(folder, { recursive: true })
})

const day = new Date(Date.UTC(2026, 10, 28))
const names = ['CO', 'PO', 'LINE', 'REC', 'QTY', 'UOM', 'DAY']

async function workbook(rows: unknown[][], change: (sheet: excel.Worksheet, book: excel.Workbook) => void = () => {}) {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('Receipts')
  for (const row of rows) sheet.addRow(row)
  change(sheet, book)
  const file = path.join(folder, `${Math.random()}.xlsx`)
  await book.xlsx.writeFile(file)
  return readFileSync(file)
}

const agreed = (format: object = {}) =>
  receipts({
    format: { kind: 'xlsx', ...format },
    columns: [
      { name: 'CO', kind: 'text', required: true },
      { name: 'PO', kind: 'text', required: true },
      { name: 'LINE', kind: 'text', required: true },
      { name: 'REC', kind: 'text', required: true },
      { name: 'QTY', kind: 'decimal', scale: 4, required: true },
      { name: 'UOM', kind: 'text', required: true },
      { name: 'DAY', kind: 'date', formats: ['%Y-%m-%d'], required: true },
    ],
  })

describe('an extract that is a workbook', () => {
  it('is read as it stands: typed dates, numbers of 15 digits, results of formulas, text with its zeros; empty rows are passed over', async () => {
    const bytes = await workbook(
      [
        names,
        ['0010', 17, 1, 'R1', 0.1 + 0.2, 'EA', day],
        [],
        ['0010', 17, 2, 'R2', { formula: '6*0.5', result: 3 }, 'EA', '2026-11-27'],
        ['0010', 18, 1, 'R3', 1e-4, 'BX', day],
      ],
      (sheet) => {
        sheet.getCell('G2').numFmt = 'dd/mm/yyyy'
        sheet.getCell('G5').numFmt = '[$-409]d-mmm-yy;@'
        // A number with a colour and a unit is no date.
        sheet.getCell('E2').numFmt = '[Red]0.00" days"'
      },
    )
    const check = await bench.check(agreed(), bytes)
    expect(check).toMatchObject({ usable: true, records: 3, accepted: 3, findings: [] })
    expect(
      await bench.engine.rows(`SELECT company, po_number, quantity::VARCHAR AS quantity, received_on::VARCHAR AS day FROM receipt_line
        WHERE source_file = ${check.file.index} ORDER BY source_record`),
    ).toEqual([
      { company: '0010', po_number: '17', quantity: '0.3000', day: '2026-11-28' },
      { company: '0010', po_number: '17', quantity: '3.0000', day: '2026-11-27' },
      { company: '0010', po_number: '18', quantity: '0.0001', day: '2026-11-28' },
    ])
  })

  it('tells what does not fit by the row of the sheet, below rows that are not read', async () => {
    const bytes = await workbook([
      ['Receipts of November'],
      [],
      names,
      ['0010', 17, 1, 'R1', 1, 'EA', day],
      [],
      ['0010', 17, 2, 'R2', 'two', 'EA', day],
      ['END', 2, 1],
    ])
    const check = await bench.check(agreed({ 'skip-records': 1, trailer: { marker: 'END', count: 2 } }), bytes)
    expect(check).toMatchObject({ usable: true, records: 2, accepted: 1, rejected: 1 })
    expect(check.findings).toMatchObject([
      { code: 'DATA-TYPE', evidence: [{ line: 6, record: 2, column: 'QTY', value: 'two' }] },
    ])
  })

  it('is the sheet of that name; without a name the first that is not hidden', async () => {
    const bytes = await workbook([['nothing here']], (sheet, book) => {
      sheet.state = 'hidden'
      const data = book.addWorksheet('Data')
      data.addRow(names)
      data.addRow(['0010', 17, 1, 'R1', 1, 'EA', day])
    })
    expect(await bench.check(agreed(), bytes)).toMatchObject({ accepted: 1 })
    expect(await bench.check(agreed({ sheet: 'Data' }), bytes)).toMatchObject({ accepted: 1 })
    const missing = await bench.check(agreed({ sheet: 'Receipt' }), bytes)
    expect(missing).toMatchObject({ usable: false, findings: [{ code: 'FILE-UNREADABLE' }] })
    expect(missing.findings[0]?.message).toContain('it has no sheet Receipt; there are Receipts, Data')
  })

  it('that is none is told so, and nothing of it is used', async () => {
    for (const bytes of [Buffer.from('CO|PO\n1|2\n'), Buffer.from('PK\x03\x04 and no more'), Buffer.alloc(0)])
      expect(await bench.check(agreed(), bytes)).toMatchObject({
        usable: false,
        records: 0,
        findings: [{ code: 'FILE-UNREADABLE' }],
      })
  })

  it('lacks a column, or brings a new one, as any other', async () => {
    const lacking = await workbook([names.slice(0, 6), ['0010', 17, 1, 'R1', 1, 'EA']])
    expect(await bench.check(agreed(), lacking)).toMatchObject({
      usable: false,
      findings: [{ code: 'DATA-COLUMN-MISSING' }],
    })
    const more = await workbook([
      [...names, 'LOT'],
      ['0010', 17, 1, 'R1', 1, 'EA', day, 'L7'],
    ])
    expect(await bench.check(agreed(), more)).toMatchObject({ accepted: 1, findings: [{ code: 'DATA-COLUMN-NEW' }] })
  })
})
