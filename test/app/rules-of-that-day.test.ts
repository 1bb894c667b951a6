import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { withReading } from '../../src/app/open-workspace.js'
import { backfill } from '../../src/app/replay/backfill.js'
import { replay } from '../../src/app/replay/replay.js'
import { retry } from '../../src/app/replay/retry.js'
import { purge } from '../../src/app/retention/purge.js'
import type { RunSummary } from '../../src/app/run-summary.js'
import { showRun } from '../../src/app/runs/list-runs.js'
import { shippedFolder } from '../../src/app/workspace/shipped.js'
import { firstBrokenAudit } from '../../src/state/index.js'
import { asOf, DemoNight, job } from './demo-night.js'

const clean = 'MSD_810_20261120_01.edi'
const stranger = 'carefirst.810.20261120.05.edi'

let night: DemoNight
let first: RunSummary
let thatDay: Row[]
let loadedThatDay: unknown[]
beforeAll(async () => {
  night = await DemoNight.lay(11, [clean, 'MSD_810_20261120_02.edi', stranger])
  const [summary] = (await night.run()).runs
  if (summary === undefined) throw new Error('there was no night')
  first = summary
  thatDay = await open()
  loadedThatDay = loaded()
}, 120_000)
afterAll(() => night?.remove())

type Row = Awaited<ReturnType<typeof open>>[number]

/** What is open, as those who decide about it see it; numbers and times say nothing of the rules. */
const open = async () =>
  (await night.exceptions())
    .filter(({ status }) => status !== 'healed')
    .map(({ code, queue, severity, message, amountAtRisk, keys, tolerance }) => {
      return { code, queue, severity, message, amountAtRisk, keys, tolerance }
    })
const of = (code: string, rows: readonly Row[]) => rows.filter((row) => row.code === code)
const sql = (text: string): unknown[] => {
  const database = new Database(path.join(night.folder, 'state', 'matchbook.db'))
  try {
    const statement = database.prepare(text)
    return statement.reader ? statement.all() : [statement.run()]
  } finally {
    database.close()
  }
}
const loaded = () => sql('SELECT invoice_id, load_id FROM load_invoices ORDER BY invoice_id')
const again = (subject: string, asOfRules: boolean, dryRun = false) =>
  replay({ ...night.options(dryRun), subject, by: undefined, asOf, asOfRules, failOn: undefined })
const shown = (run: string, withSettings = false) =>
  withReading(night.folder, (reading) => showRun(reading, run, withSettings))
const settingsNamed = async (run: string) =>
  Object.fromEntries((await shown(run)).settings.map(({ name, sha256 }) => [name, sha256]))

/** Other tolerances, queues and units, a supplier's new ISA id, another time to wait for an invoice, a contract that reads otherwise. */
function changeTheRules(): void {
  night.change((settings) => {
    Object.assign(settings, {
      tolerances: [{ rule: 'price', over: 'off', under: 'off' }],
      exceptions: { 'INV-NO-RECEIPT': { queue: 'contracts', 'sla-hours': 1 } },
      units: { aliases: {}, conversions: [] },
    })
    settings.partners.carefirst?.isa.push({ qualifier: 'ZZ', id: 'NORTHSTARMED' })
  })
  const jobFile = path.join(night.folder, 'jobs', `${job}.yaml`)
  const settings = parse(readFileSync(jobFile, 'utf8'))
  settings.settings['received-not-invoiced-days'] = 300
  writeFileSync(jobFile, stringify(settings, { aliasDuplicateObjects: false }))
  const contract = path.join('templates', 'extracts', 'lawson-vendors.yaml')
  mkdirSync(path.dirname(path.join(night.folder, contract)), { recursive: true })
  const shipped = readFileSync(path.join(shippedFolder(), contract), 'utf8')
  writeFileSync(path.join(night.folder, contract), shipped.replace('"A": active, ', '"X": active, '))
}

describe('a run', () => {
  it('keeps what it was judged by, its own and shipped, under the hashes of the audit chain, and nothing of other jobs', async () => {
    const kept = await settingsNamed(first.run)
    expect(Object.keys(kept)).toEqual(
      expect.arrayContaining([
        'matchbook.yaml',
        `jobs/${job}.yaml`,
        'templates/extracts/lawson-vendors.yaml',
        'templates/loads/oracle-fusion-ap-invoices.yaml',
      ]),
    )
    const [{ detail }] = sql("SELECT detail FROM audit WHERE action = 'configuration changed'") as [{ detail: string }]
    expect(JSON.parse(detail).hashes).toMatchObject(kept)
    const { settings } = await shown(first.run, true)
    expect(settings.find(({ name }) => name === 'matchbook.yaml')?.says).toMatchObject({
      units: { aliases: { DOZ: 'DZ' } },
      'fail-on': 'none',
    })
  })
})

