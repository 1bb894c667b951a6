import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { metrics } from '../../src/app/metrics/write-metrics.js'
import { scanPrivacy } from '../../src/app/privacy/scan.js'
import { silent } from '../../src/app/progress.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import { init } from '../../src/app/workspace/init.js'

const base = mkdtempSync(path.join(tmpdir(), 'matchbook-charges-'))
const folder = path.join(base, 'lakeside')
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
    jobs: ['charge-capture'],
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

const charges = (night: string, lines: readonly string[], sum: string): void =>
  put(`ehr/charges/charges-${night}.csv`, [
    'CHARGE_ID,CASE_ID,PATIENT_MRN,SUPPLY_ID,CHARGE_CODE,QUANTITY,AMOUNT,SERVICE_DATE,CHARGED_ON,FACILITY,JOURNAL',
    ...lines,
    `TRAILER,${lines.length},${sum}`,
  ])

describe('a night of charges, held against usage and two ledgers', () => {
  beforeAll(async () => {
    await init({ folder, name: 'Lakeside', jobs: ['charge-capture'] })
    put('ehr/usage/usage-0310.csv', [
      'USAGE_ID,CASE_ID,LINE,PATIENT_NAME,SUPPLY_ID,DESCRIPTION,QUANTITY,UNIT,LOT,SERIAL,LOCATION,USED_ON,DOCUMENTED_ON,BILL_ONLY',
      'U1,CASE-77001,1,ZZCANARY^JANE,E-SCREW,Screw,2,EA,,,OR1,2026-03-10,,N',
      'U2,CASE-77002,1,ZZCANARY^JOHN,E-SCREW,Screw,1,EA,,,OR1,2026-03-05,,N',
      'U3,CASE-77003,1,ZZCANARY^ANN,E-GLOVE,Gloves,1,BX,,,CATH,2026-03-10,,N',
      'TRAILER,3',
    ])
    put('ehr/usage/item-xref.csv', ['SUPPLY_ID,ERP_ITEM,FROM,TO', 'E-SCREW,5501,,', 'E-GLOVE,8801,,', 'TRAILER,2'])
    put('ehr/charges/chargemaster.csv', [
      'CHARGE_CODE,ERP_ITEM,DESCRIPTION,PRICE,UNIT,FACILITY,FROM,TO',
      'S35,5501,Screw,90.00,EA,,2026-01-01,',
      'G01,8801,Gloves,12.00,BX,,2026-01-01,',
      'TRAILER,2',
    ])
    put('erp/lawson/extracts/ITEMMAST_0310.txt', [
      'ITEM|DESCRIPTION|STOCK_UOM|ALT_UOM_1|ALT_CONV_1|ALT_GTIN_1|ALT_UOM_2|ALT_CONV_2|ALT_GTIN_2|MANUF_CODE|MANUF_NBR|GTIN|NDC|HIBC|PURCH_MAJCL|ACTIVE_STATUS|CONSIGNMENT_FL',
      '5501|Screw 3.5 mm|EA|BX|20|||||OT|35||||IMP|A|N',
      'TRL|1',
    ])
    put('erp/peoplesoft/extracts/MASTER_ITEM_TBL_0310.csv', ['0000008801,Gloves,BX,,,,,,,,,,,,,1,N', 'TRAILER,1'])
    put('erp/lawson/extracts/GLTRANS_0310.txt', [
      'COMPANY|SOURCE_CODE|REFERENCE|JE_SEQUENCE|ACCT_UNIT|ACCOUNT|FISCAL_PERIOD|TRAN_AMOUNT|STATUS|JRNL_BOOK_NBR',
      '10|AR|AR01|1||4000|2026-03|180.00-|9|900',
      'TRL|1|180.00-',
    ])
    put('erp/peoplesoft/extracts/JRNL_LN_0310.csv', [
      'LKSTH,AR,AR02,1,,4000,2026-03,-12.00,N,0000001',
      'TRAILER,1,-12.00',
    ])
    charges(
      '0310',
      [
        'C1,CASE-77001,MRN880011,E-SCREW,S35,2,180.00,2026-03-10,2026-03-10,MAIN,AR01',
        'C3,case-77003,MRN880013,E-GLOVE,G01,2,24.00,2026-03-10,2026-03-06,SOUTH,AR02',
      ],
      '204.00',
    )
  })

  it('finds what is not charged, charged otherwise, and not posted', async () => {
    const summary = await run('2026-03-10')
    expect(summary.failures).toEqual([])
    expect(summary.outcomes?.map(({ label, count }) => [label, count])).toEqual([
      ['Agree', 1],
      ['Not billable', 0],
      ['Waiting', 0],
      ['Differ', 2],
      ['Not posted', 1],
    ])
    expect(summary.exceptions).toMatchObject({ raised: 3, amountAtRisk: '126' })
    const { samples } = await metrics(folder, undefined)
    const measured = samples.filter(({ metric }) => /unposted|unmatched/.test(metric))
    expect(measured.map(({ metric, labels, value }) => [metric, labels.facility ?? labels.code, value])).toEqual([
      ['matchbook_charges_unposted', 'SOUTH', '1'],
      ['matchbook_charges_unposted_money', 'SOUTH', '24'],
      ['matchbook_consumption_unmatched', 'CHG-MISSING', '1'],
      ['matchbook_consumption_unmatched_money', 'CHG-MISSING', '90'],
    ])
  })

  it('lets out no identity, and does nothing twice', async () => {
    const canaries = ['ZZCANARY^JANE', 'CASE-77001', 'MRN880011']
    expect(await scanPrivacy({ workspace: folder, dryRun: false, canaries, also: [], ...quiet })).toMatchObject({
      leaks: [],
      notRead: [],
    })
    expect(await run('2026-03-10')).toMatchObject({ files: { taken: 0 }, exceptions: { raised: 0, healed: 0 } })
  })

  it('what is charged and posted by the next night heals', async () => {
    charges(
      '0311',
      [
        'C1,CASE-77001,MRN880011,E-SCREW,S35,2,180.00,2026-03-10,2026-03-10,MAIN,AR01',
        'C2,CASE-77002,MRN880012,E-SCREW,S35,1,90.00,2026-03-05,2026-03-11,MAIN,',
        'C3,CASE-77003,MRN880013,E-GLOVE,G01,1,12.00,2026-03-10,2026-03-06,SOUTH,AR02',
      ],
      '282.00',
    )
    put('erp/peoplesoft/extracts/JRNL_LN_0311.csv', [
      'LKSTH,AR,AR02,1,,4000,2026-03,-12.00,U,0000001',
      'TRAILER,1,-12.00',
    ])
    expect((await run('2026-03-11')).exceptions).toMatchObject({ raised: 0, healed: 3, open: 0 })
  })
})
