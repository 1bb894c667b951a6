import path from 'node:path'
import type { Problem } from './problem.js'
import { readSettingsFile, type SettingsFile } from './settings-file.js'
import { hashOfFolder, namesIn, type Sources } from './sources.js'

/** The settings files of one folder of the workspace, by name without .yaml. */
export interface Shelf {
  readonly files: ReadonlyMap<string, SettingsFile>
  /** What can be named: its files, and those shipped. */
  readonly names: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * Reads every file of `folder` under the workspace. Of those shipped it takes the ones `wanted` that the workspace does not have
 * itself, so that it does not matter to a workspace what else is shipped.
 */
export async function readShelf(
  workspace: string,
  folder: string,
  shippedFolder?: string,
  wanted: readonly string[] = [],
  sources?: Sources,
): Promise<Shelf> {
  const namesBelow = async (root: string): Promise<string[]> => {
    const place = path.join(root, folder)
    const names = await namesIn(place)
    sources?.set(place, { kind: 'folder', sha256: hashOfFolder(names) })
    return names
  }
  const own = await namesBelow(workspace)
  const shipped = shippedFolder === undefined ? [] : await namesBelow(shippedFolder)
  const ownNames = own.filter(isYaml).map(nameOf)
  const shippedNames = shipped.filter(isYaml).map(nameOf)
  const files = new Map<string, SettingsFile>()
  const read = async (root: string, name: string): Promise<void> => {
    const file = path.join(root, folder, `${name}.yaml`)
    files.set(name, await readSettingsFile(file, path.relative(workspace, file).replaceAll(path.sep, '/'), sources))
  }
  for (const name of ownNames) await read(workspace, name)
  for (const name of shippedNames) {
    if (shippedFolder !== undefined && wanted.includes(name) && !files.has(name)) await read(shippedFolder, name)
  }
  return {
    files,
    names: [...new Set([...ownNames, ...shippedNames])].sort(),
    problems: own
      .filter((name) => /\.ya?ml$/i.test(name) && !isYaml(name))
      .map((name) => wrongEnding(`${folder}/${name}`)),
  }
}

const isYaml = (name: string): boolean => name.endsWith('.yaml')
const nameOf = (name: string): string => name.slice(0, -'.yaml'.length)

/** A file that looks like settings and would be passed over in silence. */
const wrongEnding = (file: string): Problem => ({
  file,
  line: 1,
  column: 1,
  path: '',
  message: `a file that ends in ${path.extname(file)} is not read`,
  expected: '.yaml as its ending',
})
