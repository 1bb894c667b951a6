import type { ProfileName, SettingsFile, Workspace } from '../../config/index.js'
import type { Sources } from '../../config/sources.js'
import { MatchbookError } from '../../errors/index.js'
import { chosenProfile } from './chosen-profile.js'

/** `profile`: another than the one chosen. @throws WORKSPACE-INVALID naming the first mistakes, PROFILE-DIFFERS */
export async function requireWorkspace(workspaceFolder: string | undefined, profile?: ProfileName): Promise<Workspace> {
  const build = import.meta.build
  // Not bundled: the code may change from one call to the next.
  if (build === undefined) return (await requireLoaded(workspaceFolder, profile)).workspace
  const { findWorkspace } = await import('../../config/find-workspace.js')
  const { keepWorkspace, keptWorkspace } = await import('../../config/kept-workspace.js')
  const folder = await findWorkspace(workspaceFolder ?? process.cwd(), workspaceFolder !== undefined)
  const keptFor = { build, folder, profile: profile ?? chosenProfile() }
  const kept = await keptWorkspace(keptFor)
  if (kept !== undefined) return kept
  const sources: Sources = new Map()
  const { workspace } = await requireLoaded(workspaceFolder, profile, sources)
  await keepWorkspace(workspace, sources, keptFor)
  return workspace
}

/** The same with matchbook.yaml as it was written, in the profile asked for. */
export async function requireLoaded(
  workspaceFolder: string | undefined,
  profile?: ProfileName,
  sources?: Sources,
): Promise<{ readonly workspace: Workspace; readonly main: SettingsFile }> {
  const { formatProblems, loadWorkspace } = await import('../../config/index.js')
  const { workspaceOptions } = await import('./workspace-options.js')
  const options = workspaceOptions(workspaceFolder)
  const { workspace, main, problems } = await loadWorkspace(workspaceFolder ?? process.cwd(), {
    ...options,
    profile: profile ?? options.profile,
    ...(sources === undefined ? {} : { sources }),
  })
  if (workspace === undefined || problems.length > 0) {
    throw new MatchbookError('WORKSPACE-INVALID', `the workspace has mistakes:\n${formatProblems(problems)}`, {
      facts: { problems: problems.length },
    })
  }
  return { workspace, main }
}
