import type { Finding, SetEngine } from '../../canonical/index.js'
import type { ExtractContract } from '../../config/index.js'
import {
  checkExtract,
  type ExtractCheck,
  type LookedUpFiles,
  rejectDoubledBetween,
  withdrawExtract,
} from '../../contracts/index.js'
import type { FileRow } from '../../state/index.js'
import type { Tools } from '../tools.js'
import type { Together } from './extract-parts.js'
import type { SourceFile } from './source-file.js'

export interface Used {
  readonly file: FileRow
  readonly index: number
  readonly check: ExtractCheck
}

/** The set engine while extracts are brought into it, with the files they come from and what is found wrong in them so far. */
export interface Filling {
  readonly engine: SetEngine
  readonly files: SourceFile[]
  readonly findings: Finding[]
  /** yyyy-MM-dd. */
  readonly asOf: string
  readonly tools: Pick<Tools, 'archive' | 'workspace' | 'workFolder'>
  /** Files that values are taken from. */
  readonly lookUps: LookedUpFiles
}

/**
 * Brings files that belong together into the set engine. Is one of them not usable, what the others brought is taken back: half an extract
 * would close what the other half still has open.
 */
export async function checkTogether(
  { engine, files, findings, asOf, lookUps, tools: { archive, workspace, workFolder } }: Filling,
  contract: ExtractContract,
  { files: parts }: Together,
): Promise<readonly Used[]> {
  const checked: Used[] = []
  for (const { file, part, changes } of parts) {
    const index = files.push({ name: file.name, sha256: file.sha256 }) - 1
    const source = {
      index,
      path: await archive.path(file.sha256, file),
      name: file.name,
      sha256: file.sha256,
      ...(part === undefined ? {} : { part }),
      ...(changes === undefined ? {} : { changes }),
    }
    const check = await checkExtract(engine, contract, source, {
      currency: workspace.settings.currency,
      asOf,
      lookUps,
      tempFolder: workFolder,
    })
    checked.push({ file, index, check })
  }
  const usable = checked.every(({ check }) => check.usable)
  if (!usable) for (const { index } of checked) await withdrawExtract(engine, contract, index)
  // What is wrong in records of a file that is not used is nobody's trouble yet.
  for (const { check } of checked)
    if (usable || !check.usable) for (const finding of check.findings) findings.push(finding)
  return checked
}

export const whyUnusable = ({ findings }: ExtractCheck): string =>
  findings[0]?.message ?? 'not usable under its contract'

/** Parts are one extract: a key in two of them is doubled as in one file. */
export const betweenParts = (
  engine: SetEngine,
  contract: ExtractContract,
  used: readonly Used[],
  { workspace }: Pick<Tools, 'workspace'>,
): Promise<Finding[]> =>
  rejectDoubledBetween(
    engine,
    contract,
    used.map(({ check }) => check.file),
    workspace.settings.currency,
  )
