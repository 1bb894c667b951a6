import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { exactly, type FieldTolerance, parseFieldTolerance, type SetEngine, ZERO } from '../../canonical/index.js'
import type { ExtractContract, ReconcileSettings } from '../../config/index.js'
import type { ComparedField, KeyColumn, SideName } from '../../match/index.js'
import { type Comparison, compareInputs } from '../diff/compare-inputs.js'
import { underContract } from '../diff/input-file.js'
import { inputLayout } from '../diff/input-layout.js'
import { type Both, both, type InputSide } from '../diff/read-input.js'
import type { NamedSide } from './difference-findings.js'

/** An extract in the archive and the contract that says how it is written. */
export interface ArchivedExtract extends NamedSide {
  readonly path: string
  readonly contract: ExtractContract
}

/**
 * Holds two extracts against each other as the settings of a job say, on the business day `asOf` (yyyy-MM-dd), and lets `use` read what
 * was found.
 * @throws USAGE when an extract is not as its contract says; those that are not were sorted out before
 */
export async function compareExtracts<T>(
  engine: SetEngine,
  workFolder: string,
  settings: ReconcileSettings,
  extracts: Both<ArchivedExtract>,
  asOf: string,
  use: (comparison: Comparison) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(workFolder, 'reconcile-'))
  try {
    const sides = await both((side) => inputSide(engine, path.join(folder, side), settings[side], extracts[side], asOf))
    const pair = (column: Column): Both<string> => {
      const names = typeof column === 'string' ? { left: column, right: column } : column
      return { left: textOf(sides.left, names.left), right: textOf(sides.right, names.right) }
    }
    const keys = Object.entries(settings.keys).map(
      ([name, { column, tolerance }]): KeyColumn => ({
        name,
        ...pair(column),
        ignoring: leniency(toleranceOf(tolerance)),
      }),
    )
    const fields = Object.entries(settings.fields).map(
      ([name, { column, tolerance, sum }]): ComparedField => ({
        name,
        ...pair(column),
        tolerance: sum && tolerance === undefined ? { kind: 'number', absolute: ZERO } : toleranceOf(tolerance),
        sum,
      }),
    )
    return await use(await compareInputs(engine, folder, { keys, fields }, sides))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Column = ReconcileSettings['fields'][string]['column']

async function inputSide(
  engine: SetEngine,
  folder: string,
  { window, grouped }: ReconcileSettings[SideName],
  { file, path: place, contract }: ArchivedExtract,
  asOf: string,
): Promise<InputSide> {
  await mkdir(folder)
  const input = await underContract(place, file, folder, contract)
  const detected = { delimiter: undefined, encoding: undefined, header: true }
  const layout = await inputLayout(engine, input, detected)
  const day = (column: string | undefined): string | undefined => column && textOf({ layout }, column)
  return {
    file: input,
    layout,
    grouped,
    ...(window && { window: { from: day(window.from), to: day(window.to), on: asOf } }),
  }
}

/** A column the contract allows to be absent, and that is, is empty. */
const textOf = ({ layout }: Pick<InputSide, 'layout'>, column: string): string =>
  layout.columns.get(column) ?? 'NULL::VARCHAR'

const toleranceOf = (written: string | undefined): FieldTolerance =>
  (written === undefined ? undefined : parseFieldTolerance(written)) ?? exactly

const leniency = (tolerance: FieldTolerance): KeyColumn['ignoring'] =>
  tolerance.kind === 'text' ? tolerance.ignoring : []
