import { access } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError } from '../errors/index.js'

export const workspaceFile = 'matchbook.yaml'

/**
 * The nearest folder upward that holds matchbook.yaml; with `explicit` that folder or none.
 * @throws WORKSPACE-NOT-FOUND
 */
export async function findWorkspace(startFolder: string, explicit: boolean): Promise<string> {
  const start = path.resolve(startFolder)
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (await exists(path.join(folder, workspaceFile))) return folder
    if (explicit || folder === path.dirname(folder)) break
  }
  const where = explicit ? `in ${start}` : `in ${start} or any folder above it`
  throw new MatchbookError('WORKSPACE-NOT-FOUND', `there is no ${workspaceFile} ${where}`, { facts: { folder: start } })
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )
