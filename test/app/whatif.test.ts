import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { silent } from '../../src/app/progress.js'
import { whatIf } from '../../src/app/whatif/whatif.js'
import { writeInterchange } from '../../src/formats/x12/index.js'
import { matchbook } from '../e2e/matchbook.js'
import { JobNight } from './job-night.js'

const night = new JobNight('receipt-to-invoice')
const other = mkdtempSync(path.join(tmpdir(), 'matchbook-whatif-'))
let invoices = 0

/** An invoice of medsupply for line 1 of a PO of item 1001, of so many at a price; its total is exact. */
function bill(po: string, quantity: string, price: string, cents: string): void {
  invoices += 1
  const control = String(invoices)
  const segments = [
    ['BIG', '20261110', `INV-${po}`, '20261101', po],
    ['IT1', '1', quantity, 'EA', price, 'PE', 'IN', '1001'],
    ['TDS', cents],
    ['CTT', '1'],
  ]
  const group = { functionalId: 'IN', sender: '054321987', receiver: '081123450', control: invoices }
  const file = path.join(night.folder, 'drops/suppliers/medsupply/outbound', `${po}.810`)
  mkdirSync(path.dirname(file), { recursive: true })
  const text = writeInterchange({
    sender: { qualifier: '01', id: '054321987' },
    receiver: { qualifier: '01', id: '081123450' },
    usage: 'P',
    version: '004010',
    date: '2026-11-19',
    time: '2114',
    delimiters: { newline: '\n' },
    control: invoices,
    groups: [{ ...group, transactions: [{ set: '810', control: control.padStart(4, '0'), segments }] }],
  })
  writeFileSync(file, text)
  const at = new Date(Date.now() - 60_000)
  utimesSync(file, at, at)
}

const poLine = (po: string, quantity: string): string =>
  `10|${po}|0000|1|10432|1001||||||Glove|${quantity}||EA|1|10.00||N|Y|||||11/01/2026|||||`
const receipt = (po: string, quantity: string): string => `10|R${po}|1|${po}|0000|1|${quantity}|EA|11/05/2026`

const extracts = (day: string, receipts: readonly string[], received: string): void => {
  night.put(`erp/lawson/extracts/POLINE_${day}.txt`, [
    'COMPANY|PO_NUMBER|PO_RELEASE|LINE_NBR|VENDOR|ITEM|VEN_ITEM|MANUF_NBR|GTIN|NDC|HIBC|DESCRIPTION|QUANTITY|CXL_QTY|ENT_BUY_UOM|EBUY_UOM_MULT|ENT_UNIT_CST|PRICE_BASIS|CLOSED_FL|MATCHING|LOCATION|REQ_LOCATION|PURCH_MAJCL|ACCT_UNIT|PO_DATE|TERM_CODE|TAX_EXEMPT_FL|FREIGHT_CAP|BILL_ONLY_FL|CURRENCY_CODE',
    poLine('4500', '100'),
    poLine('4501', '100'),
    poLine('4502', '50'),
    poLine('4503', '10'),
    poLine('4504', '100'),
    'TRL|5|360',
  ])
  night.put(`erp/lawson/extracts/PORECLINE_${day}.txt`, [
    'COMPANY|REC_NUMBER|REC_LINE|PO_NUMBER|PO_RELEASE|LINE_NBR|REC_QTY|ENT_REC_UOM|REC_DATE',
    ...receipts,
    `TRL|${receipts.length}|${received}`,
  ])
}

const ask = (changes: readonly string[], more: object = {}) =>
  whatIf({
    workspace: night.folder,
    progress: silent,
    logLevel: 'error',
    logFormat: 'ndjson',
    changes,
    overlay: undefined,
    from: '2026-11-01',
    to: '2026-11-30',
    jobs: [],
    csv: undefined,
    ...more,
  })
const store = () => new Database(path.join(night.folder, 'state/matchbook.db'))
const told = (found: Awaited<ReturnType<typeof ask>>) => ({
  exceptions: found.exceptions.map(({ change, code, keys, amount }) => `${change} ${code} ${keys.po} ${amount}`).sort(),
  invoices: found.invoices
    .map(
      ({ change, invoice, amount, night, went, overpaid }) =>
        `${change} ${invoice} ${amount} ${night} ${went} ${overpaid}`,
    )
    .sort(),
})

