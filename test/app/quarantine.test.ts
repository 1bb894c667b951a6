import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { pullByHand } from '../../src/app/pull/pull-by-hand.js'
import { pushByHand } from '../../src/app/push/push-by-hand.js'
import { listQuarantine, type QuarantinedFile, showQuarantined } from '../../src/app/quarantine/quarantine.js'
import { faultBytes } from '../../src/app/quarantine/quarantine-bytes.js'
import { discardFile, releaseFile } from '../../src/app/quarantine/quarantine-decide.js'
import type { Reading } from '../../src/app/reading.js'
import { replay } from '../../src/app/replay/replay.js'
import { retry } from '../../src/app/replay/retry.js'
import { hexDump } from '../../src/commands/render/hex-dump.js'
import { firstBrokenAudit } from '../../src/state/index.js'
import { endState } from '../e2e/finished-night.js'
import { edit, options, smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
const file = (name: string) => sql(workspace, `SELECT * FROM files WHERE name = '${name}' ORDER BY id DESC`)[0]
const isOpen = async (name: string) =>
  (await workspace.exceptions()).some(({ status, message }) => status !== 'healed' && message.startsWith(name))

async function reading<T>(work: (from: Reading) => Promise<T>): Promise<T> {
  const from = await openReading(workspace.folder)
  try {
    return await work(from)
  } finally {
    await from.state.close()
  }
}
const show = (name: string, around = 16): Promise<QuarantinedFile> =>
  reading((from) => showQuarantined(from, name, around))
const decide = (name: string, dryRun = false) => ({ ...options(workspace, dryRun), file: name, by: 'R. Ortiz' })

const stranger = invoices(201).replaceAll('054321987      ', 'SOMEONEELSE    ')

beforeAll(async () => {
  workspace = await smallNight(
    '{ acknowledge: "997", check: standard, send-to: { endpoint: medsupply, folder: inbound } }',
  )
  workspace.put('good.810', invoices(101))
  workspace.put('stranger.810', stranger)
  workspace.put('cut.810', invoices(102).slice(0, 200))
  workspace.put('noise.810', Buffer.from([0x00, 0xff, 0x1b, 0x5b, 0x41, 0x0a]))
  const extracts = path.join(workspace.folder, 'drops', 'erp', 'lawson', 'extracts')
  writeFileSync(path.join(extracts, 'vendors.txt'), 'SOMETHING|ELSE\nJane Roe|1\n')
  await workspace.run()
})
afterAll(() => workspace?.remove())

describe('quarantine', () => {
  it('lists what could not be processed, each with its reason', async () => {
    const files = await reading((from) => listQuarantine(from, { discarded: true, limit: 10 }))
    expect(files.map(({ name }) => name).sort()).toEqual(['cut.810', 'noise.810', 'stranger.810', 'vendors.txt'])
    expect(files.filter(({ reason }) => reason === null)).toEqual([])
  })

  it('shows the bytes around a fault as they lie in the archive, and where in them the fault is', async () => {
    const { findings, archived } = await show('stranger.810')
    const [finding] = findings
    const bytes = readFileSync(archived)
    expect(finding?.message).toContain('SOMEONEELSE')
    const shown = finding?.bytes[0]
    expect(shown).toMatchObject({ faultAt: expect.any(Number), faultLength: expect.any(Number) })
    const { from = 0, hex = '', text = '', faultAt = 0 } = shown ?? {}
    expect(Buffer.from(hex, 'hex')).toEqual(bytes.subarray(from, from + hex.length / 2))
    expect(text).toBe(bytes.subarray(from, from + hex.length / 2).toString('latin1'))
    expect(faultAt - from).toBeLessThanOrEqual(16)
    expect(finding?.message).toContain(`byte ${faultAt}`)
  })

  it('draws bytes that are no text so that none reaches the terminal', async () => {
    const { findings } = await show('noise.810')
    const dump = findings.flatMap(({ bytes }) => bytes.flatMap(hexDump)).join('\n')
    expect(dump).toContain('00 ff 1b 5b 41 0a')
    expect(dump).toContain('···[A·')
    expect(dump).toMatch(/^[ -~·\n]*$/)
  })

  it('shows beginning and end of a fault that is long', async () => {
    const place = { file: 'stranger.810', byteOffset: 20, byteLength: 400 }
    const { archived } = await show('stranger.810')
    const pieces = await faultBytes(archived, place, 10)
    expect(pieces.map(({ from, text }) => [from, text.length])).toEqual([
      [10, 138],
      [292, 138],
    ])
    expect(pieces.flatMap(hexDump).join('')).not.toContain('^')
  })

  it('puts carets under the faulty bytes', () => {
    const piece = {
      from: 32,
      hex: Buffer.from('ISA*00*X~').toString('hex'),
      text: 'ISA*00*X~',
      faultAt: 36,
      faultLength: 2,
    }
    expect(hexDump(piece).map((line) => line.trimEnd())).toEqual([
      '        32  49 53 41 2a 30 30 2a 58 7e                       ISA*00*X~',
      `            ${' '.repeat(12)}^^ ^^${' '.repeat(30)}      ^^`,
    ])
  })

  it('refuses what is not in quarantine or not there, and says what it is', async () => {
    await expect(show('good.810')).rejects.toMatchObject({ code: 'FILE-NOT-QUARANTINED', message: /but read/ })
    await expect(releaseFile(decide('good.810'))).rejects.toMatchObject({ hint: expect.stringContaining('replay') })
    await expect(releaseFile(decide('none.810'))).rejects.toMatchObject({ code: 'FILE-UNKNOWN' })
    await expect(discardFile({ ...decide('cut.810'), reason: '  ' })).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('shows no byte of an extract that holds personal data', async () => {
    expect((await show('vendors.txt')).findings.some(({ bytes }) => bytes[0]?.text.includes('SOMETHING'))).toBe(true)
    edit(workspace, 'templates/extracts/lawson-vendors.yaml', (yaml) =>
      yaml.replace('columns:\n', 'columns:\n  - { name: SSN, kind: text, optional: true, sensitivity: personal }\n'),
    )
    const { withheld, findings } = await show('vendors.txt')
    expect(withheld).toContain('SSN')
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ bytes }) => bytes.length > 0)).toEqual([])
  })
})