describe('a night whose rules have changed since', () => {
  let texts: number
  beforeAll(async () => {
    changeTheRules()
    texts = sql('SELECT sha256 FROM settings_texts').length
    // Judges by the rules of today, and loads nothing.
    await backfill({ ...night.options(), job, from: asOf, to: asOf, calendar: undefined, failOn: undefined })
  })

  it('is judged otherwise by the rules of today', async () => {
    const today = await open()
    expect(today).not.toEqual(thatDay)
    expect(of('INV-PRICE', thatDay)).not.toEqual([])
    expect(of('INV-PRICE', today)).toEqual([])
    expect(of('DATA-TYPE', today).length).toBeGreaterThan(of('DATA-TYPE', thatDay).length)
    expect(of('GRNI-AGED', today).length).toBeLessThan(of('GRNI-AGED', thatDay).length)
    expect(new Set(of('INV-NO-RECEIPT', today).map(({ queue }) => queue))).toEqual(new Set(['contracts']))
    // Of all the texts only the three that changed are new.
    expect(sql('SELECT sha256 FROM settings_texts')).toHaveLength(texts + 3)
  })

  it('gives exactly the findings of that day by its own, and loads and pushes nothing', async () => {
    const sent = night.inbound()
    const { run, rulesOf, files } = await again(first.run, true)
    expect(rulesOf).toBe(first.run)
    expect(files.find(({ name }) => name === stranger)).toMatchObject({ before: 'quarantined', after: 'quarantined' })
    expect(await open()).toEqual(thatDay)
    expect(run).toMatchObject({ loads: [], sentLater: 0, failures: [] })
    expect(run.title).toContain(first.run)
    expect([loaded(), night.inbound()]).toEqual([loadedThatDay, sent])
    expect(await shown(run.run)).toMatchObject({ kind: 'replay', rulesOf: first.run })
    expect(await settingsNamed(run.run)).toEqual(await settingsNamed(first.run))
    // What was changed is in the chain once, and looking back is no change.
    expect(sql("SELECT sequence FROM audit WHERE action = 'configuration changed'")).toHaveLength(2)
    expect(await night.with(({ state }) => firstBrokenAudit(state.database))).toBeUndefined()
  })

  it('keeps to them when it is cut off and taken up again', async () => {
    const { run } = await again(stranger, true)
    sql(`UPDATE runs SET status = 'running', finished_at = NULL, summary = NULL WHERE id = '${run.run}'`)
    sql(`DELETE FROM steps WHERE run_id = '${run.run}' AND name <> 'pull'`)
    sql(`DELETE FROM file_findings WHERE file_id = (SELECT id FROM files WHERE name = '${stranger}')`)
    sql(`UPDATE files SET disposition = 'taken', reason = NULL WHERE name = '${stranger}'`)
    await retry({ ...night.options(), run: run.run, failOn: undefined })
    expect(await night.files('quarantined')).toMatchObject([{ name: stranger }])
    expect(await open()).toEqual(thatDay)
    expect(loaded()).toEqual(loadedThatDay)
  })

  it('is judged by those of today again without them, and what is clean by them is loaded', async () => {
    const { run, rulesOf, files } = await again(first.run, false)
    expect(rulesOf).toBeNull()
    expect(files.find(({ name }) => name === stranger)).toMatchObject({ before: 'quarantined', after: 'read' })
    expect(await open()).not.toEqual(thatDay)
    expect(run.loads[0]?.status).toBe('sent')
    expect(loaded().length).toBeGreaterThan(loadedThatDay.length)
  })
})

describe('rules that are not kept', () => {
  const refused = (subject: string) =>
    again(subject, true, true).then(
      () => undefined,
      (error: unknown) => error,
    )

  it('are refused for what was pulled by hand', async () => {
    sql(`UPDATE files SET run_id = NULL WHERE name = '${clean}'`)
    expect(await refused(clean)).toMatchObject({ code: 'RULES-NOT-KEPT', message: expect.stringContaining('by hand') })
  })

  it('are refused when today’s Matchbook does not read them, or they are not what was kept', async () => {
    const [{ sha256, text }] = sql(
      `SELECT sha256, text FROM settings_texts JOIN run_settings USING (sha256) WHERE run_id = '${first.run}' AND name = 'matchbook.yaml'`,
    ) as [{ sha256: string; text: string }]
    sql(`UPDATE settings_texts SET text = replace(text, '"60"', '"70"') || ' ' WHERE sha256 = '${sha256}'`)
    expect(await refused(first.run)).toMatchObject({ code: 'STATE-CORRUPT' })
    sql(`UPDATE settings_texts SET text = '${text.replaceAll("'", "''")}' WHERE sha256 = '${sha256}'`)
    sql("INSERT INTO settings_texts VALUES ('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', '{}')")
    sql(
      `UPDATE run_settings SET sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' WHERE run_id = '${first.run}' AND name = 'matchbook.yaml'`,
    )
    expect(await refused(first.run)).toMatchObject({
      code: 'RULES-NOT-READABLE',
      message: expect.stringContaining('timezone'),
    })
  })

  it('go under their own retention, each text with the last run that was judged by it, and leave a tombstone', async () => {
    night.change((settings) => {
      settings.retention = { settings: 30 }
    })
    sql(`UPDATE runs SET started_at = '2025-01-01T00:00:00.000Z' WHERE id = '${first.run}'`)
    const { classes } = await purge(night.options())
    expect(classes).toMatchObject([{ class: 'settings', purged: [{ subject: first.run }] }])
    const held = sql('SELECT DISTINCT sha256 FROM run_settings ORDER BY sha256')
    expect(sql('SELECT sha256 FROM settings_texts ORDER BY sha256')).toEqual(held)
    expect(await refused(first.run)).toMatchObject({
      code: 'RULES-NOT-KEPT',
      message: expect.stringContaining('under retention settings: 30 days'),
    })
    expect(await shown(first.run)).toMatchObject({ settings: [], settingsPurged: expect.stringContaining('purged on') })
  })

  it('are refused for a run of before they were kept', async () => {
    sql("DELETE FROM tombstones WHERE class = 'settings'")
    expect(await refused(first.run)).toMatchObject({
      code: 'RULES-NOT-KEPT',
      message: expect.stringContaining('before'),
    })
  })
})
