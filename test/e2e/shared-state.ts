import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseDocument } from 'yaml'
import { copyState, type StatePlace } from '../../src/state/open-state.js'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'

/** Makes a workspace keep its store in PostgreSQL from now on. */
export function keepIn(place: PostgresPlace, folder: string): void {
  const file = path.join(folder, 'matchbook.yaml')
  const settings = parseDocument(readFileSync(file, 'utf8'))
  settings.setIn(['state', 'database'], place.url)
  settings.setIn(['state', 'schema'], place.schema)
  settings.setIn(['state', 'lease-seconds'], place.leaseSeconds)
  writeFileSync(file, settings.toString())
}

/** Lays the store beside the archive as a SQLite file, for whoever asks it as one. */
export async function layOut(place: StatePlace, folder: string): Promise<void> {
  const state = path.join(folder, 'state')
  for (const name of ['matchbook.db', 'matchbook.db-wal', 'matchbook.db-shm'])
    rmSync(path.join(state, name), { force: true })
  await copyState(place, state)
}
