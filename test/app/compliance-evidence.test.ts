import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import Zip from 'jszip'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { rebuildPack } from '../../src/app/evidence/rebuild-pack.js'
import { verifyPack } from '../../src/app/evidence/verify-pack.js'
import { scanPrivacy } from '../../src/app/privacy/scan.js'
import { silent } from '../../src/app/progress.js'
import { retry } from '../../src/app/replay/retry.js'
import { purge } from '../../src/app/retention/purge.js'
import { listRuns } from '../../src/app/runs/list-runs.js'
import { matchbook } from '../e2e/matchbook.js'
import { JobNight } from './job-night.js'

const night = new JobNight('compliance-evidence')
const state = path.join(night.folder, 'state')
const options = {
  workspace: night.folder,
  dryRun: false,
  progress: silent,
  logLevel: 'error',
  logFormat: 'ndjson',
} as const
const rebuilt = (out?: string) => rebuildPack({ ...options, period: '2026-11', job: undefined, out })
const at = (day: string): void => void vi.setSystemTime(new Date(`${day}T12:00:00Z`))

/** Files of the pack by name. */
async function unpacked(file: string): Promise<Map<string, string>> {
  const zip = await Zip.loadAsync(readFileSync(file))
  const texts = await Promise.all(
    Object.keys(zip.files).map(async (name) => [name, (await zip.file(name)?.async('string')) ?? ''] as const),
  )
  return new Map(texts)
}

const verified = async (file: string) => {
  const reading = await openReading(night.folder)
  try {
    return await verifyPack(reading, file)
  } finally {
    await reading.state.close()
  }
}

function change(sql: string): void {
  const database = new Database(path.join(state, 'matchbook.db'))
  database.exec(sql)
  database.close()
}

const rowsOf = (text: string | undefined): string[] => (text ?? '').trim().split('\r\n').slice(1)

