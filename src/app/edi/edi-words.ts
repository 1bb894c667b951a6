import { findEdiWorkspace } from './find-edi-workspace.js'
import { partnerNames } from './partner-names.js'
import { loadWords, type Words } from './words.js'

/** The words for codes, and the partners' names where there is a workspace. */
export async function ediWords(workspaceFolder: string | undefined): Promise<Words> {
  const workspace = await findEdiWorkspace(workspaceFolder)
  return loadWords(workspace === undefined ? undefined : partnerNames(workspace))
}
