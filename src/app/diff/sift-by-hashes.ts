import { randomInt } from 'node:crypto'
import { stat } from 'node:fs/promises'
import {
  type ColumnRole,
  countData,
  type RecordHasher,
  recordHasher,
  type Survey,
  surveyFile,
} from '../../formats/delimited/index.js'
import { HashSieve, type SideName, type TwoSides } from '../../match/index.js'
import {
  type Both,
  both,
  type InputSide,
  type Place,
  type ReadInput,
  type ReadInputs,
  rowsOfRecords,
  tableOf,
  type WhatToCompare,
} from './read-input.js'

/**
 * Sifts while the records are counted, by the bytes of their values: the set engine reads nothing but the rows that may differ. Most files
 * let us: values compared as they stand, no record that cannot be split. undefined where one of the two does not.
 */
export async function siftByHashes(
  places: Both<Place>,
  what: WhatToCompare,
  sides: Both<InputSide>,
): Promise<ReadInputs | undefined> {
  const hashers = hashersOf(what, sides)
  if (hashers === undefined) return undefined
  const { left, right } = await both(async (side) => (await stat(sides[side].file.path)).size)
  const [small, large]: readonly [SideName, SideName] = left <= right ? ['left', 'right'] : ['right', 'left']
  const sieve = new HashSieve()
  const held = await surveyRows(sides[small], hashers[small], (row) => sieve.hold(row))
  if (held === undefined) return undefined
  const passed = await surveyRows(sides[large], hashers[large], (row) => sieve.pass(row))
  if (passed === undefined) return undefined

  const sifted = sieve.sifted()
  const [survey, wanted] = [
    { [small]: held, [large]: passed } as Both<Survey>,
    { [small]: sifted.held, [large]: sifted.passed } as Both<readonly number[]>,
  ]
  const inputs = await both(async (side): Promise<ReadInput> => {
    const { file, layout } = sides[side]
    const { records } = countData(survey[side], layout.dialect, layout.isTrailer)
    return { file, layout, table: tableOf(side), survey: survey[side], records, rejected: 0 }
  })
  const rows = await both((side) => rowsOfRecords(places[side], sides[side], wanted[side]))
  return { inputs, rows, alike: inputs[small].records - sifted.held.length }
}

/** undefined where a record, or the file, is not as simple as that, or `take` takes no more. */
async function surveyRows(
  { file, layout }: InputSide,
  hasher: RecordHasher,
  take: (row: RecordHasher) => boolean,
): Promise<Survey | undefined> {
  const survey = await surveyFile(file.path, layout.dialect, { look: (record) => hasher.hash(record) && take(hasher) })
  return survey.tame && survey.undecodableAt === undefined ? survey : undefined
}

/** undefined where equal bytes may mean two things, or different ones the same, or a trailer is to be held against what was read. */
function hashersOf({ keys, fields }: WhatToCompare, sides: Both<InputSide>): Both<RecordHasher> | undefined {
  const left = columnsOf([...keys, ...fields], 'left')
  const right = columnsOf([...keys, ...fields], 'right')
  if (left === undefined || right === undefined || keys.some(({ ignoring }) => ignoring.length > 0)) return undefined
  const layouts = [sides.left.layout, sides.right.layout]
  if (layouts.some(({ contract }) => contract !== undefined)) return undefined
  if (sides.left.layout.dialect.encoding !== sides.right.layout.dialect.encoding) return undefined
  const alike =
    left.every((column, n) => column === right[n]) &&
    layouts.every(({ width }) => width === left.length) &&
    sides.left.layout.dialect.delimiter === sides.right.layout.dialect.delimiter
  const seeds = left.map(() => [randomInt(2 ** 32), randomInt(2 ** 32)] as const)
  const hasher = ({ layout: { dialect, width } }: InputSide, columns: readonly number[]) => {
    const roles = columns.map((column, n): ColumnRole => ({ column, key: n < keys.length, seed: seeds[n] ?? [0, 0] }))
    return recordHasher(dialect, width, roles, alike)
  }
  const hashers = { left: hasher(sides.left, left), right: hasher(sides.right, right) }
  return hashers.left && hashers.right && { left: hashers.left, right: hashers.right }
}

/** The places (0-based) of columns that are taken as they stand, each for one thing only. */
function columnsOf(compared: readonly TwoSides[], side: SideName): readonly number[] | undefined {
  const columns = compared.map((texts) => Number(/^c(\d+)$/.exec(texts[side])?.[1]) - 1)
  return columns.some(Number.isNaN) || new Set(columns).size < columns.length ? undefined : columns
}
