import type { Selectable } from 'kysely'
import type { EvidencePackTable } from './schema.js'
import type { StateDatabase } from './store.js'

export type EvidencePackRow = Selectable<EvidencePackTable>

/** Call it in the transaction that also audits it. */
export async function savePack(database: StateDatabase, pack: EvidencePackRow): Promise<void> {
  await database.insertInto('evidence_packs').values(pack).execute()
}

export const packOf = (database: StateDatabase, job: string, period: string): Promise<EvidencePackRow | undefined> =>
  database
    .selectFrom('evidence_packs')
    .selectAll()
    .where('job', '=', job)
    .where('period', '=', period)
    .executeTakeFirst()

/** Of all jobs, by period. */
export const listPacks = (database: StateDatabase): Promise<EvidencePackRow[]> =>
  database.selectFrom('evidence_packs').selectAll().orderBy('first_day').orderBy('job').orderBy('period').execute()

/** The pack of the period that ends the day before. */
export const packEnding = (
  database: StateDatabase,
  job: string,
  lastDay: string,
): Promise<EvidencePackRow | undefined> =>
  database
    .selectFrom('evidence_packs')
    .selectAll()
    .where('job', '=', job)
    .where('last_day', '=', lastDay)
    .orderBy('first_day', 'desc')
    .executeTakeFirst()
