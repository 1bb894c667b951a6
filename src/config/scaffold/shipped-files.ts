import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { MatchbookError } from '../../errors/index.js'

/** What of a shipped job says which templates it needs. */
interface NamesTemplates {
  readonly inputs?: Readonly<Record<string, { readonly contract?: string }>>
  readonly loads?: readonly { readonly template: string }[]
}

/** Names of the jobs in the package. */
export const shippedJobs = async (shippedFolder: string): Promise<string[]> =>
  (await readdir(path.join(shippedFolder, 'jobs')))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort()

/** The shipped jobs of these names with the contracts and load templates they name: path in a workspace -> text. @throws JOB-UNKNOWN */
export async function shippedFiles(shippedFolder: string, jobs: readonly string[]): Promise<Map<string, string>> {
  const known = await shippedJobs(shippedFolder)
  const files = new Map<string, string>()
  const copy = async (folder: string, name: string, schema: string): Promise<string> => {
    const text = await readFile(path.join(shippedFolder, folder, `${name}.yaml`), 'utf8')
    const up = '../'.repeat(folder.split('/').length)
    files.set(`${folder}/${name}.yaml`, withSchema(text, `${up}schemas/${schema}.schema.json`))
    return text
  }
  for (const job of jobs) {
    if (!known.includes(job))
      throw new MatchbookError('JOB-UNKNOWN', `Matchbook ships no job "${job}"`, {
        hint: `Shipped jobs: ${known.join(', ')}`,
      })
    const { inputs = {}, loads = [] } = parse(await copy('jobs', job, 'job')) as NamesTemplates
    const contracts = Object.values(inputs).flatMap(({ contract }) => contract ?? [])
    for (const contract of new Set(contracts)) await copy('templates/extracts', contract, 'extract-contract')
    for (const { template } of loads) await copy('templates/loads', template, 'load-template')
  }
  return files
}

/** Editors find the schema by this first line. */
const withSchema = (text: string, schema: string): string =>
  text.startsWith('# yaml-language-server:') ? text : `# yaml-language-server: $schema=${schema}\n${text}`
