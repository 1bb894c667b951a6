import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { literal, type SetEngine } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { type Dialect, recordsBeforeData } from './dialect.js'
import { byteOrderMark } from './encoding.js'
import { malformedMark, plainDialect, rewriteFile } from './rewrite.js'
import { type Survey, surveyFile } from './survey.js'
import { transcodeFile } from './transcode.js'

export interface StageRequest {
  readonly path: string
  readonly dialect: Dialect
  /** How many values a data record has. */
  readonly columns: number
  /** Name of the table to make; `${table}_reject` is made beside it. */
  readonly table: string
  readonly tempFolder?: string
  /** Tells the trailer by the text of the last record. */
  readonly isTrailer: (lastRecord: string) => boolean
}

/**
 * The table has columns c1, c2, ... as VARCHAR (an empty value is NULL) in the order of the file; `record` is the SQL expression
 * of the data record number over it. The reject table has record BIGINT, reason VARCHAR, raw VARCHAR: records whose values could
 * not be told apart or are too few or too many. Together they are all data records.
 */
export interface Staged {
  readonly survey: Survey
  readonly trailer: boolean
  /** Data records, rejected ones included. */
  readonly records: number
  readonly rejected: number
  readonly record: string
}

/**
 * Reads a delimited file into an all-text table. The bulk goes straight from the file to DuckDB while we count the records on our
 * own; only files that DuckDB would misread are rewritten first. undefined survey fields: see Survey. Nothing is staged when the
 * bytes cannot be decoded.
 */
export async function stageDelimited(engine: SetEngine, request: StageRequest): Promise<Staged> {
  const temp = await mkdtemp(join(request.tempFolder ?? tmpdir(), 'matchbook-stage-'))
  try {
    return await stageIn(engine, request, join(temp, 'plain.csv'))
  } finally {
    await rm(temp, { recursive: true, force: true })
  }
}

async function stageIn(engine: SetEngine, request: StageRequest, copy: string): Promise<Staged> {
  const { path, dialect } = request
  const skip = recordsBeforeData(dialect)
  // Started before we know whether the file is tame, as most are: an early failure only means that it is not.
  const early = dialect.encoding === 'utf-8' ? attempt(readInto(engine, request, path, dialect, { skip })) : undefined
  const survey = await surveyFile(path, dialect)
  const trailer = survey.lastRecord !== undefined && survey.records > skip && request.isTrailer(survey.lastRecord)
  const records = Math.max(0, survey.records - skip - (trailer ? 1 : 0))
  const readEarly = (await early) ?? false
  const staged = (rejected: number, record: string): Staged => ({ survey, trailer, records, rejected, record })
  if (survey.undecodableAt !== undefined) {
    await dropStage(engine, request.table)
    return staged(0, 'rowid + 1')
  }

  if (survey.tame) {
    if (dialect.encoding !== 'utf-8') await transcodeFile(path, copy)
    const ready =
      (readEarly && survey.lineEnd === 'crlf') ||
      (await attempt(
        readInto(engine, request, dialect.encoding === 'utf-8' ? path : copy, dialect, { skip, lineEnd: survey.lineEnd }),
      ))
    if (ready) {
      if (trailer) await dropTrailer(engine, request.table, records + 1)
      const rejected = await account(engine, request.table, records)
      if (rejected !== undefined) return staged(rejected, await recordNumber(engine, request.table, rejected))
    }
  }
  await rewriteFile(path, copy, dialect, { columns: request.columns, records: skip + records })
  await readInto(engine, request, copy, plainDialect, { skip: 0, lineEnd: 'lf' })
  const rejected = await account(engine, request.table, records)
  if (rejected === undefined)
    throw new MatchbookError('TOTALS-DIFFER', `${path}: not every one of its ${records} records was read`, {
      facts: { path, records },
    })
  return staged(rejected, await recordNumber(engine, request.table, rejected))
}
