import { literal, type SetEngine } from '../../canonical/index.js'
import type { StateDatabase } from '../../state/index.js'
import { standingMaps } from '../deciding/standing-maps.js'
import { targetIn } from '../xref/mapped-target.js'

/**
 * Puts the account that somebody decided a journal line is posted to (map of GL-ACCOUNT) in the place of the one that its source gave it, before
 * anything is matched: from the next night on the journal is judged, posted and held against the ledger with it.
 */
export async function applyMappedAccounts(engine: SetEngine, database: StateDatabase, job: string): Promise<void> {
  for (const { note, keys } of await standingMaps(database, job, 'GL-ACCOUNT')) {
    const account = targetIn(note)
    const { company, journal, line, account: given } = keys
    if (account === undefined || !company || !journal || !line || !given) continue
    await engine.run(`
      UPDATE journal_line SET account = ${literal(account)}
      WHERE company = ${literal(company)} AND source || ' ' || journal = ${literal(journal)} AND line = ${literal(line)}
        AND account = ${literal(given)}`)
  }
}
