import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inferTemplate } from '../../src/app/templates/infer-template.js'
import { LoadTemplate } from '../../src/config/load-template.js'
import { buildLoad, type LoadPlan, lintLoad } from '../../src/outputs/load/index.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-learn-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  const place = path.join(folder, name)
  writeFileSync(place, text)
  return place
}
const learn = async (place: string, rows: string, layout?: string) => {
  const learnt = await inferTemplate({
    file: place,
    rows,
    name: undefined,
    layout,
    delimiter: undefined,
    output: undefined,
  })
  return { ...learnt, parsed: LoadTemplate.parse(parse(learnt.yaml)) }
}
const changes = (...rows: Record<string, string>[]): LoadPlan => ({
  loadId: '1',
  groupId: 'G',
  source: 'MATCHBOOK',
  values: {},
  valuesByCompany: {},
  invoices: [],
  tables: {
    'po-change': {
      columns: ['po_number', 'line_number', 'change', 'new_price', 'new_date'],
      rows: rows.map((fields, n) => ({ key: String(n), company: '10', fields, identities: [String(n)] })),
    },
  },
})

describe("a template learnt from a customer's accepted file", () => {
  it('writes the same rows byte for byte: semicolons, CRLF, decimal commas, days as they were', async () => {
    const text = 'PO;LINE;CHANGE;NEW PRICE;NEW DATE\r\n4711;1;price;12,50;01.12.2026\r\n4712;2;date;7,25;13.12.2026\r\n'
    const { parsed, mapped, open } = await learn(file('PO-CHANGES_20261101.csv', text), 'po-change')
    expect(mapped.map(({ column, from }) => [column, from])).toEqual(
      expect.arrayContaining([
        ['PO', 'po_number'],
        ['LINE', 'line_number'],
        ['NEW PRICE', 'new_price'],
        ['NEW DATE', 'new_date'],
      ]),
    )
    expect(open).toEqual([])
    const plan = changes(
      { po_number: '4711', line_number: '1', change: 'price', new_price: '12.5', new_date: '2026-12-01' },
      { po_number: '4712', line_number: '2', change: 'date', new_price: '7.25', new_date: '2026-12-13' },
    )
    expect(lintLoad(parsed, plan)).toEqual([])
    const built = await buildLoad(parsed, plan, path.join(folder, 'built'))
    expect(readFileSync(built.path, 'utf8')).toBe(text)
  })

  it('says what is the same in every row, what is filled up on the left, and what nobody can tell', async () => {
    const rows = [
      'COMPANY,VENDOR,INVOICE,AUTH-CODE,INV-CURRENCY,INVOICE-DTE,TRAN-INV-AMT,OUR-REF',
      '10,"    10432",00123-A,MBK,USD,06/03/2026,147.35,X7',
      '10,"    20718",CM-88,MBK,USD,06/13/2026,25.00,Y8',
    ]
    const { yaml, parsed, constants, open } = await learn(file('APINV.csv', `${rows.join('\n')}\n`), 'invoice')
    expect(constants).toEqual([{ column: 'AUTH-CODE', value: 'MBK' }])
    expect(open).toEqual(['OUR-REF'])
    expect(yaml).toContain('# decide: what OUR-REF is, filled in 2 of 2 records')
    expect(yaml).toContain('# decide: "USD" in all 2 records; "constant" where it always is')
    expect(parsed.files[0]?.map).toMatchObject([
      { name: 'COMPANY', from: 'invoice.company' },
      { name: 'VENDOR', from: 'invoice.supplier', 'pad-left': { width: 9, with: ' ' } },
      { name: 'INVOICE', from: 'invoice.number' },
      { name: 'AUTH-CODE', constant: 'MBK' },
      { name: 'INV-CURRENCY', from: 'invoice.currency' },
      { name: 'INVOICE-DTE', from: 'invoice.date', kind: 'date' },
      { name: 'TRAN-INV-AMT', from: 'invoice.amount', decimals: 2 },
    ])
    expect(parsed).toMatchObject({ date: 'MM/dd/yyyy', header: true, form: 'delimited' })
  })

  it('knows fixed places by their description, and a workbook by its sheet', async () => {
    const layout = file('gl.txt', 'COMPANY 1 4\nACCOUNT 5 8\nAMOUNT 13 12\n')
    const places = file('gl.dat', '0010  610000     1250.50\n0020  620000      -75.25\n')
    const gl = await learn(places, 'journal-load', layout)
    expect(gl.parsed).toMatchObject({ form: 'fixed', files: [{ columns: 24 }] })
    expect(gl.parsed.files[0]?.map).toMatchObject([
      { position: 1, width: 4, from: 'company' },
      { position: 5, width: 8, from: 'account' },
      { position: 13, width: 12, from: 'amount', kind: 'amount', decimals: 2 },
    ])
    const book = new excel.Workbook()
    const sheet = book.addWorksheet('Prices')
    sheet.addRow(['Contract', 'Item', 'Effective from'])
    sheet.addRow(['C1', '100', new Date(Date.UTC(2026, 0, 1))])
    sheet.addRow(['C2', '200', new Date(Date.UTC(2026, 1, 1))])
    await book.xlsx.writeFile(path.join(folder, 'prices.xlsx'))
    const prices = await learn(path.join(folder, 'prices.xlsx'), 'price-load')
    expect(prices.parsed).toMatchObject({ form: 'xlsx', header: true, date: 'yyyy-MM-dd' })
    expect(prices.mapped.map(({ from }) => from)).toEqual(['contract', 'item', 'effective_from'])
  })

  it('is of rows that a job leaves', async () => {
    await expect(learn(file('x.csv', 'A,B\n1,2\n'), 'invoce')).rejects.toMatchObject({
      code: 'USAGE',
      message: 'no job leaves rows of invoce; was invoice meant?',
    })
  })
})
