import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import excel from 'exceljs'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { LoadTemplate } from '../../../src/config/load-template.js'
import { matcherNeeds, matchers } from '../../../src/match/index.js'
import { buildLoad, type LoadPlan, lintLoad, readBackLoad } from '../../../src/outputs/load/index.js'
import { creditMemo, invoice, plan as invoices, planOf } from './sample-plan.js'

const shipped = path.join(import.meta.dirname, '../../../templates/loads')
const template = (name: string): LoadTemplate =>
  LoadTemplate.parse(parse(readFileSync(path.join(shipped, `${name}.yaml`), 'utf8')))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-forms-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const place = (name: string): string => path.join(folder, name)

const row = (key: string, fields: Record<string, string>) => ({ key, company: '10', fields, identities: [key] })
const changes = (...rows: Record<string, string>[]): LoadPlan =>
  planOf([], {
    tables: {
      'po-change': {
        columns: ['po_number', 'line', 'price', 'quantity', 'new_date'],
        rows: rows.map((fields, n) => row(String(n), fields)),
      },
    },
  })
const made = (form: object, map: object[], columns: number): LoadTemplate =>
  LoadTemplate.parse({
    template: 'changes',
    title: 'Changes',
    source: 'test',
    date: 'yyyyMMdd',
    archive: { kind: 'none', name: 'changes-{load}' },
    files: [{ name: 'CHANGES', rows: 'po-change', columns, map }],
    ...form,
  })

const two = changes(
  { po_number: '4711', line: '3', price: '-12.5', quantity: '7', new_date: '2026-12-01' },
  { po_number: '4712', line: '10', price: '0.05' },
)

describe('a load of fixed places', () => {
  const map = [
    { position: 1, width: 3, name: 'TYPE', constant: 'CHG' },
    { position: 4, width: 8, name: 'PO', from: 'po_number', 'pad-left': { width: 8, with: '0' } },
    { position: 13, width: 4, name: 'LINE', from: 'line', kind: 'integer' },
    { position: 17, width: 9, name: 'PRICE', from: 'price', kind: 'price', decimals: 2, 'implied-decimals': true },
    { position: 26, width: 8, name: 'DAY', from: 'new_date', kind: 'date' },
  ]
  const fixed = made({ form: 'fixed', 'line-end': 'crlf' }, map, 35)

  it('has every value in its place, numbers on the right, and is read back from its bytes', async () => {
    expect(lintLoad(fixed, two)).toEqual([])
    const { path: file, totals } = await buildLoad(fixed, two, place('fixed'))
    expect(readFileSync(file, 'utf8').split('\r\n')).toEqual([
      'CHG00004711    3    -125020261201  ',
      'CHG00004712   10      005          ',
      '',
    ])
    expect(totals.rows).toBe(2)
    expect((await readBackLoad(fixed, file)).totals).toEqual(totals)
  })

  it('writes the minus of a credit before the zeros, where an import still reads a number', async () => {
    const pad = { kind: 'price', decimals: 2, 'pad-left': { width: 8, with: '0' } }
    const padded = made({}, [{ position: 1, name: 'PRICE', from: 'price', ...pad }], 1)
    const { path: file } = await buildLoad(padded, two, place('padded'))
    expect(readFileSync(file, 'utf8')).toBe('-0012.50\n00000.05\n')
  })

  it('does not go out with a value that does not fit, is finer than agreed, or shares its place', () => {
    const rules = (one: LoadTemplate, rows: LoadPlan) => lintLoad(one, rows).map(({ rule }) => rule)
    expect(rules(fixed, changes({ po_number: '123456789', line: '1' }))).toEqual(['too-long'])
    expect(rules(fixed, changes({ po_number: '1', line: '12345' }))).toEqual(['too-long'])
    expect(rules(fixed, changes({ po_number: '1', line: '1', price: '1.005' }))).toEqual(['precision'])
    const crowded = made({ form: 'fixed' }, [...map, { position: 12, width: 3, name: 'X', constant: 'x' }], 35)
    expect(lintLoad(crowded, two)).toMatchObject([{ rule: 'layout', message: 'X and LINE share character 13' }])
    const long = made({ form: 'fixed' }, [{ position: 30, width: 7, name: 'X', constant: 'x' }], 35)
    expect(lintLoad(long, two)[0]?.message).toBe('X goes up to character 36, but a record has 35')
    const wide = made({ form: 'fixed' }, [{ position: 1, name: 'X', constant: 'x' }], 35)
    expect(lintLoad(wide, two)[0]?.message).toContain('X has no width')
  })
})

