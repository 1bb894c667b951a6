import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Zip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { silent } from '../../src/app/progress.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import { init } from '../../src/app/workspace/init.js'

const base = mkdtempSync(path.join(tmpdir(), 'matchbook-gl-'))
const folder = path.join(base, 'lakeside')
const erp = path.join(folder, 'drops', 'erp')
afterAll(() => rmSync(base, { recursive: true, force: true }))

let written = 0
function put(file: string, lines: readonly string[]): void {
  const target = path.join(erp, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, `${lines.join('\n')}\n`)
  // Each file is newer than the one before, and stands still.
  const at = new Date(Date.now() - 60_000 + written++ * 1000)
  utimesSync(target, at, at)
}

const run = async (asOf: string): Promise<RunOutcome['runs'][number]> => {
  const { runs } = await runJobs({
    workspace: folder,
    jobs: ['gl-posting'],
    all: false,
    dryRun: false,
    asOf,
    failOn: 'none',
    progress: silent,
    logLevel: 'error',
    logFormat: 'ndjson',
  })
  const [first] = runs
  if (first === undefined) throw new Error('no run')
  return first
}

const journals = (night: string, lines: readonly string[], debit: string, credit: string): void =>
  put(`journals/journals-${night}.csv`, [
    'COMPANY,SOURCE,NUMBER,JOURNAL,LINE,COST_CENTER,ACCOUNT,PERIOD,POSTING_DATE,DEBIT,CREDIT,DESCRIPTION',
    ...lines,
    `TRAILER,${lines.length},${debit},${credit}`,
  ])

