import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { checkSchema } from './check-schema.js'
import { checkContract } from './checks/check-contract.js'
import { checkLoadTemplate } from './checks/check-load-template.js'
import { ExtractContract } from './extract-contract.js'
import type { SettingsKind } from './json-schemas.js'
import { LoadTemplate } from './load-template.js'
import { inOrder, type Problem } from './problem.js'
import { Setting } from './setting.js'
import { readSettingsFile } from './settings-file.js'

/** Undefined and without problem when there is none of that name. */
export interface LoadedNamed<T> {
  readonly value?: T
  readonly problems: readonly Problem[]
}

/**
 * One extract contract, without a workspace around it: a YAML file, or the name of one in templates/extracts of the folders given, the
 * first that has it.
 */
export const loadContract = (nameOrFile: string, folders: readonly string[]): Promise<LoadedNamed<ExtractContract>> =>
  loadNamed(nameOrFile, folders, {
    folder: 'extracts',
    kind: 'extract-contract',
    schema: ExtractContract,
    check: checkContract,
  })

/** The same for a load template; a file may have another name than the template in it, as a copy of the next release has. */
export const loadLoadTemplate = (nameOrFile: string, folders: readonly string[]): Promise<LoadedNamed<LoadTemplate>> =>
  loadNamed(nameOrFile, folders, {
    folder: 'loads',
    kind: 'load-template',
    schema: LoadTemplate,
    check: (template) => checkLoadTemplate(template, `${template.at('template').text ?? ''}.yaml`, {}),
  })

interface Shelved<T> {
  /** Below templates. */
  readonly folder: string
  readonly kind: SettingsKind
  readonly schema: z.ZodType<T>
  readonly check: (settings: Setting, file: string) => Problem[]
}

async function loadNamed<T>(
  nameOrFile: string,
  folders: readonly string[],
  { folder, kind, schema, check }: Shelved<T>,
): Promise<LoadedNamed<T>> {
  const places = [nameOrFile, ...folders.map((root) => path.join(root, 'templates', folder, `${nameOrFile}.yaml`))]
  for (const place of places) {
    const found = await stat(place).catch(() => undefined)
    if (found?.isFile() !== true) continue
    const file = await readSettingsFile(place, place === nameOrFile ? nameOrFile : path.basename(place))
    const { value, problems } = checkSchema(file, kind, schema)
    const all = [...problems, ...check(Setting.top(file), file.name)]
    return value === undefined || all.length > 0 ? { problems: inOrder(all) } : { value, problems: [] }
  }
  return { problems: [] }
}
