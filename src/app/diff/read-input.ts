import path from 'node:path'
import type { SetEngine } from '../../canonical/index.js'
import { checkTrailer, trailerFields } from '../../contracts/index.js'
import { MatchbookError } from '../../errors/index.js'
import { csvSource, physicalLine, pickRecords, type Staged, stageDelimited } from '../../formats/delimited/index.js'
import { type ComparedField, fillSieve, type KeyColumn, type SideName } from '../../match/index.js'
import type { InputFile } from './input-file.js'
import type { InputLayout } from './input-layout.js'

export interface ReadInput {
  readonly file: InputFile
  readonly layout: InputLayout
  readonly staged: Staged
  /** Table whose `_reject` holds the records that could not be split. */
  readonly table: string
}

/** Where the rows to be compared are: FROM clause, and the SQL of the record's number. */
export interface Rows {
  readonly from: string
  readonly record: string
}

interface Place {
  readonly engine: SetEngine
  readonly side: SideName
  readonly folder: string
}

/**
 * Reads a file into the set engine. With `sifted` given only a key and a hash of each record are kept, where the file lets us.
 * @throws USAGE when the file is not text in its encoding, or its trailer says that it is not whole
 */
export async function readInput(
  { engine, side, folder }: Place,
  file: InputFile,
  layout: InputLayout,
  sifted?: { readonly keys: readonly KeyColumn[]; readonly fields: readonly ComparedField[] },
): Promise<ReadInput> {
  const table = `diff_${side}`
  const staged = await stageDelimited(engine, {
    ...layout,
    path: file.path,
    columns: layout.width,
    table,
    tempFolder: folder,
    ...(sifted && {
      straight: {
        load: (source: string) => fillSieve(engine, sifted, side, source),
        undo: () => engine.run(`DROP TABLE IF EXISTS sieve_${side}`),
      },
    }),
  })
  const { undecodableAt } = staged.survey
  if (undecodableAt !== undefined)
    throw new MatchbookError(
      'USAGE',
      `${file.name}: the byte at offset ${undecodableAt} is not text in ${layout.dialect.encoding}`,
      {
        hint: 'Say how it is written: --encoding utf-8 or --encoding windows-1252',
        facts: { file: file.name, byteOffset: undecodableAt },
      },
    )
  if (sifted && !staged.straight) await fillSieve(engine, sifted, side, staged.source, staged.record)
  const input = { file, layout, staged, table }
  await requireTrailer(engine, input)
  return input
}

async function requireTrailer(engine: SetEngine, { file, layout, staged, table }: ReadInput): Promise<void> {
  const { contract, binding } = layout
  if (contract === undefined || binding === undefined) return
  const fields = staged.trailer ? trailerFields(contract, layout, staged.survey.lastRecord ?? '') : undefined
  const { fault } = await checkTrailer(engine, { contract, binding, staged, table }, fields)
  if (fault !== undefined)
    throw new MatchbookError('USAGE', `${file.name}: ${fault.message}`, {
      hint: 'Ask for the file again: half a file has differences that mean nothing',
      facts: { file: file.name, finding: fault.code },
    })
}

export const allRows = ({ staged: { source, record } }: ReadInput): Rows => ({ from: source, record })

/** The SQL of a record's number in the sieve of a side. */
export const sieveRecord = ({ staged }: ReadInput): string => (staged.straight ? 'rowid + 1' : 'record')

/** The rows that the sieve let through, whole. Of a file that was not kept they are copied out and read for the first time. */
export async function siftedRows(
  { engine, side, folder }: Place,
  { file, layout, staged, table }: ReadInput,
): Promise<Rows> {
  if (!staged.straight)
    return {
      from: `(SELECT *, ${staged.record} AS at_record FROM ${staged.source}) AS row SEMI JOIN sifted_${side} AS sifted ON row.at_record = sifted.record`,
      record: 'row.at_record',
    }
  const wanted: number[] = []
  for await (const batch of engine.batches<{ record: number }>(`SELECT record FROM sifted_${side} ORDER BY rowid`))
    for (const { record } of batch) wanted.push(record)
  const copy = path.join(folder, 'picked.csv')
  await pickRecords(file.path, copy, layout.dialect, wanted)
  const source = csvSource(
    copy,
    { table, columns: layout.width, dialect: layout.dialect, skip: 0, lineEnd: 'lf' },
    false,
  )
  await engine.run(`CREATE TABLE ${table} AS SELECT * FROM ${source}`)
  const [count] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)
  if (count?.n !== wanted.length)
    throw new MatchbookError('TOTALS-DIFFER', `${file.name}: of ${wanted.length} records ${count?.n} were read again`, {
      facts: { file: file.name },
    })
  return { from: `${table} AS row POSITIONAL JOIN sifted_${side} AS sifted`, record: 'sifted.record' }
}

/** The physical line, or the sheet's row, on which a data record starts; both 1-based. */
export const lineOf = ({ staged }: ReadInput, record: number): number => physicalLine(staged.survey, record)
