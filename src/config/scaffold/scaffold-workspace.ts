import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError, systemError } from '../../errors/index.js'
import { workspaceFile } from '../find-workspace.js'
import { jsonSchemas } from '../json-schemas.js'
import { besideSettings, dropFolders } from './beside.js'
import { matchbookYaml } from './matchbook-yaml.js'

export interface ScaffoldRequest {
  /** Of the organisation, shown on reports. */
  readonly name: string
  /** Root of the installed package, for its jobs and templates. */
  readonly shippedFolder: string
}

/** Shipped folders that are copied, and the schema an editor checks their files by. */
const copied = { jobs: 'job', 'templates/extracts': 'extract-contract', 'templates/loads': 'load-template' } as const

/**
 * Makes a workspace that validates and runs; gives back the files written, relative to the folder. Files that are there already are kept
 * as they are.
 * @throws WORKSPACE-EXISTS, WORKSPACE-READ-ONLY, DISK-FULL
 */
export async function scaffoldWorkspace(folder: string, { name, shippedFolder }: ScaffoldRequest): Promise<string[]> {
  const files = new Map(Object.entries(besideSettings))
  for (const [kind, schema] of Object.entries(jsonSchemas())) {
    files.set(`schemas/${kind}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
  }
  for (const [from, schema] of Object.entries(copied)) {
    const names = (await readdir(path.join(shippedFolder, from))).filter((file) => file.endsWith('.yaml')).sort()
    for (const file of names) {
      const text = await readFile(path.join(shippedFolder, from, file), 'utf8')
      files.set(
        `${from}/${file}`,
        withSchema(text, `${'../'.repeat(from.split('/').length)}schemas/${schema}.schema.json`),
      )
    }
  }
  try {
    await mkdir(folder, { recursive: true })
    if ((await readdir(folder)).includes(workspaceFile)) throw alreadyThere(folder)
    const written: string[] = []
    // matchbook.yaml comes last: while it is not there, this can be done again.
    for (const [file, text] of [...files, [workspaceFile, matchbookYaml(name)] as const]) {
      const target = path.join(folder, file)
      await mkdir(path.dirname(target), { recursive: true })
      if (await writeNew(target, text)) written.push(file)
      else if (file === workspaceFile) throw alreadyThere(folder)
    }
    for (const drop of dropFolders) await mkdir(path.join(folder, drop), { recursive: true })
    return written
  } catch (error) {
    throw systemError(error, folder)
  }
}

const alreadyThere = (folder: string): MatchbookError =>
  new MatchbookError('WORKSPACE-EXISTS', `${folder} holds a ${workspaceFile} already`, { facts: { folder } })

/** False when the file is there already. */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Editors find the schema by this first line. */
const withSchema = (text: string, schema: string): string =>
  text.startsWith('# yaml-language-server:') ? text : `# yaml-language-server: $schema=${schema}\n${text}`
