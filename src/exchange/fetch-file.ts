import { createHash } from 'node:crypto'
import { MatchbookError } from '../errors/index.js'
import type { Archive } from './archive.js'
import type { ArchiveWriter } from './archive-writer.js'
import { isConnectionBroken } from './broken-connection.js'
import type { Endpoint } from './endpoint.js'
import { endsClosed } from './ends-closed.js'
import { endsWithIea, IEA_AND_MORE } from './ends-with-iea.js'
import { endsWithTrailer } from './ends-with-trailer.js'
import { type HeldFile, LARGEST_HELD } from './held-file.js'
import type { Wanted } from './look-into.js'
import type { PullDrop } from './pull-drop.js'
import { ResumableWriter } from './resumable-writer.js'

/** A file whose bytes come. */
export type Coming = ArchiveWriter | HeldFile

/** The bytes are there and not whole yet. */
export interface Incomplete {
  readonly incomplete: string
}

/**
 * Brings a file's bytes into the archive, to be kept there by who called. A large one that broke off goes on where it was, if the source
 * still looks as it did.
 * @throws TRANSFER-FAILED when it changed meanwhile; nothing of it is kept then
 */
export async function fetchFile(
  endpoint: Endpoint,
  drop: PullDrop,
  archive: Archive,
  file: Wanted,
  owner: string,
): Promise<Coming | Incomplete> {
  const { size } = file.entry
  const resumable = drop.resumeFrom !== undefined && size >= drop.resumeFrom
  const writer = resumable
    ? await archive.resumable(keyOf(endpoint, file, owner), size)
    : size <= LARGEST_HELD
      ? archive.held()
      : await archive.writer(size)
  try {
    await readInto(writer, endpoint, file)
    const missing = file.overdue ? undefined : await missingEnd(writer, drop)
    if (missing !== undefined) {
      await writer.discard()
      return { incomplete: `does not end with ${missing}: not whole yet` }
    }
  } catch (error) {
    // Where only the way to the file broke, what came is worth keeping; a full disk needs the room.
    if (writer instanceof ResumableWriter && isConnectionBroken(error)) await writer.interrupt()
    else await writer.discard()
    throw error
  }
  return writer
}

/** What a file that is whole would end with, and this one does not. */
async function missingEnd(writer: Coming, { complete }: PullDrop): Promise<string | undefined> {
  if (complete === undefined) return undefined
  const ending = await writer.ending(IEA_AND_MORE)
  if (complete === 'x12') return endsWithIea(ending) ? undefined : 'an IEA segment'
  if ('closes' in complete)
    return endsClosed(ending, complete)
      ? undefined
      : complete.closes === 'bracket'
        ? 'a closing bracket'
        : `the end of ${complete.closes.root}`
  return endsWithTrailer(ending, complete) ? undefined : `a trailer record ${complete.marker}`
}

async function readInto(writer: Coming, endpoint: Endpoint, { path, entry }: Wanted): Promise<void> {
  const from = writer.size
  if (from > 0) {
    const now = await endpoint.stat(path)
    if (now?.kind !== 'file' || now.size !== entry.size || now.modified !== entry.modified)
      throw changed(endpoint, path, 'is not the file any more of which a part was taken')
  }
  const { size } = await endpoint.get(path, writer, from, from === 0 ? entry : undefined)
  if (size !== entry.size || writer.size !== size)
    throw changed(endpoint, path, `had ${entry.size} bytes and has ${size}`)
}

const changed = (endpoint: Endpoint, path: string, what: string): MatchbookError =>
  new MatchbookError('TRANSFER-FAILED', `${endpoint.name}: ${path} ${what}`, {
    hint: 'It is still being written; the next run takes it when it is whole',
    facts: { endpoint: endpoint.name, path },
  })

const keyOf = (endpoint: Endpoint, { known, entry, modified }: Wanted, owner: string): string =>
  createHash('sha256').update([owner, endpoint.name, known, entry.size, modified].join('\0')).digest('hex')
