import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Workspace } from '../../config/index.js'

const FILE = '.known-stores'
const HEAD = `# Where the store of this workspace was found, a line each. Where one is missing there, Matchbook begins no other: it would take, answer
# and load everything a second time. To begin anew there on purpose, remove its line.
`

/**
 * A store on a disk of its own, or in a database, is remembered in the workspace: where the disk is not mounted, or the database is not the one it
 * was, nothing else tells that there was one. A store within the workspace comes and goes with it.
 * @returns the file that remembers the store which the settings name; undefined where none does
 */
export function knownStore(workspace: Workspace): string | undefined {
  const place = placeElsewhere(workspace)
  const file = path.join(workspace.folder, FILE)
  return place !== undefined && linesOf(file).includes(place) ? file : undefined
}

/** A workspace that may not be written to remembers nothing. */
export function rememberStore(workspace: Workspace): void {
  const place = placeElsewhere(workspace)
  if (place === undefined || knownStore(workspace) !== undefined) return
  const file = path.join(workspace.folder, FILE)
  try {
    appendFileSync(file, `${linesOf(file).length === 0 ? HEAD : ''}${place}\n`)
  } catch {
    // read only, or of somebody else
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

function placeElsewhere({ folder, settings: { state } }: Workspace): string | undefined {
  if (state.database !== undefined) return `${state.database} schema ${state.schema}`
  const absolute = path.resolve(folder, state.folder)
  const within = path.relative(folder, absolute)
  return within.startsWith('..') || path.isAbsolute(within) ? absolute : undefined
}
