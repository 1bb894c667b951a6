import { findWorkspace } from './find-workspace.js'
import { type LoadOptions, loadWorkspace, type Workspace } from './load-workspace.js'
import { inOrder, type Problem } from './problem.js'
import { otherProfiles } from './profile-files.js'
import { type ProfileName, profileNames } from './profile-overlay.js'
import { Setting } from './setting.js'

/**
 * The workspace in every profile that it has, the one that matchbook.yaml declares first, and the mistakes of all: who mends one
 * profile has to hear what becomes of the other. `profile`: one that it must have.
 * @throws WORKSPACE-NOT-FOUND, PROFILE-DIFFERS
 */
export async function loadProfiles(
  startFolder: string,
  { profile, ...options }: LoadOptions = {},
): Promise<{ readonly workspaces: readonly Workspace[]; readonly problems: readonly Problem[] }> {
  const folder = await findWorkspace(startFolder, options.explicit ?? false)
  const first = await loadWorkspace(folder, options)
  const said = Setting.top(first.main).at('profile').text
  const declared = profileNames.find((name) => name === said)
  const found = declared === undefined ? undefined : await otherProfiles(folder, declared)
  const others = new Set<ProfileName>(found?.profiles)
  if (profile !== undefined && profile !== declared) others.add(profile)
  const all = [first]
  for (const other of others) all.push(await loadWorkspace(folder, { ...options, profile: other }))
  return {
    workspaces: all.flatMap(({ workspace }) => workspace ?? []),
    problems: inOrder([...all.flatMap(({ problems }) => problems), ...(found?.problems ?? [])]),
  }
}
