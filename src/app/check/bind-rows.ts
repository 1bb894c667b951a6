import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import { createRelation, literal, type RelationName, relations, type SetEngine } from '../../canonical/index.js'

/** One row of a relation: canonical column -> exact text, plus where it stands. */
export type RelationRow = Readonly<Record<string, string | number | boolean | null | undefined>>

// A CSV file is the fastest way into DuckDB from JavaScript (docs/decisions/0003-engines.md); \N keeps NULL apart from ''.
const NULL = '\\N'

/** Creates the relation if need be and adds the rows. Values are typed by the relation; one that does not fit throws. */
export async function bindRows(
  engine: SetEngine,
  relation: RelationName,
  rows: Iterable<RelationRow> | AsyncIterable<RelationRow>,
): Promise<void> {
  await engine.run(createRelation(relation))
  const columns = [...Object.keys(relations[relation]), 'source_file', 'source_record']
  const given = cells(rows, columns)
  const first = await given.next()
  if (first.done) return
  const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-bind-'))
  const file = path.join(folder, `${relation}.csv`)
  try {
    const csv = stringify({ columns, quoted: false, cast: { boolean: (value) => (value ? 'true' : 'false') } })
    await pipeline(Readable.from(beginning(first.value, given)), csv, createWriteStream(file))
    const types = columns.map((column) => `${literal(column)}: 'VARCHAR'`).join(', ')
    await engine.run(
      `INSERT INTO ${relation} SELECT ${columns.join(', ')} FROM read_csv(${literal(file)}, auto_detect=false, header=false,` +
        ` delim=',', quote='"', escape='"', nullstr=${literal(NULL)}, strict_mode=true, columns={${types}})`,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function* cells(
  rows: Iterable<RelationRow> | AsyncIterable<RelationRow>,
  columns: readonly string[],
): AsyncGenerator<unknown[]> {
  for await (const row of rows) yield columns.map((column) => row[column] ?? NULL)
}

async function* beginning<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first
  yield* rest
}
