import type { Writable } from 'node:stream'
import type { Stats } from 'ssh2'
import { MatchbookError } from '../../errors/index.js'
import { writeInto } from '../write-into.js'
import { chunkSize, inFlight } from './pipeline.js'
import type { Session } from './session.js'

/** How a file looks to be: what must be the same when all of it is read. */
interface Looks {
  readonly size: number
  /** Seconds since 1970. */
  readonly modified: number
}

/**
 * Reads a regular file, from an offset on, into `sink`, many requests in flight, bytes in order.
 * @throws TRANSFER-FAILED when the file changed while it was read, or is not a regular file; what the sink fails with
 */
export async function download(
  session: Session,
  path: string,
  sink: Writable,
  from = 0,
  listed?: Looks,
): Promise<{ readonly size: number }> {
  const changed = (what: string): MatchbookError =>
    new MatchbookError('TRANSFER-FAILED', `${session.endpoint}: ${path} ${what}`, {
      hint: 'It is left where it is and taken by the next run, when it is whole',
      facts: { endpoint: session.endpoint, path },
    })
  const { size, modified } = listed ?? (await look())
  const handle = await session.ask<Buffer>('read', path, (sftp, answer) => sftp.open(path, 'r', answer))
  /** Requests to read that were sent. */
  let sent = 0
  try {
    await readAll()
    return { size }
  } finally {
    // Nothing depends on the answer, so nobody waits a round trip for it.
    session.ask('read', path, (sftp, answer) => sftp.close(handle, answer)).catch(() => {})
  }

  /** Opening a FIFO would block the whole connection, and a link may lead anywhere. */
  async function look(): Promise<Looks> {
    const facts = await session.ask<Stats>('look at', path, (sftp, answer) => sftp.lstat(path, answer))
    if (!facts.isFile()) throw changed('is not a regular file')
    return { size: facts.size, modified: facts.mtime }
  }

  async function readAll(): Promise<void> {
    const chunk = chunkSize(size)
    const ahead: Promise<Buffer>[] = []
    let looks: Promise<Stats> | undefined
    let sentBefore = 0
    for (let next = from; next < size || ahead.length > 0; ) {
      while (next < size && ahead.length < inFlight(chunk)) {
        ahead.push(inItsTurn(readPart(next)))
        next += chunk
      }
      // How it looks when the last byte was read; nobody waits for the bytes.
      if (next >= size && looks === undefined && session.worksInOrder) {
        looks = inItsTurn(lookAtHandle())
        sentBefore = sent
      }
      const bytes = await ahead.shift()
      if (bytes !== undefined) await writeInto(sink, bytes)
    }
    // Some answers were short, and the rest was asked for later.
    const after = await (looks === undefined || sent > sentBefore ? lookAtHandle() : looks)
    if (after.size !== size || after.mtime !== modified) throw changed('was written to while it was read')
  }

  function lookAtHandle(): Promise<Stats> {
    return session.ask<Stats>('read', path, (sftp, answer) => sftp.fstat(handle, answer))
  }

  function readPart(position: number): Promise<Buffer> {
    return session.parts(() => readChunk(position, Math.min(chunkSize(size), size - position)))
  }

  /** A server may answer with fewer bytes than asked for; only none at all is the end of the file. */
  async function readChunk(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length)
    for (let have = 0; have < length; ) {
      sent += 1
      const got = await session.ask<number>('read', path, (sftp, answer) =>
        sftp.read(handle, buffer, have, length - have, position + have, answer),
      )
      if (got === 0) throw changed(`ends at byte ${position + have}: it became shorter while it was read`)
      have += got
    }
    return buffer
  }
}

/** What is looked at when its turn comes; if an earlier one fails first, nobody asks. */
function inItsTurn<T>(coming: Promise<T>): Promise<T> {
  coming.catch(() => {})
  return coming
}
