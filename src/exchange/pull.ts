import pLimit from 'p-limit'
import type { MatchbookError } from '../errors/index.js'
import type { Archive } from './archive.js'
import { connectionBroken, isConnectionBroken } from './broken-connection.js'
import { claimed, unclaim } from './claim.js'
import { DoneFiles } from './done-files.js'
import type { Endpoint } from './endpoint.js'
import { printable } from './entry-name.js'
import { fetchFile } from './fetch-file.js'
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
}

const DEFAULT_TRANSFERS = 16

/** What came of reading a file: it is in the archive, or it stays where it is. */
type Fetched = Arrived | { readonly left: Skipped }

interface Arrived {
  readonly file: Wanted
  readonly taken: TakenFile
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
      const found = await lookInto(endpoint, drop, ledger, now())
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
    const limit = pLimit(options.transfers ?? DEFAULT_TRANSFERS)
    let stopped = false
    const sideBySide = <T>(work: () => Promise<T>): Promise<T> => {
      const coming = limit(async () => {
        if (stopped) throw connectionBroken(endpoint.name, 'given up after an earlier failure')
        return work()
      })
      // Looked at when its turn comes; if an earlier one fails first, nobody asks.
      coming.catch(() => {})
      return coming
    }
    // Bytes come side by side, booking goes in order, so that of two files with the same bytes the first one is the original.
    const coming = wanted.map((file) => ({
      file,
      bytes: file.booked ? undefined : sideBySide(() => fetchOne(file)),
    }))
    const sequence = new Sequence(ledger, true)
    const settling: Promise<void>[] = []
    const done = new DoneFiles(wanted)
    try {
      for (const { file, bytes } of coming) {
        await noting(file, async () => {
          const booked = bytes === undefined ? file : await book(await bytes, sequence)
          if (booked === undefined) return
          await sequence.took(booked)
          const ready = done.booked(booked)
          if (ready.length > 0) settling.push(sideBySide(() => noting(booked, () => settle(ready))))
        })
      }
      for (const settled of settling) await settled
    } finally {
      // Nothing more is begun; what is under way comes to its end.
      stopped = true
      await Promise.allSettled([...coming.map(({ bytes }) => bytes), ...settling])
    }
  }

  /** The failure of one file is noted, and the others go on; what would fail them too is thrown. */
  async function noting({ name }: Wanted, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!isPartnerTrouble(error) || isConnectionBroken(error)) throw error
      failures.push({ name: printable(name), error })
    }
  }

  /** @returns the file, where it is now; undefined when it is left after all */
  async function book(fetched: Fetched, sequence: Sequence): Promise<Wanted | undefined> {
    if ('left' in fetched) {
      skipped.push(fetched.left)
      return undefined
    }
    const { file } = fetched
    // One that should have come before it may have failed.
    const refusal = await sequence.refuses(file)
    if (refusal !== undefined) {
      skipped.push(skip(file, refusal))
      return undefined
    }
    arrived.delete(keyOf(file))
    const booked = await ledger.record(fetched.taken)
    if (booked === 'new') taken.push(fetched.taken)
    else duplicates.push(fetched.taken)
    return file
  }

  /** So that every pull gets further, whatever breaks. What comes before some of them may be missing now; a sequence still holds. */
  async function bookArrived(): Promise<void> {
    const sequence = new Sequence(ledger, true)
    for (const fetched of wanted.flatMap((file) => arrived.get(keyOf(file)) ?? [])) {
      const booked = await book(fetched, sequence)
      if (booked !== undefined) await sequence.took(booked)
    }
  }

  /** One file, or all that share a done-file. */
  async function settle(files: readonly Wanted[]): Promise<void> {
    // First: a done-file that outlived its files would stand for the next ones of that name.
    const done = files[0]?.done
    if (done !== undefined) await settleAtSource(endpoint, drop, done)
    for (const file of files) {
      await settleAtSource(endpoint, drop, file)
      await ledger.settled(endpoint.name, file.known)
    }
  }

  async function fetchOne(wanted: Wanted): Promise<Fetched> {
    const before = arrived.get(keyOf(wanted))
    if (before !== undefined) return { ...before, file: wanted }
    const file = await claimed(endpoint, drop, wanted)
    if ('unclaimed' in file) return { left: skip(wanted, file.unclaimed) }
    const got = await fetchFile(endpoint, drop, archive, file, options.owner ?? '')
    if ('incomplete' in got) {
      await unclaim(endpoint, wanted, file)
      return { left: skip(file, got.incomplete) }
    }
    const { sha256, size, path: archivePath } = got
    const cut = file.name.lastIndexOf('/') + 1
    const name = file.name.slice(cut)
    const place = { endpoint: endpoint.name, folder: file.folder, name, path: file.known }
    const partner = drop.partner === undefined ? {} : { partner: drop.partner }
    const facts = { size, modified: file.modified, sha256, archivePath, takenAt: now() }
    const came: Arrived = { file, taken: { ...place, ...facts, ...partner } }
    arrived.set(keyOf(file), came)
    return came
  }
}

/** One file as it looked: what has another size or time is another. */
const keyOf = ({ known, modified, entry }: Wanted): string => JSON.stringify([known, modified, entry.size])
