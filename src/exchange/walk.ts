import pLimit from 'p-limit'
import { MatchbookError } from '../errors/index.js'
import type { Endpoint, RemoteEntry } from './endpoint.js'
import { joinPath, printable } from './entry-name.js'
import type { PullDrop } from './pull-drop.js'

/** An entry at the source, with the place it is known by. */
export interface Found {
  readonly entry: RemoteEntry
  /** Path below the drop's folder, without the mark of a claim: what patterns, ledger and people see. */
  readonly name: string
  /** Folder at the endpoint that it lies in. */
  readonly folder: string
  /** Where it is now, the mark of a claim included. */
  readonly path: string
  /** An earlier pull claimed it. */
  readonly claimed: boolean
}

export interface Skipped {
  /** Path below the drop's folder, printable. */
  readonly name: string
  readonly reason: string
  /** Of an entry that is a file. */
  readonly size?: number
  /** ISO instant. */
  readonly modified?: string
}

const DEEPEST = 32
const listingsTogether = 8

/** All that lies in the drop's folder and, where it is recursive, below; the folder that taken files are moved to left out. */
export async function walk(
  endpoint: Endpoint,
  drop: PullDrop,
): Promise<{ readonly found: readonly Found[]; readonly skipped: readonly Skipped[] }> {
  const limit = pLimit(listingsTogether)
  const found: Found[] = []
  const skipped: Skipped[] = []
  const movedTo = typeof drop.after === 'object' ? plain(drop.after.move) : undefined

  async function lookIn(folder: string, above: string, depth: number): Promise<void> {
    const entries = await limit(() => endpoint.list(folder)).catch((error: unknown) => {
      // One folder that is closed to us, or gone since it was listed, does not stop the others.
      if (depth === 0 || !isOfOneFolder(error)) throw error
      skipped.push({ name: printable(above), reason: `cannot be looked into: ${error.message}` })
      return []
    })
    const below: Promise<void>[] = []
    for (const entry of entries) {
      const inner = `${above}${entry.name}`
      if (drop.recursive === true && entry.kind === 'folder') {
        const path = joinPath(folder, entry.name)
        if (plain(path) === movedTo) continue
        if (depth === DEEPEST)
          skipped.push({ name: printable(inner), reason: `deeper than ${DEEPEST} folders: not looked into` })
        else below.push(lookIn(path, `${inner}/`, depth + 1))
      } else found.push(place(entry, inner, folder))
    }
    await Promise.all(below)
  }

  function place(entry: RemoteEntry, inner: string, folder: string): Found {
    const path = joinPath(folder, entry.name)
    const { claim } = drop
    const claimed = claim !== undefined && inner.endsWith(claim) && entry.name.length > claim.length
    return { entry, name: claimed ? inner.slice(0, -claim.length) : inner, folder, path, claimed }
  }

  await lookIn(drop.folder, '', 0)
  return { found, skipped }
}

const isOfOneFolder = (error: unknown): error is MatchbookError =>
  error instanceof MatchbookError && (error.code === 'REMOTE-PERMISSION' || error.code === 'REMOTE-MISSING')

/** Two ways of writing one folder: `out/done/` and `./out/done`. */
const plain = (folder: string): string =>
  folder
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
