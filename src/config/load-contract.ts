import { stat } from 'node:fs/promises'
import path from 'node:path'
import { checkSchema } from './check-schema.js'
import { checkContract } from './checks/check-contract.js'
import { ExtractContract } from './extract-contract.js'
import { inOrder, type Problem } from './problem.js'
import { Setting } from './setting.js'
import { readSettingsFile } from './settings-file.js'

/**
 * One extract contract, without a workspace around it: a YAML file, or the name of one in templates/extracts of the folders given, the
 * first that has it. Both undefined and without problem when there is none.
 */
export async function loadContract(
  nameOrFile: string,
  folders: readonly string[],
): Promise<{ readonly contract?: ExtractContract; readonly problems: readonly Problem[] }> {
  const places = [
    nameOrFile,
    ...folders.map((folder) => path.join(folder, 'templates', 'extracts', `${nameOrFile}.yaml`)),
  ]
  for (const place of places) {
    const found = await stat(place).catch(() => undefined)
    if (found?.isFile() !== true) continue
    const file = await readSettingsFile(place, place === nameOrFile ? nameOrFile : path.basename(place))
    const { value, problems } = checkSchema(file, 'extract-contract', ExtractContract)
    const all = [...problems, ...checkContract(Setting.top(file), file.name)]
    return value === undefined || all.length > 0 ? { problems: inOrder(all) } : { contract: value, problems: [] }
  }
  return { problems: [] }
}
