import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openReading } from '../../src/app/compose.js'
import { type ExceptionListing, listExceptions } from '../../src/app/list-exceptions.js'
import { silent } from '../../src/app/progress.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import { type SimulateRequest, simulate } from '../../src/app/simulate/simulate.js'
import type { SimulationTruth } from '../../src/simulate/index.js'
import { fits } from '../e2e/expected.js'

export type FoundIn = ExceptionListing & { readonly job: string }

/** A simulated workspace in a folder of its own, run through the code that matchbook run calls. */
export class SimulatedNight {
  readonly #base = mkdtempSync(path.join(tmpdir(), 'matchbook-simulated-'))
  readonly folder = path.join(this.#base, 'night')

  async make(request: Partial<SimulateRequest> = {}): Promise<SimulationTruth> {
    const whole = { seed: 1, layout: 'both', lines: 150, jobs: ['all'], faults: [], asOf: '2026-11-20' } as const
    return (await simulate({ ...whole, ...request, folder: this.folder })).truth
  }

  /** The files that are otherwise tomorrow go over those of tonight. */
  tomorrow = (): void => cpSync(path.join(this.folder, 'next'), path.join(this.folder, 'drops'), { recursive: true })

  remove = (): void => rmSync(this.#base, { recursive: true, force: true })

  async run(asOf = '2026-11-20'): Promise<RunOutcome['runs']> {
    const options = {
      workspace: this.folder,
      dryRun: false,
      progress: silent,
      logLevel: 'error',
      logFormat: 'ndjson',
    } as const
    return (await runJobs({ ...options, jobs: [], all: true, asOf, failOn: 'none' })).runs
  }

  /** Open exceptions of a job. */
  async found(jobs: readonly string[]): Promise<FoundIn[]> {
    const reading = await openReading(this.folder)
    try {
      const all = []
      for (const job of jobs)
        all.push(...(await listExceptions(reading, { job })).exceptions.map((one) => ({ ...one, job })))
      return all
    } finally {
      await reading.state.close()
    }
  }
}

/** Where what was found is not what the truth holds, in a form that a failing test can print. All empty: it is. */
export function against(truth: Pick<SimulationTruth, 'expected' | 'spared'>, found: readonly FoundIn[]) {
  const wanted = [...truth.expected]
  const left = [...found]
  const missed = []
  const otherAmount = []
  for (const one of wanted) {
    const at = left.findIndex((exception) => exception.job === one.job && fits(one, exception))
    const [exception] = at < 0 ? [] : left.splice(at, 1)
    if (exception === undefined) missed.push(one)
    else if (one.amount !== undefined && one.amount !== exception.amountAtRisk.amount)
      otherAmount.push({ ...one, found: exception.amountAtRisk.amount, message: exception.message })
  }
  const surplus = left.map(({ job, code, keys, message, amountAtRisk }) => ({ job, code, keys, message, amountAtRisk }))
  const touched = truth.spared.flatMap((spared) =>
    found
      .filter(
        (one) =>
          one.job === spared.job &&
          Object.entries(spared.keys).every(([key, value]) => one.keys[key as keyof typeof one.keys] === value),
      )
      .map(({ code, message }) => ({ ...spared, code, message })),
  )
  return { missed, surplus, otherAmount, touched }
}

export const nothing = { missed: [], surplus: [], otherAmount: [], touched: [] }
