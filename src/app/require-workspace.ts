import type { Workspace } from '../config/index.js'
import { MatchbookError } from '../errors/index.js'

/** @throws WORKSPACE-INVALID naming the first mistakes */
export async function requireWorkspace(workspaceFolder: string | undefined): Promise<Workspace> {
  const { formatProblems, loadWorkspace } = await import('../config/index.js')
  const { workspaceOptions } = await import('./workspace-options.js')
  const { workspace, problems } = await loadWorkspace(
    workspaceFolder ?? process.cwd(),
    workspaceOptions(workspaceFolder),
  )
  if (workspace === undefined || problems.length > 0) {
    throw new MatchbookError('WORKSPACE-INVALID', `the workspace has mistakes:\n${formatProblems(problems)}`, {
      facts: { problems: problems.length },
    })
  }
  return workspace
}
