import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { RetentionClass } from '../../config/index.js'
import { retentionClasses } from '../../config/retention.js'
import { MatchbookError } from '../../errors/index.js'
import { placeInArchive } from '../../exchange/archive-places.js'
import {
  appendAudit,
  buryDocuments,
  buryExceptions,
  buryFiles,
  buryLoadPlans,
  buryRuns,
  burySettings,
  isKept,
  type Purging,
  plannedRemovals,
  planRemovals,
  removalDone,
  type StateDatabase,
  setTombstones,
} from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { whileNothingRuns } from '../leases/all-leases.js'
import type { Tools } from '../tools.js'
import { stateFolder } from '../workspace/state-folder.js'
import { planFiles } from './purge-files.js'
import { type ClassPlan, type Doomed, type PurgeBasis, purgeBasis } from './purge-plan.js'
import { planPushed } from './purge-pushed.js'
import { planDocuments, planExceptions, planLogs, planReports, planSettings } from './purge-records.js'
import { sweepArchive } from './sweep-archive.js'
import { sweepOutbox } from './sweep-outbox.js'

export interface PurgedClass {
  readonly class: RetentionClass
  /** The setting in words: files: 400 days. */
  readonly under: string
  readonly purged: readonly Doomed[]
  /** Bytes that left the archive; null for what is not counted in bytes. */
  readonly bytes: number | null
  /** Old enough and kept nevertheless: why, and how many. */
  readonly kept: Readonly<Record<string, number>>
}

export interface PurgeOutcome {
  readonly dryRun: boolean
  /** Only the classes that a retention is set for; none: everything is kept. */
  readonly classes: readonly PurgedClass[]
}

/**
 * Removes what is older than the retention settings say, and what the archive has and the ledger does not know.
 * @throws RUN-ACTIVE while a job runs
 */
export async function purge(request: ToolOptions): Promise<PurgeOutcome> {
  const tools = await openTools(request, 'purge')
  try {
    return await whileNothingRuns(tools, async () => {
      const outcome = await purgeNow(request.dryRun, tools)
      if (!request.dryRun) await sweepArchive(tools)
      return outcome
    })
  } finally {
    await tools.close()
  }
}

/** At the end of a night; where another job runs just now, the next night does it. */
export async function purgeAfterNight(tools: Tools): Promise<PurgeOutcome | undefined> {
  if (tools.workspace.settings.retention === undefined) return undefined
  try {
    return await whileNothingRuns(tools, () => purgeNow(false, tools))
  } catch (error) {
    if (!(error instanceof MatchbookError)) throw error
    tools.log.warn({ code: error.code }, `nothing was purged: ${error.message}`)
    return undefined
  }
}

/**
 * The purge itself, while nothing else runs. Each class is one transaction that leaves tombstones and notes what is to go from the
 * disk; a purge that dies is finished by the next. What a kill left in the outbox goes whatever the retention.
 */
async function purgeNow(dryRun: boolean, tools: Tools): Promise<PurgeOutcome> {
  const { retention } = tools.workspace.settings
  if (!dryRun) await sweepOutbox(tools)
  if (retention === undefined) return { dryRun, classes: [] }
  if (!dryRun) await removePlanned(tools)
  const basis = await purgeBasis(retention, tools)
  const classes: PurgedClass[] = []
  for (const of of retentionClasses) {
    if (retention[of] === undefined) continue
    classes.push(await purgeClass(of, basis, dryRun, tools))
  }
  if (!dryRun) await removePlanned(tools)
  return { dryRun, classes }
}

async function purgeClass(of: RetentionClass, basis: PurgeBasis, dryRun: boolean, tools: Tools): Promise<PurgedClass> {
  const { plan, bytes, bury } = await ways[of](basis.before(of) ?? '', basis, tools)
  const at = tools.now()
  if (!dryRun && plan.doomed.length > 0) {
    await tools.state.database.transaction().execute(async (database) => {
      await bury(database, { at, under: plan.under })
      await appendAudit(database, {
        at,
        actor: 'purge',
        action: 'purged',
        subject: plan.under,
        detail: { count: plan.doomed.length, subjects: plan.doomed.map(({ subject }) => subject), kept: plan.kept },
      })
    })
  }
  const purged = plan.doomed.map(({ subject, name }) => ({ subject, name }))
  return { class: of, under: plan.under, purged, bytes, kept: plan.kept }
}

interface Way {
  readonly plan: ClassPlan
  readonly bytes: number | null
  readonly bury: (database: StateDatabase, purging: Purging) => Promise<void>
}

const subjects = ({ doomed }: ClassPlan): string[] => doomed.map(({ subject }) => subject)

const ways: Readonly<Record<RetentionClass, (before: string, basis: PurgeBasis, tools: Tools) => Promise<Way>>> = {
  async files(before, basis, tools) {
    const plan = await planFiles(before, basis, tools)
    const sizes = new Map(plan.doomed.map(({ row }) => [row.sha256, row.size]))
    return {
      plan,
      bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
      async bury(database, purging) {
        await planRemovals(
          database,
          [...sizes.keys()].map((sha256) => placeInArchive('archive', sha256)),
        )
        await buryFiles(
          database,
          plan.doomed.map(({ row }) => row.id),
          purging,
        )
      },
    }
  },
  async documents(before, basis, tools) {
    const plan = await planDocuments(before, basis, tools)
    return { plan, bytes: null, bury: (database, purging) => buryDocuments(database, subjects(plan), purging) }
  },
  async exceptions(before, basis, tools) {
    const plan = await planExceptions(before, basis, tools)
    return {
      plan,
      bytes: null,
      bury: (database, purging) => buryExceptions(database, subjects(plan).map(Number), purging),
    }
  },
  async reports(before, basis, tools) {
    const plan = await planReports(before, basis, tools)
    return {
      plan,
      bytes: null,
      async bury(database, purging) {
        await planRemovals(
          database,
          subjects(plan).map((run) => path.join('reports', run)),
        )
        await setTombstones(database, 'reports', subjects(plan), purging)
      },
    }
  },
  async pushed(before, basis, tools) {
    const plan = await planPushed(before, basis, tools)
    return {
      plan,
      bytes: null,
      async bury(database, purging) {
        await planRemovals(
          database,
          plan.doomed.flatMap(({ files }) => files),
        )
        await buryLoadPlans(database, subjects(plan).map(Number))
        await setTombstones(database, 'pushed', subjects(plan), purging)
      },
    }
  },
  async logs(before, basis, tools) {
    const plan = await planLogs(before, basis, tools)
    return { plan, bytes: null, bury: (database, purging) => buryRuns(database, subjects(plan), purging) }
  },
  async settings(before, basis, tools) {
    const plan = await planSettings(before, basis, tools)
    return { plan, bytes: null, bury: (database, purging) => burySettings(database, subjects(plan), purging) }
  },
}

/** Takes from the disk what the store has given up. Bytes that have come again since then are wanted again. */
async function removePlanned(tools: Tools): Promise<void> {
  const { database } = tools.state
  const all = await plannedRemovals(database)
  if (all.length > 0) await tools.archive.settle()
  for (const planned of all) {
    const isArchived = planned.startsWith(`archive${path.sep}`)
    if (!isArchived) await rm(path.join(stateFolder(tools.workspace), planned), { recursive: true, force: true })
    else if (!(await isKept(database, path.basename(planned)))) await tools.archive.remove(path.basename(planned))
    await removalDone(database, planned)
  }
}
