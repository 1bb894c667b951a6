import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { MatchbookError } from '../errors/index.js'

/** What runs leave in the state folder beside the store, wherever that is. Not the archive: a dry run before the first night fills it too. */
const left = ['loads', 'outbox', 'reports', 'evidence']

/**
 * A store is begun where there is none. Where runs have left files beside it, there was one: it was lost, or lies elsewhere. A new one
 * would take every file, answer it and load it a second time.
 * @param known the file which says that there was one, where one does
 * @throws STATE-MISSING
 */
export function assertNothingBefore(folder: string, place: string, known?: string): void {
  if (known !== undefined)
    throw new MatchbookError('STATE-MISSING', `${place} is no store, or an empty one, but ${known} knows one there`, {
      facts: { place, folder, known },
    })
  const found = left.filter((name) => holdsAnything(path.join(folder, name)))
  if (found.length === 0) return
  throw new MatchbookError(
    'STATE-MISSING',
    `${place} is no store, or an empty one, but ${folder} has ${found.join(', ')} of past runs`,
    { facts: { place, folder } },
  )
}

const holdsAnything = (folder: string): boolean =>
  existsSync(folder) && statSync(folder).isDirectory() && readdirSync(folder).length > 0
