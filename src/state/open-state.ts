import type { Leases, OpenOptions, State, StatePlace } from './store.js'

export type { Leases, OpenOptions, State, StateDatabase, StatePlace } from './store.js'

// Each engine is loaded by whoever uses it, and never the other one.

/**
 * Opens (and creates or brings forward) the store.
 * @throws STATE-LOCKED, STATE-NEWER, STATE-CORRUPT, STATE-UNREACHABLE, STATE-REFUSED, WORKSPACE-READ-ONLY, DISK-FULL
 */
export async function openState(place: StatePlace, options: OpenOptions = {}): Promise<State> {
  if (typeof place === 'string') return (await import('./sqlite/open-sqlite.js')).openSqlite(place, options)
  return (await import('./postgres/open-postgres.js')).openPostgres(place, options)
}

/** Leases alone, without a look at what the store holds. */
export async function openLeases(place: StatePlace, options: OpenOptions = {}): Promise<Leases> {
  if (typeof place === 'string') return (await import('./sqlite/file-lease.js')).fileLeases(place)
  return (await import('./postgres/open-postgres.js')).openPostgresLeases(place, options)
}

/**
 * Copies the store as it stands at one moment into a SQLite file in `folder`, without stopping anyone; nothing when there is none yet.
 * @param known the file which says that there is one, where one does
 * @throws STATE-MISSING
 */
export async function copyState(place: StatePlace, folder: string, known?: string): Promise<void> {
  if (typeof place === 'string') return (await import('./sqlite/copy-sqlite.js')).copySqlite(place, folder, known)
  return (await import('./postgres/copy-postgres.js')).copyPostgres(place, folder, known)
}
