import { setTimeout as wait } from 'node:timers/promises'
import pLimit from 'p-limit'
import picomatch from 'picomatch'
import { doneFileOf, isDoneName } from './done-file.js'
import type { Endpoint, RemoteEntry } from './endpoint.js'
import { joinPath, printable } from './entry-name.js'
import type { FirstLooks } from './first-looks.js'
import { byNumber, release, Sequence } from './in-sequence.js'
import { DEFAULT_WAIT_HOURS, type PullDrop } from './pull-drop.js'
import type { PullLedger } from './pull-ledger.js'
import { type StreamPlace, streamPlace } from './stream-place.js'
import { type Found, type Skipped, walk } from './walk.js'

export interface Wanted extends Found {
  /** Where it was found first, and is known by: `path` without the mark of a claim. */
  readonly known: string
  /** ISO instant of whole seconds. */
  readonly modified: string
  /** Its bytes are ours already; only what is to become of it at the source is left to do. */
  readonly booked: boolean
  readonly done?: Found
  readonly place?: StreamPlace
  /** It has waited longer than files of this drop have to. */
  readonly overdue: boolean
  /** It does not wait any longer for those that come before it. */
  readonly released: boolean
}

const looksTogether = 16

export interface Look {
  /** In the order in which they are to be booked. */
  readonly wanted: readonly Wanted[]
  /** What the drop asks for, or might, and that is not taken now. */
  readonly skipped: readonly Skipped[]
}

/** What is to be taken from a drop, and what looks as if it should be and is not, with the reason. */
export async function lookInto(
  endpoint: Endpoint,
  drop: PullDrop,
  ledger: PullLedger,
  now: string,
  firstLooks?: FirstLooks,
): Promise<Look> {
  const all = await walk(endpoint, drop)
  const chosen = choose(all.found, drop)
  const news = await whatIsNew(chosen.files, all.found, endpoint.name, drop, ledger, now)
  const still = await untouched(news.wanted, all.found.length, endpoint, drop, firstLooks)
  const turn = await ofWhomItIsTheTurn(still.wanted, drop, ledger)
  return {
    wanted: turn.wanted,
    skipped: [...all.skipped, ...chosen.skipped, ...news.skipped, ...still.skipped, ...turn.skipped],
  }
}

export const skip = ({ name, entry }: Found, reason: string): Skipped => ({
  name: printable(name),
  reason,
  ...(entry.kind === 'file' ? { size: entry.size, modified: isoTime(entry.modified) } : {}),
})

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** Regular files whose names the drop asks for. One name may be written in two ways of Unicode: patterns fit both. */
function choose(found: readonly Found[], drop: PullDrop): { files: readonly Found[]; skipped: readonly Skipped[] } {
  const composed = (patterns: readonly string[]) => patterns.map((pattern) => pattern.normalize('NFC'))
  const [include, exclude] = [picomatch(composed(drop.include)), picomatch(composed(drop.exclude))]
  const claimed = new Set(found.filter((one) => one.claimed).map(({ name }) => name))
  const files: Found[] = []
  const skipped: Skipped[] = []
  for (const one of found) {
    const { entry, name } = one
    const asked = include(name.normalize('NFC')) && !exclude(name.normalize('NFC'))
    if (entry.refused !== undefined) skipped.push(skip(one, entry.refused))
    else if (drop.recursive === true && entry.kind === 'link' && !exclude(name))
      skipped.push(skip(one, 'a link: where it leads is not looked at'))
    else if (entry.kind === 'folder' || !asked) continue
    else if (drop.done !== undefined && isDoneName(drop.done, name)) continue
    else if (entry.kind !== 'file') skipped.push(skip(one, 'not a regular file'))
    else if (!one.claimed && claimed.has(name))
      skipped.push(skip(one, 'an earlier file of this name is claimed and comes first'))
    else files.push(one)
  }
  return { files, skipped }
}

