import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { columns } from './diff.generate.js'

/** The usual way in Node: the one file in a Map, the other held against it row by row. */
const [folder] = process.argv.slice(2)
const rowsOf = (name) => createReadStream(`${folder}/${name}.csv`).pipe(parse({ from_line: 2 }))
const left = new Map()
for await (const row of rowsOf('left')) left.set(row[0], row)
const fields = {}
let [onlyRight, changed] = [0, 0]
for await (const row of rowsOf('right')) {
  const other = left.get(row[0])
  if (other === undefined) onlyRight++
  else {
    left.delete(row[0])
    const differing = columns.filter((_, n) => row[n] !== other[n])
    if (differing.length > 0) changed++
    for (const column of differing) fields[column] = (fields[column] ?? 0) + 1
  }
}
console.log(JSON.stringify({ onlyLeft: left.size, onlyRight, changed, fields }))
