import pLimit from 'p-limit'
import type { MatchbookError } from '../errors/index.js'
import type { Archive } from './archive.js'
import { connectionBroken, isConnectionBroken } from './broken-connection.js'
import { claimed, unclaim } from './claim.js'
import { DoneFiles } from './done-files.js'
import type { Endpoint } from './endpoint.js'
import { printable } from './entry-name.js'
import { type Coming, fetchFile } from './fetch-file.js'
import type { FirstLooks } from './first-looks.js'
import { Gathering } from './gathering.js'
import { LARGEST_HELD } from './held-file.js'
import { inOrder } from './in-order.js'
import { Sequence } from './in-sequence.js'
import { lookInto, skip, type Wanted } from './look-into.js'
import { isPartnerTrouble } from './partner-trouble.js'
import type { PullDrop } from './pull-drop.js'
import type { PullLedger, TakenFile } from './pull-ledger.js'
import { settleAtSource } from './settle-at-source.js'
import type { Skipped } from './walk.js'

/** A failure of one file, or without a name of the whole folder. */
export interface PullFailure {
  readonly name?: string
  readonly error: MatchbookError
}

export interface PullResult {
  readonly taken: readonly TakenFile[]
  /** The bytes were booked before, from here or under another name. */
  readonly duplicates: readonly TakenFile[]
  /** Entries that the drop asks for, or might, and that are not taken now. */
  readonly skipped: readonly Skipped[]
  readonly failures: readonly PullFailure[]
}

export interface PullOptions {
  /** Files under way side by side over the one connection: what hides the round trips to a far server. */
  readonly transfers?: number
  /** Tells pulls apart that may run at the same time, so that they do not go on with each other's parts. */
  readonly owner?: string
  /** Now as ISO instant. */
  readonly now?: () => string
  /** Shared by the pulls of the drops of one endpoint, one after the other. */
  readonly firstLooks?: FirstLooks
}

const DEFAULT_TRANSFERS = 64
/**
 * So many times as many files are synced to the disk, and booked, as are under way: meanwhile the next ones come. Each transaction writes
 * most pages of the indices over hashes anew, so that few large ones write a third of what many small ones do.
 */
const SYNCED_BESIDE = 16
/** Files that are open at once: larger ones, each of which is synced by itself. */
const OPEN_AT_ONCE = 256
/** Milliseconds in which what is settled at the source is gathered for one transaction. */
const TOGETHER = 10

/** What came of one file: it is in the archive, or was booked before; it stays where it is; it alone failed. */
type Fetched = Arrived | { readonly left: Skipped } | { readonly failed: PullFailure }

interface Arrived {
  readonly file: Wanted
  readonly key?: string
  /** Not booked yet. */
  readonly taken?: TakenFile
}

/**
 * Takes in what lies in a drop. Each file in the order of the drop: its bytes durable in the archive, then booked in the ledger,
 * then left, removed or moved at the source. A pull that died anywhere is finished by the next one; nothing is taken twice.
 * A broken connection is opened again as often as the endpoint's retry allows. The endpoint stays connected.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY and whatever the ledger throws: trouble of this machine. What was booked stays booked.
 */
