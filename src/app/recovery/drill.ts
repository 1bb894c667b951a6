import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Workspace } from '../../config/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { interfacesOf } from '../catalog/interfaces.js'
import { requireWorkspace } from '../workspace/require-workspace.js'
import { manifestName, readManifest } from './manifest.js'
import { restore } from './restore.js'

/** The targets of a job, the strictest of its interfaces, against what was measured; null where nobody set one. */
export interface DrilledJob {
  readonly job: string
  readonly rtoHours: number | null
  readonly rpoHours: number | null
  readonly isTimeMet: boolean | null
  readonly isPointMet: boolean | null
}

export interface DrillOutcome {
  readonly backup: string
  readonly takenAt: string
  /** From nothing to a workspace that was verified, seconds. */
  readonly recoverySeconds: number
  /** How old the backup is: what came since would be lost, seconds. */
  readonly pointSeconds: number
  readonly files: number
  readonly bytes: number
  readonly jobs: readonly DrilledJob[]
  readonly exit: ExitCode
}

/**
 * Restores a backup into a folder that is thrown away, and holds the time it took and the age of what came back against the targets of
 * each job. Nothing of the workspace is touched.
 * @throws USAGE when there is no backup, BACKUP-DAMAGED
 */
export async function drill(
  workspaceFolder: string | undefined,
  backup: string | undefined,
  now: Date,
): Promise<DrillOutcome> {
  const workspace = await requireWorkspace(workspaceFolder)
  const from = backup === undefined ? await newestBackup(workspace) : path.resolve(backup)
  const scratch = await mkdtemp(path.join(tmpdir(), 'matchbook-drill-'))
  try {
    const begun = performance.now()
    const { takenAt, files, bytes } = await restore(from, path.join(scratch, 'workspace'))
    const recoverySeconds = Math.round(performance.now() - begun) / 1000
    const pointSeconds = Math.round((+now - Date.parse(takenAt)) / 1000)
    const jobs = [...workspace.jobs.keys()].map((job) => drilled(job, workspace, recoverySeconds, pointSeconds))
    const isMissed = jobs.some(({ isTimeMet, isPointMet }) => isTimeMet === false || isPointMet === false)
    const exit = isMissed ? ExitCode.openExceptions : ExitCode.done
    return { backup: from, takenAt, recoverySeconds, pointSeconds, files, bytes, jobs, exit }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function newestBackup({ folder, settings }: Workspace): Promise<string> {
  const kept = settings.backup === undefined ? undefined : path.resolve(folder, settings.backup.folder)
  const names = kept === undefined ? [] : await readdir(kept).catch(() => [])
  const found = await Promise.all(
    names.map(async (name) => {
      const backup = path.join(kept ?? '', name)
      const isWhole = existsSync(path.join(backup, manifestName))
      return isWhole ? [{ backup, takenAt: (await readManifest(backup)).takenAt }] : []
    }),
  )
  const newest = found.flat().sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1))[0]
  if (newest !== undefined) return newest.backup
  throw new MatchbookError('USAGE', 'there is no backup to try', {
    hint: 'Name one, or set backup in matchbook.yaml and take one: matchbook backup',
  })
}

function drilled(job: string, workspace: Workspace, recoverySeconds: number, pointSeconds: number): DrilledJob {
  const own = interfacesOf(workspace).filter((one) => one.job === job)
  const strictest = (targets: readonly (number | null)[]): number | null => {
    const set = targets.filter((target) => target !== null)
    return set.length === 0 ? null : Math.min(...set)
  }
  const rtoHours = strictest(own.map((one) => one.rtoHours))
  const rpoHours = strictest(own.map((one) => one.rpoHours))
  return {
    job,
    rtoHours,
    rpoHours,
    isTimeMet: rtoHours === null ? null : recoverySeconds <= rtoHours * 3600,
    isPointMet: rpoHours === null ? null : pointSeconds <= rpoHours * 3600,
  }
}
