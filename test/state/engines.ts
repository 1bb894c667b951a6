import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { clearTables } from '../../src/state/copy-tables.js'
import { numberedTables } from '../../src/state/kept-tables.js'
import { openState, type State, type StatePlace } from '../../src/state/open-state.js'
import { type PostgresServer, postgresPrograms, startPostgres, withoutPostgres } from '../servers/postgres.js'

/** An engine that keeps the store. */
export interface Engine {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** Where nothing is yet. */
  newPlace(): StatePlace
  /** A store with nothing in it; closed and emptied for the next one when its test is over. */
  open(): Promise<State>
}

/** The same suite on each engine: what holds on one holds on the other. Says so where PostgreSQL is not installed. */
export function onEachEngine(suite: (engine: Engine) => void): void {
  describe('on SQLite', () => {
    let folder = ''
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'matchbook-engine-'))
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    const newPlace = () => mkdtempSync(path.join(folder, 'state-'))
    suite({ name: 'SQLite', newPlace, open: reopened(newPlace) })
  })

  const isHere = postgresPrograms() !== undefined
  describe.skipIf(!isHere)(`on PostgreSQL${isHere ? '' : `, ${withoutPostgres}`}`, () => {
    let server: PostgresServer | undefined
    beforeAll(() => {
      server = startPostgres()
    })
    afterAll(() => server?.stop())
    const newPlace = () => {
      if (server === undefined) throw new Error('the server is not started')
      return server.place()
    }
    suite({ name: 'PostgreSQL', newPlace, open: reopened(newPlace) })
  })
}

/** Making the tables takes longer than most tests: they are made once, and emptied between two tests. */
function reopened(newPlace: () => StatePlace): () => Promise<State> {
  let place: StatePlace | undefined
  let opened: State | undefined
  afterEach(async () => {
    await opened?.close().catch(() => {})
    opened = undefined
  })
  return async () => {
    const isNew = place === undefined
    place ??= newPlace()
    const state = await openState(place)
    opened = state
    if (isNew) return state
    await state.database.transaction().execute(async (database) => {
      await clearTables(database)
      await state.numbers.write(database, Object.fromEntries(numberedTables.map((table) => [table, 0])))
    })
    return state
  }
}
