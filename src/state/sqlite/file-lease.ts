import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { MatchbookError, systemError } from '../../errors/index.js'
import type { Lease, Leases } from '../store.js'

export const fileLeases = (folder: string): Leases => ({
  takeLease: async (name) => takeFileLease(folder, name),
  takePart: (whole, part) => takeFilePart(folder, whole, part),
  wasAway: async () => false,
  close: async () => {},
})

/**
 * An exclusive transaction on a database of its own, which the operating system lets go with the process. Nothing stale can stay behind.
 * @throws RUN-ACTIVE when another process holds it
 */
export const takeFileLease = (folder: string, name: string): Lease => lock(folder, name, 'alone')

/** Whoever has read within a transaction shares the lock: an exclusive one begins when all of them have ended. */
export async function takeFilePart(folder: string, whole: string, part: string): Promise<Lease> {
  const shared = lock(folder, whole, 'shared')
  try {
    const own = takeFileLease(folder, `${whole}.${part}`)
    return {
      async release() {
        await own.release()
        await shared.release()
      },
    }
  } catch (error) {
    await shared.release()
    throw error
  }
}

function lock(folder: string, name: string, how: 'alone' | 'shared'): Lease {
  const locks = path.join(folder, 'locks')
  const file = path.join(locks, `${name}.lock`)
  try {
    mkdirSync(locks, { recursive: true })
    const database = new Database(file, { timeout: 0 })
    try {
      // Nothing is ever written: a lock takes no room, also on a disk that is full.
      database.pragma('journal_mode = MEMORY')
      if (how === 'alone') database.exec('BEGIN EXCLUSIVE')
      else {
        database.exec('BEGIN')
        database.prepare('SELECT count(*) FROM sqlite_master').get()
      }
    } catch (error) {
      database.close()
      throw error
    }
    return {
      release: async () => {
        database.close()
      },
    }
  } catch (error) {
    const known = systemError(error, file)
    if (known instanceof MatchbookError && known.code === 'STATE-LOCKED') {
      throw new MatchbookError('RUN-ACTIVE', `${name} is already running (${file} is held)`, {
        cause: error,
        facts: { job: name },
      })
    }
    throw known
  }
}

/** Takes the lease as soon as its holder lets it go. @throws RUN-ACTIVE when that lasts longer than `milliseconds` */
export async function awaitLease(folder: string, name: string, milliseconds: number): Promise<Lease> {
  // Not the clock, which may be set in between.
  const until = performance.now() + milliseconds
  for (;;) {
    try {
      return takeFileLease(folder, name)
    } catch (error) {
      if (!(error instanceof MatchbookError && error.code === 'RUN-ACTIVE') || performance.now() > until) throw error
      await setTimeout(20)
    }
  }
}
