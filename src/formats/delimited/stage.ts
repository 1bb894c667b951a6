import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SetEngine } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { type ColumnTest, type ColumnTester, columnTester, type TestedColumn } from './column-tester.js'
import { recordsBeforeData } from './dialect.js'
import { EarlyLoad } from './early-load.js'
import { longestExcerpt, plainDialect, rewriteFile } from './rewrite.js'
import { scanPiece } from './scan-piece.js'
import type { Sniffed } from './sniff.js'
import {
  countRejects,
  csvSource,
  dropStage,
  dropTrailer,
  numberRecords,
  onlyTrailerLeft,
  type ReadAs,
  readInto,
  takeErrors,
} from './staging-table.js'
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
  /** Where most files have no fault: a way around the table. */
  readonly straight?: StraightLoad
}

/** Takes a whole file without a table between, or not at all. */
export interface StraightLoad {
  /** What it would like to know of the columns of the file, and the texts that mean empty in all of them. */
  readonly asks?: {
    readonly tests: readonly ColumnTest[]
    readonly nulls: readonly string[]
    /** Columns, by their place from 0, that no two records may have alike; undefined where their bytes do not tell. */
    readonly key?: readonly number[] | undefined
  }
  /**
   * Takes all rows of a FROM clause with c1, c2, ... in the order of the file; how many. Rejects when one has a fault.
   * @param source the clause, all columns text but those that are to be read as something else
   * @param tested what holds of each column, and then the texts that mean empty are NULL; undefined where that is not known
   */
  readonly load: (source: (as?: ReadAs) => string, tested: readonly TestedColumn[] | undefined) => Promise<number>
  /** Undoes it: the file was not what it seemed. */
  readonly undo: () => Promise<void>
}

/**
 * `source` has columns c1, c2, ... as VARCHAR (an empty value is NULL) in the order of the file; `${table}_reject` has record BIGINT,
 * reason VARCHAR, raw VARCHAR: the records whose values cannot be told apart, or are too few or too many. Together they are exactly
 * the data records.
 */
export interface Staged {
  readonly survey: Survey
  readonly trailer: boolean
  /** Data records, rejected ones included. */
  readonly records: number
  readonly rejected: number
  /** FROM clause. */
  readonly source: string
  /** SQL expression over `source`: number of the data record, 1-based. NULL where the file was loaded straight. */
  readonly record: string
  readonly straight: boolean
  /** No two records have the same key, as far as the straight load asked for it. */
  readonly distinct: boolean
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
  const { path, dialect, lineEnd, lineBytes, columns, table, straight } = request
  const skip = recordsBeforeData(dialect)
  const malformed =
    dialect.fixed?.length === undefined ? undefined : `another length than ${dialect.fixed.length} characters`
  const asItStands = { table, columns, dialect, skip, lineEnd, piece: await scanPiece(path, lineBytes) }
  const direct = dialect.fixed === undefined
  const tester = direct && straight?.asks !== undefined ? await testerFor(request, straight.asks) : undefined
  // Started before we know whether the file is tame, as most are. If it is not, a failure here says nothing more.
  const early =
    direct && straight === undefined && dialect.encoding === 'utf-8' ? attempt(() => readAsItStands(true)) : undefined
  const ahead = tester && straight && (await earlyLoad(tester, straight))
  const survey = await surveyFile(path, dialect, { tester, looked: (...seen) => ahead?.look(...seen) })
  const tests = tester?.finish()
  const staged = await early
  const loadedAhead = await ahead?.end(tests?.columns)
  const { trailer, records } = countData(survey, dialect, request.isTrailer)
  const found = { survey, trailer, records, straight: false, distinct: false }
  const readable = survey.tame && survey.undecodableAt === undefined

  if (
    direct &&
    readable &&
    survey.isUtf8 &&
    straight !== undefined &&
    (tests === undefined || tests.ragged <= (trailer ? 1 : 0))
  ) {
    const loaded =
      loadedAhead === undefined ? await attempt(() => readStraight(straight.load, tests?.columns)) : loadedAhead.rows
    if (loaded === records && (await onlyTrailerLeft(engine, table, records, trailer)))
      return {
        ...found,
        straight: true,
        distinct: tests?.distinct === true,
        rejected: 0,
        source: csvSource(path, asItStands, false),
        record: 'NULL',
      }
    await straight.undo()
  } else if (loadedAhead !== undefined) await straight?.undo()
  if (survey.undecodableAt !== undefined) {
    await dropStage(engine, table)
    return { ...found, rejected: 0, source: table, record: 'NULL' }
  }
  if (readable && (staged ?? (await attempt(() => readAsItStands(survey.isUtf8)))) !== undefined) {
    if (trailer) await dropTrailer(engine, table, records + 1)
    const rejected = await countRejects(engine, table, records)
    if (rejected !== undefined) return numbered(rejected)
  }
  await rewriteFile(path, copy, dialect, { columns, records: skip + records })
  await readInto(engine, copy, { table, columns, dialect: plainDialect, skip: 0, lineEnd: 'lf', malformed })
  if (dialect.fixed?.length !== undefined)
    await engine.run(`
      UPDATE ${table}_reject SET reason = length(raw) || ' characters instead of ${dialect.fixed.length}'
      WHERE length(raw) < ${longestExcerpt}`)
  const rejected = await countRejects(engine, table, records)
  if (rejected !== undefined) return numbered(rejected)
  throw new MatchbookError('TOTALS-DIFFER', `${path} has ${records} data records, but not each of them was read`, {
    facts: { path, records },
  })

  async function earlyLoad(tester: ColumnTester, { load, undo }: StraightLoad): Promise<EarlyLoad> {
    const { size } = await stat(path)
    return new EarlyLoad(engine, tester, size, (taken) => attempt(() => readStraight(load, taken)), undo)
  }

  async function readStraight(load: StraightLoad['load'], tested?: readonly TestedColumn[]): Promise<number> {
    // With these one value too many could be read as none.
    const nulls = tested === undefined ? [] : straight?.asks?.nulls
    await dropStage(engine, table)
    const rows = await load((as) => csvSource(path, { ...asItStands, nulls, as }, true), tested)
    await takeErrors(engine, asItStands)
    return rows
  }

  async function readAsItStands(isUtf8: boolean): Promise<true> {
    if (isUtf8) await readInto(engine, path, asItStands)
    else {
      await transcodeFile(path, copy, dialect.encoding)
      await readInto(engine, copy, asItStands)
    }
    return true
  }

  async function numbered(rejected: number): Promise<Staged> {
    return { ...found, rejected, source: table, record: await numberRecords(engine, table, rejected) }
  }
}

async function testerFor(
  { path, dialect, lineBytes }: StageRequest,
  { tests, nulls, key }: NonNullable<StraightLoad['asks']>,
): Promise<ColumnTester | undefined> {
  if (key === undefined) return columnTester(dialect, tests)
  const { size } = await stat(path)
  return columnTester(dialect, tests, { columns: key, nulls, records: size / Math.max(1, lineBytes) })
}

/** undefined where it fails. */
const attempt = <T>(work: () => Promise<T>): Promise<T | undefined> => work().catch(() => undefined)
