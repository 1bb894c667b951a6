import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { SetEngine } from '../../canonical/index.js'
import {
  type ComparedField,
  type Counts,
  type Difference,
  differenceKinds,
  type KeyColumn,
  type Reconciliation,
  type RowPlace,
  readDifferences,
  reconcile,
  type SideName,
  sift,
  type Window,
} from '../../match/index.js'
import type { RowLines, ShownDifference } from './diff-result.js'
import type { InputFile } from './input-file.js'
import type { InputLayout } from './input-layout.js'
import { allRows, lineOf, type ReadInput, readInput, sieveRecord, siftedRows } from './read-input.js'

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
 * @throws USAGE as readInput does; TOTALS-DIFFER
 */
export async function compareInputs(
  engine: SetEngine,
  folder: string,
  what: { readonly keys: readonly KeyColumn[]; readonly fields: readonly ComparedField[] },
  sides: Both<InputSide>,
): Promise<Comparison> {
  const places = await both(async (side) => {
    const own = path.join(folder, side)
    await mkdir(own, { recursive: true })
    return { engine, side, folder: own }
  })
  const sifting = [sides.left, sides.right].every(({ window, grouped }) => window === undefined && !grouped)
  const inputs = await both((side) =>
    readInput(places[side], sides[side].file, sides[side].layout, sifting ? what : undefined),
  )
  const alike = sifting ? await sift(engine, { left: sieveRecord(inputs.left), right: sieveRecord(inputs.right) }) : 0
  const side = async (name: SideName) => ({
    ...(sifting ? await siftedRows(places[name], inputs[name]) : allRows(inputs[name])),
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
