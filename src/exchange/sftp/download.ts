import type { Writable } from 'node:stream'
import type { Stats } from 'ssh2'
import { MatchbookError } from '../../errors/index.js'
import { writeInto } from '../write-into.js'
import { chunkSize, inFlight } from './pipeline.js'
import type { Session } from './session.js'

/**
 * Reads a regular file, from an offset on, into `sink`, many requests in flight, bytes in order.
 * @throws TRANSFER-FAILED when the file changed while it was read, or is not a regular file; what the sink fails with
 */
export async function download(
  session: Session,
  path: string,
  sink: Writable,
  from = 0,
): Promise<{ readonly size: number }> {
  const changed = (what: string): MatchbookError =>
    new MatchbookError('TRANSFER-FAILED', `${session.endpoint}: ${path} ${what}`, {
      hint: 'It is left where it is and taken by the next run, when it is whole',
      facts: { endpoint: session.endpoint, path },
    })

  // Opening a FIFO would block the whole connection, and a link may lead anywhere: look first.
  const entry = await session.ask<Stats>('look at', path, (sftp, answer) => sftp.lstat(path, answer))
  if (!entry.isFile()) throw changed('is not a regular file')

  const handle = await session.ask<Buffer>('read', path, (sftp, answer) => sftp.open(path, 'r', answer))
  try {
    await readAll(entry.size)
    const after = await session.ask<Stats>('read', path, (sftp, answer) => sftp.fstat(handle, answer))
    if (after.size !== entry.size || after.mtime !== entry.mtime) throw changed('was written to while it was read')
    return { size: entry.size }
  } finally {
    // Nothing depends on the answer, so nobody waits a round trip for it.
    session.ask('read', path, (sftp, answer) => sftp.close(handle, answer)).catch(() => {})
  }

  async function readAll(size: number): Promise<void> {
    const chunk = chunkSize(size)
    const ahead: Promise<Buffer>[] = []
    for (let next = from; next < size || ahead.length > 0; ) {
      while (next < size && ahead.length < inFlight(chunk)) {
        const reading = readChunk(next, Math.min(chunk, size - next))
        // Its failure is seen when its turn comes; if an earlier one fails first, nobody asks.
        reading.catch(() => {})
        ahead.push(reading)
        next += chunk
      }
      const bytes = await ahead.shift()
      if (bytes !== undefined) await writeInto(sink, bytes)
    }
  }

  /** A server may answer with fewer bytes than asked for; only none at all is the end of the file. */
  async function readChunk(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length)
    for (let have = 0; have < length; ) {
      const got = await session.ask<number>('read', path, (sftp, answer) =>
        sftp.read(handle, buffer, have, length - have, position + have, answer),
      )
      if (got === 0) throw changed(`ends at byte ${position + have}: it became shorter while it was read`)
      have += got
    }
    return buffer
  }
}
