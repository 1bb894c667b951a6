import path from 'node:path'
import { createRelations, type SetEngine } from '../../canonical/index.js'
import type { ExtractInput, JobSettings } from '../../config/index.js'
import { checkExtract } from '../../contracts/index.js'
import { MatchbookError } from '../../errors/index.js'
import { hashOfFile } from '../../outputs/place-file.js'
import type { FileRow } from '../../state/index.js'
import { bindDocuments } from '../check/bind-documents.js'
import { newestFirst } from '../check/bind-extract.js'
import { checkChanges } from '../check/check-changes.js'
import { applyUnitAliases, bindSettings, giveKey } from '../check/check-contracts.js'
import { checkTogether, type Filling } from '../check/check-parts.js'
import { chainsOf } from '../check/extract-changes.js'
import { partsOf } from '../check/extract-parts.js'
import { FilesOfNight, inOrderOfLookUps, lookedUpBy } from '../check/looked-up-files.js'
import type { SourceFile } from '../check/source-file.js'
import type { Tools } from '../tools.js'
import { filesOfInput } from '../workspace/files-of-input.js'

/**
 * The relations of a job as its last run saw them: the extracts that were read, from the archive, and the documents that are kept. Nothing
 * is booked. `given` names a file that takes the place of an input's extract.
 * @throws USAGE when a file given cannot be used under the input's contract
 */
export async function bindLastRelations(
  engine: SetEngine,
  job: JobSettings,
  given: ReadonlyMap<string, string>,
  asOf: string,
  tools: Tools,
): Promise<void> {
  const inputs = Object.entries(job.inputs).filter(
    (entry): entry is [string, ExtractInput] => entry[1].kind === 'extract',
  )
  await giveKey(engine, inputs, tools)
  const files: SourceFile[] = []
  const last = new FilesOfNight(tools)
  const filling = { engine, files, findings: [], asOf, lookUps: last.byContract, tools }
  for (const [name, input] of inOrderOfLookUps(inputs, tools)) {
    if (lookedUpBy(input.contract, tools).some((other) => !last.byContract.has(other))) continue
    const file = given.get(name)
    if (file === undefined) await last.add(input.contract, await bindLast(filling, job, name, input))
    else await bindGiven(filling, file, input)
  }
  await engine.run(createRelations())
  await bindDocuments(engine, { id: '', until: undefined, row: { as_of: asOf } }, job, files, tools)
  await applyUnitAliases(engine, tools.workspace)
  await bindSettings(engine, tools.workspace)
}

async function bindLast(
  filling: Filling & { readonly tools: Tools },
  job: JobSettings,
  name: string,
  input: ExtractInput,
): Promise<readonly FileRow[]> {
  const { tools } = filling
  const read = await filesOfInput(tools.state.database, job, name, tools.workspace, ['read'])
  const contract = tools.workspace.contracts.get(input.contract)
  if (contract === undefined) throw new Error(`contract ${input.contract} was not loaded`)
  const kept = read.filter(({ purged_at }) => purged_at === null).sort(newestFirst)
  if (input.changes !== undefined) {
    const chains = chainsOf(kept, input.changes)
    const { used } = await checkChanges(filling, contract, chains)
    return used.map(({ file }) => file)
  }
  const used: FileRow[] = []
  for (const tries of partsOf(kept, input.parts).slots)
    for (const one of tries) {
      if (one.lacking !== undefined) continue
      const checked = await checkTogether(filling, contract, one)
      if (!checked.every(({ check }) => check.usable)) continue
      used.push(...checked.map(({ file }) => file))
      break
    }
  return used
}

/** @throws USAGE when it cannot be used under the input's contract */
async function bindGiven(
  { engine, files, lookUps, tools }: Filling,
  file: string,
  { contract: named }: ExtractInput,
): Promise<void> {
  const contract = tools.workspace.contracts.get(named)
  if (contract === undefined) throw new Error(`contract ${named} was not loaded`)
  const name = path.basename(file)
  const { sha256 } = await hashOfFile(file)
  const index = files.push({ name, sha256 }) - 1
  const { usable, findings } = await checkExtract(
    engine,
    contract,
    { index, name, sha256, path: path.resolve(file) },
    { currency: tools.workspace.settings.currency, lookUps, tempFolder: tools.workFolder },
  )
  if (!usable)
    throw new MatchbookError('USAGE', `${file} is not usable under contract ${named}: ${findings[0]?.message}`)
}
