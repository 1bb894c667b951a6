import { randomBytes } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError, systemError } from '../../errors/index.js'
import { workspaceFile } from '../find-workspace.js'
import { jsonSchemas } from '../json-schemas.js'
import { loadWorkspace } from '../load-workspace.js'
import { besideSettings } from './beside.js'
import { identityKeyFile, matchbookYaml } from './matchbook-yaml.js'
import { shippedFiles } from './shipped-files.js'

export interface ScaffoldRequest {
  /** Of the organisation, shown on reports. */
  readonly name: string
  /** Root of the installed package, for its jobs and templates. */
  readonly shippedFolder: string
  /** Names of the shipped jobs it begins with. */
  readonly jobs: readonly string[]
}

/**
 * Makes a workspace that validates and runs; gives back the files written, relative to the folder. Files that are there already are kept
 * as they are.
 * @throws WORKSPACE-EXISTS, JOB-UNKNOWN, WORKSPACE-READ-ONLY, DISK-FULL
 */
export async function scaffoldWorkspace(
  folder: string,
  { name, shippedFolder, jobs }: ScaffoldRequest,
): Promise<string[]> {
  const files = new Map([...Object.entries(besideSettings), ...(await shippedFiles(shippedFolder, jobs))])
  for (const [kind, schema] of Object.entries(jsonSchemas())) {
    files.set(`schemas/${kind}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
  }
  try {
    await mkdir(folder, { recursive: true })
    if ((await readdir(folder)).includes(workspaceFile)) throw alreadyThere(folder)
    // matchbook.yaml comes last: while it is not there, this can be done again.
    const written = await writeAll(folder, files)
    if (await writeNew(path.join(folder, identityKeyFile), `${randomBytes(48).toString('base64')}\n`, 0o600))
      written.push(identityKeyFile)
    if (await writeNew(path.join(folder, workspaceFile), matchbookYaml(name))) written.push(workspaceFile)
    else throw alreadyThere(folder)
    await makeDropFolders(folder, shippedFolder)
    return written
  } catch (error) {
    throw systemError(error, folder)
  }
}

/** Brings further shipped jobs into a workspace, with what they name; what is there already stays as it is. @throws JOB-UNKNOWN */
export async function addShippedJobs(
  folder: string,
  { shippedFolder, jobs }: Pick<ScaffoldRequest, 'shippedFolder' | 'jobs'>,
): Promise<string[]> {
  const files = await shippedFiles(shippedFolder, jobs)
  try {
    const written = await writeAll(folder, files)
    await makeDropFolders(folder, shippedFolder)
    return written
  } catch (error) {
    throw systemError(error, folder)
  }
}

async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const written: string[] = []
  for (const [file, text] of files) {
    const target = path.join(folder, file)
    await mkdir(path.dirname(target), { recursive: true })
    if (await writeNew(target, text)) written.push(file)
  }
  return written
}

/** Files can be put at once where the jobs look for them, as far as that is a folder of this workspace. */
async function makeDropFolders(folder: string, shippedFolder: string): Promise<void> {
  const { workspace } = await loadWorkspace(folder, { explicit: true, shippedFolder })
  for (const endpoint of Object.values(workspace?.settings.endpoints ?? {})) {
    if (endpoint.kind === 'local') await mkdir(path.resolve(folder, endpoint.folder), { recursive: true })
  }
  const places = [...(workspace?.jobs.values() ?? [])].flatMap(({ inputs, loads }) => [
    ...Object.values(inputs).flatMap(({ from }) => from),
    ...loads,
  ])
  for (const place of places) {
    const endpoint = workspace?.settings.endpoints[place.endpoint]
    if (endpoint?.kind === 'local')
      await mkdir(path.resolve(folder, endpoint.folder, place.folder), { recursive: true })
  }
}

const alreadyThere = (folder: string): MatchbookError =>
  new MatchbookError('WORKSPACE-EXISTS', `${folder} holds a ${workspaceFile} already`, { facts: { folder } })

/** False when the file is there already. */
async function writeNew(file: string, text: string, mode = 0o666): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
