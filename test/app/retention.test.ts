import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { showException } from '../../src/app/exceptions/list-exceptions.js'
import { showFiles } from '../../src/app/files/list-files.js'
import { replay } from '../../src/app/replay/replay.js'
import { type PurgeOutcome, purge } from '../../src/app/retention/purge.js'
import { showRun } from '../../src/app/runs/list-runs.js'
import { firstBrokenAudit } from '../../src/state/index.js'
import { edit, options, smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
const LONG_AGO = '2025-03-15T08:00:00.000Z'
const today = new Date().toISOString().slice(0, 10)

/** Sets the retention of the workspace, in place of the one before. */
function retain(yaml: string): void {
  edit(workspace, 'matchbook.yaml', (text) => `${text.replace(/\nretention: .*\n$/, '\n')}retention: ${yaml}\n`)
}
const row = (name: string) => sql(workspace, `SELECT * FROM files WHERE name = '${name}' ORDER BY id`)[0] ?? {}
const archived = (name: string): string => {
  const sha256 = String(row(name).sha256)
  return path.join(workspace.folder, 'state', 'archive', sha256.slice(0, 2), sha256)
}
const names = ({ classes }: PurgeOutcome, of: string): string[] =>
  classes.flatMap((one) => (one.class === of ? one.purged.map(({ name }) => name) : [])).sort()
const kept = ({ classes }: PurgeOutcome, of: string) => classes.find((one) => one.class === of)?.kept
const reading = async <T>(work: (from: Awaited<ReturnType<typeof openReading>>) => Promise<T>): Promise<T> => {
  const from = await openReading(workspace.folder)
  return work(from).finally(() => from.state.close())
}
/** Makes a file and its documents old, its invoices paid, and nothing open about it. */
function settleLongAgo(name: string, at = LONG_AGO): void {
  const { id, sha256 } = row(name)
  sql(workspace, `UPDATE files SET taken_at = '${at}' WHERE id = ${id}`)
  sql(
    workspace,
    `UPDATE documents SET taken_at = '${at}', received_on = '${at.slice(0, 10)}', state = 'vouchered' WHERE file_id = ${id}`,
  )
  sql(workspace, `UPDATE exceptions SET status = 'healed' WHERE evidence LIKE '%${sha256}%'`)
}

beforeAll(async () => {
  workspace = await smallNight('{ sequence: gaps-allowed }')
  const extracts = path.join(workspace.folder, 'drops', 'erp', 'lawson', 'extracts')
  const header = /name: (\w+)/g
  const contract = readFileSync(path.join(workspace.folder, 'templates', 'extracts', 'lawson-vendors.yaml'), 'utf8')
  const columns = [...(contract.split('columns:')[1]?.split('projections:')[0] ?? '').matchAll(header)].map(
    ([, name]) => name,
  )
  const vendors = `${columns.join('|')}\n`
  writeFileSync(path.join(extracts, 'vendors-1.txt'), `${vendors}TRL|0\n`)
  workspace.put('paid.810', invoices(101))
  workspace.put('unpaid.810', invoices(102))
  workspace.put('loaded.810', invoices(103))
  workspace.put('disputed.810', invoices(104))
  workspace.put('stranger.810', invoices(105).replaceAll('054321987      ', 'SOMEONEELSE    '))
  workspace.put('twice.810', invoices(106))
  workspace.put('litigated.810', invoices(107))
  await workspace.run()
  workspace.put('twice-again.810', invoices(106))
  await workspace.exchange()
  for (const name of ['paid.810', 'loaded.810', 'twice.810']) settleLongAgo(name)
  settleLongAgo('litigated.810', '2025-05-02T04:00:00.000Z')
  sql(workspace, `UPDATE documents SET state = 'loaded' WHERE file_id = ${row('loaded.810').id}`)
  for (const name of ['unpaid.810', 'disputed.810', 'stranger.810', 'vendors-1.txt']) {
    sql(workspace, `UPDATE files SET taken_at = '${LONG_AGO}' WHERE name = '${name}'`)
  }
  sql(workspace, `UPDATE documents SET state = 'vouchered' WHERE file_id = ${row('disputed.810').id}`)
  sql(workspace, "UPDATE exceptions SET status = 'healed' WHERE code = 'FILE-EMPTY'")
  sql(workspace, "UPDATE files SET disposition = 'read' WHERE name = 'vendors-1.txt'")
})
afterAll(() => workspace?.remove())

describe('without retention settings', () => {
  it('keeps everything, in a purge by hand and at the end of a night', async () => {
    expect(await purge(options(workspace))).toEqual({ dryRun: false, classes: [] })
    expect(existsSync(archived('paid.810'))).toBe(true)
  })
})

describe('the bytes of files', () => {
  it('go when nothing needs them, and stay for a hold, an open exception, a load not confirmed or quarantine', async () => {
    // Midnight of 2 May 2025 in UTC is still 1 May in Chicago.
    retain('{ files: 400, hold: [{ reason: "Case 2025-114", from: 2025-05-01, to: 2025-05-01 }] }')
    const dry = await purge(options(workspace, true))
    expect(names(dry, 'files')).toEqual(['paid.810'])
    expect(existsSync(archived('paid.810'))).toBe(true)
    const outcome = await purge(options(workspace))
    expect(outcome).toEqual({ ...dry, dryRun: false })
    expect(kept(outcome, 'files')).toEqual({
      'a hold covers it: Case 2025-114': 1,
      'a load that the ERP has not confirmed needs it': 1,
      'an open exception needs it': 2,
      'it is in quarantine': 1,
      'it is the newest extract of its input': 1,
      'it, or what has the same bytes, is not old enough': 1,
    })
    expect(outcome.classes[0]).toMatchObject({ under: 'files: 400 days', bytes: row('paid.810').size })
    expect(existsSync(archived('paid.810'))).toBe(false)
    for (const name of ['unpaid.810', 'loaded.810', 'disputed.810', 'stranger.810', 'twice.810', 'litigated.810']) {
      expect(existsSync(archived(name)), name).toBe(true)
    }
  })

  it('leave a tombstone, so that a replay and the ledger say what went when and why', async () => {
    const words = `purged on ${today} under retention files: 400 days`
    const again = { ...options(workspace), subject: 'paid.810', by: undefined, asOf: undefined, failOn: undefined }
    await expect(replay(again)).rejects.toMatchObject({ code: 'FILE-PURGED', message: expect.stringContaining(words) })
    const [shown] = await reading((from) => showFiles(from, 'paid.810'))
    expect(shown).toMatchObject({ disposition: 'read', purgedUnder: 'files: 400 days' })
    const audit = sql(workspace, "SELECT * FROM audit WHERE actor = 'purge'")
    expect(audit).toMatchObject([{ action: 'purged', subject: 'files: 400 days' }])
    expect(await workspace.with(({ state }) => firstBrokenAudit(state.database))).toBeUndefined()
  })

  it('are not purged twice, and are a duplicate when they come again', async () => {
    expect(names(await purge(options(workspace)), 'files')).toEqual([])
    workspace.put('paid-again.810', invoices(101))
    await workspace.exchange()
    expect(row('paid-again.810')).toMatchObject({ disposition: 'duplicate' })
  })

  it('that a purge gave up and did not come to remove go with the next; those that came again stay', async () => {
    const [twice, paid] = [archived('twice.810'), archived('paid.810')]
    const relative = (file: string) => path.relative(path.join(workspace.folder, 'state'), file)
    for (const file of [twice, paid]) sql(workspace, `INSERT INTO removals (path) VALUES ('${relative(file)}')`)
    sql(workspace, `UPDATE files SET purged_at = '${LONG_AGO}' WHERE name LIKE 'twice%'`)
    await purge(options(workspace))
    expect([existsSync(twice), existsSync(paid)]).toEqual([false, true])
    expect(sql(workspace, 'SELECT * FROM removals')).toEqual([])
  })

  it('stay for a hold on their partner', async () => {
    retain('{ files: 400, hold: [{ reason: Audit, partner: medsupply }] }')
    sql(workspace, `UPDATE files SET taken_at = '${LONG_AGO}'`)
    const outcome = await purge(options(workspace, true))
    expect(names(outcome, 'files')).toEqual([])
    expect(kept(outcome, 'files')?.['a hold covers it: Audit']).toBeGreaterThan(5)
  })
})

describe('the content of documents', () => {
  it('goes once the ERP has them, and they are still known when they come again', async () => {
    retain('{ documents: 400 }')
    const outcome = await purge(options(workspace))
    expect(names(outcome, 'documents')).toEqual(
      ['INV-101-1', 'INV-101-2', 'INV-106-1', 'INV-106-2', 'INV-107-1', 'INV-107-2'].map(
        (number) => `invoice ${number}`,
      ),
    )
    const [gone] = sql(workspace, "SELECT body, state FROM documents WHERE business_key = 'INV-101-1'")
    expect(gone).toEqual({ body: '{}', state: 'vouchered' })
    workspace.put('paid-once-more.810', `${invoices(101)}\n`)
    await workspace.exchange()
    expect(row('paid-once-more.810')).toMatchObject({ disposition: 'read', accepted: 2 })
    expect(sql(workspace, "SELECT id FROM documents WHERE business_key = 'INV-101-1'")).toHaveLength(1)
  })
})

describe('loads and acknowledgments that were pushed', () => {
  it('go with the readable file beside them; what waits, is held or is not confirmed by the ERP stays', async () => {
    const state = path.join(workspace.folder, 'state')
    const queue = (name: string, status: 'sent' | 'waiting', load: string | null, at = LONG_AGO): string[] => {
      const files = [name, `${name}.gz.pgp`].map((file) => path.join(state, 'outbox', file))
      mkdirSync(path.join(state, 'outbox'), { recursive: true })
      for (const file of files) writeFileSync(file, name)
      const row = { idempotency_key: name, load_id: load, endpoint: 'erp', folder: 'in', name, local_file: files[1] }
      const times = { queued_at: at, sent_at: status === 'sent' ? at : null }
      const values = { ...row, sha256: 'x', size: 1, status, attempts: 1, ...times }
      const written = Object.values(values).map((value) => (value === null ? 'NULL' : `'${value}'`))
      sql(workspace, `INSERT INTO outbox (${Object.keys(values)}) VALUES (${written})`)
      return files
    }
    const load = path.join(state, 'outbox', 'load.csv')
    sql(
      workspace,
      `INSERT INTO loads (id, idempotency_key, job, run_id, template, status, planned_at, sent_at, invoices, lines, amount, currency, file, sha256)
      SELECT 'L1', 'L1', job, id, 'none', 'sent', '${LONG_AGO}', '${LONG_AGO}', 1, 1, '1', 'USD', '${load}', 'x' FROM runs LIMIT 1`,
    )
    sql(
      workspace,
      "INSERT INTO load_invoices (invoice_id, load_id, amount) SELECT id, 'L1', '1' FROM documents WHERE state = 'loaded'",
    )
    const answer = queue('997-1.edi', 'sent', null)
    const stays = [
      ...queue('997-2.edi', 'waiting', null),
      ...queue('load.csv', 'sent', 'L1'),
      ...queue('997-3.edi', 'sent', null, '2025-05-02T04:00:00.000Z'),
    ]
    const theirs = queue('997-4.edi', 'sent', null, new Date().toISOString())
    retain('{ pushed: 400, hold: [{ reason: "Case 2025-114", partner: medsupply, from: 2025-05-01, to: 2025-05-01 }] }')
    const dry = await purge(options(workspace, true))
    expect(names(dry, 'pushed')).toEqual(['997-1.edi'])
    const outcome = await purge(options(workspace))
    expect(outcome).toEqual({ ...dry, dryRun: false })
    expect(kept(outcome, 'pushed')).toEqual({
      'a hold covers it: Case 2025-114': 1,
      'a load that the ERP has not confirmed needs it': 1,
    })
    expect(answer.map((file) => existsSync(file))).toEqual([false, false])
    expect([...stays, ...theirs].filter((file) => !existsSync(file))).toEqual([])
    expect(sql(workspace, "SELECT status FROM outbox WHERE name = '997-1.edi'")).toEqual([{ status: 'sent' }])
    // Once is enough.
    expect(names(await purge(options(workspace)), 'pushed')).toEqual([])
    for (const table of ['outbox', 'load_invoices', 'loads']) sql(workspace, `DELETE FROM ${table}`)
  })
})

describe('exceptions, reports and logs', () => {
  it('go by their own settings, at the end of a night, and say so when they are asked for', async () => {
    retain('{ exceptions: 400, reports: 400, logs: 400 }')
    const [healed] = sql(
      workspace,
      "SELECT id FROM exceptions WHERE status = 'healed' AND code = 'INV-UNKNOWN-PO' ORDER BY id",
    )
    const open = sql(workspace, "SELECT id FROM exceptions WHERE status <> 'healed'")
    const runs = sql(workspace, 'SELECT id FROM runs ORDER BY started_at').map(({ id }) => String(id))
    const report = path.join(workspace.folder, 'state', 'reports', runs[0] ?? '')
    expect(existsSync(report)).toBe(true)
    sql(workspace, `UPDATE exceptions SET first_seen = '${LONG_AGO}', last_seen = '${LONG_AGO}'`)
    sql(workspace, `UPDATE exception_events SET at = '${LONG_AGO}' WHERE exception_id = ${healed?.id}`)
    sql(workspace, `UPDATE runs SET started_at = '${LONG_AGO}' WHERE id = '${runs[0]}'`)

    const { purged } = await workspace.run()
    expect(purged?.classes.map((one) => [one.class, one.purged.map(({ subject }) => subject)])).toEqual([
      ['exceptions', [String(healed?.id)]],
      ['reports', [runs[0]]],
      ['logs', [runs[0]]],
    ])
    const left = sql(workspace, 'SELECT id FROM exceptions')
    expect(left).toEqual(expect.arrayContaining(open))
    expect(left).not.toContainEqual(healed)
    expect(existsSync(report)).toBe(false)
    await expect(reading((from) => showException(from, String(healed?.id)))).rejects.toMatchObject({
      message: expect.stringContaining(`purged on ${today} under retention exceptions: 400 days`),
    })
    const shown = await reading((from) => showRun(from, runs[0] ?? ''))
    expect(shown).toMatchObject({
      steps: [],
      summary: null,
      purged: `purged on ${today} under retention logs: 400 days`,
    })
  })

  it('wait while a job runs', async () => {
    await workspace.with(async (tools) => {
      const lease = await tools.takeLease('receipt-to-invoice')
      await expect(purge(options(workspace))).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
      await lease.release()
    })
  })
})

describe('retention settings with a mistake', () => {
  it('are refused: a hold that ends before it begins, for nobody known, without a reason', async () => {
    retain(
      '{ files: 400, hold: [{ reason: x, from: 2025-05-02, to: 2025-05-01 }, { reason: y, partner: medsuply }, { partner: medsupply }] }',
    )
    const refused = await purge(options(workspace)).catch((error: Error) => error)
    expect(refused).toMatchObject({ code: 'WORKSPACE-INVALID' })
    for (const said of ['from to be no later than to', 'no partner "medsuply"', 'reason']) {
      expect(String(refused)).toContain(said)
    }
  })
})
