import type { ProfileName, SettingsFile, Workspace } from '../config/index.js'
import { MatchbookError } from '../errors/index.js'

/** `profile`: another than the one chosen. @throws WORKSPACE-INVALID naming the first mistakes, PROFILE-DIFFERS */
export const requireWorkspace = async (
  workspaceFolder: string | undefined,
  profile?: ProfileName,
): Promise<Workspace> => (await requireLoaded(workspaceFolder, profile)).workspace

/** The same with matchbook.yaml as it was written, in the profile asked for. */
export async function requireLoaded(
  workspaceFolder: string | undefined,
  profile?: ProfileName,
): Promise<{ readonly workspace: Workspace; readonly main: SettingsFile }> {
  const { formatProblems, loadWorkspace } = await import('../config/index.js')
  const { workspaceOptions } = await import('./workspace-options.js')
  const options = workspaceOptions(workspaceFolder)
  const { workspace, main, problems } = await loadWorkspace(workspaceFolder ?? process.cwd(), {
    ...options,
    profile: profile ?? options.profile,
  })
  if (workspace === undefined || problems.length > 0) {
    throw new MatchbookError('WORKSPACE-INVALID', `the workspace has mistakes:\n${formatProblems(problems)}`, {
      facts: { problems: problems.length },
    })
  }
  return { workspace, main }
}
