import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { releaseFile } from '../../src/app/quarantine/quarantine-decide.js'
import { backfill } from '../../src/app/replay/backfill.js'
import { replay } from '../../src/app/replay/replay.js'
import type { RunSummary } from '../../src/app/run-summary.js'
import type { NightTruth } from '../../src/simulate/index.js'
import { firstBrokenAudit, listRuns } from '../../src/state/index.js'
import { endState } from '../e2e/finished-night.js'
import { asOf, DemoNight, job } from './demo-night.js'

const stranger = 'carefirst.810.20261120.05.edi'
/** A file of medsupply with invoices that are paid and others that are held, and one of which a document is lost. */
let clean: string
let brokenInPart: string
const chosen = ({ expected, invoices }: NightTruth): string[] => {
  brokenInPart = path.basename(expected.find(({ fault }) => fault === 'segment-count')?.keys.file ?? '')
  const ofMedsupply = invoices.filter(({ file }) => /MSD_810_/.test(file) && !file.endsWith(brokenInPart))
  const mixed = ofMedsupply.find(
    ({ file, fate }) => fate === 'clean' && ofMedsupply.some((other) => other.file === file && other.fate === 'held'),
  )
  clean = path.basename(mixed?.file ?? '')
  return [clean, brokenInPart, stranger]
}

let night: DemoNight
let first: RunSummary | undefined
beforeAll(async () => {
  night = await DemoNight.lay(11, chosen)
  first = (await night.run()).runs[0]
}, 120_000)
afterAll(() => night?.remove())

const again = (subject: string) => replay({ ...night.options(), subject, by: undefined, asOf, failOn: undefined })

const rows = (sql: string): unknown[] => {
  const database = new Database(path.join(night.folder, 'state', 'matchbook.db'), { readonly: true })
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}
const loaded = () => rows('SELECT invoice_id, load_id FROM load_invoices ORDER BY invoice_id')
const open = async () =>
  (await night.exceptions())
    .filter(({ status }) => status !== 'healed')
    .map(({ id, code, message, firstSeen }) => ({ id, code, message, firstSeen }))

describe('a file that is replayed', () => {
  it('is read anew without loading an invoice twice, raising anything twice or forgetting since when it is open', async () => {
    const [before, exceptions, sent] = [loaded(), await open(), night.inbound()]
    expect(before.length).toBe(first?.loads[0]?.invoices)
    const { files, run } = await again(clean)
    expect(files).toMatchObject([{ name: clean, before: 'read', after: 'read' }])
    expect(files[0]?.keptLoaded).toBeGreaterThan(0)
    expect(files[0]?.readAnew).toBeGreaterThan(0)
    expect(run.documents).toMatchObject({ taken: files[0]?.readAnew, known: files[0]?.keptLoaded, unusable: 0 })
    expect(run).toMatchObject({ loads: [], files: { taken: 0 }, exceptions: { raised: 0, reopened: 0, healed: 0 } })
    expect(loaded()).toEqual(before)
    expect(night.inbound()).toEqual(sent)
    expect(await open()).toEqual(exceptions)
  })

  it('is refused with the reason when there is none, or nothing to read again', async () => {
    await expect(again('4711.edi')).rejects.toMatchObject({ code: 'FILE-UNKNOWN' })
    const missing = await night.with(({ archive, state }) =>
      state.database
        .selectFrom('files')
        .select('sha256')
        .where('name', '=', brokenInPart)
        .executeTakeFirstOrThrow()
        .then(({ sha256 }) => archive.path(sha256)),
    )
    const state = endState(night.folder)
    const bytes = readFileSync(missing)
    rmSync(missing)
    await expect(again(brokenInPart)).rejects.toMatchObject({ code: 'ARCHIVE-MISSING' })
    expect(endState(night.folder)).toEqual(state)
    writeFileSync(missing, bytes, { mode: 0o440 })
  })
})