describe('a night of journals, from extract to ledger', () => {
  beforeAll(async () => {
    await init({ folder, name: 'Lakeside', jobs: ['gl-posting'] })
    put('ledger/extracts/gl-accounts.csv', [
      'COMPANY,COST_CENTER,ACCOUNT,STATUS',
      '10,,6100,A',
      '10,,2100,A',
      'TRAILER,2',
    ])
    put('ledger/extracts/gl-periods.csv', ['COMPANY,PERIOD,STATUS', '10,2026-03,O', 'TRAILER,1'])
    journals(
      '0310',
      [
        '10,IC,1,IC0001,1,7001,6100,2026-03,2026-03-09,40.00,,Issues to surgery',
        '10,IC,1,IC0001,2,7001,2100,2026-03,2026-03-09,,40.00,Issues to surgery',
        '10,IC,2,IC0002,1,7001,6100,2026-03,2026-03-10,25.10,,Issues to surgery',
        '10,IC,2,IC0002,2,7001,2100,2026-03,2026-03-10,,25.10,Issues to surgery',
        '10,IC,3,IC0003,1,7001,6100,2026-03,2026-03-10,9.99,,Issues to surgery',
        '10,IC,3,IC0003,2,7001,2100,2026-03,2026-03-10,,9.90,Issues to surgery',
      ],
      '75.09',
      '75.00',
    )
    put('lawson/extracts/GLTRANS_0310.txt', [
      'COMPANY|SOURCE_CODE|REFERENCE|JE_SEQUENCE|ACCT_UNIT|ACCOUNT|FISCAL_PERIOD|TRAN_AMOUNT|STATUS|JRNL_BOOK_NBR',
      '10|IC|IC0001|1|7001|6100|2026-03|40.00|9|900',
      '10|IC|IC0001|2|7001|2100|2026-03|40.00-|9|900',
      'TRL|2|0.00',
    ])
    // Another company's ledger, with a journal of a source that is not ours.
    put('peoplesoft/extracts/JRNL_LN_0310.csv', ['20,AR,R77,1,,4000,2026-03,12.00,U,0000001', 'TRAILER,1,12.00'])
  })

  it('finds what is wrong, and brings to the ledger what is next and in order', async () => {
    const summary = await run('2026-03-10')
    expect(summary.failures).toEqual([])
    expect(summary.outcomes?.map(({ label, count }) => [label, count])).toEqual([
      ['Posted', 1],
      ['In the ledger, not posted', 0],
      ['To be posted', 1],
      ['Held', 1],
      ['Waiting', 0],
    ])
    expect(summary.exceptions).toMatchObject({ raised: 1, amountAtRisk: '0.09' })
    expect(summary.loads).toMatchObject([{ invoices: 0, lines: 2, amount: '25.1', status: 'sent' }])
    expect(existsSync(summary.workbook ?? '')).toBe(true)
    const [name = ''] = readdirSync(path.join(erp, 'inbound'))
    const zip = await Zip.loadAsync(await readFile(path.join(erp, 'inbound', name)))
    const text = (await zip.file('GlInterface.csv')?.async('string')) ?? ''
    const cells = text.split('\n').map((line) => line.split(','))
    expect(cells.map((row) => [row[2], row[8], row[10], row[38], row[39], row[42]]).slice(0, 2)).toEqual([
      ['2026/03/10', '10', '6100', '25.10', '0.00', 'IC0002'],
      ['2026/03/10', '10', '2100', '0.00', '25.10', 'IC0002'],
    ])
  })

  it('does nothing twice', async () => {
    expect(await run('2026-03-10')).toMatchObject({ files: { taken: 0 }, exceptions: { raised: 0 }, loads: [] })
    expect(readdirSync(path.join(erp, 'inbound'))).toHaveLength(1)
  })

  it('the next extract shows what was brought: it is confirmed, and what was corrected follows', async () => {
    put('lawson/extracts/GLTRANS_0311.txt', [
      'COMPANY|SOURCE_CODE|REFERENCE|JE_SEQUENCE|ACCT_UNIT|ACCOUNT|FISCAL_PERIOD|TRAN_AMOUNT|STATUS|JRNL_BOOK_NBR',
      '10|IC|IC0001|1|7001|6100|2026-03|40.00|9|900',
      '10|IC|IC0001|2|7001|2100|2026-03|40.00-|9|900',
      '10|IC|IC0002|1|7001|6100|2026-03|25.10|9|901',
      '10|IC|IC0002|2|7001|2100|2026-03|25.10-|9|901',
      'TRL|4|0.00',
    ])
    journals(
      '0311',
      [
        '10,IC,1,IC0001,1,7001,6100,2026-03,2026-03-09,40.00,,Issues to surgery',
        '10,IC,1,IC0001,2,7001,2100,2026-03,2026-03-09,,40.00,Issues to surgery',
        '10,IC,2,IC0002,1,7001,6100,2026-03,2026-03-10,25.10,,Issues to surgery',
        '10,IC,2,IC0002,2,7001,2100,2026-03,2026-03-10,,25.10,Issues to surgery',
        '10,IC,3,IC0003,1,7001,6100,2026-03,2026-03-10,9.99,,Issues to surgery',
        '10,IC,3,IC0003,2,7001,2100,2026-03,2026-03-10,,9.99,Issues to surgery',
      ],
      '75.09',
      '75.09',
    )
    const summary = await run('2026-03-11')
    expect(summary.exceptions).toMatchObject({ raised: 0, healed: 1, open: 0 })
    expect(summary.loads).toMatchObject([{ lines: 2, amount: '9.99', status: 'sent' }])
    expect(readdirSync(path.join(erp, 'inbound'))).toHaveLength(2)
  })

  it('an account that is not in the chart is replaced by the one somebody decides, and the journal is posted with it', async () => {
    journals(
      '0312',
      [
        '10,IC,4,IC0004,1,7001,6666,2026-03,2026-03-11,5.00,,Issues to surgery',
        '10,IC,4,IC0004,2,7001,2100,2026-03,2026-03-11,,5.00,Issues to surgery',
      ],
      '5.00',
      '5.00',
    )
    expect(await run('2026-03-12')).toMatchObject({ exceptions: { raised: 1 }, loads: [] })
    const decide = (note: string) =>
      decideExceptions({
        workspace: folder,
        dryRun: false,
        progress: silent,
        logLevel: 'silent',
        logFormat: 'text',
        subjects: ['EX-000002'],
        decision: 'map',
        note,
        as: 'R. Ortiz',
      }).then(({ outcomes }) => outcomes[0])
    expect(await decide('closed last year')).toMatchObject({
      outcome: 'refused',
      said: expect.stringContaining('begin with the account'),
    })
    expect(await decide('6100: 6666 was closed last year')).toMatchObject({ outcome: 'decided' })
    const summary = await run('2026-03-12')
    expect(summary).toMatchObject({ exceptions: { raised: 0 }, loads: [{ lines: 2, amount: '5' }] })
    const file = readdirSync(path.join(erp, 'inbound')).sort().at(-1) ?? ''
    const zip = await Zip.loadAsync(await readFile(path.join(erp, 'inbound', file)))
    expect((await zip.file('GlInterface.csv')?.async('string'))?.split('\n')[0]?.split(',')[10]).toBe('6100')
    // The same extract again: what was posted is not judged anew by the account it came with.
    expect(await run('2026-03-12')).toMatchObject({ exceptions: { raised: 0 }, loads: [] })
  })
})
