import { type RelationName, relations, type SetEngine } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'
import { projectionSql, textOf } from './projection-sql.js'
import { type StagedExtract, textsSql } from './stage-texts.js'

/** Columns that are summed where a relation is filled by several records a key, with nothing where they only have to be the same. */
export const mergedRelations = ({ projections }: ExtractContract): Map<RelationName, readonly string[]> =>
  new Map(
    projections.flatMap(({ relation, merge }) =>
      merge === undefined ? [] : [[relation as RelationName, merge.sum] as const],
    ),
  )

/**
 * Makes one of the records of each key that say the same but for what is summed, as an order line split over accounts; it stands where the
 * first of them stood. A record that is the same all over as another one is a copy, not a share: it is told and not summed. Keys whose records
 * differ in anything else are left for `removeDuplicates`. Where one of them was rejected the sum is not known, and the others go too.
 */
export async function mergeRecords(
  engine: SetEngine,
  extract: StagedExtract,
  relation: RelationName,
  key: readonly string[],
  summed: readonly string[],
  index: number,
): Promise<void> {
  const here = `${relation}.source_file = ${index}`
  const others = Object.keys(relations[relation]).filter((name) => !summed.includes(name))
  const same = key.map((name) => `${relation}.${name} IS NOT DISTINCT FROM shared.${name}`).join(' AND ')
  await engine.run(`
    CREATE OR REPLACE TABLE shared AS
    SELECT ${key.join(', ')} FROM ${relation} WHERE ${here} GROUP BY ${key.join(', ')}
    HAVING count(*) > 1 AND count(DISTINCT row(${others.join(', ')})) = 1`)
  if (summed.length > 0) {
    await rejectCopies(engine, extract, relation, key, same, index)
    await rejectRemainders(engine, extract, relation, key, index)
  }
  const totals = summed.map((name) => `sum(${relation}.${name}) AS ${name}`)
  await engine.run(`
    CREATE OR REPLACE TABLE merged AS
    SELECT min(${relation}.source_record) AS first_record${totals.map((total) => `, ${total}`).join('')}, list(${relation}.source_record) AS records
    FROM ${relation} JOIN shared ON ${same} WHERE ${here} GROUP BY ${key.map((name) => `shared.${name}`).join(', ')};
    ${summed.length === 0 ? '' : `UPDATE ${relation} SET ${summed.map((name) => `${name} = merged.${name}`).join(', ')} FROM merged WHERE ${here} AND ${relation}.source_record = merged.first_record;`}
    DELETE FROM ${relation} WHERE ${here} AND source_record IN (SELECT unnest(records) FROM merged)
      AND source_record NOT IN (SELECT first_record FROM merged);
    DROP TABLE merged;
    DROP TABLE shared`)
}

async function rejectCopies(
  engine: SetEngine,
  extract: StagedExtract,
  relation: RelationName,
  key: readonly string[],
  same: string,
  index: number,
): Promise<void> {
  const { contract } = extract
  const names = contract.columns.map(({ name }) => name)
  const texts = names.map((name) => textOf(contract, name)).join(', ')
  const text = keyText(relation, key)
  await engine.run(`
    CREATE OR REPLACE TABLE copies AS
    WITH share AS (
      SELECT source_record AS record, concat(${text}) AS record_key FROM ${relation} JOIN shared ON ${same} WHERE ${relation}.source_file = ${index}
    )
    SELECT record, record_key, min(record) OVER alike AS first_record
    FROM share JOIN (${textsSql(extract, names)}) USING (record)
    WINDOW alike AS (PARTITION BY record_key, ${texts})
    QUALIFY record <> first_record;
    DELETE FROM ${relation} WHERE source_file = ${index} AND source_record IN (SELECT record FROM copies);
    INSERT INTO reject
    SELECT ${index}, record, NULL, '${key.join(' + ')}', record_key, 'DATA-KEY-DUPLICATE',
      'is the same all over as record ' || first_record || ', so it is not summed', '${relation} ' || record_key
    FROM copies;
    DROP TABLE copies`)
}

/** Takes out what is left of a key one of whose records was rejected. */
async function rejectRemainders(
  engine: SetEngine,
  extract: StagedExtract,
  relation: RelationName,
  key: readonly string[],
  index: number,
): Promise<void> {
  const { contract } = extract
  for (const projection of contract.projections.filter((one) => one.relation === relation)) {
    const { values, uses } = projectionSql(contract, projection)
    const keyed = key.map((name) => `(${values.find((value) => value.name === name)?.sql ?? 'NULL'}) AS ${name}`)
    const same = key.map((name) => `${relation}.${name} IS NOT DISTINCT FROM lost.${name}`).join(' AND ')
    const text = keyText(relation, key)
    await engine.run(`
      CREATE OR REPLACE TABLE remainders AS
      WITH lost AS (
        SELECT ${keyed.join(', ')}, record AS lost_record FROM (${textsSql(extract, uses)})
        WHERE record IN (SELECT source_record FROM reject WHERE source_file = ${index} AND code <> 'DATA-KEY-DUPLICATE')
      )
      SELECT source_record AS record, concat(${text}) AS record_key, min(lost_record) AS lost_record
      FROM ${relation} JOIN lost ON ${same} WHERE ${relation}.source_file = ${index} GROUP BY ALL;
      DELETE FROM ${relation} WHERE source_file = ${index} AND source_record IN (SELECT record FROM remainders);
      INSERT INTO reject
      SELECT ${index}, record, NULL, '${key.join(' + ')}', record_key, 'DATA-TYPE',
        'is one of several, and record ' || lost_record || ' is rejected, so none is used', '${relation} ' || record_key
      FROM remainders;
      DROP TABLE remainders`)
  }
}

/** SQL of what is told of a key: its columns as texts, with a slash between. */
const keyText = (relation: RelationName, key: readonly string[]): string =>
  key.map((name) => `coalesce(${relation}.${name}::VARCHAR, '')`).join(", '/', ")
