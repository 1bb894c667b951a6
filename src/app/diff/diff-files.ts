import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SetEngine } from '../../canonical/index.js'
import type { ExtractContract } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import {
  type Counts,
  type Difference,
  differenceKinds,
  type Reconciliation,
  type RowPlace,
  readDifferences,
  reconcile,
  type SideName,
  sides,
  sift,
} from '../../match/index.js'
import { openCalculator } from '../compose.js'
import { type ChosenColumns, chooseColumns, windowColumns, windowOf } from './choose-columns.js'
import type { DiffRequest } from './diff-request.js'
import type { DiffResult, DiffSide, RowLines, ShownDifference, UnreadRecord } from './diff-result.js'
import { inputFile } from './input-file.js'
import { inputLayout } from './input-layout.js'
import { namedContracts } from './named-contracts.js'
import { allRows, lineOf, type ReadInput, type Rows, readInput, sieveRecord, siftedRows } from './read-input.js'
import { requireOutput, writeDifferences } from './write-differences.js'

type Both<T> = Readonly<Record<SideName, T>>

/**
 * Holds two files against each other, row by row as their keys say. Files of any size: what is the same on both sides is sifted out
 * by hashes before anything is kept.
 * @throws USAGE, WORKSPACE-INVALID (a contract with mistakes), DISK-FULL
 */
export async function diffFiles(request: DiffRequest): Promise<DiffResult> {
  requireOutput(request)
  const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-diff-'))
  const engine = await openCalculator(folder)
  try {
    return await diff(engine, folder, request)
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function diff(engine: SetEngine, folder: string, request: DiffRequest): Promise<DiffResult> {
  const places = await both(async (side) => {
    const own = path.join(folder, side)
    await mkdir(own)
    return { engine, side, folder: own }
  })
  const contracts = await namedContracts(request)
  const opened = await both(async (side) => open(engine, request[side], places[side].folder, request, contracts[side]))
  const [left, right] = [opened.left, opened.right].map(({ file, layout }) => ({ name: file.name, layout })) as [
    Named,
    Named,
  ]
  const chosen = chooseColumns(request, left, right)
  const windows = { left: windowOf(request, left), right: windowOf(request, right) }
  if (request.inForce !== undefined && windows.left === undefined && windows.right === undefined)
    throw new MatchbookError(
      'USAGE',
      `neither file has the columns of the window: ${windowColumns(request).join(', ')}`,
    )

  // A row's window or a group's sum cannot be told from hashes.
  const sifting = request.inForce === undefined && request.sum.length === 0
  const inputs = await both((side) =>
    readInput(places[side], opened[side].file, opened[side].layout, sifting ? chosen : undefined),
  )
  const alike = sifting ? await sift(engine, { left: sieveRecord(inputs.left), right: sieveRecord(inputs.right) }) : 0
  const rows = await both(async (side) => (sifting ? siftedRows(places[side], inputs[side]) : allRows(inputs[side])))
  const side = (name: SideName, { from, record }: Rows) => ({
    from,
    file: name === 'left' ? '0' : '1',
    record,
    grouped: request.sum.length > 0,
    ...(windows[name] === undefined ? {} : { window: windows[name] }),
  })
  const reconciliation: Reconciliation = {
    keys: chosen.keys,
    fields: chosen.fields,
    left: side('left', rows.left),
    right: side('right', rows.right),
  }
  const counts = await reconcile(engine, reconciliation, alike)
  const shown = (difference: Difference): ShownDifference => ({
    ...difference,
    left: linesOf(inputs.left, difference.left),
    right: linesOf(inputs.right, difference.right),
  })
  const all = async function* (limit?: number): AsyncGenerator<ShownDifference> {
    for (const kind of differenceKinds)
      for await (const difference of readDifferences(engine, reconciliation, kind, limit)) yield shown(difference)
  }
  const result = await resultOf(engine, request, chosen, inputs, counts)
  const differences: ShownDifference[] = []
  for await (const difference of all(request.limit)) differences.push(difference)
  if (request.output !== undefined) await writeDifferences(request.output, result, all())
  return { ...result, differences }
}

type Named = { readonly name: string; readonly layout: Awaited<ReturnType<typeof inputLayout>> }

async function open(engine: SetEngine, name: string, folder: string, request: DiffRequest, contract?: ExtractContract) {
  const file = await inputFile(name, folder)
  return { file, layout: await inputLayout(engine, file, request, contract) }
}

async function both<T>(make: (side: SideName) => Promise<T>): Promise<Both<T>> {
  return { left: await make('left'), right: await make('right') }
}

async function resultOf(
  engine: SetEngine,
  request: DiffRequest,
  { keys, notCompared }: ChosenColumns,
  inputs: Both<ReadInput>,
  counts: Counts,
): Promise<DiffResult> {
  const sideOf = async (side: SideName): Promise<DiffSide> => {
    const { file, layout, staged } = inputs[side]
    return {
      file: file.name,
      delimiter: layout.dialect.delimiter,
      encoding: layout.dialect.encoding,
      contract: layout.contract?.contract ?? null,
      records: staged.records,
      ...counts[side],
      unread: staged.rejected,
      unreadShown: staged.rejected === 0 ? [] : await unreadOf(engine, inputs[side], request.limit),
      notCompared: notCompared[side],
    }
  }
  const result = await both(sideOf)
  for (const side of sides)
    if (result[side].rows + result[side].unread !== result[side].records)
      throw new MatchbookError(
        'TOTALS-DIFFER',
        `${result[side].file}: of ${result[side].records} records not each is accounted for once`,
      )
  const outcomes = { ...counts.keys, undated: counts.left.undated + counts.right.undated }
  const alike = differenceKinds.every((kind) => outcomes[kind] === 0) && result.left.unread + result.right.unread === 0
  return {
    alike,
    keys: keys.map(({ name }) => name),
    ...result,
    outcomes,
    fields: counts.fields,
    differences: [],
    output: request.output ?? null,
  }
}

async function unreadOf(engine: SetEngine, input: ReadInput, limit: number): Promise<UnreadRecord[]> {
  const rows = await engine.rows<{ record: number; reason: string }>(
    `SELECT record, reason FROM ${input.table}_reject ORDER BY record LIMIT ${limit}`,
  )
  return rows.map(({ record, reason }) => ({ line: lineOf(input, record), reason }))
}

const linesOf = (input: ReadInput, place: RowPlace | null): RowLines | null =>
  place && { lines: place.records.map((record) => lineOf(input, record)), rows: place.rows }
