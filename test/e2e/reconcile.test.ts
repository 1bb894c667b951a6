import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import { matchbook, matchbookJson } from './matchbook.js'

/** What docs/reconcile.md shows, as a workspace: the YAML of the page is what runs here. */
const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'reconcile.md'), 'utf8')
const shown = (file: string): string => {
  const found = new RegExp(`\`${file}\`:\\n\\n\`\`\`yaml\\n([^\`]+)\`\`\``).exec(page)?.[1]
  if (found === undefined) throw new Error(`docs/reconcile.md does not show ${file}`)
  return found
}

let base: string
let workspace: string
const inWorkspace = (file: string, text: string): void => {
  const place = path.join(workspace, file)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, text)
}

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-reconcile-'))
  workspace = path.join(base, 'st-elsewhere')
  await matchbook(['init', workspace, '--name', 'St. Elsewhere'], { cwd: base })
  rmSync(path.join(workspace, 'jobs', 'receipt-to-invoice.yaml'))
  for (const file of [
    'templates/extracts/erp-prices.yaml',
    'templates/extracts/gpo-prices.yaml',
    'jobs/price-check.yaml',
  ])
    inWorkspace(file, shown(file))
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

const run = (asOf: string) => matchbookJson<RunOutcome>(['run', 'price-check', '--as-of', asOf], { cwd: workspace })
interface Open {
  readonly exceptions: readonly {
    readonly code: string
    readonly keys: Readonly<Record<string, string>>
    readonly amountAtRisk: { readonly amount: string }
    readonly evidence: readonly { readonly file: string; readonly line: number }[]
  }[]
}
const open = async () =>
  (await matchbookJson<Open>(['exceptions', 'list'], { cwd: workspace })).json.exceptions
    .map(({ code, keys, amountAtRisk }) => `${code} ${Object.values(keys).join(' ')} ${amountAtRisk.amount}`)
    .sort()

describe('a job that holds two extracts of two layouts against each other, by YAML alone', () => {
  it('is valid as the page shows it', async () => {
    expect(await matchbook(['validate'], { cwd: workspace })).toMatchObject({ exit: 0 })
  })

  it('finds what differs on the business day, each with its code, money and lines, and every row has its place', async () => {
    inWorkspace(
      'drops/erp/prices/ERPPRICE_0301.txt',
      [
        'ITEM|PRICE|UOM|VALID_FROM|VALID_TO',
        '000123|5.00|EA|20250101|20251231',
        '000123|5.25|EA|20260101|',
        '000200|10.0000|BX|20260101|20261231',
        '000300|7.10|EA|20260101|',
        '000400|1|EA|20260101|',
        '000500|2|EA|20260101|',
        '000500|3|EA|20260201|',
        '',
      ].join('\n'),
    )
    inWorkspace(
      'drops/erp/prices/GPO-march.csv',
      'CATALOG_NO,UNIT,UNIT_PRICE\n123,ea,$5.25\n200,BX,10.01\n300,BX,7.15\n500,EA,2\n999,EA,1\n'.replace('$', ''),
    )
    const { json } = await run('2026-03-02')
    expect(json.runs[0]).toMatchObject({ failures: [] })
    expect(await open()).toEqual([
      'DATA-KEY-DUPLICATE 500 0',
      'ITEM-DIFFERS 300 uom 0',
      'ITEM-MISSING 400 0',
      'PRICE-CONTRACT 300 unit-price 0.05',
    ])
    const told = (await matchbook(['exceptions', 'list'], { cwd: workspace })).stdout
    expect(told).toContain('unit-price is 7.1 in erp-prices and 7.15 in gpo-prices, 0.05 apart')
    expect(told).toContain('item 500 stands 2 times (lines 7, 8) in erp-prices and once (line 5) in gpo-prices')
    const book = new excel.Workbook()
    await book.xlsx.readFile(json.runs[0]?.workbook ?? '')
    const rows = book.getWorksheet('Differences')?.getSheetValues() ?? []
    const cells = rows.map((row) => (Array.isArray(row) ? row.slice(1, 5).join(' ') : ''))
    expect(cells).toEqual(expect.arrayContaining(['changed 300 unit-price 7.1', 'only-right 999  ']))
  })

  it('the same files again raise nothing; a corrected one heals what it puts right', async () => {
    expect((await run('2026-03-02')).json.runs[0]).toMatchObject({ exceptions: { raised: 0, healed: 0 } })
    inWorkspace(
      'drops/erp/prices/GPO-march-2.csv',
      'CATALOG_NO,UNIT,UNIT_PRICE\n123,EA,5.25\n200,BX,10.01\n300,EA,7.10\n400,EA,1\n',
    )
    expect((await run('2026-03-03')).json.runs[0]).toMatchObject({ exceptions: { healed: 3 } })
    expect(await open()).toEqual(['DATA-KEY-DUPLICATE 500 0'])
  })
})