// Two nights. Every PO is at 10.00, and a price may be 1 percent over.
// 4500: 100 at 10.15 = 1015.00, of which 15.00 is too much. Held, and nobody decides.
// 4501: 100 at 10.30 = 1030.00, of which 30.00 is too much. Held; paid short, 1000.00, in the second night.
// 4502: 50 at 10.00 = 500.00. Not received in the first night; received in the second, and goes.
// 4503: 10 at 10.00 = 100.00. Goes in the first night.
// 4504: 100 at 10.05 = 1005.00, 5.00 over and within 1 percent. Goes in the first night.
describe('two nights of five invoices', () => {
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: new Date('2026-11-20T12:00:00Z') })
    await night.make()
    mkdirSync(night.path('erp/inbound'), { recursive: true })
    mkdirSync(night.path('suppliers/orthotech/outbound'), { recursive: true })
    const job = path.join(night.folder, 'jobs/receipt-to-invoice.yaml')
    const yaml = readFileSync(job, 'utf8')
    writeFileSync(
      job,
      yaml
        .replaceAll('- { endpoint:', '- { stable-seconds: 0, endpoint:')
        .replaceAll('kind: extract', 'kind: extract\n    required: false'),
    )
    mkdirSync(night.path('erp/peoplesoft/extracts'), { recursive: true })
    bill('4500', '100', '10.15', '101500')
    bill('4501', '100', '10.30', '103000')
    bill('4502', '50', '10.00', '50000')
    bill('4503', '10', '10.00', '10000')
    bill('4504', '100', '10.05', '100500')
    const first = ['4500', '4501', '4504'].map((po) => receipt(po, '100'))
    extracts('1120', [...first, receipt('4503', '10')], '310')
    const one = await night.run('2026-11-20')
    expect(one.invoices).toMatchObject({ clean: { count: 2, amount: '1105' }, held: { count: 3 } })
    const price = (await night.exceptions()).find(({ code, keys }) => code === 'INV-PRICE' && keys.po === '4501')
    await night.decideOne(price?.id ?? '', 'short-pay')
    vi.setSystemTime(new Date('2026-11-21T12:00:00Z'))
    extracts('1121', [...first, receipt('4503', '10'), receipt('4502', '50')], '360')
    const two = await night.run('2026-11-21')
    expect(two.invoices).toMatchObject({
      clean: { count: 1, amount: '500' },
      released: { count: 1 },
      held: { count: 1 },
    })
  })
  afterAll(() => {
    vi.useRealTimers()
    night.remove()
    rmSync(other, { recursive: true })
  })

  it('price 2 percent: the one that was 1.5 percent over would go, and 15.00 too much with it', async () => {
    const before = readFileSync(path.join(night.folder, 'state/matchbook.db'))
    const found = await ask(['price=2%'], { csv: path.join(other, 'w.csv') })
    expect(found.nights.map(({ left, differs }) => [left, differs])).toEqual([
      [null, null],
      [null, null],
    ])
    expect(told(found)).toEqual({
      exceptions: ['removed INV-PRICE 4500 15'],
      invoices: ['released INV-4500 1015 2026-11-20 null 15'],
    })
    expect(found.totals).toMatchObject({ released: { count: 1, amount: '1015' }, letThrough: '15', prevented: '0' })
    expect(found.bySupplier).toMatchObject([{ supplier: '10432', released: { amount: '1015' }, letThrough: '15' }])
    expect(found.byCode).toMatchObject([{ code: 'INV-PRICE', removed: { count: 1, amount: '15' }, letThrough: '15' }])
    expect(found.tolerances).toEqual(['price: over 2 %, under 10 %'])
    expect(readFileSync(path.join(other, 'w.csv'), 'utf8').split('\r\n').slice(1, 3)).toEqual([
      'invoice,released,receipt-to-invoice,2026-11-20,,INV-PRICE,10432,INV-4500,,,,1015,15,USD,',
      expect.stringMatching(
        /^exception,removed,receipt-to-invoice,2026-11-20,,INV-PRICE,10432,INV-4500,4500,1,1001,15,,USD,/,
      ),
    ])
    expect(readFileSync(path.join(night.folder, 'state/matchbook.db')).equals(before)).toBe(true)
  })

  it('the command line says the same, and what is misspelt with exit code 2', async () => {
    const cwd = night.folder
    const said = await matchbook(['whatif', '--tolerance', 'price=2%', '--from', '2026-11-20', '--to', '2026-11-20'], {
      cwd,
    })
    expect([said.exit, said.stdout]).toEqual([0, expect.stringMatching(/Invoices that would go +1 {2}USD 1,015.00\n/)])
    const wrong = await matchbook(['whatif', '--tolerance', 'prise=2%'], { cwd })
    expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean price?')])
  })

  it('price 4 percent alone: INV-EXTENDED asks then, and what was paid short would be held', async () => {
    expect(told(await ask(['price=4%']))).toEqual({
      exceptions: ['added INV-EXTENDED 4501 30', 'removed INV-PRICE 4500 15', 'removed INV-PRICE 4501 30'],
      invoices: ['held INV-4501 1000 2026-11-21 2026-11-21 -30', 'released INV-4500 1015 2026-11-20 null 15'],
    })
  })

  it('both of them: it goes a night earlier, and the 30.00 that were not paid with it', async () => {
    const found = await ask(['price=4%', 'extended-amount=4%'])
    expect(told(found).invoices).toEqual([
      'earlier INV-4501 1030 2026-11-20 2026-11-21 30',
      'released INV-4500 1015 2026-11-20 null 15',
    ])
    expect(found.totals.letThrough).toBe('45')
  })

  it('receipts not asked, and no price over at all: a day earlier without paying too much; what went 5.00 too high is held', async () => {
    const found = await ask(['quantity-received=off', 'price=zero,supplier:10432'])
    expect(told(found)).toEqual({
      exceptions: ['added INV-PRICE 4504 5', 'removed INV-NO-RECEIPT 4502 500'],
      invoices: ['earlier INV-4502 500 2026-11-20 2026-11-21 0', 'held INV-4504 1005 2026-11-20 2026-11-20 -5'],
    })
    expect(found.totals).toMatchObject({ held: { count: 1, amount: '1005' }, prevented: '5', letThrough: '0' })
  })

  it('a night whose extract was purged is left out, and says why', async () => {
    const database = store()
    database.exec(
      "UPDATE files SET purged_at = '2026-11-22T00:00:00.000Z', purged_under = 'files: 1 days' WHERE name = 'PORECLINE_1120.txt'",
    )
    database.close()
    const found = await ask(['price=2%'], { to: '2026-11-20' })
    expect(found.nights.map(({ left }) => left)).toEqual([
      expect.stringMatching(/^PORECLINE_1120.txt \(no. \d+\) was purged on 2026-11-22 under retention files: 1 days$/),
    ])
    expect([found.exceptions, found.invoices, found.exit]).toEqual([[], [], 4])
  })
})
