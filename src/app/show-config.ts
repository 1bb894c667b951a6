import { stringify } from 'yaml'
import { effectiveSettings } from '../config/index.js'
import { requireWorkspace } from './require-workspace.js'

export async function showConfig(
  workspaceFolder: string | undefined,
): Promise<{ readonly text: string; readonly json: object }> {
  const json = await effectiveSettings(await requireWorkspace(workspaceFolder))
  return { text: stringify(json), json }
}