describe('a file that is released', () => {
  it('goes back into quarantine under the same exception when nothing was mended', async () => {
    const before = (await workspace.exceptions()).map(({ id }) => id)
    expect(await releaseFile(decide('cut.810'))).toMatchObject({ done: true })
    expect(file('cut.810')).toMatchObject({ disposition: 'taken' })
    await workspace.run()
    expect(file('cut.810')).toMatchObject({ disposition: 'quarantined' })
    expect((await workspace.exceptions()).map(({ id }) => id)).toEqual(before)
  })

  it('is refused once it was discarded, and the audit chain says who did both', async () => {
    const reason = 'sent again as cut-2.810'
    expect(await discardFile({ ...decide('cut.810', true), reason })).toMatchObject({ done: true, dryRun: true })
    expect(file('cut.810')).toMatchObject({ disposition: 'quarantined' })
    // In the evening of the day before in Chicago.
    vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: new Date('2100-01-02T03:00:00Z') })
    expect(await discardFile({ ...decide('cut.810'), reason })).toMatchObject({ done: true })
    vi.useRealTimers()
    expect(await discardFile({ ...decide('cut.810'), reason })).toMatchObject({
      done: false,
      said: expect.stringContaining(reason),
    })
    await expect(releaseFile(decide('cut.810'))).rejects.toMatchObject({
      code: 'FILE-NOT-QUARANTINED',
      message: /discarded by R. Ortiz .* on 2100-01-01: sent again as cut-2.810/,
    })
    const audit = sql(
      workspace,
      `SELECT actor, action, detail FROM audit WHERE subject = 'file ${file('cut.810')?.id}'`,
    )
    expect(audit.map(({ action }) => action)).toEqual(['released from quarantine', 'discarded'])
    expect(audit.every(({ actor }) => String(actor).startsWith('R. Ortiz (as '))).toBe(true)
    expect(audit[1]?.detail).toContain(reason)
    expect(await workspace.with(({ state }) => firstBrokenAudit(state.database))).toBeUndefined()
  })
})

