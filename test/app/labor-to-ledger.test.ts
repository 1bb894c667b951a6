import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Zip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silent } from '../../src/app/progress.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import { whatIf } from '../../src/app/whatif/whatif.js'
import { init } from '../../src/app/workspace/init.js'

const base = mkdtempSync(path.join(tmpdir(), 'matchbook-labor-'))
const folder = path.join(base, 'lakeside')
afterAll(() => rmSync(base, { recursive: true, force: true }))

const put = (file: string, lines: readonly string[]): void => {
  const target = path.join(folder, 'drops', file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, `${lines.join('\n')}\n`)
  const at = new Date(Date.now() - 60_000)
  utimesSync(target, at, at)
}

const run = async (): Promise<RunOutcome['runs'][number] | undefined> => {
  const { runs } = await runJobs({
    workspace: folder,
    jobs: ['labor-to-ledger'],
    all: false,
    dryRun: false,
    asOf: '2026-03-11',
    failOn: 'none',
    progress: silent,
    logLevel: 'error',
    logFormat: 'ndjson',
  })
  return runs[0]
}

describe('a night of hours and pay', () => {
  beforeAll(async () => {
    await init({ folder, name: 'Lakeside', jobs: ['labor-to-ledger'] })
    put('payroll/extracts/time-0311.csv', [
      'COMPANY,EMPLOYEE,EMPLOYEE_NAME,DEPARTMENT,PAY_CODE,PERIOD,WORKED_ON,HOURS,ENTRY',
      '10,E7701,Zephyrine Quillfeather,SURG,REG,2026-05,2026-03-05,80,1',
      '10,E7702,Barnaby Oxenthorpe,SURG,REG,2026-05,2026-03-05,76,1',
      'TRAILER,2,156',
    ])
    put('payroll/extracts/register-0311.csv', [
      'COMPANY,EMPLOYEE,EMPLOYEE_NAME,DEPARTMENT,PAY_CODE,PERIOD,HOURS,GROSS,PAID_ON,PAY_RUN',
      '10,E7701,Zephyrine Quillfeather,SURG,REG,2026-05,80,3200.00,2026-03-10,1',
      '10,E7702,Barnaby Oxenthorpe,SURG,REG,2026-05,80,3200.00,2026-03-10,1',
      'TRAILER,2,160,6400.00',
    ])
    put('payroll/extracts/labor-accounts.csv', [
      'COMPANY,DEPARTMENT,PAY_CODE,COST_CENTER,ACCOUNT',
      '10,SURG,,7001,6000',
      'TRAILER,1',
    ])
    put('erp/lawson/extracts/GLTRANS_0311.txt', [
      'COMPANY|SOURCE_CODE|REFERENCE|JE_SEQUENCE|ACCT_UNIT|ACCOUNT|FISCAL_PERIOD|TRAN_AMOUNT|STATUS|JRNL_BOOK_NBR',
      '10|IC|IC0001|1|7001|6100|2026-03|40.00|9|900',
      'TRL|1|40.00',
    ])
    put('erp/peoplesoft/extracts/JRNL_LN_0311.csv', ['20,AR,R77,1,,4000,2026-03,12.00,U,0000001', 'TRAILER,1,12.00'])
  })

  it('tells the four hours too many, and books the pay once', async () => {
    const summary = await run()
    expect(summary?.failures).toEqual([])
    expect(summary?.exceptions).toMatchObject({ raised: 1, amountAtRisk: '160' })
    expect(summary?.loads).toMatchObject([{ lines: 2, amount: '6400', status: 'sent' }])
    expect(await run()).toMatchObject({ files: { taken: 0 }, exceptions: { raised: 0 }, loads: [] })
    expect(readdirSync(path.join(folder, 'drops', 'erp', 'inbound'))).toHaveLength(1)
  })

  it('keeps no employee: neither number nor name is in the store, the workbook or the load', async () => {
    const found = (word: string) =>
      execFileSync(
        'grep',
        ['-rlaiF', '--exclude-dir=archive', word, path.join(folder, 'state'), path.join(folder, 'drops', 'erp')],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      )
    for (const word of ['E7702', 'Oxenthorpe', 'Quillfeather']) expect(() => found(word)).toThrow()
    // The search finds what is there.
    expect(found('LAB-HOURS')).toContain('matchbook.db')
    const [workbook = ''] = readdirSync(path.join(folder, 'state', 'reports')).slice(0, 1)
    const sheet = readdirSync(path.join(folder, 'state', 'reports', workbook)).find((name) => name.endsWith('.xlsx'))
    const zip = await Zip.loadAsync(readFileSync(path.join(folder, 'state', 'reports', workbook, sheet ?? '')))
    const unzipped = (await Promise.all(Object.values(zip.files).map((part) => part.async('string')))).join('\n')
    expect(unzipped).toContain('76 hours worked, 80 paid')
    expect(unzipped).not.toMatch(/E7702|Oxenthorpe/)
    expect(readFileSync(path.join(folder, 'drops', 'payroll', 'extracts', 'time-0311.csv'), 'utf8')).toContain(
      'Oxenthorpe',
    )
  })

  it('with four hours allowed nobody would have been asked; with three somebody would', async () => {
    const asked = {
      workspace: folder,
      overlay: undefined,
      from: '2026-03-11',
      to: '2026-03-11',
      jobs: [],
      csv: undefined,
    }
    const options = { ...asked, progress: silent, logLevel: 'error', logFormat: 'ndjson' } as const
    const four = await whatIf({ ...options, changes: ['labor-hours=4'] })
    expect(four.nights.every(({ left, differs }) => left === null && differs === null)).toBe(true)
    expect(four.totals).toMatchObject({ removed: { count: 1, amount: '160' }, added: { count: 0 }, letThrough: '0' })
    expect((await whatIf({ ...options, changes: ['labor-hours=3'] })).exceptions).toEqual([])
  })
})
