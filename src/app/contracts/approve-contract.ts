import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { contractFile, type ExtractContract, formatProblems, loadWorkspace } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { appendAudit } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { dayOf } from '../given-day.js'
import { actingPerson } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'
import { settingsVersion } from '../workspace/settings-version.js'
import { workspaceOptions } from '../workspace/workspace-options.js'
import { APPROVED } from './approved-contracts.js'
import { changeWords } from './change-contract-text.js'
import { type ContractState, contractState } from './contract-state.js'
import { usesOf } from './contract-uses.js'

export interface ApproveContractRequest extends ToolOptions {
  readonly contract: string
  readonly reason: string
  /** Who approves; without it who is logged in. */
  readonly as: string | undefined
  /** What was looked at: another one is not approved. */
  readonly version: string | undefined
}

export interface ApprovedContract {
  readonly contract: string
  /** False: it was approved already, and fits what came. */
  readonly done: boolean
  readonly dryRun: boolean
  readonly before: string
  readonly version: string
  /** What was changed in its file. */
  readonly changes: readonly string[]
  /** The file written; null: it stands as it was. */
  readonly written: string | null
  readonly said: string
}

/**
 * A person accepts a contract: as its file says, and with the changes that the extract seen last asks for. Who and why is in the audit
 * chain before the file is written, so that a crash between leaves nothing that was not approved; done again it ends the same.
 * @throws USAGE, WORKSPACE-INVALID when the workspace would not be whole with it
 */
export async function approveContract(request: ApproveContractRequest): Promise<ApprovedContract> {
  const reason = request.reason.trim()
  if (reason === '') throw new MatchbookError('USAGE', 'say why: --reason must not be empty')
  const tools = await openTools(request, 'approve-contracts')
  const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-approve-'))
  try {
    const state = await contractState(
      request.contract,
      { ...tools, bytesOf: (sha256) => tools.archive.path(sha256).catch(() => undefined) },
      folder,
    )
    const next = proposal(state)
    if (
      request.version !== undefined &&
      !next.version.startsWith(request.version) &&
      !state.version.startsWith(request.version)
    )
      throw new MatchbookError('USAGE', `what would be approved is version ${next.version}, not ${request.version}`, {
        hint: `Look at it again: matchbook contracts diff ${request.contract}`,
      })
    if (state.open.length > 0 && state.approved?.version === state.version)
      throw new MatchbookError(
        'USAGE',
        `the extract seen last does not fit, and nothing can be proposed: ${state.open.join('; ')}`,
        {
          hint: `Change ${contractFile(request.contract)} by hand, and approve that`,
        },
      )
    return await approve(request, reason, state, next, tools)
  } finally {
    await tools.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Proposal {
  readonly contract: ExtractContract
  readonly version: string
  /** What its file will say; undefined: it stays as it is. */
  readonly text: string | undefined
}

const proposal = ({ contract, version, proposed }: ContractState): Proposal =>
  proposed === undefined
    ? { contract, version, text: undefined }
    : { ...proposed, version: settingsVersion(proposed.contract) }

async function approve(
  request: ApproveContractRequest,
  reason: string,
  { contract: current, version: before, approved, file, changes, seen }: ContractState,
  next: Proposal,
  tools: Tools,
): Promise<ApprovedContract> {
  const name = current.contract
  const said = {
    contract: name,
    dryRun: request.dryRun,
    before,
    version: next.version,
    changes: next.text === undefined ? [] : changes.map(changeWords),
  }
  const known = approved?.version === next.version
  if (known && next.text === undefined)
    return {
      ...said,
      done: false,
      written: null,
      said: `Version ${before} was approved on ${dayOf(approved.at, tools)} by ${approved.by}.`,
    }
  if (!known)
    await tools.state.database.transaction().execute((database) =>
      appendAudit(database, {
        at: tools.now(),
        actor: actingPerson(request.as, tools),
        action: APPROVED,
        subject: name,
        detail: {
          version: next.version,
          before,
          reason,
          changes: said.changes,
          ...(seen === undefined ? {} : { file: seen.name, sha256: seen.sha256 }),
          contract: next.contract,
        },
      }),
    )
  if (next.text !== undefined && !request.dryRun) await writeWhole(file.own, next.text, tools)
  const jobs = [...new Set(usesOf(name, tools.workspace).map(({ job }) => job.job))]
  const then = jobs.length === 0 ? '' : ` The next run reads by it: matchbook run ${jobs.join(' ')}`
  return {
    ...said,
    done: true,
    written: next.text === undefined ? null : file.own,
    said: `Version ${next.version} of ${name} is approved.${then}`,
  }
}

/** Jobs may name columns too: a workspace that would not be whole is put back as it was. */
async function writeWhole(file: string, text: string, { workspace }: Tools): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => undefined)
  await placeFile(file, (temporary) => writeFile(temporary, text))
  const { problems } = await loadWorkspace(workspace.folder, workspaceOptions(workspace.folder))
  if (problems.length === 0) return
  if (before === undefined) await rm(file, { force: true })
  else await placeFile(file, (temporary) => writeFile(temporary, before))
  throw new MatchbookError(
    'WORKSPACE-INVALID',
    `with the contract changed the workspace has mistakes:\n${formatProblems(problems)}`,
    {
      hint: 'Mend the lines named, together with the contract; its file is as it was',
      facts: { problems: problems.length },
    },
  )
}
