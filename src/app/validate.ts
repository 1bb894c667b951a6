import { formatProblems, loadWorkspace } from '../config/index.js'
import { oldAlgorithmsAllowed } from './old-algorithms-allowed.js'
import { workspaceOptions } from './workspace-options.js'

export async function validate(
  workspaceFolder: string | undefined,
): Promise<{ readonly valid: boolean; readonly text: string; readonly json: object }> {
  const { workspace, problems } = await loadWorkspace(
    workspaceFolder ?? process.cwd(),
    workspaceOptions(workspaceFolder),
  )
  const valid = workspace !== undefined && problems.length === 0
  const warnings = workspace === undefined ? [] : oldAlgorithmsAllowed(workspace.settings)
  const text = valid
    ? [
        ...warnings.map((warning) => `warning: ${warning}`),
        `${workspace.settings.workspace} is valid: ${workspace.jobs.size} jobs, ${workspace.contracts.size} extract contracts, ${workspace.loads.size} load templates`,
      ].join('\n')
    : `${formatProblems(problems)}\n${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`
  return { valid, text, json: { valid, problems, warnings } }
}