describe('a load that is a workbook', () => {
  const book = made(
    { form: 'xlsx', header: true },
    [
      { position: 1, name: 'PO', from: 'po_number' },
      { position: 2, name: 'PRICE', from: 'price', kind: 'price', decimals: 2 },
      { position: 4, name: 'DAY', from: 'new_date', kind: 'date' },
    ],
    4,
  )

  it('has a sheet with numbers as numbers and numbers of things as text; the same load is the same bytes', async () => {
    expect(lintLoad(book, two)).toEqual([])
    const built = await buildLoad(book, two, place('book-1.xlsx'))
    const read = new excel.Workbook()
    await read.xlsx.readFile(built.path)
    const values = read.getWorksheet('CHANGES')?.getSheetValues() as unknown[][]
    expect(values.slice(1)).toEqual([
      [undefined, 'PO', 'PRICE', undefined, 'DAY'],
      [undefined, '4711', -12.5, undefined, '20261201'],
      [undefined, '4712', 0.05],
    ])
    expect((await buildLoad(book, two, place('book-2.xlsx'))).sha256).toBe(built.sha256)
    expect((await readBackLoad(book, built.path)).totals.rows).toBe(2)
  })

  it('has no name that no sheet can have', () => {
    const named = { ...book, files: book.files.map((file) => ({ ...file, name: 'a/b' })) }
    expect(lintLoad(named, two)).toMatchObject([{ rule: 'layout' }])
  })
})

describe('invoices for Lawson', () => {
  it('are headers and distributions with names of columns, vendors on the right of nine places', async () => {
    const lawson = template('lawson-ap520')
    const values = { company: '10', 'auth-code': 'MBK' }
    const plan = planOf([invoice, { ...creditMemo, terms: 'N30' }], { values, valuesByCompany: {} })
    expect(lintLoad(lawson, plan)).toEqual([])
    const { path: file, totals } = await buildLoad(lawson, plan, place('ap520.zip'))
    const zip = await JSZip.loadAsync(readFileSync(file))
    const [names, first, second] = ((await zip.file('APCINVOICE.csv')?.async('string')) ?? '').split('\n')
    expect(names?.split(',').slice(0, 4)).toEqual(['COMPANY', 'VENDOR', 'EDI-NBR', 'INVOICE'])
    expect(first).toMatch(/^10," {3}004410",,00123-A,0,,,MBK,,,,,USD,06\/03\/2026,.*,147\.35,/)
    expect(second).toContain(',-25.00,')
    expect((await readBackLoad(lawson, file)).totals).toEqual(totals)
    expect(lintLoad(lawson, invoices).map(({ column }) => column)).toContain('AUTH-CODE')
  })
})

describe('every shipped template', () => {
  it.each(readdirSync(shipped).map((file) => file.replace('.yaml', '')))('%s is a layout that could go out', (name) => {
    const one = template(name)
    const columns = new Map(
      [...matchers.values()].flatMap(({ tables }) =>
        tables.map((table) => [table.name.replaceAll('_', '-'), table.columns.map((column) => column.name)] as const),
      ),
    )
    const known = Object.values(matcherNeeds()).flatMap(({ tables }) => tables)
    const tables = one.files
      .filter(({ rows }) => !rows.startsWith('invoice') || rows.startsWith('invoice-'))
      .filter(({ rows }) => rows !== 'invoice-line')
    for (const { rows } of one.files) expect(known).toContain(rows)
    const plan = planOf([], {
      tables: Object.fromEntries(tables.map(({ rows }) => [rows, { columns: columns.get(rows) ?? [], rows: [] }])),
    })
    expect(lintLoad(one, plan).filter(({ rule }) => rule === 'layout')).toEqual([])
  })
})

it.each(readdirSync(shipped).map((file) => path.basename(file, '.yaml')))(
  'an answer of the ERP can name the rows of %s',
  (name) => {
    expect(template(name).files.filter((file) => file['result-reference'] !== undefined)).toHaveLength(1)
  },
)
