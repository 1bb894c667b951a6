import { DuckDBInstance } from '@duckdb/node-api'
import { columns } from './diff.generate.js'

/** What one would write by hand for these very files: their layout known, one full join, no doubled keys, no lines. */
const [folder] = process.argv.slice(2)
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
const [key, ...fields] = columns
const file = (name) =>
  `read_csv('${folder}/${name}.csv', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    columns = {${columns.map((column) => `'${column}': 'VARCHAR'`).join(', ')}})`
const differs = (column) => `l.${column} IS DISTINCT FROM r.${column}`
await connection.run(`CREATE TABLE difference AS
  SELECT l.${key} AS l_key, r.${key} AS r_key, ${fields.map((column) => `l.${column} AS l_${column}, r.${column} AS r_${column}`).join(', ')}
  FROM ${file('left')} AS l FULL JOIN ${file('right')} AS r ON l.${key} = r.${key}
  WHERE l.${key} IS NULL OR r.${key} IS NULL OR ${fields.map(differs).join(' OR ')}`)
const both = 'l_key IS NOT NULL AND r_key IS NOT NULL'
const reader = await connection.runAndReadAll(`SELECT
  count(*) FILTER (r_key IS NULL)::INTEGER AS "onlyLeft", count(*) FILTER (l_key IS NULL)::INTEGER AS "onlyRight", count(*) FILTER (${both})::INTEGER AS changed,
  ${fields.map((column) => `count(*) FILTER (${both} AND l_${column} IS DISTINCT FROM r_${column})::INTEGER AS ${column}`).join(', ')}
  FROM difference`)
const [{ onlyLeft, onlyRight, changed, ...counted }] = reader.getRowObjects()
console.log(
  JSON.stringify({
    onlyLeft,
    onlyRight,
    changed,
    fields: Object.fromEntries(Object.entries(counted).filter(([, n]) => n > 0)),
  }),
)
