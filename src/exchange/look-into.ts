import { setTimeout as wait } from 'node:timers/promises'
import picomatch from 'picomatch'
import type { Endpoint, RemoteEntry } from './endpoint.js'
import { joinPath } from './entry-name.js'
import type { PullDrop, PullLedger } from './pull-ledger.js'

export interface Skipped {
  readonly name: string
  readonly reason: string
}

export interface Wanted {
  readonly entry: RemoteEntry
  /** ISO instant of whole seconds. */
  readonly modified: string
  /** Its bytes are ours already; only what is to become of it at the source is left to do. */
  readonly booked: boolean
}

/** What is to be taken from a folder, in the order of names, and what looks as if it should be and is not. */
export async function lookInto(
  endpoint: Endpoint,
  drop: PullDrop,
  ledger: PullLedger,
): Promise<{ readonly wanted: readonly Wanted[]; readonly skipped: readonly Skipped[] }> {
  const isAskedFor = picomatch([...drop.include], { ignore: [...drop.exclude] })
  const wanted: Wanted[] = []
  const skipped: Skipped[] = []
  for (const entry of [...(await endpoint.list(drop.folder))].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.refused !== undefined) skipped.push({ name: entry.name, reason: entry.refused })
    else if (entry.kind === 'folder' || !isAskedFor(entry.name)) continue
    else if (entry.kind !== 'file') skipped.push({ name: entry.name, reason: 'not a regular file' })
    else {
      const modified = new Date(entry.modified * 1000).toISOString()
      const known = await ledger.seen(endpoint.name, joinPath(drop.folder, entry.name), { size: entry.size, modified })
      if (known !== 'settled') wanted.push({ entry, modified, booked: known === 'taken' })
    }
  }
  if (drop.stableSeconds === 0 || wanted.every(({ booked }) => booked)) return { wanted, skipped }

  // All files wait together: one pause a folder, not one a file.
  await wait(drop.stableSeconds * 1000)
  const later = new Map((await endpoint.list(drop.folder)).map((entry) => [entry.name, entry]))
  const isStable = ({ entry, booked }: Wanted): boolean => {
    const now = later.get(entry.name)
    return booked || (now?.kind === 'file' && now.size === entry.size && now.modified === entry.modified)
  }
  const changing = wanted.filter((file) => !isStable(file))
  const reason = `changed within ${drop.stableSeconds} seconds: still being written, or gone`
  return {
    wanted: wanted.filter(isStable),
    skipped: [...skipped, ...changing.map(({ entry }) => ({ name: entry.name, reason }))],
  }
}
