import { execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemError } from '../../src/errors/index.js'
import { appendAudit, beginRun, listRuns } from '../../src/state/index.js'
import { openLeases, openState, type State } from '../../src/state/open-state.js'
import { mayNotMount, mountSmallDisk, type SmallDisk } from '../servers/small-disk.js'

let folder: string
let state: State

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-sqlite-'))
  state = await openState(folder)
})
afterEach(async () => {
  await state.close().catch(() => {})
  rmSync(folder, { recursive: true, force: true })
})

const begin = { job: 'receipt-to-invoice', asOf: '2026-11-20', host: 'h', pid: 1, version: '0.1.0' }

describe('a store in a SQLite file', () => {
  it('keeps what was acknowledged through a power loss: WAL with synchronous FULL', () => {
    const sqlite = new Database(state.place, { readonly: true })
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
})

describe('a SQLite file that cannot be used', () => {
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
    }).catch((error: unknown) => systemError(error, opened.place))
    expect(refused).toMatchObject({ code: 'STATE-LOCKED' })
    await opened.close()
    holder.close()
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

  it('opens a file with a damaged page, and says of it that it is damaged', async () => {
    expect(await state.damage()).toBeUndefined()
    await state.close()
    const file = path.join(folder, 'matchbook.db')
    const bytes = readFileSync(file)
    bytes.fill(0x55, 5 * 4096, 6 * 4096)
    writeFileSync(file, bytes)
    const opened = await openState(folder)
    expect(await opened.damage()).toMatch(/page 6/)
    await opened.close()
  })
})

describe('a store beside which nothing can be written', () => {
  let disk: SmallDisk | undefined
  afterEach(() => disk?.stop())

  it.each<[string, string, (disk: SmallDisk) => void]>([
    ['DISK-FULL', 'a full disk', (small) => fill(small.folder)],
    ['WORKSPACE-READ-ONLY', 'a disk that became read-only', (small) => small.makeReadOnly()],
  ])('is %s on %s for whoever writes, and shown to whoever looks', async (code, _, spoil) => {
    disk = mountSmallDisk(4096)
    if (disk === undefined) return console.warn(mayNotMount)
    const before = await openState(disk.folder)
    await beginRun(before.database, { ...begin, now: '2026-11-20T02:00:00.000Z' })
    await before.close()
    spoil(disk)
    await expect(openState(disk.folder)).rejects.toMatchObject({ code })
    const looked = await openState(disk.folder, { onlyToLook: true })
    expect(looked).toMatchObject({ place: path.join(disk.folder, 'matchbook.db'), notWritable: { code } })
    expect(await listRuns(looked.database, 9)).toHaveLength(1)
    const written = beginRun(looked.database, { ...begin, now: '2026-11-21T02:00:00.000Z' })
    await expect(written).rejects.toThrow('readonly')
    await looked.close()
  })

  it('gives its locks on a full disk, which take no room', async () => {
    disk = mountSmallDisk(64)
    if (disk === undefined) return console.warn(mayNotMount)
    const leases = await openLeases(disk.folder)
    await (await leases.takeLease('nightly')).release()
    fill(disk.folder)
    const lease = await leases.takeLease('nightly')
    await expect(leases.takeLease('nightly')).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
    await lease.release()
  })
})

/** To the last block. */
function fill(disk: string): void {
  const file = openSync(path.join(disk, 'fill'), 'w')
  const block = Buffer.alloc(4096)
  try {
    for (;;) writeSync(file, block)
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' })
  } finally {
    closeSync(file)
  }
}

describe('a lease in a file', () => {
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
    const leases = await openLeases(folder)
    await expect(leases.takeLease('nightly')).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
    const gone = new Promise((resolve) => holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await gone
    await (await leases.takeLease('nightly')).release()
  })
})