export async function pullDrop(
  endpoint: Endpoint,
  drop: PullDrop,
  archive: Archive,
  ledger: PullLedger,
  options: PullOptions = {},
): Promise<PullResult> {
  const now = options.now ?? (() => new Date().toISOString())
  const [taken, duplicates]: [TakenFile[], TakenFile[]] = [[], []]
  /** In the archive and not booked: a new try goes on with them, and what the last one leaves is booked all the same. */
  const arrived = new Map<string, Arrived>()
  let wanted: readonly Wanted[] = []
  let skipped: Skipped[] = []
  let failures: PullFailure[] = []
  try {
    await endpoint.retry.run(isConnectionBroken, async () => {
      failures = []
      await endpoint.connect()
      const found = await lookInto(endpoint, drop, ledger, now(), options.firstLooks)
      skipped = [...found.skipped]
      wanted = found.wanted
      await takeAll()
      await ledger.leave(skipped)
    })
  } catch (error) {
    if (!isPartnerTrouble(error)) throw error
    failures = [...failures, { error }]
    await bookArrived()
  }
  return { taken, duplicates, skipped, failures }

  async function takeAll(): Promise<void> {
    const transfers = options.transfers ?? DEFAULT_TRANSFERS
    const limit = pLimit(transfers)
    const opening = pLimit(Math.max(OPEN_AT_ONCE, transfers))
    let stopped = false
    const sideBySide = <T>(work: () => Promise<T>): Promise<T> =>
      limit(async () => {
        if (stopped) throw connectionBroken(endpoint.name, 'given up after an earlier failure')
        return work()
      })
    const sequence = new Sequence(true)
    const settled = new Gathering<string>(TOGETHER, (paths) => ledger.settled(endpoint.name, paths))
    const settling: Promise<void>[] = []
    const done = new DoneFiles(wanted)
    const take = async (file: Wanted): Promise<Fetched> => {
      if (file.booked) return { file }
      const fetch = () => failing(file, () => fetchOne(file, sideBySide))
      return file.entry.size > LARGEST_HELD ? opening(fetch) : fetch()
    }
    try {
      // Bytes come side by side, booking goes in order, so that of two files with the same bytes the first one is the original.
      for await (const fetched of inOrder(wanted, transfers * SYNCED_BESIDE, take)) {
        const booked = await book(fetched, sequence)
        if (drop.after === 'leave') continue
        for (const file of booked) {
          const ready = done.booked(file)
          if (ready.length === 0) continue
          const one = settle(ready)
          // Looked at below.
          one.catch(() => {})
          settling.push(one)
        }
      }
      for (const one of settling) await one
    } finally {
      // Nothing more is begun; what is under way comes to its end.
      stopped = true
      await Promise.allSettled(settling)
    }

    /** One file, or all that share a done-file. */
    async function settle(files: readonly Wanted[]): Promise<void> {
      const untouched = await sideBySide(() => touch(files))
      await Promise.all(files.slice(0, untouched).map(({ known }) => settled.add(known)))
    }
  }

  /** The failure of one file is noted, and the others go on; what would fail them too is thrown. */
  async function failing<T>({ name }: Wanted, work: () => Promise<T>): Promise<T | { readonly failed: PullFailure }> {
    try {
      return await work()
    } catch (error) {
      if (!isPartnerTrouble(error) || isConnectionBroken(error)) throw error
      return { failed: { name: printable(name), error } }
    }
  }

  /** All of them in one transaction. @returns those that are booked now, where they are now */
  async function book(fetched: readonly Fetched[], sequence: Sequence): Promise<readonly Wanted[]> {
    const here: Arrived[] = []
    let elsewhere: ReadonlySet<Arrived> = new Set()
    const paths = fetched.flatMap((one) => ('taken' in one && one.taken !== undefined ? [one.taken.path] : []))
    const said = await ledger.together(paths, async (inOne) => {
      elsewhere = await takenElsewhere(fetched, inOne)
      for (const one of fetched) {
        if ('left' in one) skipped.push(one.left)
        else if ('failed' in one) failures.push(one.failed)
        else if (elsewhere.has(one)) await sequence.took(one.file, inOne)
        else {
          // One that should have come before it may have failed.
          const refusal = one.taken === undefined ? undefined : await sequence.refuses(one.file, inOne)
          if (refusal !== undefined) skipped.push(skip(one.file, refusal))
          else {
            await sequence.took(one.file, inOne)
            here.push(one)
          }
        }
      }
      const booked = await inOne.record(here.flatMap((one) => one.taken ?? []))
      // Nothing is left to do.
      if (drop.after === 'leave')
        await inOne.settled(
          endpoint.name,
          here.map(({ file }) => file.known),
        )
      return booked
    })
    for (const [n, one] of here.flatMap((one) => one.taken ?? []).entries())
      (said[n] === 'new' ? taken : duplicates).push(one)
    for (const { key } of [...here, ...elsewhere]) if (key !== undefined) arrived.delete(key)
    return here.map(({ file }) => file)
  }

  /** Another pull looked into the same folder meanwhile and booked them first: they are that one's, to the end. */
  async function takenElsewhere(fetched: readonly Fetched[], inOne: PullLedger): Promise<ReadonlySet<Arrived>> {
    const mine = fetched.flatMap((one) =>
      'taken' in one && one.taken !== undefined ? [{ one, looks: one.taken }] : [],
    )
    const states = await inOne.seen(
      endpoint.name,
      mine.map(({ looks }) => looks),
    )
    return new Set(mine.filter((_, n) => states[n] !== 'new').map(({ one }) => one))
  }

  /** So that every pull gets further, whatever breaks. What comes before some of them may be missing now; a sequence still holds. */
  async function bookArrived(): Promise<void> {
    await book(
      wanted.flatMap((file) => arrived.get(keyOf(file)) ?? []),
      new Sequence(true),
    )
  }

  /** Does at the source what is to be done: with one file, or with all that share a done-file. @returns with how many it is done */
  async function touch(files: readonly Wanted[]): Promise<number> {
    let done = 0
    const [first] = files
    if (first === undefined) return done
    const failed = await failing(first, async () => {
      // First: a done-file that outlived its files would stand for the next ones of that name.
      if (first.done !== undefined) await settleAtSource(endpoint, drop, first.done)
      for (const file of files) {
        await settleAtSource(endpoint, drop, file)
        done += 1
      }
    })
    if (failed !== undefined) failures.push(failed.failed)
    return done
  }

  async function fetchOne(wanted: Wanted, inTurn: <T>(work: () => Promise<T>) => Promise<T>): Promise<Fetched> {
    const key = keyOf(wanted)
    const before = arrived.get(key)
    if (before !== undefined) return { ...before, file: wanted }
    const got = await inTurn(() => read(wanted))
    if ('left' in got) return got
    const { file, writer } = got
    const { sha256, size, path: archivePath } = await writer.keep()
    const cut = file.name.lastIndexOf('/') + 1
    const name = file.name.slice(cut)
    const place = { endpoint: endpoint.name, folder: file.folder, name, path: file.known }
    const partner = drop.partner === undefined ? {} : { partner: drop.partner }
    const facts = { size, modified: file.modified, sha256, archivePath, takenAt: now() }
    const came: Arrived = { file, key, taken: { ...place, ...facts, ...partner } }
    arrived.set(key, came)
    return came
  }

  async function read(wanted: Wanted): Promise<{ file: Wanted; writer: Coming } | { left: Skipped }> {
    const file = await claimed(endpoint, drop, wanted)
    if ('unclaimed' in file) return { left: skip(wanted, file.unclaimed) }
    const writer = await fetchFile(endpoint, drop, archive, file, options.owner ?? '')
    if (!('incomplete' in writer)) return { file, writer }
    await unclaim(endpoint, wanted, file)
    return { left: skip(file, writer.incomplete) }
  }
}

/** One file as it looked: what has another size or time is another. */
const keyOf = ({ known, modified, entry }: Wanted): string => JSON.stringify([known, modified, entry.size])