describe('a quarantined file whose cause was mended here', () => {
  it('is released, read by the next run, healed, and its clean invoices go out in a load of their own', async () => {
    const [about] = (await night.exceptions()).filter(({ message }) => message.startsWith(stranger))
    expect(about?.status).not.toBe('healed')
    night.change(({ partners }) => partners.carefirst?.isa.push({ qualifier: 'ZZ', id: 'NORTHSTARMED' }))
    const request = { ...night.options(), file: stranger, by: 'R. Ortiz' }
    expect(await releaseFile({ ...request, ...night.options(true) })).toMatchObject({ done: true, dryRun: true })
    expect(await night.files('quarantined')).toHaveLength(1)
    expect(await releaseFile(request)).toMatchObject({ done: true, file: { disposition: 'taken', reason: null } })
    expect(await releaseFile(request)).toMatchObject({ done: false, said: expect.stringContaining('already') })

    const before = new Set(loaded().map((row) => JSON.stringify(row)))
    const [summary] = (await night.run()).runs
    expect(await night.files('quarantined')).toEqual([])
    expect((await night.exceptions()).find(({ id }) => id === about?.id)?.status).toBe('healed')
    const files = rows(
      'SELECT DISTINCT f.name FROM load_invoices l JOIN documents d ON d.id = l.invoice_id JOIN files f ON f.id = d.file_id JOIN loads ON loads.id = l.load_id ORDER BY loads.planned_at DESC',
    )
    expect(summary?.loads[0]?.status).toBe('sent')
    expect(files[0]).toEqual({ name: stranger })
    expect(loaded().filter((row) => !before.has(JSON.stringify(row)))).toHaveLength(summary?.loads[0]?.invoices ?? 0)
    expect(night.inbound()).toEqual([first?.loads[0]?.file, summary?.loads[0]?.file].sort())
  })
})

describe('a whole run that is replayed', () => {
  it('loads nothing a second time, and says what it did not read again', async () => {
    const [before, exceptions, sent] = [loaded(), await open(), night.inbound()]
    // What is unusable in a file comes back as the same exceptions, under the same numbers.
    expect(exceptions.some(({ message }) => message.startsWith(brokenInPart))).toBe(true)
    const { files, run, left } = await again(first?.run ?? '')
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining([clean, brokenInPart, stranger]))
    expect(left).toEqual([])
    expect(run.loads).toEqual([])
    expect(loaded()).toEqual(before)
    expect(night.inbound()).toEqual(sent)
    expect(await open()).toEqual(exceptions)
    expect(await night.with(({ state }) => firstBrokenAudit(state.database))).toBeUndefined()
  })
})

describe('a backfill', () => {
  const days = (from: string, to: string, dryRun: boolean, calendar?: string) =>
    backfill({ ...night.options(dryRun), job, from, to, calendar, failOn: undefined })

  it('judges each business day, loads nothing, and heals nothing of later days', async () => {
    const [before, exceptions, sent] = [loaded(), await open(), night.inbound()]
    // 2026-11-15 is a Sunday.
    const { runs } = await days('2026-11-15', '2026-11-16', false)
    expect(runs.map((run) => run.asOf)).toEqual(['2026-11-16'])
    expect(runs[0]).toMatchObject({ loads: [], exceptions: { healed: 0 }, failures: [] })
    expect(runs[0]?.invoices?.judged.count).toBeGreaterThan(0)
    expect(loaded()).toEqual(before)
    expect(night.inbound()).toEqual(sent)
    const ids = (await open()).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(exceptions.map(({ id }) => id)))
    const [last] = await night.with(({ state }) => listRuns(state.database, 1, job))
    expect(last).toMatchObject({ kind: 'backfill', as_of: '2026-11-16', status: 'done' })
  })

  it('is refused for no day, for days to come and for an unknown calendar', async () => {
    await expect(days('2026-11-20', '2026-11-19', true)).rejects.toMatchObject({ code: 'USAGE' })
    await expect(days('2026-11-14', '2026-11-15', true)).rejects.toMatchObject({ code: 'USAGE' })
    await expect(days('2999-01-01', '2999-01-02', true)).rejects.toMatchObject({ code: 'USAGE' })
    await expect(days('2026-11-16', '2026-11-16', true, 'offices')).rejects.toMatchObject({
      hint: expect.stringContaining('office'),
    })
  })
})
