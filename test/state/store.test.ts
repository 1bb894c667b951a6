import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decimal, type Finding } from '../../src/canonical/index.js'
import { systemError } from '../../src/errors/index.js'
import { settle } from '../../src/exceptions/index.js'
import {
  appendAudit,
  arrivalOf,
  beginRun,
  dropsAt,
  finishRun,
  firstBrokenAudit,
  listExceptions,
  type NewDocument,
  recordFiles,
  saveDocument,
  saveSettlement,
  saveStep,
  stepOutput,
  takeLease,
} from '../../src/state/index.js'
import { openState, type State } from '../../src/state/open-state.js'

let folder: string
let state: State

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-state-'))
  state = await openState(folder)
})
afterEach(async () => {
  await state.close().catch(() => {})
  rmSync(folder, { recursive: true, force: true })
})

const begin = { job: 'receipt-to-invoice', asOf: '2026-11-20', host: 'h', pid: 1, version: '0.1.0' }
const file = {
  job: 'receipt-to-invoice',
  input: 'invoices',
  endpoint: 'medsupply',
  folder: '/out',
  partner: 'medsupply',
  size: 10,
  modified: '2026-11-20T01:00:00Z',
  taken_at: '2026-11-20T02:00:00Z',
  run_id: null,
}

describe('the store', () => {
  it('keeps what was acknowledged through a power loss: WAL with synchronous FULL', () => {
    const sqlite = new Database(state.file, { readonly: true })
    expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal')
    sqlite.close()
  })

  it('is made or brought forward whole or not at all, so that a kill in between is in no one’s way', async () => {
    const half = path.join(folder, 'half')
    mkdirSync(half)
    const obstacle = new Database(path.join(half, 'matchbook.db'))
    obstacle.exec('CREATE TABLE outbox (id INTEGER)')
    await expect(openState(half)).rejects.toThrow('already exists')
    obstacle.exec('DROP TABLE outbox')
    obstacle.close()
    const whole = await openState(half)
    await beginRun(whole.database, { ...begin, now: '2026-11-20T02:00:00.000Z' })
    await whole.close()
  })

  it('goes on with a run that was cut off, and begins a new one after a finished one', async () => {
    const first = await beginRun(state.database, { ...begin, now: '2026-11-20T02:00:00.000Z' })
    await saveStep(state.database, {
      runId: first.run.id,
      name: 'pull',
      startedAt: 'a',
      finishedAt: 'b',
      output: { taken: 3 },
    })
    const again = await beginRun(state.database, { ...begin, now: '2026-11-20T02:05:00.000Z' })
    expect(again).toMatchObject({ resumed: true, run: { id: first.run.id } })
    expect(await stepOutput(state.database, first.run.id, 'pull')).toEqual({ taken: 3 })
    await finishRun(state.database, first.run.id, { status: 'done', summary: {}, now: '2026-11-20T02:10:00.000Z' })
    const next = await beginRun(state.database, { ...begin, now: '2026-11-20T02:11:00.000Z' })
    expect(next.resumed).toBe(false)
    expect(next.run.id).not.toBe(first.run.id)
  })

  const taken = (name: string, sha256: string, more = {}) => ({ ...file, name, sha256, path: `/out/${name}`, ...more })

  it.each([
    ['booked one by one', 1],
    ['booked together', 3],
  ])(
    'knows the same bytes under another name as a duplicate, the same name with other bytes as new, %s',
    async (_how, together) => {
      const files = [taken('a.810', 'aa'), taken('b.810', 'aa'), taken('a.810', 'bb')]
      const booked = []
      for (let from = 0; from < files.length; from += together)
        booked.push(...(await recordFiles(state.database, files.slice(from, from + together), false)))
      expect(booked.map(({ disposition }) => disposition)).toEqual(['taken', 'duplicate', 'taken'])
      const places = await dropsAt(state.database, file.endpoint, ['/out/a.810', '/out/b.810'])
      expect([places.get('/out/a.810')?.file_id, places.get('/out/b.810')?.file_id]).toEqual([
        booked[2]?.id,
        booked[1]?.id,
      ])
      const reasons = await state.database.selectFrom('files').select('reason').orderBy('id').execute()
      expect(reasons).toEqual([{ reason: null }, { reason: 'same bytes as a.810' }, { reason: null }])
    },
  )

  it('takes an extract that says the same as last night: nothing changed is news too', async () => {
    for (const name of ['v1.txt', 'v2.txt']) {
      const [booked] = await recordFiles(state.database, [taken(name, 'cc', { input: 'vendors' })], true)
      expect(booked).toMatchObject({ disposition: 'taken' })
    }
  })

  it('knows a document that comes again, and control numbers used for other content', async () => {
    const [{ id } = { id: 0 }] = await recordFiles(state.database, [taken('a.810', 'aa')], false)
    const document: NewDocument = {
      id: 'INV1',
      file_id: id,
      job: file.job,
      kind: 'invoice',
      partner: 'medsupply',
      company: null,
      business_key: '4711',
      interchange_control: '000000001',
      group_control: '1',
      transaction_control: '0001',
      content_hash: 'x',
      state: 'open',
      received_on: '2026-11-20',
      taken_at: '2026-11-20T02:00:00Z',
      byte_offset: 0,
      byte_length: 10,
      body: '{}',
    }
    expect(await arrivalOf(state.database, document)).toBe('taken')
    await saveDocument(state.database, document)
    expect(await arrivalOf(state.database, { ...document, id: 'INV2' })).toBe('known')
    const other = { ...document, id: 'INV2', content_hash: 'y' }
    expect(await arrivalOf(state.database, { ...other, byte_offset: 500 })).toBe('control-reused')
    // The same place of the same file, read otherwise by a later version.
    expect(await arrivalOf(state.database, other)).toBe('known')
    expect(await arrivalOf(state.database, { ...document, id: 'INV2', transaction_control: '0002' })).toBe('taken')
  })

  it('keeps one exception over many nights, with a version that moves only when what is decided on changed', async () => {
    const finding: Finding = {
      code: 'INV-PRICE',
      keys: { company: '10', po: '4500', line: '1', invoice: '4711', supplier: '123' },
      message: 'billed 12.50, PO 12.00',
      amountAtRisk: decimal('5.00'),
      currency: 'USD',
      values: { 'billed price': '12.50' },
      tolerance: null,
      evidence: [],
    }
    const routing = { timezone: 'America/Chicago', overrides: {}, workingTime: {} }
    const night = async (findings: Finding[], n: number) => {
      const now = `2026-11-2${n}T06:00:00Z`
      const known = await listExceptions(state.database, { job: file.job })
      await saveSettlement(state.database, settle(file.job, known, findings, now, routing), { id: `run${n}`, now })
      return (await listExceptions(state.database, { job: file.job })).map(({ id, status, version }) => ({
        id,
        status,
        version,
      }))
    }
    expect(await night([finding], 0)).toEqual([{ id: 1, status: 'new', version: 1 }])
    expect(await night([finding], 1)).toEqual([{ id: 1, status: 'open', version: 1 }])
    expect(await night([finding], 2)).toEqual([{ id: 1, status: 'open', version: 1 }])
    expect(await night([], 3)).toEqual([{ id: 1, status: 'healed', version: 2 }])
    expect(await night([finding], 4)).toEqual([{ id: 1, status: 'reopened', version: 3 }])
  })

  it('finds the entry of the audit chain that was tampered with', async () => {
    for (const n of [1, 2, 3]) {
      await appendAudit(state.database, { at: `t${n}`, actor: 'a', action: 'load', subject: `L${n}`, detail: { n } })
    }
    expect(await firstBrokenAudit(state.database)).toBeUndefined()
    await state.database.updateTable('audit').set({ detail: '{"n":9}' }).where('sequence', '=', 2).execute()
    expect(await firstBrokenAudit(state.database)).toBe(2)
  })
})

