import path from 'node:path'
import { atRisk } from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import { errorCatalogue } from '../errors/index.js'
import { unsettled } from '../exceptions/index.js'
import { filesTakenBy, listExceptions, waitingOutbox } from '../state/index.js'
import type { MadePack } from './evidence/made-pack.js'
import type { PlannedLoadOutput } from './loads/book-load.js'
import { loadsWaiting } from './loads/loads-waiting.js'
import type { Pulled } from './pull/pull-drops.js'
import type { Pushed } from './push/push-outbox.js'
import type { WrittenReport } from './report/write-report.js'
import type { Run } from './run.js'
import { type Failure, type ReadDocuments, type RunSummary, titleOf } from './run-summary.js'
import type { Settled } from './settle/settled.js'
import { backlog } from './status.js'
import type { Tools } from './tools.js'

export interface StepOutputs {
  readonly drops: Pulled
  readonly documents: ReadDocuments
  readonly settled: Settled
  readonly loads: readonly PlannedLoadOutput[]
  /** Of a job that makes evidence packs. */
  readonly pack: MadePack | undefined
  readonly report: WrittenReport
  readonly pushed: Pushed | undefined
  readonly dryRun: boolean
}

const packsSent = (pack: MadePack | undefined, { sent }: Pushed): number =>
  sent.filter((name) => pack?.file && name.startsWith(path.basename(pack.file))).length

/** The run in numbers, put together from what its steps left behind. */
export async function summarise(run: Run, job: JobSettings, outputs: StepOutputs, tools: Tools): Promise<RunSummary> {
  const { drops, documents, settled, loads, pack, report, pushed, dryRun } = outputs
  const { database } = tools.state
  const { settings } = tools.workspace
  const open = await listExceptions(database, { job: job.job, statuses: unsettled })
  const files = await filesTakenBy(database, run.id)
  const missing: Failure[] =
    // Where a server could not be reached, that is the news; what lies there is missing because of it.
    settled.missing.length === 0 || drops.failures.length > 0
      ? []
      : [
          {
            subject: settled.missing.length === 1 ? 'an input' : `${settled.missing.length} inputs`,
            code: 'INPUT-MISSING',
            message: `no usable file has arrived for ${settled.missing.join(', ')}`,
            hint: errorCatalogue['INPUT-MISSING'].hint,
          },
        ]
  return {
    run: run.id,
    job: job.job,
    title: titleOf(job, run.row),
    organisation: settings.workspace,
    asOf: run.row.as_of,
    currency: settings.currency,
    dryRun,
    resumed: run.resumed,
    onlyJudges: run.onlyJudges,
    files: {
      taken: files.filter(({ disposition }) => disposition !== 'duplicate').length,
      duplicates: files.filter(({ disposition }) => disposition === 'duplicate').length,
      quarantined: files.filter(({ disposition }) => disposition === 'quarantined').length,
      skipped: drops.skipped,
    },
    documents,
    extracts: settled.extracts,
    invoices: settled.invoices,
    outcomes: settled.outcomes,
    exceptions: {
      raised: settled.raised,
      stillOpen: settled.stillOpen,
      reopened: settled.reopened,
      healed: settled.healed,
      open: open.length,
      ...atRisk(open, settings.currency),
      queues: backlog(open, settings, tools.now()),
    },
    loads: loads.map((load) => ({
      ...load,
      status: load.approval !== null ? 'waiting' : pushed?.loads.includes(load.id) ? 'sent' : 'planned',
    })),
    loadsWaiting: await loadsWaiting(database, tools.workspace, job.job),
    sentLater: pushed?.loads.filter((id) => !loads.some((load) => load.id === id)).length ?? 0,
    acknowledgments: {
      sent: pushed === undefined ? 0 : pushed.sent.length - pushed.loads.length - packsSent(pack, pushed),
      waiting: (await waitingOutbox(database)).filter(({ load_id }) => load_id === null).length,
    },
    ...(pack === undefined || dryRun ? {} : { pack }),
    // Those of a dry run go with the copy of the store that it works on.
    workbook: dryRun ? null : report.workbook,
    workbooks: dryRun ? [] : (report.parts ?? []),
    holdList: dryRun ? null : report.holdList,
    healed: [...(drops.healed ?? []), ...(pushed?.healed ?? [])],
    failures: [...drops.failures, ...missing, ...(pushed?.failures ?? [])],
  }
}
