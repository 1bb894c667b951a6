import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { MatchbookError } from '../../errors/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { type ComparableRun, comparableRun, listRuns, type RunRow, showRun } from '../../state/index.js'
import { withReading } from '../open-workspace.js'
import type { Reading } from '../reading.js'
import { compareRuns } from './compare-runs.js'
import type { ComparedRun, RunComparison } from './run-comparison.js'

export interface CompareRequest {
  readonly workspace: string | undefined
  /** A run by its id, or a job for its last run. */
  readonly left: string
  /** The same; without it the last run of the job of `left`. */
  readonly right: string | undefined
  /** Workspace of `right`; without it the same. */
  readonly other: string | undefined
  /** Every difference into this .csv. */
  readonly output: string | undefined
}

/** @throws RUN-UNKNOWN, USAGE when the two are runs of different jobs or one has not ended */
export async function compareTwoRuns(request: CompareRequest): Promise<RunComparison & { output: string | null }> {
  const left = await withReading(request.workspace, (reading) => chosen(reading, request.left))
  const right = await withReading(request.other ?? request.workspace, (reading) =>
    chosen(reading, request.right ?? left.shown.job),
  )
  if (left.shown.job !== right.shown.job)
    throw new MatchbookError(
      'USAGE',
      `${left.shown.run} is a run of ${left.shown.job}, ${right.shown.run} of ${right.shown.job}`,
    )
  if (left.shown.folder === right.shown.folder && left.shown.run === right.shown.run)
    throw new MatchbookError('USAGE', 'both are the same run', {
      hint: 'Name another run, or the workspace of the other one with --other DIR',
    })
  const comparison = { left: left.shown, right: right.shown, ...compareRuns(left.comparable, right.comparable) }
  if (request.output === undefined) return { ...comparison, output: null }
  const output = path.resolve(request.output)
  await placeFile(output, (part) => writeFile(part, differencesCsv(comparison)))
  return { ...comparison, output }
}

async function chosen(
  { state, workspace }: Reading,
  named: string,
): Promise<{ readonly shown: ComparedRun; readonly comparable: ComparableRun }> {
  const run = await runNamed({ state }, named)
  if (run.finished_at === null) throw new MatchbookError('USAGE', `run ${run.id} has not ended`)
  const comparable = await comparableRun(state.database, run)
  const shown: ComparedRun = {
    workspace: workspace.settings.workspace,
    folder: workspace.folder,
    run: run.id,
    job: run.job,
    kind: run.kind,
    asOf: run.as_of,
    status: run.status,
    version: run.version,
    isLast: comparable.isLast,
  }
  return { shown, comparable }
}

/** Enough to find one that ended well among those that failed. */
const LOOK_BACK = 100

async function runNamed({ state }: Pick<Reading, 'state'>, named: string): Promise<RunRow> {
  const found = await showRun(state.database, named)
  if (found !== undefined) return found.run
  const runs = await listRuns(state.database, LOOK_BACK, named)
  const last = runs.find(({ status }) => status === 'done' || status === 'partial')
  if (last === undefined)
    throw new MatchbookError('RUN-UNKNOWN', `there is no run ${named}, and no job of that name has run`)
  return last
}

const differencesCsv = ({ differences }: RunComparison): string =>
  stringify(
    differences.map((one) => [one.kind, one.where, one.subject, one.left, one.right, one.amount, one.because]),
    {
      header: true,
      columns: ['kind', 'where', 'subject', 'left', 'right', 'amount', 'because'],
      escape_formulas: true,
    },
  )
