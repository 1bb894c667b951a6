import path from 'node:path'
import picomatch from 'picomatch'
import type { ExtractInput, JobSettings, LoadResultsInput, Workspace } from '../../config/index.js'
import { holdsChanges } from '../check/extract-changes.js'
import { partNamed } from '../check/extract-parts.js'

/** An input that is read under a contract. */
export interface ContractUse {
  readonly job: JobSettings
  readonly input: string
  readonly settings: ExtractInput | LoadResultsInput
}

/** The inputs of the workspace that are read under this contract. */
export const usesOf = (contract: string, { jobs }: Pick<Workspace, 'jobs'>): ContractUse[] =>
  [...jobs.values()].flatMap((job) =>
    Object.entries(job.inputs).flatMap(([input, settings]) =>
      settings.kind !== 'x12' && settings.contract === contract ? [{ job, input, settings }] : [],
    ),
  )

/** Which part of its extract a file of this name is, as the inputs that are read under the contract say. */
export function partIn(file: string, contract: string, workspace: Pick<Workspace, 'jobs'>): string | undefined {
  const name = path.basename(file).normalize('NFC')
  const parts = usesOf(contract, workspace).flatMap(({ settings }) =>
    settings.kind === 'extract' ? (partNamed(name, settings.parts) ?? []) : [],
  )
  return parts[0]
}

/** Whether a file of this name holds changes alone, as the inputs that are read under the contract say. */
export function changesIn(file: string, contract: string, workspace: Pick<Workspace, 'jobs'>): boolean {
  const name = path.basename(file).normalize('NFC')
  return usesOf(contract, workspace).some(
    ({ settings }) =>
      settings.kind === 'extract' && settings.changes !== undefined && holdsChanges(name, settings.changes),
  )
}

/** Contracts whose drops would take a file of this name. Folders of the file do not count: it may lie anywhere. */
export function contractsTaking(file: string, workspace: Pick<Workspace, 'jobs' | 'contracts'>): string[] {
  const name = path.basename(file).normalize('NFC')
  const takes = (patterns: readonly string[]) =>
    patterns.some((pattern) => picomatch(path.posix.basename(pattern).normalize('NFC'))(name))
  return [...workspace.contracts.keys()].filter((contract) =>
    usesOf(contract, workspace).some(({ settings }) =>
      settings.from.some(({ include, exclude }) => takes(include) && !takes(exclude)),
    ),
  )
}
