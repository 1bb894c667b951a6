import { type RelationName, relations, type SetEngine } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'

/** A usage event that came twice is USE-DUPLICATE: the matcher counts it once, and tells which record stands. */
export const toldByTheMatcher: ReadonlySet<RelationName> = new Set(['usage_line'])

/**
 * Takes doubled keys out of what a file put into a relation. Records that say the same all over become one; where they differ nothing
 * tells which is right, so none is kept. What is taken out is told in table `reject`.
 */
export async function removeDuplicates(
  engine: SetEngine,
  relation: RelationName,
  key: readonly string[],
  index: number,
): Promise<void> {
  if (toldByTheMatcher.has(relation)) return
  // Hashes are enough to see that there is none: as many different ones as rows.
  const [count] = await engine.rows<{ doubled: boolean }>(
    `SELECT count(*) <> count(DISTINCT hash(${key.join(', ')})) AS doubled FROM ${relation} WHERE source_file = ${index}`,
  )
  if (count?.doubled !== true) return
  const columns = Object.keys(relations[relation])
  const group = key.map((name) => `${relation}.${name} IS NOT DISTINCT FROM doubled.${name}`).join(' AND ')
  const text = key.map((name) => `coalesce(${relation}.${name}::VARCHAR, '')`).join(", '/', ")
  const out = `duplicate_${index}`
  await engine.run(`
    CREATE OR REPLACE TABLE ${out} AS
    WITH doubled AS (
      SELECT ${key.join(', ')}, count(DISTINCT row(${columns.join(', ')})) AS variants, min(rowid) AS first_row,
        min(source_record) AS first_record, list_sort(list(source_record)) AS records
      FROM ${relation} WHERE source_file = ${index} GROUP BY ${key.join(', ')} HAVING count(*) > 1
    )
    SELECT ${relation}.rowid AS at_row, source_record, concat(${text}) AS record_key,
      CASE WHEN variants = 1 THEN 'is the same as record ' || first_record || ', which is used'
        ELSE 'differs between records ' || array_to_string(records[:10], ', ')
          || CASE WHEN len(records) > 10 THEN ' and ' || (len(records) - 10) || ' more' ELSE '' END || ', so none is used'
      END AS reason
    FROM ${relation} JOIN doubled ON ${group}
    WHERE source_file = ${index} AND (variants > 1 OR ${relation}.rowid <> first_row);
    DELETE FROM ${relation} WHERE rowid IN (SELECT at_row FROM ${out});
    INSERT INTO reject
    SELECT DISTINCT ${index}, source_record, NULL, '${key.join(' + ')}', record_key, 'DATA-KEY-DUPLICATE', reason, '${relation} ' || record_key
    FROM ${out};
    DROP TABLE ${out}`)
}

/** Each relation once, with its key. */
export const keysOf = ({ projections }: ExtractContract): Map<RelationName, readonly string[]> =>
  new Map(projections.map(({ relation, key }) => [relation as RelationName, key]))
