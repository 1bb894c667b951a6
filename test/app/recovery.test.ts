import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doctor } from '../../src/app/doctor/doctor.js'
import { backup } from '../../src/app/recovery/backup.js'
import { drill } from '../../src/app/recovery/drill.js'
import { type BackupManifest, manifestName } from '../../src/app/recovery/manifest.js'
import { restore } from '../../src/app/recovery/restore.js'
import { runJobs } from '../../src/app/run-jobs.js'
import { validate } from '../../src/app/workspace/validate.js'
import { keptInFolder } from '../../src/exchange/index.js'
import { endState } from '../e2e/finished-night.js'
import { edit, options, smallNight } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
let base: string
let taken: string
beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-recovery-'))
  workspace = await smallNight()
  edit(workspace, 'matchbook.yaml', (yaml) => `${yaml}backup: { folder: ${base} }\n`)
  mkdirSync(path.join(workspace.folder, 'keys'), { recursive: true })
  writeFileSync(path.join(workspace.folder, 'keys', 'medsupply'), 'a private key')
  workspace.put('first.810', invoices(101))
  await workspace.run()
  taken = (await backup({ ...options(workspace), to: undefined })).folder
})
afterAll(() => {
  workspace?.remove()
  rmSync(base, { recursive: true, force: true })
})

const elsewhere = (name: string) => path.join(base, 'restored', name)
const manifest = (): BackupManifest => JSON.parse(readFileSync(path.join(taken, manifestName), 'utf8'))

