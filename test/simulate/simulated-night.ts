import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openReading } from '../../src/app/compose.js'
import { listExceptions } from '../../src/app/exceptions/list-exceptions.js'
import { silent } from '../../src/app/progress.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import type { RunSummary } from '../../src/app/run-summary.js'
import { type SimulateRequest, simulate } from '../../src/app/simulate/simulate.js'
import type { SimulationTruth } from '../../src/simulate/index.js'
import type { FoundIn } from './against.js'

const asOf = '2026-11-20'

/** A simulated workspace in a folder of its own, run through the code that matchbook run calls. */
export class SimulatedNight {
  readonly #base = mkdtempSync(path.join(tmpdir(), 'matchbook-simulated-'))
  readonly folder = path.join(this.#base, 'night')

  async make(request: Partial<SimulateRequest> = {}): Promise<SimulationTruth> {
    const whole = { seed: 1, layout: 'both', lines: 150, jobs: ['all'], faults: [], asOf } as const
    return (await simulate({ ...whole, ...request, folder: this.folder })).truth
  }

  remove = (): void => rmSync(this.#base, { recursive: true, force: true })

  path = (place: string): string => path.join(this.folder, place)

  /** The files that are otherwise tomorrow go over those of tonight. */
  tomorrow = (): void => cpSync(this.path('next'), this.path('drops'), { recursive: true })

  /** All jobs of the workspace, unless some are named. */
  async run(jobs: readonly string[] = []): Promise<RunOutcome['runs']> {
    const quiet = { dryRun: false, progress: silent, logLevel: 'error', logFormat: 'ndjson' } as const
    return (await runJobs({ ...quiet, workspace: this.folder, jobs, all: jobs.length === 0, asOf, failOn: 'none' }))
      .runs
  }

  /** Open exceptions of these jobs. */
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

/** What came in and is not accounted for, in words; nothing is. */
export const untied = ({ job, documents, extracts, invoices, failures }: RunSummary): string[] => [
  ...failures.map(({ message }) => `${job}: ${message}`),
  ...extracts
    .filter(({ records, accepted, rejected }) => records !== accepted + rejected)
    .map(({ input }) => `${job}: records of ${input}`),
  ...(documents.in === documents.taken + documents.known + documents.unusable ? [] : [`${job}: documents`]),
  ...(invoices === null ||
  invoices.judged.count ===
    invoices.clean.count + invoices.held.count + invoices.waiting.count + invoices.duplicate.count
    ? []
    : [`${job}: invoices`]),
]
