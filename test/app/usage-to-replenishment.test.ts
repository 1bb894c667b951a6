import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Zip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { listExceptions } from '../../src/app/exceptions/list-exceptions.js'
import { scanPrivacy } from '../../src/app/privacy/scan.js'
import { silent } from '../../src/app/progress.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import { init } from '../../src/app/workspace/init.js'
import { standStill } from './job-night.js'

const base = mkdtempSync(path.join(tmpdir(), 'matchbook-usage-'))
const folder = path.join(base, 'lakeside')
const erp = path.join(folder, 'drops', 'erp')
afterAll(() => rmSync(base, { recursive: true, force: true }))

let written = 0
function put(file: string, lines: readonly string[]): void {
  const target = path.join(folder, 'drops', file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, `${lines.join('\n')}\n`)
  const at = new Date(Date.now() - 120_000 + written++ * 1000)
  utimesSync(target, at, at)
}

const quiet = {
  progress: silent,
  logLevel: 'error',
  logFormat: 'ndjson',
} as const

const run = async (asOf: string): Promise<RunOutcome['runs'][number]> => {
  const { runs } = await runJobs({
    workspace: folder,
    jobs: ['usage-to-replenishment'],
    all: false,
    dryRun: false,
    asOf,
    failOn: 'none',
    ...quiet,
  })
  const [first] = runs
  if (first === undefined) throw new Error('no run')
  return first
}

const usageHead =
  'USAGE_ID,CASE_ID,LINE,PATIENT_MRN,PATIENT_NAME,SUPPLY_ID,DESCRIPTION,QUANTITY,UNIT,LOT,SERIAL,LOCATION,USED_ON,DOCUMENTED_ON,BILL_ONLY'
const transactionsHead =
  'COMPANY|LOCATION|ITEM|DOC_TYPE|DOCUMENT|LINE_NBR|TRANS_DATE|QUANTITY|TRAN_UOM|TRAN_UOM_MULT|REFERENCE|CASE_REF'

const transactions = (night: string, lines: readonly string[], sum: string): void =>
  put(`erp/lawson/extracts/ICTRANS_${night}.txt`, [transactionsHead, ...lines, `TRL|${lines.length}|${sum}`])

const inbound = (): string[] => readdirSync(path.join(erp, 'inbound')).sort()
const orders = (): string[] => {
  const place = path.join(folder, 'drops', 'suppliers', 'orthotech', 'inbound')
  return existsSync(place) ? readdirSync(place).map((name) => readFileSync(path.join(place, name), 'utf8')) : []
}

