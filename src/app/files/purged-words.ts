import { MatchbookError } from '../../errors/index.js'
import type { FileRow } from '../../state/index.js'

/** "purged on 2026-11-20 under retention files: 400 days" */
export const purgedWords = (at: string, under: string): string =>
  `purged on ${at.slice(0, 10)} under retention ${under}`

/** @throws FILE-PURGED */
export function assertKept({ id, name, purged_at, purged_under }: FileRow): void {
  if (purged_at === null) return
  throw new MatchbookError('FILE-PURGED', `${name} (no. ${id}) was ${purgedWords(purged_at, purged_under ?? '')}`, {
    facts: { file: id, purgedAt: purged_at },
  })
}
