import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { SetEngine } from '../../canonical/index.js'
import {
  type Counts,
  type Difference,
  differenceKinds,
  type Reconciliation,
  type RowPlace,
  readDifferences,
  reconcile,
  type SideName,
} from '../../match/index.js'
import type { RowLines, ShownDifference } from './diff-result.js'
import {
  type Both,
  both,
  type InputSide,
  lineOf,
  type ReadInput,
  type ReadInputs,
  readWhole,
  type WhatToCompare,
} from './read-input.js'
import { siftByHashes } from './sift-by-hashes.js'
import { siftByQuery } from './sift-by-query.js'

export interface Comparison {
  readonly inputs: Both<ReadInput>
  readonly counts: Counts
  /** By kind, then by key; at most `limit` of each kind. */
  differences(limit?: number): AsyncGenerator<ShownDifference>
}

/**
 * Reads two files and holds them against each other. What is the same on both sides is sifted out by hashes before anything is kept,
 * except where rows have windows or are summed: that cannot be told from a hash.
 * @param folder for copies of what is to be read again; the caller removes it
 * @throws USAGE as stageInput does; TOTALS-DIFFER
 */
export async function compareInputs(
  engine: SetEngine,
  folder: string,
  what: WhatToCompare,
  sides: Both<InputSide>,
): Promise<Comparison> {
  const places = await both(async (side) => {
    const own = path.join(folder, side)
    await mkdir(own, { recursive: true })
    return { engine, side, folder: own }
  })
  const sifting = [sides.left, sides.right].every(({ window, grouped }) => window === undefined && !grouped)
  const read = sifting
    ? ((await siftByHashes(places, what, sides)) ?? (await siftByQuery(places, what, sides)))
    : await readWhole(places, sides)
  return compareRead(engine, what, sides, read)
}

export async function compareRead(
  engine: SetEngine,
  what: WhatToCompare,
  sides: Both<InputSide>,
  { inputs, rows, alike }: ReadInputs,
): Promise<Comparison> {
  const side = async (name: SideName) => ({
    ...rows[name],
    file: name === 'left' ? '0' : '1',
    grouped: sides[name].grouped,
    ...(sides[name].window && { window: sides[name].window }),
  })
  const reconciliation: Reconciliation = { ...what, ...(await both(side)) }
  const counts = await reconcile(engine, reconciliation, alike)
  return {
    inputs,
    counts,
    async *differences(limit) {
      for (const kind of differenceKinds)
        for await (const difference of readDifferences(engine, reconciliation, kind, limit))
          yield withLines(difference, inputs)
    },
  }
}

const withLines = (difference: Difference, { left, right }: Both<ReadInput>): ShownDifference => ({
  ...difference,
  left: linesOf(left, difference.left),
  right: linesOf(right, difference.right),
})

const linesOf = (input: ReadInput, place: RowPlace | null): RowLines | null =>
  place && { records: place.records, lines: place.records.map((record) => lineOf(input, record)), rows: place.rows }