describe('a night of usage, from the operating room to the shelf', () => {
  beforeAll(async () => {
    await init({ folder, name: 'Lakeside', jobs: ['usage-to-replenishment'] })
    standStill(folder, 'usage-to-replenishment')
    const settings = path.join(folder, 'matchbook.yaml')
    writeFileSync(
      settings,
      readFileSync(settings, 'utf8').replace(
        '    terms: { net-days: 45 }\n',
        '    terms: { net-days: 45 }\n    x12: { send-to: { endpoint: orthotech, folder: inbound } }\n',
      ),
    )
    mkdirSync(path.join(folder, 'drops', 'suppliers', 'orthotech', 'inbound'), { recursive: true })
    put('ehr/usage/usage-0310.csv', [
      usageHead,
      'U1,CASE-77001,1,MRN880011,ZZCANARY^JANE,E-SCREW,Screw 3.5 mm,31,EA,L42,,OR1,2026-03-10,2026-03-10,N',
      'U2,CASE-77001,2,MRN880011,ZZCANARY^JANE,E-HIP,Hip stem,1,EA,,,OR1,2026-03-10,2026-03-10,Y',
      'U3,case-77001,3,MRN880011,ZZCANARY^JANE,E-SCREW,Screw 3.5 mm,2,EA,,,OR1,2026-03-10,2026-03-10,N',
      'U4,CASE-77002,1,MRN880012,ZZCANARY^JOHN,E-SCREW,for MRN880012,1,EA,,,OR1,2026-03-10,2026-03-10,N',
      'U5,CASE-77003,1,MRN880013,ZZCANARY^ANN,E-GLOVE,Gloves,4,BX,,,CATH,2026-03-09,2026-03-10,N',
      'TRAILER,5',
    ])
    put('ehr/usage/item-xref.csv', [
      'SUPPLY_ID,ERP_ITEM,FROM,TO',
      'E-SCREW,5501,2026-01-01,',
      'E-HIP,7001,,',
      'E-GLOVE,8801,,',
      'TRAILER,3',
    ])
    put('erp/ledger/extracts/gl-periods.csv', ['COMPANY,PERIOD,STATUS', '10,2026-03,O', 'TRAILER,1'])
    put('erp/lawson/extracts/ITEMMAST_0310.txt', [
      'ITEM|DESCRIPTION|STOCK_UOM|ALT_UOM_1|ALT_CONV_1|ALT_GTIN_1|ALT_UOM_2|ALT_CONV_2|ALT_GTIN_2|MANUF_CODE|MANUF_NBR|GTIN|NDC|HIBC|PURCH_MAJCL|ACTIVE_STATUS|CONSIGNMENT_FL',
      '5501|Screw 3.5 mm|EA|BX|20|||||OT|35||||IMP|A|N',
      '7001|Hip stem|EA|||||||OT|70||||IMP|A|Y',
      'TRL|2',
    ])
    put('erp/lawson/extracts/RQLOC_0310.txt', [
      'COMPANY|REQ_LOCATION|NAME|ISS_ACCT_UNIT|FROM_LOCATION|ACTIVE_STATUS',
      '10|OR1|Operating room 1|7100|CORE|A',
      'TRL|1',
    ])
    put('erp/lawson/extracts/ITEMLOC_0310.txt', [
      'COMPANY|LOCATION|ITEM|UOM|SOH_QTY|REORDER_POINT|MAX_ORDER|LAST_ISS_COST|ISS_ACCOUNT|VENDOR|ACTIVE_STATUS',
      '10|CORE|5501|EA|40|10|60|2.50|6100|20718|A',
      'TRL|1',
    ])
    transactions('0310', ['10|CORE|5501|IS|D1|1|03/10/2026|2-|EA|1|U3|CASE-77001'], '2-')
    put('erp/lawson/extracts/POVAGRMTLN_0310.txt', [
      'VEN_AGRMT_REF|VENDOR|ITEM|VEN_ITEM|UOM|CURR_NET_CST|EFFECTIVE_DT|EXPIRE_DT|PRIORITY|HOLD_FLAG',
      'C1|20718|5501|OT-35|BX|48.00|01/01/2026|12/31/2026|1|N',
      'TRL|1|48.00',
    ])
    // The other ERP: gloves of the catheter laboratory, picked for the case already.
    put('erp/peoplesoft/extracts/MASTER_ITEM_TBL_0310.csv', ['0000008801,Gloves,BX,,,,,,,,,,,,,1,N', 'TRAILER,1'])
    put('erp/peoplesoft/extracts/LOCATION_0310.csv', ['LKSTH,CATH,Catheter laboratory,4400,CART1,A', 'TRAILER,1'])
    put('erp/peoplesoft/extracts/CART_TEMPL_0310.csv', ['LKSTH,CART1,0000008801,BX,12,2,20,9.10,6200', 'TRAILER,1'])
    put('erp/peoplesoft/extracts/IN_DEMAND_0310.csv', [
      'LKSTH,MSR01,1,CART1,0000008801,4,BX,2026-03-09,70,,CASE-77003',
      'TRAILER,1',
    ])
  })

  it('issues what is clear with its lot, posts its cost, and tells what is not', async () => {
    const summary = await run('2026-03-10')
    expect(summary.failures).toEqual([])
    expect(summary.outcomes?.map(({ label, count }) => [label, count])).toEqual([
      ['Issued', 2],
      ['To be issued', 2],
      ['Not from our stock', 0],
      ['Held', 1],
      ['Not understood', 0],
      ['Came twice', 0],
      ['To be reordered', 1],
    ])
    // The lot of the hip stem, the shelf of screws, and a patient's number in a description: its screw is issued without that text.
    expect(summary.exceptions.raised).toBe(3)
    expect(summary.loads.map(({ lines, status }) => [lines, status])).toEqual([
      [3, 'sent'],
      [4, 'sent'],
    ])
    const [, issues = ''] = inbound()
    const zip = await Zip.loadAsync(await readFile(path.join(erp, 'inbound', issues)))
    const cells = async (name: string) =>
      (await zip.file(name)?.async('string'))
        ?.trim()
        .split('\n')
        .map((line) => line.split(','))
    const [issue] = (await cells('InvTransactionsInterface.csv')) ?? []
    expect([7, 10, 32, 33, 36, 103, 116].map((n) => issue?.[n])).toEqual([
      '5501',
      'CORE',
      '-31.0000',
      'EA',
      '2026/03/10 00:00:00',
      'U1',
      '7100',
    ])
    expect((await cells('InvTransactionLotsInterface.csv'))?.map((row) => [row[0], row[4], row[7]])).toEqual([
      ['U1', 'L42', '-31.0000'],
    ])
    expect(orders()).toEqual([])
  })

  it('lets out no identity: not in the store, the workbook, a load or a log', async () => {
    const scan = await scanPrivacy({
      workspace: folder,
      dryRun: false,
      canaries: ['ZZCANARY^JANE', 'CASE-77001', 'MRN880012'],
      also: [path.join(erp, 'inbound')],
      ...quiet,
    })
    expect(scan).toMatchObject({ leaks: [], notRead: [], exit: 0 })
    expect(scan.values).toBeGreaterThan(6)
  })

  it('does nothing twice', async () => {
    expect(await run('2026-03-10')).toMatchObject({ files: { taken: 0 }, exceptions: { raised: 0 }, loads: [] })
    expect(inbound()).toHaveLength(2)
  })

  it('orders what was decided to be ordered, in whole boxes, once', async () => {
    await decideReorder()
    const summary = await run('2026-03-11')
    expect(summary.loads).toMatchObject([{ lines: 1, amount: '144', status: 'sent' }])
    expect(orders()).toHaveLength(1)
    expect(orders()[0]).toMatch(/PO1\*1\*3\*BX\*48\*\*IN\*5501\*VP\*OT-35/)
    expect(orders()[0]).toMatch(/N1\*ST\*\*92\*CORE/)
    // The shelf is emptier the next day: still the same order.
    put('erp/lawson/extracts/ITEMLOC_0312.txt', [
      'COMPANY|LOCATION|ITEM|UOM|SOH_QTY|REORDER_POINT|MAX_ORDER|LAST_ISS_COST|ISS_ACCOUNT|VENDOR|ACTIVE_STATUS',
      '10|CORE|5501|EA|2|10|60|2.50|6100|20718|A',
      'TRL|1',
    ])
    transactions(
      '0312',
      [
        '10|CORE|5501|IS|D1|1|03/10/2026|2-|EA|1|U3|CASE-77001',
        '10|CORE|5501|IS|D2|1|03/11/2026|31-|EA|1|U1|',
        '10|CORE|5501|IS|D3|1|03/11/2026|1-|EA|1|U4|',
      ],
      '34-',
    )
    expect((await run('2026-03-12')).loads).toEqual([])
    expect(orders()).toHaveLength(1)
  })

  it('the next extract shows the issue: it is confirmed, and the shelf that is full again can be ordered for again', async () => {
    put('erp/lawson/extracts/ITEMLOC_0313.txt', [
      'COMPANY|LOCATION|ITEM|UOM|SOH_QTY|REORDER_POINT|MAX_ORDER|LAST_ISS_COST|ISS_ACCOUNT|VENDOR|ACTIVE_STATUS',
      '10|CORE|5501|EA|62|10|60|2.50|6100|20718|A',
      'TRL|1',
    ])
    const summary = await run('2026-03-13')
    expect(summary.outcomes?.find(({ label }) => label === 'Issued')?.count).toBe(4)
    expect(summary.exceptions).toMatchObject({ raised: 0, healed: 1 })
  })
})

/** The exception about the shelf of screws, as the next workbook or the command line would decide it. */
async function decideReorder(): Promise<void> {
  const reading = await openReading(folder)
  const { exceptions } = await listExceptions(reading, { code: 'STOCK-REORDER' })
  await reading.state.close()
  await decideExceptions({
    workspace: folder,
    subjects: exceptions.map(({ id }) => id),
    decision: 'order',
    note: undefined,
    as: 'Pat Buyer',
    rule: undefined,
    dryRun: false,
    ...quiet,
  })
}
