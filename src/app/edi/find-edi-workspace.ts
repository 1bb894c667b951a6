import { findWorkspace } from '../../config/find-workspace.js'
import type { Workspace } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'

/**
 * The workspace that is named, or the one around this folder; undefined when there is none, for X12 is read anywhere.
 * @throws WORKSPACE-NOT-FOUND when one is named and not there
 * @throws WORKSPACE-INVALID
 */
export async function findEdiWorkspace(folder: string | undefined): Promise<Workspace | undefined> {
  try {
    await findWorkspace(folder ?? process.cwd(), folder !== undefined)
  } catch (error) {
    if (folder === undefined && error instanceof MatchbookError && error.code === 'WORKSPACE-NOT-FOUND')
      return undefined
    throw error
  }
  // Loading settings takes longer than reading a document: only where there are any.
  const { requireWorkspace } = await import('../workspace/require-workspace.js')
  return requireWorkspace(folder)
}
