import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SetEngine } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { differenceKinds, type SideName, sides as sideNames } from '../../match/index.js'
import { openCalculator } from '../open-calculator.js'
import { type ChosenColumns, chooseColumns, windowsOf } from './choose-columns.js'
import { type Comparison, compareInputs } from './compare-inputs.js'
import type { DiffRequest } from './diff-request.js'
import type { DiffResult, DiffSide, ShownDifference, UnreadRecord } from './diff-result.js'
import { inputFile } from './input-file.js'
import { inputLayout } from './input-layout.js'
import { namedContracts } from './named-contracts.js'
import { both, lineOf, type ReadInput } from './read-input.js'
import { requireOutput, writeDifferences } from './write-differences.js'

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
  const contracts = await namedContracts(request)
  const opened = await both(async (side) => {
    const own = path.join(folder, side)
    await mkdir(own)
    const file = await inputFile(request[side], own, contracts[side])
    return { name: file.name, file, layout: await inputLayout(engine, file, request) }
  })
  const chosen = chooseColumns(request, opened.left, opened.right)
  const windows = windowsOf(request, opened)
  const grouped = request.sum.length > 0
  const sides = await both(async (side) => ({ ...opened[side], grouped, ...windows[side] }))
  const comparison = await compareInputs(engine, folder, chosen, sides)

  const result = await resultOf(engine, request, chosen, comparison)
  const differences: ShownDifference[] = []
  for await (const difference of comparison.differences(request.limit)) differences.push(difference)
  if (request.output !== undefined) await writeDifferences(request.output, result, comparison.differences())
  return { ...result, differences }
}

async function resultOf(
  engine: SetEngine,
  request: DiffRequest,
  { keys, notCompared }: ChosenColumns,
  { inputs, counts }: Comparison,
): Promise<DiffResult> {
  const sideOf = async (side: SideName): Promise<DiffSide> => {
    const { file, layout, records, rejected } = inputs[side]
    return {
      file: file.name,
      delimiter: layout.dialect.delimiter,
      encoding: layout.dialect.encoding,
      contract: layout.contract?.contract ?? null,
      records,
      ...counts[side],
      unread: rejected,
      unreadShown: rejected === 0 ? [] : await unreadOf(engine, inputs[side], request.limit),
      notCompared: notCompared[side],
    }
  }
  const result = await both(sideOf)
  for (const side of sideNames)
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
