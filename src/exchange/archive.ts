import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { access, opendir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { MatchbookError, systemError } from '../errors/index.js'
import { ArchivePlaces, placeInArchive, placesInArchive } from './archive-places.js'
import { ArchiveWriter } from './archive-writer.js'
import { HeldFile } from './held-file.js'
import { makeFolder } from './make-folder.js'
import { ResumableWriter } from './resumable-writer.js'
import { SmallFiles } from './small-files.js'
import { syncFolder } from './sync-folder.js'
import { nameOfWriter } from './work-names.js'

/** What the ledger knows of a file. */
export interface Booked {
  readonly size: number
  /** ISO instant. */
  readonly taken_at: string
}

/** Every file that ever came in, once, under its hash: what is needed to read it. Hashes are SHA-256, hex. */
export interface KeptBytes {
  /** Where bytes of this hash lie, or would, for people: a path, or an address. */
  placeOf(sha256: string): string
  /**
   * A file of this machine with the bytes. `booked`: what they are held against, where they are read to be judged.
   * @throws ARCHIVE-MISSING, ARCHIVE-DAMAGED, ARCHIVE-UNREACHABLE, ARCHIVE-REFUSED
   */
  path(sha256: string, booked?: Booked): Promise<string>
  /** The bytes from where they lie, held against nothing. @throws as `path` */
  read(sha256: string): Promise<Readable>
  /** Asks for what will be read soon, several at a time; what cannot be had is told when it is read. */
  bring(hashes: readonly string[]): Promise<void>
}

/** A file of the archive, whether the ledger knows it or not. */
export interface Stored {
  readonly sha256: string
  /** When it was put there, milliseconds since 1970. */
  at(): Promise<number>
}

/** Read-only, and removed only under the retention settings. */
export interface Archive extends KeptBytes {
  /** A place to write a file whose hash is not yet known. `expected`: its bytes, where known. @throws DISK-FULL, WORKSPACE-READ-ONLY */
  writer(expected?: number): Promise<ArchiveWriter>
  /** The same for a file of up to `LARGEST_HELD` bytes. */
  held(): HeldFile
  /** The same for a file known by a key, which goes on with what an earlier writer of that key left. One writer of a key at a time. */
  resumable(key: string, expected?: number): Promise<ResumableWriter>
  /** From now on every file lies in its place only: who removes one there has removed it. Call it while nobody takes files in. */
  settle(): Promise<void>
  /** Nothing when it is gone already. Settle first. */
  remove(sha256: string): Promise<void>
  /** Everything in it, in batches and no order. */
  stored(): AsyncIterable<readonly Stored[]>
}

/** The archive in a folder, opened. */
export interface FolderArchive extends Archive {
  readonly folder: string
}

/** What lies in `folder`, which may not be there. */
export function keptInFolder(folder: string): KeptBytes {
  const isThere = (place: string): Promise<string> => access(place).then(() => place)
  const found = (sha256: string): Promise<string> => {
    const [place, before] = placesInArchive(folder, sha256)
    return isThere(place)
      .catch(() => isThere(before))
      .catch((cause: unknown) => {
        throw new MatchbookError('ARCHIVE-MISSING', `${place} is missing`, { facts: { sha256, path: place }, cause })
      })
  }
  return {
    placeOf: (sha256) =>
      placesInArchive(folder, sha256).find((place) => existsSync(place)) ?? placeInArchive(folder, sha256),
    path: async (sha256, booked) => {
      const place = await found(sha256)
      if (booked !== undefined) await assertSame(place, sha256, booked)
      return place
    },
    read: async (sha256) => createReadStream(await found(sha256)),
    bring: async () => {},
  }
}

/**
 * A file of the archive is written once. One that was written to later than it was booked is one that somebody brought back, or changed: its hash
 * tells which. The others are not read for that: the hash was taken of what was written.
 */
async function assertSame(place: string, sha256: string, { size, taken_at }: Booked): Promise<void> {
  const facts = await stat(place)
  const isAsBooked = facts.size === size && facts.mtimeMs <= Date.parse(taken_at) + AFTER_BOOKING
  if (isAsBooked || (facts.size === size && (await hashOf(place)) === sha256)) return
  throw new MatchbookError('ARCHIVE-DAMAGED', `${place} holds other bytes than were put there`, {
    facts: { sha256, path: place },
  })
}

/** What was booked may be put in its place a little later: milliseconds. */
const AFTER_BOOKING = 900_000

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/**
 * Opens the archive in `folder`, made if missing, and deals with what writers that died left in its work folder.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export async function openArchive(folder: string): Promise<FolderArchive> {
  const work = path.join(folder, 'work')
  const places = new ArchivePlaces(folder, work)
  const smallFiles = new SmallFiles(places)
  try {
    await makeFolder(work)
    await places.tidy()
    await smallFiles.tidy()
    await syncFolder(folder)
  } catch (error) {
    throw systemError(error, folder)
  }
  return {
    ...keptInFolder(folder),
    folder,
    writer: (expected) => ArchiveWriter.open(path.join(work, nameOfWriter()), places, expected),
    held: () => new HeldFile(smallFiles),
    settle: () => smallFiles.settle(),
    resumable: (key, expected) => ResumableWriter.resume(path.join(work, `part~${key}`), places, expected),
    async remove(sha256) {
      for (const place of placesInArchive(folder, sha256)) await rm(place, { force: true })
    },
    stored: () => storedIn(folder),
  }
}

/** A folder at a time. */
async function* storedIn(folder: string): AsyncGenerator<readonly Stored[]> {
  let batch: Stored[] = []
  for await (const entry of await opendir(folder, { recursive: true })) {
    const { name: sha256 } = entry
    const place = path.join(entry.parentPath, sha256)
    if (!/^[0-9a-f]{64}$/.test(sha256) || !placesInArchive(folder, sha256).includes(place)) continue
    batch.push({ sha256, at: async () => (await stat(place)).mtimeMs })
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

const BATCH = 500
