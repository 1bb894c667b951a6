import pLimit from 'p-limit'
import { type ErrorCode, MatchbookError } from '../errors/index.js'
import type { Archive } from './archive.js'
import { connectionBroken, firstPause, isConnectionBroken, withTries } from './broken-connection.js'
import type { Endpoint } from './endpoint.js'
import { joinPath } from './entry-name.js'
import { lookInto, type Skipped, type Wanted } from './look-into.js'
import type { PullDrop, PullLedger, TakenFile } from './pull-ledger.js'
import { settleAtSource } from './settle-at-source.js'

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
  /** Milliseconds before the first new try after a broken connection. */
  readonly pause?: number
}

/** Files under way side by side over the one connection: what hides the round trips to a far server. */
const together = 16

/** What one partner's server can do to us: it goes into the result, and other drops go on. */
const partnerTrouble: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'HOST-KEY-MISMATCH',
  'HOST-KEY-UNKNOWN',
  'LOGIN-REFUSED',
  'CONNECT-FAILED',
  'TRANSFER-FAILED',
  'REMOTE-PERMISSION',
  'REMOTE-MISSING',
  'REMOTE-FULL',
  'REMOTE-CONFLICT',
])
const isPartnerTrouble = (error: unknown): error is MatchbookError =>
  error instanceof MatchbookError && partnerTrouble.has(error.code)

/**
 * Takes in what lies in a folder. Each file in the order of names: its bytes durable in the archive, then booked in the ledger,
 * then left, removed or moved at the source. A pull that died anywhere is finished by the next one; nothing is taken twice.
 * A broken connection is opened again as often as the endpoint's tries allow. The endpoint stays connected.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY and whatever the ledger throws: trouble of this machine. What was booked stays booked.
 */
export async function pullDrop(
  endpoint: Endpoint,
  drop: PullDrop,
  archive: Archive,
  ledger: PullLedger,
  options: PullOptions = {},
): Promise<PullResult> {
  const [taken, duplicates]: [TakenFile[], TakenFile[]] = [[], []]
  let skipped: readonly Skipped[] = []
  let failures: PullFailure[] = []
  try {
    await withTries(endpoint.tries, options.pause ?? firstPause, isConnectionBroken, async () => {
      failures = []
      await endpoint.connect()
      const found = await lookInto(endpoint, drop, ledger)
      skipped = found.skipped
      await takeAll(found.wanted)
    })
  } catch (error) {
    if (!isPartnerTrouble(error)) throw error
    failures = [...failures, { error }]
  }
  return { taken, duplicates, skipped, failures }

  async function takeAll(wanted: readonly Wanted[]): Promise<void> {
    const limit = pLimit(together)
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
    // Bytes come side by side, booking goes by name, so that of two files with the same bytes the first one is the original.
    const coming = wanted.map((file) => ({
      file,
      bytes: file.booked ? undefined : sideBySide(() => fetchFile(file)),
    }))
    const settling: Promise<void>[] = []
    let broken: unknown
    try {
      for (const { file, bytes } of coming) {
        try {
          await noting(file, async () => {
            if (bytes !== undefined) await book(await bytes)
            settling.push(sideBySide(() => noting(file, () => settle(file))))
          })
        } catch (error) {
          if (!isConnectionBroken(error)) throw error
          // Nothing more is begun; what has come whole is booked all the same, so that every try gets further.
          stopped = true
          broken ??= error
        }
      }
      for (const settled of settling) await settled
      if (broken !== undefined) throw broken
    } finally {
      stopped = true
      await Promise.allSettled([...coming.map(({ bytes }) => bytes), ...settling])
    }
  }

  /** The failure of one file is noted, and the others go on; what would fail them too is thrown. */
  async function noting({ entry }: Wanted, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!isPartnerTrouble(error) || isConnectionBroken(error)) throw error
      failures.push({ name: entry.name, error })
    }
  }

  async function book(file: TakenFile): Promise<void> {
    const booked = await ledger.record(file)
    if (booked === 'new') taken.push(file)
    else duplicates.push(file)
  }

  async function settle({ entry }: Wanted): Promise<void> {
    await settleAtSource(endpoint, drop, entry)
    await ledger.settled(endpoint.name, joinPath(drop.folder, entry.name))
  }

  async function fetchFile({ entry, modified }: Wanted): Promise<TakenFile> {
    const path = joinPath(drop.folder, entry.name)
    const writer = await archive.writer()
    try {
      const { size } = await endpoint.get(path, writer)
      if (size !== entry.size) {
        throw new MatchbookError(
          'TRANSFER-FAILED',
          `${endpoint.name}: ${path} had ${entry.size} bytes and has ${size}`,
          {
            hint: 'It is still being written; the next run takes it when it is whole',
            facts: { endpoint: endpoint.name, path },
          },
        )
      }
    } catch (error) {
      await writer.discard()
      throw error
    }
    const { sha256, size, path: archivePath } = await writer.keep()
    const place = { endpoint: endpoint.name, folder: drop.folder, name: entry.name, path }
    const partner = drop.partner === undefined ? {} : { partner: drop.partner }
    return { ...place, size, modified, sha256, archivePath, takenAt: new Date().toISOString(), ...partner }
  }
}