async function whatIsNew(
  files: readonly Found[],
  all: readonly Found[],
  endpoint: string,
  drop: PullDrop,
  ledger: PullLedger,
  now: string,
): Promise<{ wanted: Wanted[]; skipped: Skipped[] }> {
  const byName = new Map(all.map((one) => [one.name, one]))
  const left = await ledger.leftBehind()
  const longest = (drop.waitHours ?? DEFAULT_WAIT_HOURS) * 3_600_000
  const wanted: Wanted[] = []
  const skipped: Skipped[] = []
  const looks = files.map((file) => ({
    file,
    path: joinPath(drop.folder, file.name),
    size: file.entry.size,
    modified: isoTime(file.entry.modified),
  }))
  const seen = await ledger.seen(endpoint, looks)
  for (const [n, { file, path: known, size, modified }] of looks.entries()) {
    const state = seen[n]
    if (state === 'settled') continue
    const done = drop.done === undefined ? undefined : doneFileOf(drop.done, file, byName)
    if (state === 'new' && typeof done === 'string') {
      skipped.push(skip(file, done))
      continue
    }
    const before = left.size === 0 ? undefined : left.get(printable(file.name))
    const waits = before?.size === size && before.modified === modified ? Date.parse(now) - Date.parse(before.since) : 0
    const place = drop.sequence === undefined ? undefined : streamPlace(drop.sequence, file.name)
    wanted.push({
      ...file,
      known,
      modified,
      booked: state === 'taken',
      overdue: waits >= longest,
      released: false,
      ...(typeof done === 'object' ? { done } : {}),
      ...(place === undefined ? {} : { place }),
    })
  }
  return { wanted, skipped }
}

/** Looks a second time for what still changes. A done-file says that nothing will, and nobody has to wait. */
async function untouched(
  wanted: readonly Wanted[],
  entries: number,
  endpoint: Endpoint,
  drop: PullDrop,
  firstLooks: FirstLooks | undefined,
): Promise<{ wanted: readonly Wanted[]; skipped: readonly Skipped[] }> {
  if (drop.stableSeconds === 0 || drop.done !== undefined) return { wanted, skipped: [] }
  const settled = new Set(
    wanted.filter(({ booked, path, entry }) => booked || firstLooks?.hasWaited(drop, path, entry)),
  )
  const fresh = wanted.filter((file) => !settled.has(file))
  if (fresh.length === 0) return { wanted, skipped: [] }
  await firstLooks?.beforeWaitingFor(drop, endpoint)
  // All files wait together: one pause a drop, not one a file.
  await wait(drop.stableSeconds * 1000)
  // A few among many are asked for by name: to list a large folder again takes longer.
  const later = fresh.length * 4 < entries ? await lookAt(fresh, endpoint) : await walk(endpoint, drop).then(entriesOf)
  const isStable = (file: Wanted): boolean => {
    const { path, entry } = file
    const now = later.get(path)
    return settled.has(file) || (now?.kind === 'file' && now.size === entry.size && now.modified === entry.modified)
  }
  const reason = `changed within ${drop.stableSeconds} seconds: still being written, or gone`
  return {
    wanted: wanted.filter(isStable),
    skipped: wanted.filter((file) => !isStable(file)).map((file) => skip(file, reason)),
  }
}

const entriesOf = ({ found }: { found: readonly Found[] }): Map<string, RemoteEntry> =>
  new Map(found.map(({ path, entry }) => [path, entry]))

async function lookAt(files: readonly Wanted[], endpoint: Endpoint): Promise<Map<string, RemoteEntry>> {
  const limit = pLimit(looksTogether)
  const looks = await Promise.all(
    files.map(({ path }) => limit(async () => ({ path, entry: await endpoint.stat(path) }))),
  )
  return new Map(looks.flatMap(({ path, entry }) => (entry === undefined ? [] : [[path, entry]])))
}

/** In the order of the drop. Where files are numbered, those that would come before an earlier one are parked. */
async function ofWhomItIsTheTurn(
  files: readonly Wanted[],
  drop: PullDrop,
  ledger: PullLedger,
): Promise<{ wanted: readonly Wanted[]; skipped: readonly Skipped[] }> {
  const ordered = [...files].sort(drop.order === 'time' ? byTime : byName)
  if (drop.sequence === undefined) return { wanted: ordered, skipped: [] }
  const sequence = new Sequence(false)
  const wanted: Wanted[] = []
  const skipped: Skipped[] = []
  for (const file of release(ordered.sort(byNumber))) {
    const refusal = file.booked ? undefined : await sequence.refuses(file, ledger)
    if (refusal !== undefined) skipped.push(skip(file, refusal))
    else {
      wanted.push(file)
      await sequence.took(file, ledger)
    }
  }
  return { wanted, skipped }
}

const byName = (a: Wanted, b: Wanted): number => (a.name < b.name ? -1 : 1)
const byTime = (a: Wanted, b: Wanted): number => a.entry.modified - b.entry.modified || byName(a, b)
