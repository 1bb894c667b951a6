import { findEdiWorkspace } from './find-edi-workspace.js'
import { guidesOf } from './guides-of.js'
import { type SetChecker, setChecker } from './set-checker.js'

/** Checks against the standard and, where there is a workspace, the guides of its partners. */
export async function ediChecker(workspaceFolder: string | undefined): Promise<SetChecker> {
  const workspace = await findEdiWorkspace(workspaceFolder)
  return workspace === undefined ? setChecker() : setChecker(guidesOf(workspace.settings))
}
