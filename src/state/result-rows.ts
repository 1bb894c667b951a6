import type { StateDatabase } from './store.js'

/** A row as the matcher left it: column -> exact text, number or yes and no. */
export type StoredRow = Readonly<Record<string, string | number | boolean | null>>

const BATCH = 200

/** What a run's matcher leaves behind takes the place of what the job's last run left. `tables`: name -> rows in order. */
export async function saveResultRows(
  database: StateDatabase,
  { job, runId }: { readonly job: string; readonly runId: string },
  tables: Readonly<Record<string, readonly StoredRow[]>>,
): Promise<void> {
  await database.deleteFrom('result_rows').where('job', '=', job).execute()
  for (const [table_name, rows] of Object.entries(tables)) {
    for (let from = 0; from < rows.length; from += BATCH) {
      await database
        .insertInto('result_rows')
        .values(
          rows.slice(from, from + BATCH).map((row, n) => ({
            job,
            table_name,
            sequence: from + n + 1,
            run_id: runId,
            row: JSON.stringify(row),
          })),
        )
        .execute()
    }
  }
}

/** Rows of one table as the job's last run left it. */
export const lastResultRows = async (database: StateDatabase, job: string, table: string): Promise<string[]> => {
  const rows = await database
    .selectFrom('result_rows')
    .select('row')
    .where('job', '=', job)
    .where('table_name', '=', table)
    .orderBy('sequence')
    .execute()
  return rows.map(({ row }) => row)
}

const PAGE = 5000

/** Rows of one table in its order, some thousands at a time in memory; nothing when a later run has taken their place. */
export async function* resultRows(database: StateDatabase, runId: string, table: string): AsyncGenerator<StoredRow> {
  for (let after = 0; ; ) {
    const rows = await database
      .selectFrom('result_rows')
      .select(['sequence', 'row'])
      .where('run_id', '=', runId)
      .where('table_name', '=', table)
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(PAGE)
      .execute()
    for (const { row } of rows) yield JSON.parse(row) as StoredRow
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.sequence
  }
}
