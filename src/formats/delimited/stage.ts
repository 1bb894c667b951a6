import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SetEngine } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { recordsBeforeData } from './dialect.js'
import { plainDialect, rewriteFile } from './rewrite.js'
import type { Sniffed } from './sniff.js'
import { countRejects, dropStage, dropTrailer, numberRecords, readInto } from './staging-table.js'
import { countData, type Survey, surveyFile } from './survey.js'
import { transcodeFile } from './transcode.js'

export interface StageRequest extends Sniffed {
  readonly path: string
  /** How many values a data record has. */
  readonly columns: number
  /** Name of the table to make; `${table}_reject` is made beside it. */
  readonly table: string
  readonly tempFolder?: string
  /** Tells the trailer by the text of the last record. */
  readonly isTrailer: (lastRecord: string) => boolean
}

/**
 * `table` has columns c1, c2, ... as VARCHAR (an empty value is NULL) in the order of the file; `${table}_reject` has record BIGINT,
 * reason VARCHAR, raw VARCHAR: the records whose values cannot be told apart, or are too few or too many. Together they are exactly
 * the data records.
 */
export interface Staged {
  readonly survey: Survey
  readonly trailer: boolean
  /** Data records, rejected ones included. */
  readonly records: number
  readonly rejected: number
  /** SQL expression over `table`: number of the data record, 1-based. */
  readonly record: string
}

/**
 * Reads a delimited file into an all-text table. The bulk goes straight from the file to DuckDB, while we count the records on our
 * own beside it; only a file that DuckDB would misread is rewritten first. When bytes cannot be decoded (`survey.undecodableAt`)
 * nothing is staged and there is no table.
 */
export async function stageDelimited(engine: SetEngine, request: StageRequest): Promise<Staged> {
  const temp = await mkdtemp(join(request.tempFolder ?? tmpdir(), 'matchbook-stage-'))
  try {
    return await stage(engine, request, join(temp, 'copy.csv'))
  } finally {
    await rm(temp, { recursive: true, force: true })
  }
}

async function stage(engine: SetEngine, request: StageRequest, copy: string): Promise<Staged> {
  const { path, dialect, lineEnd, columns, table } = request
  const skip = recordsBeforeData(dialect)
  const asItStands = { table, columns, dialect, skip, lineEnd }
  // Started before we know whether the file is tame, as most are. If it is not, a failure here says nothing more.
  const early = dialect.encoding === 'utf-8' ? succeeds(readInto(engine, path, asItStands)) : undefined
  const survey = await surveyFile(path, dialect)
  const readEarly = (await early) ?? false
  const { trailer, records } = countData(survey, dialect, request.isTrailer)
  const done = async (rejected: number): Promise<Staged> => {
    return { survey, trailer, records, rejected, record: await numberRecords(engine, table, rejected) }
  }

  if (survey.undecodableAt !== undefined) {
    await dropStage(engine, table)
    return { survey, trailer, records, rejected: 0, record: 'rowid + 1' }
  }
  if (survey.tame && (readEarly || (await readTranscoded()))) {
    if (trailer) await dropTrailer(engine, table, records + 1)
    const rejected = await countRejects(engine, table, records)
    if (rejected !== undefined) return done(rejected)
  }
  await rewriteFile(path, copy, dialect, { columns, records: skip + records })
  await readInto(engine, copy, { table, columns, dialect: plainDialect, skip: 0, lineEnd: 'lf' })
  const rejected = await countRejects(engine, table, records)
  if (rejected !== undefined) return done(rejected)
  throw new MatchbookError('TOTALS-DIFFER', `${path} has ${records} data records, but not each of them was read`, {
    facts: { path, records },
  })

  async function readTranscoded(): Promise<boolean> {
    if (dialect.encoding === 'utf-8') return false
    await transcodeFile(path, copy)
    return succeeds(readInto(engine, copy, asItStands))
  }
}

const succeeds = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )
