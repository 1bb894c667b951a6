import { existsSync } from 'node:fs'
import path from 'node:path'
import { ExitCode } from '../../errors/index.js'
import { requireWorkspace } from '../workspace/require-workspace.js'
import { type Interface, interfacesOf } from './interfaces.js'
import { type OwnershipGap, ownershipGaps } from './ownership.js'

/** What the catalog does not say of an interface, or says wrongly. */
export interface CatalogGap {
  readonly interface: string
  /** As the settings call it. */
  readonly field: string
  /** File of the job that should say it. */
  readonly file: string
  readonly message: string
}

export interface LintedCatalog {
  readonly interfaces: number
  readonly gaps: readonly CatalogGap[]
  /** Fields of masters with two owners, or none. */
  readonly ownership: readonly OwnershipGap[]
  readonly exit: ExitCode
}

const needed = {
  owner: 'owner',
  steward: 'steward',
  system: 'system',
  why: 'why',
  criticality: 'criticality',
  rtoHours: 'rto-hours',
  rpoHours: 'rpo-hours',
  sla: 'sla',
  runbook: 'runbook',
} as const satisfies Partial<Record<keyof Interface, string>>

/** Holds every interface against what must be known of it, and every field of a master against who owns it. */
export async function lintCatalog(workspaceFolder: string | undefined): Promise<LintedCatalog> {
  const workspace = await requireWorkspace(workspaceFolder)
  const interfaces = interfacesOf(workspace)
  const gaps = interfaces.flatMap((one) => [...missing(one), ...lostRunbook(one, workspace.folder)])
  const ownership = ownershipGaps(workspace)
  const whole = gaps.length + ownership.length === 0
  return { interfaces: interfaces.length, gaps, ownership, exit: whole ? ExitCode.done : ExitCode.workspaceInvalid }
}

function missing(one: Interface): CatalogGap[] {
  const names = Object.keys(needed) as (keyof typeof needed)[]
  return names
    .filter((name) => one[name] === null)
    .map((name) => gap(one, needed[name], `nobody says its ${needed[name]}`))
}

function lostRunbook(one: Interface, folder: string): CatalogGap[] {
  if (one.runbook === null || /^[a-z]+:\/\//i.test(one.runbook) || existsSync(path.resolve(folder, one.runbook)))
    return []
  return [gap(one, 'runbook', `there is no file ${one.runbook}`)]
}

const gap = ({ id, job }: Interface, field: string, message: string): CatalogGap => ({
  interface: id,
  field,
  file: `jobs/${job}.yaml`,
  message,
})
