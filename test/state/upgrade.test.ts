import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstBrokenAudit } from '../../src/state/index.js'
import { migrations } from '../../src/state/migrations/index.js'
import { openState } from '../../src/state/open-state.js'

let folder: string
const names = Object.keys(migrations)
const older = '0011-settings-of-runs'
const file = () => path.join(folder, 'matchbook.db')
const copy = () => path.join(folder, 'before-upgrade', older, 'matchbook.db')

/** Opens the store as the older version did. */
async function asOlderVersion(work: (database: Database.Database) => void = () => {}): Promise<unknown> {
  const sqlite = new Database(file())
  sqlite.pragma('journal_mode = WAL')
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(names.slice(0, names.indexOf(older) + 1).map((name) => [name, migrations[name]]))
  const provider = { getMigrations: async () => known as typeof migrations }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error === undefined) work(sqlite)
  await db.destroy()
  return error
}

const run = (version: string, number: number) => (database: Database.Database) =>
  database.exec(
    `INSERT INTO runs (id, job, as_of, status, host, pid, version, started_at, kind, number) VALUES ('R${number}', 'j', '2026-11-20', 'done', 'h', 1, '${version}', 't', 'night', ${number})`,
  )

const asked = (place: string, sql: string): unknown[] => {
  const database = new Database(place, { readonly: true })
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-upgrade-'))
  await asOlderVersion(run('0.1.0', 1))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a store of an older version', () => {
  it('is copied whole before it is brought forward, and the audit chain says so', async () => {
    const state = await openState(folder)
    expect(await firstBrokenAudit(state.database)).toBeUndefined()
    await state.close()
    expect(asked(copy(), 'SELECT id FROM runs')).toEqual([{ id: 'R1' }])
    expect(asked(copy(), "SELECT name FROM sqlite_master WHERE name = 'cross_references'")).toEqual([])
    expect(readdirSync(path.dirname(copy()))).toEqual(['matchbook.db'])
    const [entry] = asked(file(), "SELECT detail FROM audit WHERE action = 'store brought forward'") as [
      { detail: string },
    ]
    expect(JSON.parse(entry.detail)).toEqual({
      from: older,
      to: names.at(-1),
      copy: path.join('before-upgrade', older, 'matchbook.db'),
    })
  })

  it('is not copied again once it is brought forward, nor is a new one', async () => {
    await (await openState(folder)).close()
    rmSync(path.join(folder, 'before-upgrade'), { recursive: true })
    await (await openState(folder)).close()
    expect(existsSync(copy())).toBe(false)
  })

  it('is not brought forward where the copy cannot be kept', async () => {
    writeFileSync(path.join(folder, 'before-upgrade'), 'in the way')
    await expect(openState(folder)).rejects.toThrow()
    expect(asked(file(), "SELECT name FROM sqlite_master WHERE name = 'cross_references'")).toEqual([])
  })

  it('is there again for the older version once the copy takes its place', async () => {
    await (await openState(folder)).close()
    // The older version does not touch what it does not know.
    expect(String(await asOlderVersion())).toMatch(/corrupted migrations/)
    for (const rest of ['-wal', '-shm']) rmSync(`${file()}${rest}`, { force: true })
    copyFileSync(copy(), file())
    expect(await asOlderVersion(run('0.1.0', 2))).toBeUndefined()
    // A second upgrade keeps what the older version has done since.
    await (await openState(folder)).close()
    expect(asked(copy(), 'SELECT id FROM runs ORDER BY id')).toEqual([{ id: 'R1' }, { id: 'R2' }])
  })
})

describe('a store of a newer version', () => {
  it('is refused with the version that ran last', async () => {
    const state = await openState(folder)
    await state.close()
    const sqlite = new Database(file())
    run('9.1.0', 2)(sqlite)
    sqlite.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-future', 'later')")
    sqlite.close()
    await expect(openState(folder)).rejects.toMatchObject({
      code: 'STATE-NEWER',
      message: expect.stringContaining('Matchbook 9.1.0'),
      facts: expect.objectContaining({ lastRunBy: '9.1.0' }),
    })
  })
})
