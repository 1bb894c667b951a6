import type { ExtractContract, JobSettings, Workspace } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { lastAuditOf, type StateDatabase } from '../../state/index.js'
import { dayOf } from '../given-day.js'
import type { Tools } from '../tools.js'
import { settingsVersion } from '../workspace/settings-version.js'

export const APPROVED = 'contract approved'

export interface Approval {
  readonly version: string
  readonly at: string
  readonly by: string
  readonly reason: string
  readonly contract: ExtractContract
}

/** The version of a contract that somebody approved last. */
export async function lastApproval(database: StateDatabase, contract: string): Promise<Approval | undefined> {
  const row = await lastAuditOf(database, APPROVED, contract)
  if (row === undefined) return undefined
  const {
    version,
    reason,
    contract: said,
  } = JSON.parse(row.detail) as Pick<Approval, 'version' | 'reason' | 'contract'>
  return { version, at: row.at, by: row.actor, reason, contract: said }
}

/** Where approval is required, the contracts of a job that nobody has approved as they stand now. */
async function unapproved(
  job: JobSettings,
  { settings, contracts }: Workspace,
  database: StateDatabase,
): Promise<{ readonly contract: string; readonly version: string; readonly approved: Approval | undefined }[]> {
  if (settings.contracts.approval !== 'required') return []
  const names = Object.values(job.inputs).flatMap((input) => (input.kind === 'extract' ? [input.contract] : []))
  const waiting: { contract: string; version: string; approved: Approval | undefined }[] = []
  for (const name of new Set(names)) {
    const version = settingsVersion(contracts.get(name))
    const approved = await lastApproval(database, name)
    if (approved?.version !== version) waiting.push({ contract: name, version, approved })
  }
  return waiting
}

/**
 * Tools by which a job reads its extracts under the contracts approved last: a changed file is only a proposal where the settings ask for
 * approval.
 * @throws CONTRACT-NOT-APPROVED when one was never approved
 */
export async function toolsByApprovals(job: JobSettings, tools: Tools): Promise<Tools> {
  const waiting = await unapproved(job, tools.workspace, tools.state.database)
  if (waiting.length === 0) return tools
  const never = waiting.filter(({ approved }) => approved === undefined).map(({ contract }) => contract)
  if (never.length > 0)
    throw new MatchbookError(
      'CONTRACT-NOT-APPROVED',
      `job ${job.job} reads under contracts that nobody has approved: ${never.join(', ')}`,
      {
        facts: { job: job.job, contracts: never.join(',') },
      },
    )
  const contracts = new Map(tools.workspace.contracts)
  for (const { contract, version, approved } of waiting) {
    if (approved === undefined) continue
    contracts.set(contract, approved.contract)
    tools.log.warn(
      { contract, version, approved: approved.version },
      `contract ${contract} has changed and is not approved: version ${approved.version} of ${dayOf(approved.at, tools)} stays in force; see: matchbook contracts diff ${contract}`,
    )
  }
  return { ...tools, workspace: { ...tools.workspace, contracts } }
}
