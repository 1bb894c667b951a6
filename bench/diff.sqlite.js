import { createReadStream } from 'node:fs'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse'
import { columns } from './diff.generate.js'

/** csv-parse into two tables of better-sqlite3, one transaction each, then joined by key. */
const [folder] = process.argv.slice(2)
const database = new Database(':memory:')
const [key, ...fields] = columns
for (const name of ['left', 'right']) {
  database.exec(`CREATE TABLE "${name}" (${columns.join(' TEXT, ')} TEXT, PRIMARY KEY (${key})) WITHOUT ROWID`)
  const insert = database.prepare(`INSERT INTO "${name}" VALUES (${columns.map(() => '?').join(', ')})`)
  database.exec('BEGIN')
  for await (const row of createReadStream(`${folder}/${name}.csv`).pipe(parse({ from_line: 2 }))) insert.run(row)
  database.exec('COMMIT')
}
const only = (here, there) =>
  database.prepare(`SELECT count(*) FROM "${here}" WHERE ${key} NOT IN (SELECT ${key} FROM "${there}")`).pluck().get()
const differs = (column) => `l.${column} IS NOT r.${column}`
const { changed, ...counted } = database
  .prepare(
    `SELECT count(*) AS changed, ${fields.map((column) => `coalesce(sum(${differs(column)}), 0) AS ${column}`).join(', ')}
     FROM "left" AS l JOIN "right" AS r USING (${key}) WHERE ${fields.map(differs).join(' OR ')}`,
  )
  .get()
console.log(
  JSON.stringify({
    onlyLeft: only('left', 'right'),
    onlyRight: only('right', 'left'),
    changed,
    fields: Object.fromEntries(Object.entries(counted).filter(([, n]) => n > 0)),
  }),
)
