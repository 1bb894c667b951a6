import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { contractFile } from '../../config/index.js'
import type { ColumnDrift, ContractChange } from '../../contracts/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { keptVersions } from '../../state/index.js'
import type { Reading } from '../reading.js'
import type { Approval } from './approved-contracts.js'
import { changeWords } from './change-contract-text.js'
import { type ContractState, contractState } from './contract-state.js'
import { usesOf } from './contract-uses.js'
import { type SettingsDifference, settingsDifferences } from './settings-differences.js'

export interface ContractDiff {
  readonly contract: string
  readonly version: string
  /** The version approved last; null: none ever was. */
  readonly approved: Omit<Approval, 'contract'> | null
  /** Whether the workspace asks for approval. */
  readonly approvalRequired: boolean
  /** What the contract says otherwise than the version compared with: the one asked for, or the one approved last. */
  readonly comparedWith: string | null
  readonly differences: readonly SettingsDifference[]
  readonly seen: {
    readonly file: number
    readonly name: string
    readonly takenAt: string
    readonly usable: boolean
  } | null
  readonly drift: readonly ColumnDrift[]
  /** What approving would change in the contract. */
  readonly proposed: readonly { readonly change: ContractChange; readonly said: string }[]
  /** What of the drift nothing can be proposed for. */
  readonly open: readonly string[]
}

/** Each contract that jobs read under, or one. @throws USAGE */
export async function diffContracts(
  reading: Reading,
  request: { readonly contract: string | undefined; readonly version: string | undefined },
): Promise<{ readonly contracts: readonly ContractDiff[]; readonly exit: ExitCode }> {
  const { workspace } = reading
  const names =
    request.contract === undefined
      ? [...workspace.contracts.keys()].filter((name) => usesOf(name, workspace).length > 0).sort()
      : [request.contract]
  if (request.version !== undefined && request.contract === undefined)
    throw new MatchbookError('USAGE', '--version goes with the name of a contract')
  const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-contract-'))
  try {
    const contracts: ContractDiff[] = []
    for (const name of names)
      contracts.push(
        await diffOf(
          await contractState(name, { ...reading, bytesOf: keptBytes(reading) }, folder),
          reading,
          request.version,
        ),
      )
    const waits = contracts.some(
      ({ drift, approvalRequired, approved, version }) =>
        drift.some(({ harmful }) => harmful) || (approvalRequired && approved?.version !== version),
    )
    return { contracts, exit: waits ? ExitCode.openExceptions : ExitCode.done }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Where the archive keeps a file, if it still does. */
const keptBytes =
  ({ archive }: Pick<Reading, 'archive'>) =>
  (sha256: string): Promise<string | undefined> =>
    archive.path(sha256).catch(() => undefined)

async function diffOf(
  state: ContractState,
  { workspace, state: store }: Reading,
  asked: string | undefined,
): Promise<ContractDiff> {
  const { contract, version, approved, seen, usable, drift, changes, open } = state
  const other =
    asked === undefined
      ? approved && { version: approved.version, said: approved.contract }
      : await keptVersion(contract.contract, asked, store)
  return {
    contract: contract.contract,
    version,
    approved:
      approved === undefined
        ? null
        : { version: approved.version, at: approved.at, by: approved.by, reason: approved.reason },
    approvalRequired: workspace.settings.contracts.approval === 'required',
    comparedWith: other?.version ?? null,
    differences: other === undefined ? [] : settingsDifferences(other.said, contract),
    seen:
      seen === undefined ? null : { file: seen.id, name: seen.name, takenAt: seen.taken_at, usable: usable === true },
    drift,
    proposed: changes.map((change) => ({ change, said: changeWords(change) })),
    open,
  }
}

async function keptVersion(name: string, digits: string, { database }: Reading['state']) {
  const versions = /^[0-9a-f]{4,64}$/.test(digits) ? await keptVersions(database, contractFile(name), digits) : []
  const [only] = versions
  if (only === undefined || versions.length > 1)
    throw new MatchbookError(
      'USAGE',
      `${only === undefined ? 'no run was' : 'several runs were'} judged by a version ${digits} of ${name}`,
      {
        hint: 'Versions are kept with the runs: see matchbook runs show RUN --settings, or matchbook audit export',
      },
    )
  return { version: only.sha256.slice(0, 8), said: JSON.parse(only.text) as unknown }
}