describe('a backup', () => {
  it('holds every byte that the store needs, and no key', () => {
    const paths = manifest().files.map((file) => file.path)
    const database = new Database(path.join(taken, 'state', 'matchbook.db'), { readonly: true })
    const kept = database.prepare('SELECT sha256 FROM files').all() as { sha256: string }[]
    const judgedBy = database.prepare('SELECT name FROM run_settings JOIN settings_texts USING (sha256)').all()
    database.close()
    expect(judgedBy).toContainEqual({ name: 'jobs/receipt-to-invoice.yaml' })
    expect(kept.length).toBeGreaterThan(0)
    for (const { sha256 } of kept) expect(paths.some((file) => file.endsWith(sha256))).toBe(true)
    expect(paths).toContain('workspace/jobs/receipt-to-invoice.yaml')
    expect(paths.filter((file) => file.includes('keys'))).toEqual([])
    expect(readdirSync(path.join(taken, 'state')).filter((file) => /-wal|-shm/.test(file))).toEqual([])
  })

  it('is never written over something', async () => {
    await expect(backup({ ...options(workspace), to: taken })).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('what is damaged', () => {
  const archived = (folder: string): string[] =>
    readdirSync(path.join(folder, 'state', 'archive'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /[0-9a-f]{64}$/.test(name))
      .map((name) => path.join(folder, 'state', 'archive', name))

  it('in the archive is found by the doctor, by a night that needs it, and by a backup; nothing is made of it', async () => {
    const { folder } = await restore(taken, elsewhere('changed'))
    const archive = async () =>
      (await doctor(folder, { connect: false, write: false })).checks.filter(({ subject }) => subject === 'archive')
    expect(await archive()).toMatchObject([{ state: 'good' }])
    const [file = ''] = archived(folder)
    const bytes = readFileSync(file)
    chmodSync(file, 0o600)
    bytes[0] = 0x78
    writeFileSync(file, bytes)
    const changed = { code: 'ARCHIVE-DAMAGED', message: `${file} holds other bytes than were put there` }
    const to = path.join(base, 'of-changed')
    await expect(backup({ ...options(workspace), workspace: folder, to })).rejects.toMatchObject(changed)
    utimesSync(file, new Date(), new Date(Date.now() + 3_600_000))
    expect(await archive()).toMatchObject([{ state: 'bad', code: changed.code }])
    const booked = { size: bytes.length, taken_at: new Date().toISOString() }
    const kept = keptInFolder(path.join(folder, 'state', 'archive'))
    await expect(kept.path(path.basename(file), booked)).rejects.toMatchObject(changed)
    rmSync(file)
    expect(await archive()).toMatchObject([{ state: 'bad', code: 'ARCHIVE-MISSING' }])
  })

  it('in the store is not backed up', async () => {
    const { folder } = await restore(taken, elsewhere('torn'))
    const file = path.join(folder, 'state', 'matchbook.db')
    const bytes = readFileSync(file)
    const database = new Database(file, { readonly: true })
    const { page } = database
      .prepare(
        "SELECT rootpage AS page FROM sqlite_master WHERE name = 'x12_interchanges' OR name = 'match_results' LIMIT 1",
      )
      .get() as { page: number }
    database.close()
    bytes.fill(0x55, (page - 1) * 4096, page * 4096)
    writeFileSync(file, bytes)
    const torn = backup({ ...options(workspace), workspace: folder, to: path.join(base, 'of-torn') })
    await expect(torn).rejects.toMatchObject({ code: 'STATE-CORRUPT', message: expect.stringContaining(file) })
  })
})

describe('a restore', () => {
  it('gives a workspace in the same state, which goes on and does nothing twice', async () => {
    const { folder } = await restore(taken, elsewhere('good'))
    expect(endState(folder)).toEqual(endState(workspace.folder))
    expect((await validate(folder)).valid).toBe(true)
    // The drops are not part of it: folders of the test are where they were.
    writeFileSync(
      path.join(folder, 'matchbook.yaml'),
      readFileSync(path.join(folder, 'matchbook.yaml'), 'utf8').replaceAll(
        'folder: drops',
        `folder: ${workspace.folder}/drops`,
      ),
    )
    await runJobs({
      ...options(workspace),
      workspace: folder,
      jobs: ['receipt-to-invoice'],
      all: false,
      asOf: '2026-11-20',
      failOn: undefined,
    })
    // What goes on undisturbed comes to the same.
    await workspace.run()
    expect(endState(folder)).toEqual(endState(workspace.folder))
  })

  it('is refused over a workspace, or over anything', async () => {
    await expect(restore(taken, workspace.folder)).rejects.toMatchObject({ code: 'WORKSPACE-EXISTS' })
    expect(existsSync(path.join(workspace.folder, 'matchbook.yaml'))).toBe(true)
  })

  it.each([
    ['a byte was changed', (file: string) => writeFileSync(file, 'other bytes')],
    ['a file is missing', (file: string) => rmSync(file)],
  ])('leaves nothing behind where %s', async (_, spoil) => {
    const file = manifest().files.find(({ path: name }) => name.startsWith('state/archive/'))
    const place = path.join(taken, file?.path ?? '')
    const bytes = readFileSync(place)
    rmSync(place)
    writeFileSync(place, bytes)
    spoil(place)
    await expect(restore(taken, elsewhere('bad'))).rejects.toMatchObject({ code: 'BACKUP-DAMAGED' })
    expect(existsSync(elsewhere('bad'))).toBe(false)
    writeFileSync(place, bytes)
  })

  it('refuses a list that leads out of the backup, and a folder without one', async () => {
    const list = readFileSync(path.join(taken, manifestName), 'utf8')
    writeFileSync(path.join(taken, manifestName), list.replace('workspace/jobs/', 'workspace/../../'))
    await expect(restore(taken, elsewhere('bad'))).rejects.toMatchObject({ code: 'BACKUP-DAMAGED' })
    writeFileSync(path.join(taken, manifestName), list)
    await expect(restore(base, elsewhere('bad'))).rejects.toMatchObject({ code: 'BACKUP-DAMAGED' })
  })
})

describe('a drill', () => {
  const hoursLater = (hours: number) => new Date(Date.parse(manifest().takenAt) + hours * 3_600_000)

  it('measures time and point, and holds them against the targets of the job', async () => {
    expect(await drill(workspace.folder, undefined, hoursLater(5))).toMatchObject({
      backup: taken,
      pointSeconds: 18_000,
      exit: 0,
      jobs: [{ job: 'receipt-to-invoice', rtoHours: null, isPointMet: null }],
    })
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml
        .replace('matcher:', 'catalog: { rto-hours: 1, rpo-hours: 24 }\nmatcher:')
        .replace('sets: ["855"]', (sets) => `${sets}\n    catalog: { rpo-hours: 4 }`),
    )
    const missed = await drill(workspace.folder, undefined, hoursLater(5))
    expect(missed).toMatchObject({ exit: 3, jobs: [{ rtoHours: 1, rpoHours: 4, isTimeMet: true, isPointMet: false }] })
    expect(missed.recoverySeconds).toBeGreaterThan(0)
    expect(await drill(workspace.folder, taken, hoursLater(3))).toMatchObject({ exit: 0 })
  })
})
