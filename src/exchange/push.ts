import { createHash } from 'node:crypto'
import { Writable } from 'node:stream'
import pLimit from 'p-limit'
import { MatchbookError } from '../errors/index.js'
import { isConnectionBroken } from './broken-connection.js'
import type { Endpoint } from './endpoint.js'
import { joinPath } from './entry-name.js'
import { inOrder } from './in-order.js'
import { temporaryName } from './left-overs.js'
import { isOfClass } from './retry/failure-class.js'

export interface PushItem {
  readonly localFile: string
  /** Folder at the endpoint; it must exist. */
  readonly folder: string
  readonly name: string
  /** Hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/** A file that is where it should be; `already-there`: the same bytes stood under the name. */
export interface Sent<T extends PushItem = PushItem> {
  readonly item: T
  readonly how: 'sent' | 'already-there'
}

export interface PushOptions<T extends PushItem> {
  /** A file of up to so many bytes is read back and compared before it gets its name; 0 by default. */
  readonly readBack?: number
  /** Files that are brought over side by side, before it is their turn to get their names. */
  readonly transfers?: number
  /** Done before these files may appear under their names: from then on they may be there. */
  readonly beforeRename?: (items: readonly T[]) => Promise<void>
  /** Done when these are there. */
  readonly arrived?: (sent: readonly Sent<T>[]) => Promise<void>
}

const DEFAULT_TRANSFERS = 64
/** So many times as many files are brought over and not named yet: while some get their names the next are under way. */
const NAMED_BEHIND = 16

/**
 * Brings files to an endpoint so that, seen from there, each appears once and whole, in this order: under a temporary name, its size
 * checked, then renamed and confirmed. Calling again after a crash at any point ends the same way; only where the receiver takes files
 * away at once can a crash between the rename and our memory of it send files twice.
 * @throws for the first of the files that is not there: REMOTE-CONFLICT when other bytes stand under its name; CONNECT-FAILED or
 * TRANSFER-FAILED after as many tries as the endpoint allows. `arrived` was told of all that are there
 */
export async function pushFiles<T extends PushItem>(
  endpoint: Endpoint,
  items: readonly T[],
  options: PushOptions<T> = {},
): Promise<void> {
  const there = new Set<T>()
  const { transfers = DEFAULT_TRANSFERS, readBack = 0 } = options
  // Connecting has tries of its own.
  await endpoint.retry.run(isOfClass('transfer'), bringAll, () => there.size)

  async function bringAll(): Promise<void> {
    await endpoint.connect()
    const left = items.filter((item) => !there.has(item))
    const temporaries = new Set<string>()
    const limit = pLimit(transfers)
    const bring = (item: T) => limit(() => bringOver(endpoint, item, readBack, temporaries))
    try {
      for await (const ready of inOrder(left, transfers * NAMED_BEHIND, bring)) {
        const coming = ready.filter(({ how }) => how === 'sent').map(({ item }) => item)
        if (coming.length > 0) await options.beforeRename?.(coming)
        const { named, failed } = await giveNames(endpoint, coming)
        for (const item of named) temporaries.delete(temporaryOf(item))
        const end = failed === undefined ? ready.length : ready.findIndex(({ item }) => item === failed.item)
        const arrived = ready.filter(({ how, item }, n) => (how === 'sent' ? named.has(item) : n < end))
        if (arrived.length > 0) await options.arrived?.(arrived)
        for (const { item } of arrived) there.add(item)
        if (failed !== undefined) throw failed.reason
      }
    } catch (error) {
      // The next try would overwrite them; but nobody knows when that is.
      if (!isConnectionBroken(error)) await Promise.allSettled([...temporaries].map((name) => endpoint.remove(name)))
      throw error
    }
  }
}

const targetOf = ({ folder, name }: PushItem): string => joinPath(folder, name)
const temporaryOf = ({ folder, name }: PushItem): string => joinPath(folder, temporaryName(name))

/** Brings a file over under its temporary name, unless it is there already. */
async function bringOver<T extends PushItem>(
  endpoint: Endpoint,
  item: T,
  largestReadBack: number,
  temporaries: Set<string>,
): Promise<Sent<T>> {
  if (await isThere(endpoint, targetOf(item), item)) return { item, how: 'already-there' }
  const temporary = temporaryOf(item)
  temporaries.add(temporary)
  await endpoint.put(item.localFile, temporary)
  if (item.size <= largestReadBack) await readBack(endpoint, temporary, item)
  return { item, how: 'sent' }
}

interface Named<T> {
  readonly named: ReadonlySet<T>
  /** The first that failed. */
  readonly failed?: { readonly item: T; readonly reason: unknown }
}

/**
 * Renames files in their order: each when the one before has its name, or all at once where the server is known to work off what it is
 * asked in the order of asking.
 */
async function giveNames<T extends PushItem>(endpoint: Endpoint, items: readonly T[]): Promise<Named<T>> {
  const named = new Set<T>()
  const together = endpoint.worksInOrder() ? Math.max(1, items.length) : 1
  for (let from = 0; from < items.length; from += together) {
    const some = items.slice(from, from + together)
    const results = await Promise.allSettled(some.map((item) => giveName(endpoint, item)))
    for (const [n, item] of some.entries()) if (results[n]?.status === 'fulfilled') named.add(item)
    for (const [n, item] of some.entries()) {
      const result = results[n]
      if (result?.status === 'rejected') return { named, failed: { item, reason: result.reason } }
    }
  }
  return { named }
}

async function giveName(endpoint: Endpoint, item: PushItem): Promise<void> {
  const target = targetOf(item)
  await endpoint.rename(temporaryOf(item), target)
  const confirmed = await endpoint.stat(target)
  // Gone is well: the rename was acknowledged, and the receiver has picked the file up.
  if (confirmed !== undefined && confirmed.size !== item.size)
    throw conflict(endpoint, target, 'changed after it was renamed')
}

async function isThere(endpoint: Endpoint, target: string, item: PushItem): Promise<boolean> {
  const there = await endpoint.stat(target)
  if (there === undefined) return false
  if (there.kind !== 'file') throw conflict(endpoint, target, 'is not a regular file')
  if (there.size !== item.size) throw conflict(endpoint, target, `has ${there.size} bytes, ours has ${item.size}`)
  const hash = await hashAt(endpoint, target)
  if (hash !== undefined && hash !== item.sha256) throw conflict(endpoint, target, 'has other bytes than ours')
  return true
}

async function readBack(endpoint: Endpoint, temporary: string, { sha256 }: PushItem): Promise<void> {
  const there = await hashAt(endpoint, temporary)
  if (there === undefined || there === sha256) return
  throw new MatchbookError('TRANSFER-FAILED', `${endpoint.name}: ${temporary} has other bytes than were sent`, {
    facts: { endpoint: endpoint.name, path: temporary, sha256, arrived: there },
  })
}

/** Undefined where we may write but not read: name and size, both ours, must then do. */
async function hashAt(endpoint: Endpoint, path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  const sink = new Writable({
    write(bytes: Buffer, _encoding, done) {
      hash.update(bytes)
      done()
    },
  })
  try {
    await endpoint.get(path, sink)
    return hash.digest('hex')
  } catch (error) {
    if (error instanceof MatchbookError && error.code === 'REMOTE-PERMISSION') return undefined
    throw error
  }
}

const conflict = (endpoint: Endpoint, path: string, what: string): MatchbookError =>
  new MatchbookError('REMOTE-CONFLICT', `${endpoint.name}: ${path} ${what}`, {
    facts: { endpoint: endpoint.name, path },
  })