describe('a file that is discarded', () => {
  it('stands against nobody any more, and is a duplicate when it is sent again', async () => {
    expect(await isOpen('cut.810')).toBe(true)
    workspace.put('cut-again.810', invoices(102).slice(0, 200))
    await workspace.run()
    expect(await isOpen('cut.810')).toBe(false)
    expect(file('cut-again.810')).toMatchObject({ disposition: 'duplicate' })
    expect(file('cut.810')).toMatchObject({ disposition: 'discarded' })
  })

  it('cannot be replayed', async () => {
    const again = { ...options(workspace), by: undefined, asOf: '2026-11-20', failOn: undefined }
    await expect(replay({ ...again, subject: 'cut.810' })).rejects.toMatchObject({ code: 'FILE-NOT-REPLAYABLE' })
    await expect(replay({ ...again, subject: 'cut-again.810' })).rejects.toMatchObject({ message: /is a duplicate/ })
  })
})

describe('a file that is replayed', () => {
  const again = (subject: string, dryRun = false) =>
    replay({ ...options(workspace, dryRun), subject, by: undefined, asOf: '2026-11-20', failOn: undefined })

  it('is not acknowledged a second time and takes no second control number', async () => {
    const counted = () => [
      sql(workspace, 'SELECT idempotency_key, name FROM outbox'),
      sql(workspace, 'SELECT partner, interchange_control, content_hash, file_id FROM x12_received ORDER BY id'),
      sql(workspace, 'SELECT * FROM x12_counters'),
      workspace.answers(),
    ]
    const before = counted()
    expect(workspace.answers().length).toBeGreaterThan(0)
    const { files } = await again('good.810')
    expect(files).toMatchObject([{ before: 'read', after: 'read', readAnew: 2, keptLoaded: 0 }])
    expect(counted()).toEqual(before)
  })

  it('comes to the same in a dry run, which leaves no trace', async () => {
    const left = () => [endState(workspace.folder), sql(workspace, 'SELECT hash FROM audit')]
    const before = left()
    const { files, run } = await again('good.810', true)
    expect(run.dryRun).toBe(true)
    expect(files).toMatchObject([{ before: 'read', after: 'read', readAnew: 2 }])
    expect(left()).toEqual(before)
  })

  it('takes its exceptions with it when today it is from nobody we know', async () => {
    expect(
      (await workspace.exceptions()).some(({ status, keys }) => status !== 'healed' && keys.invoice === 'INV-101-1'),
    ).toBe(true)
    const isa = /isa: \[\{ qualifier: "01", id: "054321987" \}\]/
    edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace(isa, 'isa: [{ qualifier: "01", id: "999999999" }]'))
    const { files, exit } = await again('good.810')
    expect(files).toMatchObject([{ before: 'read', after: 'quarantined', reason: expect.stringContaining('ISA05') }])
    expect(exit).toBe(4)
    const left = (await workspace.exceptions()).filter(
      ({ status, keys }) => status !== 'healed' && keys.invoice === 'INV-101-1',
    )
    expect(left).toEqual([])
    expect(sql(workspace, "SELECT * FROM documents WHERE business_key LIKE 'INV-101-%'")).toEqual([])
  })
})

describe('drops taken in by hand', () => {
  it('are booked and left to the next run to read', async () => {
    workspace.put('later.810', invoices(103))
    const { jobs, exit } = await pullByHand({ ...options(workspace), from: 'medsupply' })
    expect(exit).toBe(0)
    expect(jobs).toMatchObject([{ taken: 1, failures: [] }])
    expect(file('later.810')).toMatchObject({ disposition: 'taken', run_id: jobs[0]?.pull })
    expect((await pullByHand({ ...options(workspace), from: 'medsupply' })).jobs).toMatchObject([{ taken: 0 }])
    await expect(pullByHand({ ...options(workspace), from: 'nobody' })).rejects.toMatchObject({ code: 'USAGE' })
    await workspace.exchange()
    expect(file('later.810')?.disposition).not.toBe('taken')
  })
})

