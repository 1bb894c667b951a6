import { type Finding, type RelationName, relations, type SetEngine } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'
import { keysOf, toldByTheMatcher } from './duplicates.js'
import type { ExtractFile } from './extract-check.js'
import { fileFinding } from './file-finding.js'

interface Doubled {
  readonly record_key: string
  readonly variants: number
  readonly source_files: readonly number[]
  readonly records: readonly number[]
}

/**
 * Takes keys out that stand in more than one file of an extract, as within one file: the same all over becomes one, in the first of them;
 * where they differ none is kept. One finding a key; what is taken out is told in table `reject`.
 */
export async function rejectDoubledBetween(
  engine: SetEngine,
  contract: ExtractContract,
  files: readonly ExtractFile[],
  currency: string,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const here = `source_file IN (${files.map(({ index }) => index).join(', ')})`
  for (const [relation, key] of keysOf(contract)) {
    if (toldByTheMatcher.has(relation)) continue
    const rows = await rejectDoubled(engine, relation, key, here)
    for (const { record_key, variants, source_files, records } of rows) {
      const found = source_files.flatMap((index, n) => {
        const file = files.find((one) => one.index === index)
        return file === undefined ? [] : [{ file, record: records[n] ?? 0 }]
      })
      const [first] = found
      if (first === undefined) continue
      const places = found.slice(0, 10).map(({ file, record }) => `record ${record} of ${file.name}`)
      const column = key.join(' + ')
      const { evidence: _, ...finding } = fileFinding(
        { contract: contract.contract, file: first.file, currency },
        {
          code: 'DATA-KEY-DUPLICATE',
          message: `${column} ${record_key} stands in several files of the extract: ${places.join(', ')}${variants === 1 ? ', all the same: the first is used' : ', which differ, so none is used'}`,
          field: column,
          record: `${relation} ${record_key}`,
          values: { [column]: record_key },
        },
      )
      findings.push({
        ...finding,
        evidence: found.map(({ file, record }) => ({ file: file.name, sha256: file.sha256, record, column })),
      })
    }
  }
  return findings
}

async function rejectDoubled(
  engine: SetEngine,
  relation: RelationName,
  key: readonly string[],
  here: string,
): Promise<Doubled[]> {
  // Hashes are enough to see that there is none: as many different ones as rows.
  const [count] = await engine.rows<{ doubled: boolean }>(
    `SELECT count(*) <> count(DISTINCT hash(${key.join(', ')})) AS doubled FROM ${relation} WHERE ${here}`,
  )
  if (count?.doubled !== true) return []
  const columns = Object.keys(relations[relation])
  const text = key.map((name) => `coalesce(${name}::VARCHAR, '')`).join(", '/', ")
  await engine.run(`
    CREATE OR REPLACE TABLE doubled_between AS
    SELECT rowid AS at_row, source_file, source_record, concat(${text}) AS record_key, dense_rank() OVER (ORDER BY ${key.join(', ')}) AS group_id,
      row_number() OVER one AS place, count(*) OVER (PARTITION BY ${key.join(', ')}) AS times, hash(row(${columns.join(', ')})) AS content
    FROM ${relation} WHERE ${here}
    WINDOW one AS (PARTITION BY ${key.join(', ')} ORDER BY source_file, source_record)
    QUALIFY times > 1;
    CREATE OR REPLACE TABLE doubled_keys AS
    SELECT group_id, first(record_key) AS record_key, count(DISTINCT content) AS variants,
      list(source_file ORDER BY place) AS source_files, list(source_record ORDER BY place) AS records
    FROM doubled_between GROUP BY group_id;
    CREATE OR REPLACE TABLE doubled_out AS
    SELECT doubled_between.* FROM doubled_between JOIN doubled_keys USING (group_id) WHERE variants > 1 OR place > 1;
    DELETE FROM ${relation} WHERE rowid IN (SELECT at_row FROM doubled_out);
    INSERT INTO reject
    SELECT DISTINCT source_file, source_record, NULL, '${key.join(' + ')}', record_key, 'DATA-KEY-DUPLICATE',
      'stands in another file of the extract too', '${relation} ' || record_key
    FROM doubled_out`)
  const rows = await engine.rows<Doubled>(
    'SELECT record_key, variants, source_files, records FROM doubled_keys ORDER BY group_id',
  )
  await engine.run('DROP TABLE doubled_between; DROP TABLE doubled_keys; DROP TABLE doubled_out')
  return rows
}
