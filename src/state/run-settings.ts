import type { SettingsText } from '../config/index.js'
import type { StateDatabase } from './store.js'

/** Keeps what the run is judged by, in place of what was kept of it before. Call it inside the transaction that begins the run. */
export async function keepSettings(
  database: StateDatabase,
  runId: string,
  texts: readonly SettingsText[],
): Promise<void> {
  await database.deleteFrom('run_settings').where('run_id', '=', runId).execute()
  for (const { name, sha256, text } of texts) {
    await database
      .insertInto('settings_texts')
      .values({ sha256, text })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await database.insertInto('run_settings').values({ run_id: runId, name, sha256 }).execute()
  }
}

/** By name; none of a run of before they were kept, or whose settings were purged. */
export const settingsOf = (database: StateDatabase, runId: string): Promise<SettingsText[]> =>
  database
    .selectFrom('run_settings')
    .innerJoin('settings_texts', 'settings_texts.sha256', 'run_settings.sha256')
    .select(['run_settings.name', 'run_settings.sha256', 'settings_texts.text'])
    .where('run_settings.run_id', '=', runId)
    .orderBy('run_settings.name')
    .execute()

/** What a settings file said in the versions that are kept of it: by name and the first digits of the hash. */
export const keptVersions = (database: StateDatabase, name: string, digits: string): Promise<SettingsText[]> =>
  database
    .selectFrom('run_settings')
    .innerJoin('settings_texts', 'settings_texts.sha256', 'run_settings.sha256')
    .select(['run_settings.name', 'run_settings.sha256', 'settings_texts.text'])
    .distinct()
    .where('run_settings.name', '=', name)
    .where('run_settings.sha256', 'like', `${digits}%`)
    .execute()

/** Runs whose settings are kept. */
export async function runsWithSettings(database: StateDatabase): Promise<ReadonlySet<string>> {
  const rows = await database.selectFrom('run_settings').select('run_id').distinct().execute()
  return new Set(rows.map(({ run_id }) => run_id))
}