describe('November, from what was paid and decided to the pack', () => {
  let pack = ''

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true })
    at('2026-11-15')
    await night.make()
    mkdirSync(night.path('procurement/audit/packs'), { recursive: true })
    const job = path.join(night.folder, 'jobs/compliance-evidence.yaml')
    const yaml = readFileSync(job, 'utf8')
    writeFileSync(
      job,
      yaml
        .replaceAll('- { endpoint:', '- { stable-seconds: 0, endpoint:')
        .replace(
          '  # send-to: { endpoint: auditors, folder: packs }',
          '  send-to: { endpoint: procurement, folder: audit/packs }',
        ),
    )
    night.put('erp/lawson/extracts/APVENMAST_1115.txt', [
      'COMPANY|VENDOR|VENDOR_VNAME|REMIT_TO_CODE|TERM_CODE|TAX_ID|VENDOR_STATUS',
      '10|777|Acme Surgical|R1|N30|12-3456789|A',
      'TRL|1',
    ])
    night.put('erp/peoplesoft/extracts/VENDOR_1115.csv', [
      '20,0000030001,GLOVES,Glove World,R7,N30,55-5555555,A',
      'TRAILER,1',
    ])
    night.put('erp/lawson/extracts/APPAYMENT_1115.txt', [
      'COMPANY|VENDOR|INVOICE|TRANS_NBR|CHECK_DATE|PAYMENT_AMT',
      '10|777|A-0|90000|10/20/2026|250.00',
      '10|555|B-0|90003|10/21/2026|10.00',
      '10|777|A-1|90001|11/05/2026|400.00',
      '10|777|A-2|90002|11/20/2026|600.00',
      'TRL|4|1260.00',
    ])
    night.put('erp/peoplesoft/extracts/PYMNT_VCHR_XREF_1115.csv', [
      '20,0000030001,G-1,70001,2026-11-10,75.00',
      'TRAILER,1,75.00',
    ])
    night.put('erp/lawson/extracts/POLINE_1115.txt', [
      'COMPANY|PO_NUMBER|PO_RELEASE|LINE_NBR|VENDOR|ITEM|VEN_ITEM|MANUF_NBR|GTIN|NDC|HIBC|DESCRIPTION|QUANTITY|CXL_QTY|ENT_BUY_UOM|EBUY_UOM_MULT|ENT_UNIT_CST|PRICE_BASIS|CLOSED_FL|MATCHING|LOCATION|REQ_LOCATION|PURCH_MAJCL|ACCT_UNIT|PO_DATE|TERM_CODE|TAX_EXEMPT_FL|FREIGHT_CAP|BILL_ONLY_FL|CURRENCY_CODE',
      '10|4500|0000|1|777|1001||||||Scissors|2|0|EA|1|60.00||N|Y|OR|OR|||11/09/2026|N30|Y||N|',
      'TRL|1|2',
    ])
    night.put('erp/peoplesoft/extracts/PO_LINE_DISTRIB_1115.csv', ['TRAILER,0,0'])
    night.put('erp/lawson/extracts/REQLINE_1115.txt', [
      'COMPANY|REQ_NUMBER|LINE_NBR|REQ_LOCATION|ITEM|DESCRIPTION|QUANTITY|KILL_QUANTITY|ENTERED_UOM|UNIT_COST|CREATION_DATE|APPROVE_DATE|STATUS|PO_NUMBER|PO_RELEASE|PO_LINE_NBR|REQUESTER',
      '10|R9|1|OR|1001|Scissors|2|0|EA|60.00|11/01/2026|11/02/2026|4||||Maria Secret',
      'TRL|1|2',
    ])
    night.put('procurement/evidence/evidence-1115.csv', [
      'VENDOR,KIND,RECEIVED,EXPIRES,REFERENCE',
      '777,tax-form,2020-01-01,,W9-777',
      '777,insurance,2026-01-01,2026-12-31,COI-777',
      '0000030001,tax-form,2020-01-01,,W9-G',
      'TRAILER,3',
    ])
    night.put('procurement/evidence/screening-1115.csv', [
      'VENDOR,SCREENED,RESULT,LISTS,MATCHED_NAME',
      '777,2026-10-01,CLEAR,LEIE SAM,',
      '777,2026-11-06,CLEAR,LEIE SAM,',
      '0000030001,2026-11-01,CLEAR,LEIE SAM,Maria Secret',
      'TRAILER,3',
    ])
    // In November the job looks at October, and somebody decides.
    const october = await night.run('2026-11-15')
    expect(october.failures.map(({ message }) => message)).toEqual([])
    expect(october.pack).toMatchObject({ period: '2026-10', state: 'made', gaps: [] })
    await night.decide('VENDOR-EVIDENCE', 'waive')
    at('2026-12-02')
  })
  afterAll(() => {
    vi.useRealTimers()
    night.remove()
  })

  it('judges the month that is over, says what was not covered, and makes its pack', async () => {
    const summary = await night.run('2026-12-02')
    expect(summary.pack).toMatchObject({ period: '2026-11', state: 'made', gaps: [] })
    pack = summary.pack?.file ?? ''
    const open = await night.exceptions()
    expect(
      open
        .filter(({ keys }) => keys.period === '2026-11')
        .map(({ message }) => message)
        .sort(),
    ).toEqual([
      'PO 4500 line 1 of 2026-11-09, item 1001: ordered from 777 for 120.00 without a requisition',
      'Vendor 777 (Acme Surgical) was paid 400.00 on 1 day of 2026-11, the first 2026-11-05, while its sanctions-screening of 2026-10-01 was older than 31 days',
    ])
  })

  it('exceptions of October were decided in November and stay so: its being over heals nothing', async () => {
    const reading = await openReading(night.folder)
    const october = new Database(path.join(reading.folder, 'matchbook.db'), { readonly: true })
    await reading.state.close()
    expect(
      october.prepare(`SELECT status, count(*) AS n FROM exceptions WHERE keys LIKE '%2026-10%' GROUP BY status`).all(),
    ).toEqual([{ status: 'decided', n: 2 }])
    october.close()
  })

  it('the pack holds what was done in November, with whoever did it, and nobody of the extracts', async () => {
    const texts = await unpacked(pack)
    expect(rowsOf(texts.get('files.csv'))).toHaveLength(9)
    expect(rowsOf(texts.get('decisions.csv')).map((row) => row.split(',').slice(3, 7))).toEqual([
      ['compliance-evidence', 'waive', '10', expect.stringContaining('R. Ortiz')],
      ['compliance-evidence', 'waive', '10', expect.stringContaining('R. Ortiz')],
    ])
    expect(rowsOf(texts.get('exceptions.csv')).map((row) => /,(\w*),(\w+,\d+,USD)/.exec(row)?.slice(1))).toEqual([
      ['', 'new,0,USD'],
      ['', 'decided,10,USD'],
      ['', 'decided,10,USD'],
    ])
    expect(rowsOf(texts.get('control-totals.csv'))[0]).toContain('X12 taken tonight,documents,count,0')
    expect(rowsOf(texts.get('obligations.csv')).find((row) => row.includes('too old'))).toContain(
      '2026-11-05,1000.00,400.00',
    )
    const manifest = JSON.parse(texts.get('manifest.json') ?? '')
    expect(
      manifest.deeds.map(({ who, what, times }: { who: string; what: string; times: number }) => [
        who.slice(0, 8),
        what,
        times,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['R. Ortiz', 'exception decided', 2],
        ['runs', 'evidence pack made', 1],
      ]),
    )
    expect(manifest.settings.map(({ name }: { name: string }) => name)).toContain(
      'templates/extracts/vendor-evidence.yaml',
    )
    expect(texts.get('cover.html')).toContain('too old on 1 of 2 days, from 2026-11-05 on')
    expect(texts.get('cover.html')).toContain('The audit chain verifies, and nothing is missing.')
    expect([...texts.values()].join('')).not.toContain('Maria Secret')
  })

  it('sha256sum verifies it, and each pack begins where the one before ended', async () => {
    const folder = path.join(night.folder, 'unpacked')
    const texts = await unpacked(pack)
    for (const [name, text] of texts) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    const said = execFileSync('sha256sum', ['-c', '--strict', 'manifest.sha256'], { cwd: folder, encoding: 'utf8' })
    expect(said.trim().split('\n')).toHaveLength(texts.size - 1)
    rmSync(folder, { recursive: true })
    const october = JSON.parse((await unpacked(pack.replace('2026-11', '2026-10'))).get('manifest.json') ?? '')
    const november = JSON.parse(texts.get('manifest.json') ?? '')
    expect(november.chain.opening).toEqual(october.chain.closing)
    expect(november.previous.period).toBe('2026-10')
  })

  it('a second night makes none; made again it has the same bytes; it went out once', async () => {
    at('2026-12-20')
    expect((await night.run('2026-12-20')).pack).toMatchObject({ state: 'there' })
    expect(await rebuilt()).toMatchObject({ isSame: true, differs: [], exit: 0 })
    expect(night.files('procurement/audit/packs')).toEqual(['evidence-2026-10.zip', 'evidence-2026-11.zip'])
    expect(readFileSync(night.path('procurement/audit/packs/evidence-2026-11.zip')).equals(readFileSync(pack))).toBe(
      true,
    )
    expect(await verified(pack)).toMatchObject({ faults: [], exit: 0 })
  })

  it('the command line says the same, with its exit codes', async () => {
    const cwd = night.folder
    const again = await matchbook(['audit', 'pack', '2026-11', '--json'], { cwd })
    expect([again.exit, JSON.parse(again.stdout)]).toMatchObject([0, { isSame: true, period: '2026-11' }])
    const whole = await matchbook(['audit', 'verify', '--pack', pack], { cwd })
    expect([whole.exit, whole.stdout]).toEqual([0, expect.stringMatching(/^The pack of 2026-11 is whole: \d+ files/)])
    const unknown = await matchbook(['audit', 'pack', '2025-01'], { cwd })
    expect([unknown.exit, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('there are 2026-10 of compliance-evidence, 2026-11'),
    ])
  })

  it('a purge of what was pushed leaves packs', async () => {
    const settings = path.join(night.folder, 'matchbook.yaml')
    const yaml = readFileSync(settings, 'utf8')
    writeFileSync(settings, `${yaml}\nretention:\n  pushed: 1\n`)
    const { classes } = await purge(options)
    expect(classes).toMatchObject([{ class: 'pushed', purged: [], kept: { 'it is an evidence pack': 2 } }])
    expect(readFileSync(pack).length).toBeGreaterThan(0)
    writeFileSync(settings, yaml)
  })

  it('a month that is not over gets none', async () => {
    expect((await night.run('2027-01-05')).pack).toMatchObject({ period: '2026-12', state: 'none' })
    // What November lacked does not heal because December is looked at.
    expect((await night.exceptions()).filter(({ keys }) => keys.period === '2026-11')).toHaveLength(2)
  })

  it('a run whose pack could not be made goes on with the pack', async () => {
    change("CREATE TRIGGER no_pack BEFORE INSERT ON steps WHEN NEW.name = 'pack' BEGIN SELECT RAISE(ABORT, 'no'); END")
    await expect(night.run('2027-01-05')).rejects.toThrow('no')
    change('DROP TRIGGER no_pack')
    const reading = await openReading(night.folder)
    const [failed] = await listRuns(reading, 1).finally(() => reading.state.close())
    const { from, run } = await retry({ ...options, run: failed?.id ?? '', failOn: 'none' })
    expect({ from, pack: run?.pack?.state }).toEqual({ from: 'pack', pack: 'none' })
  })

  it('a file that is purged is said with its tombstone, and the pack made again says what differs', async () => {
    change(
      "UPDATE files SET purged_at = '2026-12-21T00:00:00.000Z', purged_under = 'files: 10 days' WHERE name LIKE 'screening%'",
    )
    const again = await rebuilt()
    expect(again).toMatchObject({ isSame: false, exit: 8, differs: ['cover.html', 'manifest.json', 'files.csv'] })
    expect(again.gaps).toEqual([
      expect.stringMatching(
        /^The bytes of screening-1115.csv \(file no. \d\) are not here to be shown: purged on 2026-12-21 under retention files: 10 days$/,
      ),
    ])
  })

  it('an entry of the chain that was changed is said in the pack, and a pack that was changed is found out', async () => {
    const zip = await Zip.loadAsync(readFileSync(pack))
    zip.file('decisions.csv', 'nobody decided anything')
    const forged = path.join(night.folder, 'forged.zip')
    for (const noEntry of ['no entry at all', 'null', '{}']) {
      zip.file('audit.ndjson', noEntry)
      writeFileSync(forged, await zip.generateAsync({ type: 'nodebuffer' }))
      expect((await verified(forged)).faults).toEqual([
        expect.stringMatching(/^decisions.csv was changed: its SHA-256 is /),
        expect.stringMatching(/^audit.ndjson was changed/),
        'A line of audit.ndjson is no entry of an audit chain',
      ])
    }
    writeFileSync(forged, 'no zip')
    await expect(verified(forged)).rejects.toMatchObject({ code: 'EVIDENCE-UNREADABLE' })
    change("UPDATE audit SET actor = 'nobody' WHERE action = 'exception decided'")
    const broken = await rebuilt()
    expect(broken.gaps[0]).toMatch(/^The audit chain does not verify: entry \d+ was changed after it was written$/)
    expect(await verified(pack)).toMatchObject({
      exit: 8,
      faults: [expect.stringContaining('The audit chain of this workspace')],
    })
  })

  it('no identity is in any output, packs among them', async () => {
    const scan = await scanPrivacy({ ...options, canaries: ['Maria Secret'], also: [] })
    expect(scan.leaks).toEqual([])
  })
})