describe('a store that cannot be used', () => {
  it('says so when another program holds it locked', async () => {
    await state.close()
    const holder = new Database(path.join(folder, 'matchbook.db'))
    // In WAL mode readers go on; it is the first write that is refused.
    holder.exec('BEGIN EXCLUSIVE')
    const opened = await openState(folder, { busyMilliseconds: 100 })
    const refused = await appendAudit(opened.database, {
      at: '',
      actor: '',
      action: '',
      subject: '',
      detail: {},
    }).catch((error: unknown) => systemError(error, opened.file))
    expect(refused).toMatchObject({ code: 'STATE-LOCKED' })
    await opened.close()
    holder.close()
  })

  it('refuses state written by a newer version', async () => {
    await state.database
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-future', timestamp: 'later' } as never)
      .execute()
    await state.close()
    await expect(openState(folder)).rejects.toMatchObject({ code: 'STATE-NEWER' })
  })

  it('refuses a damaged file', async () => {
    await state.close()
    rmSync(folder, { recursive: true })
    execFileSync('mkdir', [folder])
    writeFileSync(
      path.join(folder, 'matchbook.db'),
      'this is no database, and long enough to be read as a header of one',
    )
    await expect(openState(folder)).rejects.toMatchObject({ code: 'STATE-CORRUPT' })
  })
})

describe('the lease', () => {
  it('is refused to a second run of the job and given to another job', () => {
    const lease = takeLease(folder, 'receipt-to-invoice')
    expect(() => takeLease(folder, 'receipt-to-invoice')).toThrowError(expect.objectContaining({ code: 'RUN-ACTIVE' }))
    takeLease(folder, 'po-acknowledgment').release()
    lease.release()
    takeLease(folder, 'receipt-to-invoice').release()
  })

  it('is free at once when its holder is killed', async () => {
    const locks = path.join(folder, 'locks')
    execFileSync('mkdir', ['-p', locks])
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import D from 'better-sqlite3'; const d = new D(process.argv[1]); d.exec('BEGIN EXCLUSIVE'); console.log('held'); setInterval(() => {}, 1000)`,
      path.join(locks, 'nightly.lock'),
    ])
    await new Promise((resolve) => holder.stdout.once('data', resolve))
    expect(() => takeLease(folder, 'nightly')).toThrowError(expect.objectContaining({ code: 'RUN-ACTIVE' }))
    const gone = new Promise((resolve) => holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await gone
    takeLease(folder, 'nightly').release()
  })
})

describe('a new state opened by many at once', () => {
  it('is made once, and each finds it whole', async () => {
    await state.close()
    rmSync(path.join(folder, 'matchbook.db'))
    const opened = await Promise.all(Array.from({ length: 6 }, () => openState(folder)))
    for (const one of opened) {
      expect(await one.database.selectFrom('runs').selectAll().execute()).toEqual([])
      await one.close()
    }
  })
})
