import path from 'node:path'
import { MatchbookError } from '../../errors/index.js'
import { type PlannedCell, writePlannedCells } from '../../outputs/load/index.js'
import { listLoads } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { checkedDate, today } from '../given-day.js'
import { runJob } from '../run-job.js'
import { wantedJobs } from '../run-jobs.js'
import type { Failure } from '../run-summary.js'
import { behindRow } from './behind-row.js'
import { type LoadListing, listings } from './list-loads.js'
import { loadOutcomes } from './load-outcomes.js'
import { type LoadRowListing, rowsOfLoad } from './rows-of-load.js'
import { templateOfLoad } from './template-of-load.js'

export interface PlanRequest extends Omit<ToolOptions, 'dryRun'> {
  readonly job: string
  readonly asOf: string | undefined
  /** Every value goes here: .csv or .xlsx. */
  readonly output: string | undefined
}

/** What the job would write to the ERP now; the shape is part of the published surface. */
export interface LoadsPlan {
  readonly job: string
  readonly asOf: string
  readonly loads: readonly (LoadListing & {
    readonly new: number
    readonly changed: number
    readonly unchanged: number
    /** Null for a load whose plan is not kept. */
    readonly writes: readonly LoadRowListing[] | null
  })[]
  /** What could not be reached or done on the way. */
  readonly failures: readonly Failure[]
  readonly output: string | null
}

const endings = ['.csv', '.xlsx']

/**
 * Runs the job on a copy of the state that is thrown away, and tells what its loads would write, those that wait already too. Nothing is
 * kept, taken or sent; `output` is the one file that is written.
 * @throws JOB-UNKNOWN, USAGE, LOAD-LINT, RUN-ACTIVE
 */
export async function planByHand(request: PlanRequest): Promise<LoadsPlan> {
  const { output } = request
  if (output !== undefined && !endings.includes(path.extname(output).toLowerCase()))
    throw new MatchbookError('USAGE', `--output ${output} ends in neither .csv nor .xlsx`)
  const tools = await openTools({ ...request, dryRun: true }, 'look')
  try {
    const [job] = wantedJobs([request.job], tools)
    if (job === undefined) throw new Error('no job')
    const asOf = request.asOf === undefined ? today(tools) : checkedDate(request.asOf)
    const summary = await runJob(job, asOf, true, tools)
    const unsent = await listLoads(tools.state.database, { job: job.job, statuses: ['waiting', 'approved', 'planned'] })
    const loads = await Promise.all(
      unsent.reverse().map(async (row) => {
        const [listing] = await listings(tools, [row])
        if (listing === undefined) throw new Error(`load ${row.id} is gone`)
        const template = templateOfLoad(row, tools.workspace)
        const outcomes = await loadOutcomes(tools, row)
        const held = template === undefined ? null : await rowsOfLoad(tools.state.database, row, template, outcomes)
        const count = (change: LoadRowListing['change']) =>
          (held?.rows ?? []).filter((one) => one.change === change).length
        const counts = { new: count('new'), changed: count('changed'), unchanged: count('unchanged') }
        return { ...listing, ...counts, writes: held?.rows ?? null }
      }),
    )
    const file = output === undefined ? null : path.resolve(output)
    if (file !== null) await writePlannedCells(file, `${job.title}, ${asOf}`, () => cellsOf(loads))
    return { job: job.job, asOf, loads, failures: summary.failures, output: file }
  } finally {
    await tools.close()
  }
}

function* cellsOf(loads: LoadsPlan['loads']): Generator<PlannedCell> {
  for (const { id, writes } of loads)
    for (const row of writes ?? []) {
      const { file, number, about, change } = row
      const behind = behindRow(row.decisions)
      const was = new Map(row.changes.map((one) => [one.column, one.old]))
      for (const [column, value] of Object.entries(row.values))
        yield { load: id, file, number, about, change, column, old: was.get(column) ?? null, new: value, behind }
    }
}
