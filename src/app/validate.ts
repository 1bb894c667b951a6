import { formatProblems, loadWorkspace, type Problem } from '../config/index.js'
import { oldAlgorithmsAllowed } from './old-algorithms-allowed.js'
import { workspaceOptions } from './workspace-options.js'

export interface Validated {
  readonly valid: boolean
  readonly problems: readonly Problem[]
  /** Settings that are allowed and weaken the exchange. */
  readonly warnings: readonly string[]
}

export async function validate(
  workspaceFolder: string | undefined,
): Promise<{ readonly valid: boolean; readonly text: string; readonly json: Validated }> {
  const { workspace, problems } = await loadWorkspace(
    workspaceFolder ?? process.cwd(),
    workspaceOptions(workspaceFolder),
  )
  const valid = workspace !== undefined && problems.length === 0
  const warnings = workspace === undefined ? [] : oldAlgorithmsAllowed(workspace.settings)
  const text = valid
    ? [
        ...warnings.map((warning) => `warning: ${warning}`),
        `${workspace.settings.workspace} is valid: ${many(workspace.jobs.size, 'job')}, ${many(workspace.contracts.size, 'extract contract')}, ${many(workspace.loads.size, 'load template')}`,
      ].join('\n')
    : `${formatProblems(problems)}\n${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`
  return { valid, text, json: { valid, problems, warnings } }
}

const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
