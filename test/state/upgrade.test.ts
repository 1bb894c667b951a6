import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firstBrokenAudit } from '../../src/state/index.js'
import { migrations } from '../../src/state/migrations/index.js'
import { moveState } from '../../src/state/move-state.js'
import { openState } from '../../src/state/open-state.js'
import { connect } from '../../src/state/postgres/connect.js'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'
import { isOlder, versionNeeded } from '../../src/state/version-needed.js'
import { type PostgresServer, postgresPrograms, startPostgres, withoutPostgres } from '../servers/postgres.js'

let folder: string
const names = Object.keys(migrations)
const older = '0011-settings-of-runs'
const upTo = (last: string): string[] => names.slice(0, names.indexOf(last) + 1)
const file = () => path.join(folder, 'matchbook.db')
const copy = () => path.join(folder, 'before-upgrade', older, 'matchbook.db')

/** Opens the store as the older version did. */
async function asOlderVersion(
  work: (database: Database.Database) => void = () => {},
  knows: readonly string[] = upTo(older),
): Promise<unknown> {
  const sqlite = new Database(file())
  sqlite.pragma('journal_mode = WAL')
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) })
  const known = Object.fromEntries(knows.map((name) => [name, migrations[name]]))
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

const asked = (place: string, query: string): unknown[] => {
  const database = new Database(place, { readonly: true })
  try {
    return database.prepare(query).all()
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

/** Columns of each table, and whether a row can be written without them. */
function columns(): Map<string, boolean> {
  const found = asked(
    file(),
    `SELECT m.name AS 'table', c.name AS 'column', c."notnull" AS needed, c.dflt_value AS value
     FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
  ) as { table: string; column: string; needed: number; value: string | null }[]
  return new Map(
    found.map(({ table, column, needed, value }) => [`${table}.${column}`, needed === 0 || value !== null]),
  )
}
const isHere = postgresPrograms() !== undefined

describe.skipIf(!isHere)(`a store of an older version in PostgreSQL${isHere ? '' : `, ${withoutPostgres}`}`, () => {
  let server: PostgresServer
  beforeAll(() => {
    server = startPostgres()
  })
  afterAll(() => server?.stop())

  /** As the older version left it, with a file whose number was given and taken back. */
  async function olderPlace(): Promise<PostgresPlace> {
    const place = server.place({ folder })
    const db = connect(place)
    const known = Object.fromEntries(upTo(older).map((name) => [name, migrations[name]]))
    const provider = { getMigrations: async () => known as typeof migrations }
    const { error } = await new Migrator({ db, provider, migrationTableSchema: place.schema }).migrateToLatest()
    expect(error).toBeUndefined()
    await sql`insert into runs (id, job, as_of, status, host, pid, version, started_at, kind, number)
      values ('R1', 'j', '2026-11-20', 'done', 'h', 1, '0.1.0', 't', 'night', 1)`.execute(db)
    await sql`select setval(pg_get_serial_sequence('outbox', 'id')::regclass, 41)`.execute(db)
    await db.destroy()
    return place
  }

  it('is copied into a SQLite file of that version before it is brought forward, with which that version works on', async () => {
    rmSync(file(), { force: true })
    const place = await olderPlace()
    // Two machines that are started at once: one brings it forward, and what is kept is what was before.
    const [one, other] = await Promise.all([openState(place), openState(place)])
    const entries = await one.database
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'store brought forward')
      .execute()
    expect(entries.map(({ detail }) => JSON.parse(detail).copy)).toContain(
      path.join('before-upgrade', older, 'matchbook.db'),
    )
    expect(await firstBrokenAudit(one.database)).toBeUndefined()
    await Promise.all([one.close(), other.close()])

    expect(asked(copy(), 'SELECT id, version FROM runs')).toEqual([{ id: 'R1', version: '0.1.0' }])
    expect(asked(copy(), "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")).toEqual([{ seq: 41 }])
    expect(asked(copy(), 'SELECT max(name) AS version FROM kysely_migration')).toEqual([{ version: older }])
    copyFileSync(copy(), file())
    expect(await asOlderVersion(run('0.1.0', 2))).toBeUndefined()
    // And comes back from there, by way of the newer version.
    await (await openState(folder)).close()
    expect(asked(file(), 'SELECT id FROM runs ORDER BY id')).toEqual([{ id: 'R1' }, { id: 'R2' }])
  })

  it('is not brought forward where the copy cannot be kept', async () => {
    const place = await olderPlace()
    writeFileSync(path.join(folder, 'before-upgrade'), 'in the way')
    await expect(openState(place)).rejects.toThrow()
    const db = connect(place)
    const { rows } = await sql<{ version: string }>`select max(name) as version from kysely_migration`.execute(db)
    expect(rows).toEqual([{ version: older }])
    await db.destroy()
  })
})

describe('a store of a newer version', () => {
  const future = (name: string): void => {
    const sqlite = new Database(file())
    sqlite.exec(`INSERT INTO kysely_migration (name, timestamp) VALUES ('${name}', 'later')`)
    sqlite.close()
  }

  it('is refused where it took away what this one needs, with the version to install', async () => {
    await (await openState(folder)).close()
    future('9999-needs-9.1.0-future')
    await expect(openState(folder)).rejects.toMatchObject({
      code: 'STATE-NEWER',
      message: expect.stringContaining('needs Matchbook 9.1.0 or newer'),
      facts: expect.objectContaining({ needed: '9.1.0' }),
    })
  })

  it('is worked with where it only added, but neither moved nor brought forward by this one', async () => {
    await (await openState(folder)).close()
    future('9999-future')
    rmSync(path.join(folder, 'before-upgrade'), { recursive: true })
    const state = await openState(folder)
    expect(state.version).toEqual({ unknown: ['9999-future'], waitsFor: undefined })
    await state.close()
    expect(existsSync(copy())).toBe(false)
    const to = mkdtempSync(path.join(tmpdir(), 'matchbook-upgrade-to-'))
    await expect(moveState({ from: folder, to, actor: 'R. Ortiz', now: 't' })).rejects.toMatchObject({
      code: 'STATE-NEWER',
    })
    rmSync(to, { recursive: true, force: true })
  })
})

describe('a migration whose name asks for no version', () => {
  // From then on older versions go on with what they do not know.
  const last = '0017-work'

  it('takes nothing away, and what it adds need not be written', async () => {
    const tried = names.slice(names.indexOf(last) + 1).filter((name) => versionNeeded(name) === undefined)
    await asOlderVersion(() => {}, upTo(last))
    const before = columns()
    await asOlderVersion(() => {}, [...upTo(last), ...tried])
    const after = columns()
    const tables = new Set([...before.keys()].map((column) => column.split('.')[0]))
    expect([...before.keys()].filter((column) => !after.has(column))).toEqual([])
    const added = [...after].filter(([column]) => !before.has(column) && tables.has(column.split('.')[0] ?? ''))
    expect(added.filter(([, isOptional]) => !isOptional)).toEqual([])
  })
})

describe('versions', () => {
  it.each([
    ['0.1.0', '0.2.0', true],
    ['0.9.0', '0.10.0', true],
    ['1.0.0', '0.10.0', false],
    ['0.2.0', '0.2.0', false],
    ['0.2.0-rc.1', '0.2.0', false],
  ])('%s is older than %s: %s', (version, than, expected) => {
    expect(isOlder(version, than)).toBe(expected)
  })
})
