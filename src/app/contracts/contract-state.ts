import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { contractFile, type ExtractContract, formatProblems, loadContract } from '../../config/index.js'
import {
  asText,
  type ColumnDrift,
  type ContractChange,
  checkExtract,
  type ExtractFile,
  needsIdentityKey,
  proposeChange,
  useIdentityKey,
} from '../../contracts/index.js'
import { MatchbookError, nearMiss } from '../../errors/index.js'
import type { FileRow } from '../../state/index.js'
import { openCalculator } from '../open-calculator.js'
import type { Reading } from '../reading.js'
import { settingsVersion } from '../workspace/settings-version.js'
import { shippedFolder } from '../workspace/shipped.js'
import { type Approval, lastApproval } from './approved-contracts.js'
import { changedText } from './change-contract-text.js'
import { changesIn, partIn, usesOf } from './contract-uses.js'
import { lastFileUnder } from './list-contracts.js'

/** A contract beside what was approved and what came. */
export interface ContractState {
  readonly contract: ExtractContract
  readonly version: string
  readonly approved: Approval | undefined
  /** Absolute, and its text: the workspace's own file, or the shipped one it goes by. */
  readonly file: { readonly own: string; readonly text: string }
  /** The file seen last; undefined: none, or its bytes are not kept. */
  readonly seen: FileRow | undefined
  readonly usable: boolean | undefined
  readonly drift: readonly ColumnDrift[]
  /** What would make it fit, where it does not. */
  readonly changes: readonly ContractChange[]
  readonly open: readonly string[]
  /** The contract with these changes; undefined: it fits, or nothing can be proposed. */
  readonly proposed: { readonly text: string; readonly contract: ExtractContract } | undefined
}

/** @throws USAGE when the workspace has no contract of that name */
export async function contractState(
  name: string,
  reading: Pick<Reading, 'workspace' | 'state'> & {
    /** Where the bytes of a file are; undefined: they are not kept. */
    readonly bytesOf: (sha256: string) => Promise<string | undefined>
  },
  tempFolder: string,
): Promise<ContractState> {
  const { workspace, state } = reading
  const contract = workspace.contracts.get(name)
  if (contract === undefined) {
    const meant = nearMiss(name, workspace.contracts.keys())
    throw new MatchbookError(
      'USAGE',
      `the workspace has no contract ${name}${meant === undefined ? '' : `; was ${meant} meant?`}`,
      {
        hint: 'See: matchbook contracts list --all',
      },
    )
  }
  const own = path.join(workspace.folder, contractFile(name))
  const text = await readFile(own, 'utf8').catch(() => readFile(path.join(shippedFolder(), contractFile(name)), 'utf8'))
  const base = {
    contract,
    version: settingsVersion(contract),
    approved: await lastApproval(state.database, name),
    file: { own, text },
  }
  const last = await lastFileUnder(usesOf(name, workspace), reading)
  const bytes = last && (await reading.bytesOf(last.sha256))
  if (last === undefined || bytes === undefined)
    return { ...base, seen: undefined, usable: undefined, drift: [], changes: [], open: [], proposed: undefined }
  const part = partIn(last.name, name, workspace)
  const role = { ...(part === undefined ? {} : { part }), changes: changesIn(last.name, name, workspace) }
  const first = await held(contract, bytes, last, role, tempFolder)
  const all = { drift: [...first.drift], changes: [...first.changes], open: [...first.open] }
  let proposed: ContractState['proposed']
  // What is written otherwise shows only once the columns are found again.
  for (let next = first; next.changes.length > 0 && next.open.length === 0; ) {
    const changed = changedText(proposed?.text ?? text, next.changes)
    proposed = { text: changed, contract: await contractOf(changed, name, tempFolder) }
    next = await held(proposed.contract, bytes, last, role, tempFolder)
    const news = next.drift.filter(
      ({ kind, column }) => !all.drift.some((one) => one.kind === kind && one.column === column),
    )
    all.drift.push(...news)
    all.open.push(...next.open)
    if (news.length === 0) break
    all.changes.push(...next.changes)
  }
  return { ...base, seen: last, usable: first.usable, ...all, proposed: all.open.length > 0 ? undefined : proposed }
}

/** @throws WORKSPACE-INVALID */
async function contractOf(text: string, name: string, folder: string): Promise<ExtractContract> {
  const file = path.join(folder, `${name}.yaml`)
  await writeFile(file, text)
  const { value, problems } = await loadContract(file, [])
  if (value !== undefined) return value
  throw new MatchbookError('WORKSPACE-INVALID', `what is proposed is no contract:\n${formatProblems(problems)}`, {
    hint: `Change ${contractFile(name)} by hand, and approve that`,
  })
}

/** The file under the contract, as a night has it. What does no harm is left as it is. */
async function held(
  contract: ExtractContract,
  bytes: string,
  file: FileRow,
  role: Pick<ExtractFile, 'part' | 'changes'>,
  tempFolder: string,
) {
  const engine = await openCalculator(tempFolder)
  try {
    if (needsIdentityKey(contract))
      await useIdentityKey(engine, 'hashes are compared with each other and shown to nobody')
    const { usable, drift } = await checkExtract(
      engine,
      contract,
      { index: 0, path: bytes, name: file.name, sha256: file.sha256, ...role },
      { tempFolder },
    )
    const text = await asText(contract, bytes, path.join(tempFolder, `${file.sha256}.csv`))
    const asked = drift.filter(({ kind }) => kind !== 'moved')
    const proposed =
      asked.length === 0 || text.fault !== undefined
        ? { changes: [], open: [] }
        : await proposeChange(engine, text.contract, text.path, asked)
    return { usable, drift, ...proposed }
  } finally {
    await engine.close()
  }
}
