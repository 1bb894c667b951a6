import type { Writable } from 'node:stream'
import { MatchbookError } from '../../errors/index.js'
import { isRoomy } from '../roomy-sink.js'
import { writeInto } from '../write-into.js'
import type { Attributes } from './answers.js'
import { FILE, kindOfFile } from './kind-of-file.js'
import { lookAtOpen } from './look-at-open.js'
import { chunkSize, inFlight } from './pipeline.js'
import { close, lstat, openToRead, read } from './requests.js'
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
  const handle = await session.ask('read', path, openToRead(path))
  const chunk = Math.min(chunkSize(size), session.mostRead)
  /** Requests to read that were sent. */
  let sent = 0
  try {
    await readAll()
    return { size }
  } finally {
    // Nothing depends on the answer, so nobody waits a round trip for it.
    session.ask('read', path, close(handle)).catch(() => {})
  }

  /** Opening a FIFO would block the whole connection, and a link may lead anywhere. */
  async function look(): Promise<Looks> {
    const facts = await session.ask('look at', path, lstat(path))
    if (kindOfFile(facts, FILE) !== 'file') throw changed('is not a regular file')
    if (facts.size === undefined || facts.modified === undefined)
      throw changed('has no size or time that the server tells')
    return { size: facts.size, modified: facts.modified }
  }

  async function readAll(): Promise<void> {
    const ahead: Promise<Buffer>[] = []
    let looks: Promise<Attributes> | undefined
    let sentBefore = 0
    const roomy = isRoomy(sink) ? sink : undefined
    for (let next = from; next < size || ahead.length > 0; ) {
      while (next < size && ahead.length < inFlight(chunk)) {
        const length = Math.min(chunk, size - next)
        ahead.push(inItsTurn(readPart(next, length, await roomy?.room(length))))
        next += length
      }
      // How it looks when the last byte was read; nobody waits for the bytes.
      if (next >= size && looks === undefined && session.worksInOrder) {
        looks = inItsTurn(lookAtHandle())
        sentBefore = sent
      }
      const bytes = await ahead.shift()
      if (bytes === undefined) continue
      if (roomy === undefined) await writeInto(sink, bytes)
      else roomy.filled(bytes.length)
    }
    // Some answers were short, and the rest was asked for later.
    const after = await (looks === undefined || sent > sentBefore ? lookAtHandle() : looks)
    if (after.size !== size || after.modified !== modified) throw changed('was written to while it was read')
  }

  function lookAtHandle(): Promise<Attributes> {
    return lookAtOpen(session, 'read', handle, path)
  }

  function readPart(position: number, length: number, room: Buffer | undefined): Promise<Buffer> {
    return session.parts(() => readChunk(position, length, room))
  }

  /**
   * A server may answer with fewer bytes than asked for; only none at all is the end of the file.
   * @returns them, in `room` where that is given
   */
  async function readChunk(position: number, length: number, room: Buffer | undefined): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let have = 0; have < length; ) {
      sent += 1
      const got = await session.ask('read', path, read(handle, position + have, length - have, room?.subarray(have)))
      if (got.length === 0) throw changed(`ends at byte ${position + have}: it became shorter while it was read`)
      if (got.length === length) return got
      parts.push(got)
      have += got.length
    }
    return room ?? Buffer.concat(parts)
  }
}

/** What is looked at when its turn comes; if an earlier one fails first, nobody asks. */
function inItsTurn<T>(coming: Promise<T>): Promise<T> {
  coming.catch(() => {})
  return coming
}
