import type { SetEngine } from '../canonical/index.js'
import type { ExtractContract } from '../config/extract-contract.js'
import { dropStage, stageDelimited } from '../formats/delimited/index.js'
import { withText } from './as-text.js'
import type { LookedUpFiles } from './extract-check.js'
import { readLayout, trailerFields } from './layout.js'
import { type StagedLookUp, wantedOf } from './look-up.js'
import { textOf } from './projection-sql.js'
import { textsSql } from './stage-texts.js'

/** The n-th look-up of the extract in a table. */
export const lookUpTable = (extract: string, n: number): string => `${extract}_look_${n}`

/** Reads what the contract looks up into the set engine, one table a look-up. */
export async function stageLookUps(
  engine: SetEngine,
  contract: ExtractContract,
  files: LookedUpFiles,
  extract: string,
  tempFolder: string | undefined,
): Promise<StagedLookUp[]> {
  const staged: StagedLookUp[] = []
  for (const [name, { contract: other, by }] of Object.entries(contract['look-ups'])) {
    const from = files.get(other)
    if (from === undefined) throw new RangeError(`${contract.contract} looks up ${other}, and nobody gave its files`)
    const keys = Object.values(by)
    const wanted = wantedOf(contract, name)
    const table = lookUpTable(extract, staged.length)
    const k = keys.map((_, n) => `k${n}`)
    const v = wanted.map((_, n) => `v${n}`)
    await engine.run(
      `CREATE OR REPLACE TABLE ${table}_all (${[...k, ...v].map((column) => `${column} VARCHAR`).join(', ')})`,
    )
    for (const path of from.paths)
      await copyTexts(engine, from.contract, path, [...keys, ...wanted], `${table}_all`, tempFolder)
    const differ = v.length === 0 ? 'false' : `count(DISTINCT row(${v.join(', ')})) > 1`
    await engine.run(`
      CREATE OR REPLACE TABLE ${table} AS
      SELECT ${[...k, `CASE WHEN ${differ} THEN 'several' ELSE 'one' END AS found`, ...v.map((value) => `CASE WHEN NOT (${differ}) THEN first(${value}) END AS ${value}`)].join(', ')}
      FROM ${table}_all GROUP BY ${k.join(', ')};
      DROP TABLE ${table}_all`)
    staged.push({ name, table })
  }
  return staged
}

/** Texts of a file, as they are read under its own contract. */
const copyTexts = (
  engine: SetEngine,
  contract: ExtractContract,
  file: string,
  columns: readonly string[],
  into: string,
  tempFolder: string | undefined,
): Promise<void> =>
  withText(contract, file, tempFolder, async ({ contract: text, path }) => {
    const layout = await readLayout(engine, text, path)
    const table = `${into}_from`
    const staged = await stageDelimited(engine, {
      ...layout,
      path,
      columns: layout.binding.width,
      table,
      isTrailer: (record) => trailerFields(text, layout, record) !== undefined,
      ...(tempFolder === undefined ? {} : { tempFolder }),
    })
    const texts = textsSql({ contract: text, binding: layout.binding, staged }, [...new Set(columns)])
    await engine.run(
      `INSERT INTO ${into} SELECT ${columns.map((name) => textOf(text, name)).join(', ')} FROM (${texts})`,
    )
    await dropStage(engine, table)
  })
