import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ProfileName } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'

export const manifestName = 'backup.json'

/** What a backup holds. It is written last: a folder without it is none. Paths are relative, with forward slashes. */
export interface BackupManifest {
  readonly matchbook: string
  readonly organisation: string
  /** The profile whose store it is; backups of before there were two have none, and are of the one declared. */
  readonly profile?: ProfileName | undefined
  /** When the store was copied, ISO instant: what came later is not in it. */
  readonly takenAt: string
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly size: number }[]
}

/** @throws BACKUP-DAMAGED when there is none, or it cannot be read */
export async function readManifest(backup: string): Promise<BackupManifest> {
  const file = path.join(backup, manifestName)
  try {
    const manifest: Partial<BackupManifest> = JSON.parse(await readFile(file, 'utf8'))
    const { matchbook, organisation, profile, takenAt, files } = manifest
    if (matchbook && organisation && takenAt && Array.isArray(files))
      return { matchbook, organisation, profile, takenAt, files }
  } catch (cause) {
    throw new MatchbookError('BACKUP-DAMAGED', `${file} cannot be read`, { cause, facts: { backup } })
  }
  throw new MatchbookError('BACKUP-DAMAGED', `${file} is no list of a backup`, { facts: { backup } })
}
