import path from 'node:path'
import type { SetEngine } from '../../canonical/index.js'
import { checkTotals, trailerFields } from '../../contracts/index.js'
import { MatchbookError } from '../../errors/index.js'
import {
  csvSource,
  physicalLine,
  pickRecords,
  type Staged,
  type StraightLoad,
  type Survey,
  stageDelimited,
} from '../../formats/delimited/index.js'
import type { ComparedField, KeyColumn, SideName, Window } from '../../match/index.js'
import type { InputFile } from './input-file.js'
import type { InputLayout } from './input-layout.js'

export type Both<T> = Readonly<Record<SideName, T>>

export async function both<T>(make: (side: SideName) => Promise<T>): Promise<Both<T>> {
  return { left: await make('left'), right: await make('right') }
}

/** A file and how it is to be compared. */
export interface InputSide {
  readonly file: InputFile
  readonly layout: InputLayout
  readonly window?: Window
  readonly grouped: boolean
}

/** What is held against what. */
export interface WhatToCompare {
  readonly keys: readonly KeyColumn[]
  readonly fields: readonly ComparedField[]
}

/** Where a file is read: tables of the engine are named after the side, copies lie in `folder`. */
export interface Place {
  readonly engine: SetEngine
  readonly side: SideName
  readonly folder: string
}

export interface ReadInput {
  readonly file: InputFile
  readonly layout: InputLayout
  /** Table whose `_reject` holds the records that could not be split, where there are any. */
  readonly table: string
  readonly survey: Survey
  /** Data records, rejected ones included. */
  readonly records: number
  readonly rejected: number
}

/** Where the rows to be compared are: FROM clause, and the SQL of the record's number. */
export interface Rows {
  readonly from: string
  readonly record: string
}

/** Both files read, and what of them must be looked at row by row. */
export interface ReadInputs {
  readonly inputs: Both<ReadInput>
  readonly rows: Both<Rows>
  /** Rows that were found to be the same on both sides, and are in `rows` no more. */
  readonly alike: number
}

export const tableOf = (side: SideName): string => `diff_${side}`

/** Reads both files with all their rows. @throws USAGE as stageInput does */
export async function readWhole(places: Both<Place>, sides: Both<InputSide>): Promise<ReadInputs> {
  const read = await both((side) => stageInput(places[side], sides[side]))
  const rows = ({ staged: { source, record } }: StagedInput): Rows => ({ from: source, record })
  return { inputs: read, rows: { left: rows(read.left), right: rows(read.right) }, alike: 0 }
}

export interface StagedInput extends ReadInput {
  readonly staged: Staged
}

/**
 * Reads a file into the set engine.
 * @throws USAGE when the file is not text in its encoding, or its trailer says that it is not whole
 */
export async function stageInput(
  { engine, side, folder }: Place,
  { file, layout }: InputSide,
  straight?: StraightLoad,
): Promise<StagedInput> {
  const table = tableOf(side)
  const staged = await stageDelimited(engine, {
    ...layout,
    path: file.path,
    columns: layout.width,
    table,
    tempFolder: folder,
    ...(straight && { straight }),
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
  const { records, rejected } = staged
  const survey = file.arranged === undefined ? staged.survey : { ...staged.survey, lines: file.arranged.lines }
  const input = { file, layout, table, survey, records, rejected, staged }
  await requireTrailer(engine, input)
  return input
}

async function requireTrailer(engine: SetEngine, { file, layout, staged, table }: StagedInput): Promise<void> {
  const { contract, binding } = layout
  const counts = file.arranged?.counts
  if (contract === undefined || binding === undefined) return
  const fields = staged.trailer ? trailerFields(contract, layout, staged.survey.lastRecord ?? '') : undefined
  const records = { trailer: fields, opening: layout.opening, counts }
  const { fault } = await checkTotals(engine, { contract, binding, staged, table }, records)
  if (fault !== undefined)
    throw new MatchbookError('USAGE', `${file.name}: ${fault.message}`, {
      hint: 'Ask for the file again: half a file has differences that mean nothing',
      facts: { file: file.name, finding: fault.code },
    })
}

/** Copies the wanted records (1-based, ascending) out of a file that was not kept, and reads them whole for the first time. */
export async function rowsOfRecords(
  { engine, side, folder }: Place,
  { file, layout: { dialect, width } }: InputSide,
  wanted: readonly number[],
): Promise<Rows> {
  const table = tableOf(side)
  const copy = path.join(folder, 'picked.csv')
  await pickRecords(file.path, copy, dialect, wanted)
  const written = { table, columns: width, dialect, skip: 0, lineEnd: 'lf', numbered: true } as const
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS SELECT * FROM ${csvSource(copy, written, false)}`)
  const [count] = await engine.rows<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)
  if (count?.n !== wanted.length)
    throw new MatchbookError('TOTALS-DIFFER', `${file.name}: of ${wanted.length} records ${count?.n} were read again`, {
      facts: { file: file.name },
    })
  return { from: table, record: 'record' }
}

/** The physical line, or the sheet's row, on which a data record starts; both 1-based. */
export const lineOf = ({ survey }: ReadInput, record: number): number => physicalLine(survey, record)