describe('a run whose push failed', () => {
  it('goes on from the push under its own id, and what waited goes out once', async () => {
    const isa = /isa: \[\{ qualifier: "01", id: "999999999" \}\]/
    edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace(isa, 'isa: [{ qualifier: "01", id: "054321987" }]'))
    workspace.put('owed.810', invoices(104))
    const sent = workspace.answers().length
    const aside = `${workspace.acknowledgments}-aside`
    renameSync(workspace.acknowledgments, aside)
    writeFileSync(workspace.acknowledgments, 'a file where the folder should be')
    const [failed] = (await workspace.run()).runs
    expect(failed?.failures.length).toBeGreaterThan(0)
    expect(await pushByHand(options(workspace, true))).toMatchObject({ sent: [], waiting: [{ attempts: 1 }] })
    rmSync(workspace.acknowledgments)
    renameSync(aside, workspace.acknowledgments)
    const { from, run } = await retry({ ...options(workspace), run: failed?.run ?? '', failOn: undefined })
    expect(from).toBe('push')
    expect(run).toMatchObject({ run: failed?.run, resumed: true, failures: [] })
    expect(workspace.answers()).toHaveLength(sent + 1)
    expect(await pushByHand(options(workspace))).toMatchObject({ sent: [], waiting: [], exit: 0 })
    await expect(retry({ ...options(workspace), run: failed?.run ?? '', failOn: undefined })).rejects.toMatchObject({
      code: 'RUN-NOT-RETRYABLE',
    })
  })
})

describe('a run that failed', () => {
  it('goes on from the step that failed, when what was in its way is mended', async () => {
    const reports = path.join(workspace.folder, 'state', 'reports')
    renameSync(reports, `${reports}-aside`)
    writeFileSync(reports, 'a file where the folder should be')
    await expect(workspace.run()).rejects.toThrow()
    const [failed] = sql(workspace, 'SELECT id, status FROM runs ORDER BY started_at DESC LIMIT 1')
    expect(failed?.status).toBe('failed')
    rmSync(reports)
    renameSync(`${reports}-aside`, reports)
    await workspace.with(async (tools) => {
      const lease = await tools.takeLease('receipt-to-invoice')
      const asked = retry({ ...options(workspace), run: String(failed?.id), failOn: undefined })
      await expect(asked).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
      await lease.release()
    })
    const { from, run } = await retry({ ...options(workspace), run: String(failed?.id), failOn: undefined })
    expect([from, run?.run, run?.resumed]).toEqual(['report', failed?.id, true])
    expect(existsSync(run?.workbook ?? '')).toBe(true)
  })
})

describe('a night that was cut off', () => {
  it('has to be finished before anything is replayed, and loses nothing to a replay that was cut off itself', async () => {
    const [last] = sql(workspace, 'SELECT id FROM runs ORDER BY started_at DESC LIMIT 1')
    sql(workspace, `UPDATE runs SET status = 'running' WHERE id = '${last?.id}'`)
    sql(workspace, `DELETE FROM steps WHERE run_id = '${last?.id}' AND name = 'push'`)
    const again = { ...options(workspace), subject: 'later.810', by: undefined, asOf: undefined, failOn: undefined }
    await expect(replay(again)).rejects.toMatchObject({
      code: 'RUN-CUT-OFF',
      hint: expect.stringContaining(String(last?.id)),
    })
    const { from, run } = await retry({ ...options(workspace), run: String(last?.id), failOn: undefined })
    expect([from, run?.run]).toEqual(['push', last?.id])

    const { run: replayed } = await replay(again)
    sql(workspace, `UPDATE runs SET status = 'running' WHERE id = '${replayed.run}'`)
    workspace.put('new.810', invoices(105))
    await workspace.exchange()
    expect(file('new.810')?.run_id).toBeDefined()
    expect(file('new.810')?.run_id).not.toBe(replayed.run)
    expect(sql(workspace, `SELECT status FROM runs WHERE id = '${replayed.run}'`)).toEqual([{ status: 'failed' }])
  })
})
