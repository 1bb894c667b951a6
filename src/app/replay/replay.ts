import type { JobSettings, WorkspaceSettings } from '../../config/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { appendAudit, type Disposition, type FileRow, findFiles, unreadFile } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { checkedDate, today } from '../given-day.js'
import { deliverQuietly } from '../notify/deliver.js'
import { actingPerson } from '../roles/acting-person.js'
import { runJob } from '../run-job.js'
import { exitOf } from '../run-jobs.js'
import type { RunSummary } from '../run-summary.js'
import { assertNoneCutOff } from '../runs/cut-off-run.js'
import type { Tools } from '../tools.js'
import { type ToReplay, toReplay } from './replay-choice.js'
import { toolsByRulesOf } from './rules-of-run.js'

export interface ReplayRequest extends ToolOptions {
  /** File by number, name or beginning of the hash; or id of a run: every file it took in. */
  readonly subject: string
  readonly by: string | undefined
  readonly asOf: string | undefined
  /** Judge by the settings of the run that took it in, instead of today's; default false. */
  readonly asOfRules?: boolean
  readonly failOn: WorkspaceSettings['fail-on'] | undefined
}

export interface ReplayedFile {
  readonly id: number
  readonly name: string
  readonly before: Disposition
  readonly after: Disposition
  /** Why it is in quarantine, where it is. */
  readonly reason: string | null
  /** Documents that are read anew. */
  readonly readAnew: number
  /** Documents that were loaded and therefore stay as they are. */
  readonly keptLoaded: number
}

export interface ReplayOutcome {
  readonly subject: string
  readonly dryRun: boolean
  /** The run by whose settings it was judged; null: by those of today. */
  readonly rulesOf: string | null
  readonly files: readonly ReplayedFile[]
  /** Files of the run that are not read again, each with why. */
  readonly left: ToReplay['left']
  readonly run: RunSummary
  readonly exit: ExitCode
}

/**
 * Processes again from the archive: documents are read anew by today's rules or by those of then, exceptions settled anew. What was
 * loaded is not touched, and no acknowledgment is sent a second time. No drop is looked into. By the rules of then nothing is loaded or
 * pushed.
 * @throws FILE-UNKNOWN, FILE-AMBIGUOUS, FILE-NOT-REPLAYABLE, FILE-PURGED, ARCHIVE-MISSING, JOB-UNKNOWN, RULES-*, RUN-CUT-OFF, RUN-ACTIVE
 */
export async function replay(request: ReplayRequest): Promise<ReplayOutcome> {
  const tools = await openTools(request, 'replay')
  try {
    const asOf = request.asOf === undefined ? today(tools) : checkedDate(request.asOf)
    const choice = await toReplay(request.subject, tools)
    const judging = request.asOfRules ? await toolsByRulesOf(choice.run, tools) : tools
    const rulesOf = request.asOfRules ? choice.run : null
    const job = jobOf(choice, judging)
    for (const { sha256 } of choice.files) await tools.archive.path(sha256)
    const unread = await putBack(choice, rulesOf, actingPerson(request.by, tools), tools)
    const run = await runJob(job, asOf, request.dryRun, judging, {
      kind: 'replay',
      ...(rulesOf === null ? {} : { rulesOf }),
    })
    const files = await Promise.all(choice.files.map((file) => replayed(file, unread, tools)))
    const failOn = request.failOn ?? tools.workspace.settings['fail-on']
    const exit = await exitOf([run], failOn, tools)
    const bad =
      files.some(({ after }) => after === 'quarantined') && (exit === ExitCode.done || exit === ExitCode.openExceptions)
    return {
      subject: request.subject,
      dryRun: request.dryRun,
      rulesOf,
      files,
      left: choice.left,
      run,
      exit: bad ? ExitCode.partial : exit,
    }
  } finally {
    if (!request.dryRun) await deliverQuietly(tools)
    await tools.close()
  }
}

function jobOf({ job }: ToReplay, { workspace }: Tools): JobSettings {
  const settings = workspace.jobs.get(job)
  if (settings !== undefined) return settings
  throw new MatchbookError('JOB-UNKNOWN', `the job ${job}, which took it in, is not in this workspace any more`)
}

type UnreadFiles = ReadonlyMap<number, Awaited<ReturnType<typeof unreadFile>>>

/** All of them or none; whatever happens then, the next run of the job reads them. */
async function putBack(
  { subject, job, files }: ToReplay,
  rulesOf: string | null,
  actor: string,
  tools: Tools,
): Promise<UnreadFiles> {
  const lease = await tools.takeLease(job)
  try {
    await assertNoneCutOff(tools.state.database, job)
    const unread = new Map<number, Awaited<ReturnType<typeof unreadFile>>>()
    await tools.state.database.transaction().execute(async (database) => {
      for (const { id } of files) unread.set(id, await unreadFile(database, id))
      await appendAudit(database, {
        at: tools.now(),
        actor,
        action: 'replayed',
        subject,
        detail: {
          ...(rulesOf === null ? {} : { rulesOf }),
          files: files.map(({ id, name, sha256 }) => ({ id, name, sha256, ...unread.get(id) })),
        },
      })
    })
    return unread
  } finally {
    await lease.release()
  }
}

async function replayed(file: FileRow, unread: UnreadFiles, tools: Tools): Promise<ReplayedFile> {
  const { id, name, disposition: before } = file
  const now = (await findFiles(tools.state.database, String(id))).find((one) => one.id === id) ?? file
  const { withdrawn = 0, keptLoaded = 0 } = unread.get(id) ?? {}
  const reason = now.disposition === 'quarantined' ? now.reason : null
  return { id, name, before, after: now.disposition, reason, readAnew: withdrawn, keptLoaded }
}
