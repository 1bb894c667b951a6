import { withEdiFile } from './edi-file.js'
import { findEdiWorkspace } from './find-edi-workspace.js'
import { partnerNames } from './partner-names.js'
import { type SplitPart, splitFile } from './split-file.js'

export interface SplitRequest {
  readonly file: string
  readonly folder: string
  readonly pattern: string
  readonly workspace: string | undefined
}

export async function splitEdi(
  { file, folder, pattern, workspace: workspaceFolder }: SplitRequest,
  tell: (part: SplitPart) => void,
): Promise<{ readonly written: number; readonly unusable: number }> {
  const workspace = await findEdiWorkspace(workspaceFolder)
  const partners = workspace === undefined ? new Map<string, string>() : partnerNames(workspace)
  return withEdiFile(file, (opened) => splitFile(opened, { folder, pattern, partners }, tell))
}
