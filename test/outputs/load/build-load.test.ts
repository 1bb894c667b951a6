import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import Zip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal } from '../../../src/canonical/index.js'
import {
  buildLoad,
  controlTotals,
  lintLoad,
  loadFileName,
  loadInvoiceId,
  readBackLoad,
} from '../../../src/outputs/load/index.js'
import fc from '../../properties.js'
import { creditMemo, fusion, invoice, itemLine, plan, planOf } from './sample-plan.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'matchbook-load-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function filesIn(zipFile: string): Promise<Record<string, string>> {
  const zip = await Zip.loadAsync(await readFile(zipFile))
  const names = Object.keys(zip.files)
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await zip.file(name)?.async('string')) ?? ''])),
  )
}
/** Read by a parser that is not ours. */
const rowsOf = (csv = ''): string[][] => parse(csv, { relax_column_count: false })

/** Column name of the layout -> value, for the columns the template fills. */
function named(row: readonly string[] | undefined, file: 0 | 1): Record<string, string> {
  const filled = fusion.files[file]?.map ?? []
  return Object.fromEntries(
    filled.map(({ name, position }) => [name, row?.[position - 1] ?? '']).filter(([, value]) => value !== ''),
  )
}

describe('an Oracle Fusion AP load', () => {
  it('holds headers and lines in the positions of the import template', async () => {
    const built = await buildLoad(fusion, plan, path.join(folder, loadFileName(fusion, plan.loadId)))
    expect(path.basename(built.path)).toBe('ApInvoices-20260604-5c1e22ab.zip')
    const files = await filesIn(built.path)
    expect(Object.keys(files)).toEqual(['ApInvoicesInterface.csv', 'ApInvoiceLinesInterface.csv'])
    const [headers, lines] = [rowsOf(files['ApInvoicesInterface.csv']), rowsOf(files['ApInvoiceLinesInterface.csv'])]
    expect(headers.map((row) => row.length)).toEqual([135, 135])
    expect(lines.map((row) => row.length)).toEqual([164, 164, 164, 164])
    expect(headers[0]?.slice(0, 14)).toEqual([
      loadInvoiceId('doc-1'),
      'Lakeview BU',
      'MATCHBOOK',
      '00123-A',
      '147.35',
      '2026/06/03',
      '',
      '004410',
      '',
      'USD',
      '',
      'Harbor Surgical, Inc.',
      '5C1E22AB90F1',
      'STANDARD',
    ])
    expect(named(headers[1], 0)).toEqual({
      INVOICE_ID: loadInvoiceId('doc-2'),
      OPERATING_UNIT: 'Northside, BU',
      SOURCE: 'MATCHBOOK',
      INVOICE_NUM: 'CM-88',
      INVOICE_AMOUNT: '-25',
      INVOICE_DATE: '2026/06/02',
      VENDOR_NUM: '004410',
      VENDOR_SITE_CODE: 'MAIN',
      INVOICE_CURRENCY_CODE: 'USD',
      GROUP_ID: '5C1E22AB90F1',
      INVOICE_TYPE_LOOKUP_CODE: 'CREDIT',
      TERMS_NAME: 'Net 30',
      CALC_TAX_DURING_IMPORT_FLAG: 'N',
    })
    expect(lines[0]?.slice(0, 11)).toEqual([
      loadInvoiceId('doc-1'),
      '1',
      'ITEM',
      '125',
      '10',
      '12.5',
      'BX',
      'Glove, exam, "nitrile", medium',
      'PO440013',
      '3',
      '',
    ])
    // What starts with a minus is not neutralised here: the ERP must see a number, and the text as it is.
    expect(named(lines[3], 1)).toMatchObject({
      AMOUNT: '-25',
      QUANTITY_INVOICED: '-2',
      DESCRIPTION: '-returned, wrong size',
    })
  })

  it('has no header row, no byte order mark, LF line ends and no line of its own for nothing', async () => {
    const { path: file } = await buildLoad(fusion, plan, path.join(folder, 'bytes.zip'))
    for (const text of Object.values(await filesIn(file))) {
      expect(text).toMatch(/^\d{18},/)
      expect(text).not.toMatch(/\r|\n\n|^\uFEFF/)
      expect(text.endsWith(',\n')).toBe(true)
    }
  })

  it('is the same bytes for the same plan, on every machine and day', async () => {
    const { sha256, size, rows, totals } = await buildLoad(fusion, plan, path.join(folder, 'golden.zip'))
    expect({ sha256, size, rows, totals }).toMatchInlineSnapshot(`
      {
        "rows": {
          "ApInvoiceLinesInterface.csv": 4,
          "ApInvoicesInterface.csv": 2,
        },
        "sha256": "6048420c54cca708e1ca25ae391f5c1de64c208e325daf65075e8e2443901b9c",
        "size": 643,
        "totals": {
          "amount": "122.35",
          "invoices": 2,
          "lineAmount": "122.35",
          "lines": 4,
          "rows": 0,
        },
      }
    `)
    const again = await buildLoad(fusion, plan, path.join(folder, 'again.zip'))
    expect(again.sha256).toBe(sha256)
    const other = await buildLoad(fusion, planOf([creditMemo, invoice]), path.join(folder, 'other.zip'))
    expect(other.sha256).not.toBe(sha256)
  })

  it('reads back as what was planned', async () => {
    const { path: file, sha256, size } = await buildLoad(fusion, plan, path.join(folder, 'back.zip'))
    expect(await readBackLoad(fusion, file)).toEqual({
      sha256,
      size,
      totals: controlTotals(fusion, plan),
      invoiceIds: [loadInvoiceId('doc-1'), loadInvoiceId('doc-2')],
    })
    expect(controlTotals(fusion, plan)).toEqual({
      invoices: 2,
      lines: 4,
      amount: '122.35',
      lineAmount: '122.35',
      rows: 0,
    })
  })

  it.each([
    ['a missing file', (zip: Zip) => zip.remove('ApInvoiceLinesInterface.csv'), 'is missing'],
    ['a header without its lines', (zip: Zip) => zip.file('ApInvoiceLinesInterface.csv', ''), 'do not join'],
    ['a short row', (zip: Zip) => zip.file('ApInvoicesInterface.csv', '1,2,3\n'), 'has 3 columns, not 135'],
    ['no amount', (zip: Zip) => zip.file('ApInvoicesInterface.csv', `${','.repeat(134)}\n`), 'has no amount'],
  ])('is not taken for whole with %s', async (_, spoil, message) => {
    const { path: file } = await buildLoad(fusion, plan, path.join(folder, 'spoilt.zip'))
    const zip = await Zip.loadAsync(await readFile(file))
    spoil(zip)
    await writeFile(file, await zip.generateAsync({ type: 'nodebuffer' }))
    await expect(readBackLoad(fusion, file)).rejects.toThrow(message)
  })

  it('gives every value back, whatever quotes, commas and letters it holds', async () => {
    const word = fc
      .string({ unit: fc.constantFrom(...'ab",\'; =+-@é漢😀'.split('')), maxLength: 30 })
      .map((text) => text.replace(/[\uD800-\uDFFF]/g, ''))
    const lines = fc.array(
      fc.record({
        description: word,
        poNumber: word.map((text) => `P${text}`),
        cents: fc.integer({ min: -99999, max: 99999 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ number: word, description: word, lines }), { minLength: 1, maxLength: 5 }),
        async (made) => {
          const invoices = made.map(({ number, description, lines }, index) => {
            const cents = lines.reduce((sum, line) => sum + line.cents, 0)
            const money = (value: number) =>
              decimal(
                `${value < 0 ? '-' : ''}${Math.trunc(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`,
              )
            return {
              ...invoice,
              invoiceId: `doc-${index}`,
              number: `${number}#${index}`,
              description,
              type: cents < 0 ? ('CREDIT' as const) : ('STANDARD' as const),
              amount: money(cents),
              lines: lines.map((line, n) => ({
                number: n + 1,
                type: 'ITEM' as const,
                amount: money(line.cents),
                description: line.description,
                poNumber: line.poNumber,
                poLine: '1',
              })),
            }
          })
          const made_plan = planOf(invoices)
          expect(lintLoad(fusion, made_plan)).toEqual([])
          const { path: file } = await buildLoad(fusion, made_plan, path.join(folder, 'property.zip'))
          const files = await filesIn(file)
          const headers = rowsOf(files['ApInvoicesInterface.csv']).map((row) => named(row, 0))
          const read = rowsOf(files['ApInvoiceLinesInterface.csv']).map((row) => named(row, 1))
          expect(
            headers.map(({ INVOICE_NUM, DESCRIPTION = '', INVOICE_AMOUNT }) => [
              INVOICE_NUM,
              DESCRIPTION,
              INVOICE_AMOUNT,
            ]),
          ).toEqual(invoices.map(({ number, description, amount }) => [number, description.trim(), amount]))
          expect(
            read.map(({ INVOICE_ID, AMOUNT, DESCRIPTION = '', PO_NUMBER }) => [
              INVOICE_ID,
              AMOUNT,
              DESCRIPTION,
              PO_NUMBER,
            ]),
          ).toEqual(
            invoices.flatMap(({ invoiceId, lines }) =>
              lines.map(({ amount, description, poNumber }) => [
                loadInvoiceId(invoiceId),
                amount,
                description.trim(),
                poNumber,
              ]),
            ),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('tidies and cuts a description, so that one odd letter of a partner does not stop the load', async () => {
    const odd = { ...itemLine, description: `first\nsecond\u0000${'漢'.repeat(300)}` }
    const spoilt = planOf([{ ...invoice, lines: [odd, ...invoice.lines.slice(1)] }])
    expect(lintLoad(fusion, spoilt)).toEqual([])
    const { path: file } = await buildLoad(fusion, spoilt, path.join(folder, 'odd.zip'))
    const lines = rowsOf((await filesIn(file))['ApInvoiceLinesInterface.csv'])
    expect(named(lines[0], 1).DESCRIPTION).toBe(`first second ${'漢'.repeat(227)}`)
  })

  it('adds up 150,000 lines without running out of stack', () => {
    const lines = Array.from({ length: 150_000 }, (_, n) => ({ ...itemLine, number: n + 1 }))
    expect(controlTotals(fusion, planOf([{ ...invoice, lines }])).lineAmount).toBe('18750000')
  })
})
