import { formatProblems, loadProfiles, type Problem, type Workspace } from '../../config/index.js'
import { oldAlgorithmsAllowed } from './old-algorithms-allowed.js'
import { workspaceOptions } from './workspace-options.js'

export interface Validated {
  readonly valid: boolean
  readonly problems: readonly Problem[]
  /** Settings that are allowed and weaken the exchange. */
  readonly warnings: readonly string[]
}

/** Checks the workspace in each of its profiles. */
export async function validate(
  workspaceFolder: string | undefined,
): Promise<{ readonly valid: boolean; readonly text: string; readonly json: Validated }> {
  const { workspaces, problems } = await loadProfiles(
    workspaceFolder ?? process.cwd(),
    workspaceOptions(workspaceFolder),
  )
  const valid = problems.length === 0
  const warnings = [...new Set(workspaces.flatMap(({ settings }) => oldAlgorithmsAllowed(settings)))]
  const text = valid
    ? [...warnings.map((warning) => `warning: ${warning}`), ...workspaces.map(validWords)].join('\n')
    : `${formatProblems(problems)}\n${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`
  return { valid, text, json: { valid, problems, warnings } }
}

const validWords = ({ settings, overlay, jobs, contracts, loads }: Workspace): string =>
  overlay === undefined
    ? `${settings.workspace} is valid: ${many(jobs.size, 'job')}, ${many(contracts.size, 'extract contract')}, ${many(loads.size, 'load template')}`
    : `Profile ${settings.profile} is valid too (${overlay})`

const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
