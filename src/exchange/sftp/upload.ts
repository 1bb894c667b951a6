import type { FileHandle } from 'node:fs/promises'
import type { Stats } from 'ssh2'
import { MatchbookError } from '../../errors/index.js'
import { openToSend } from '../open-to-send.js'
import { chunkSize, inFlight } from './pipeline.js'
import { NotOffered, type Session } from './session.js'
import type { Throttle } from './throttle.js'

/** For the owner and the group: loads carry prices and suppliers. The server's umask may take more away. */
const mode = 0o640

/**
 * Writes a local file under exactly this path, the answer to every write looked at, the size verified at the end.
 * @throws REMOTE-FULL, REMOTE-PERMISSION, REMOTE-MISSING, TRANSFER-FAILED
 */
export async function upload(session: Session, localFile: string, path: string, throttle?: Throttle): Promise<void> {
  const local = await openToSend(localFile)
  try {
    const { size } = await local.stat()
    const handle = await session.ask<Buffer>('write', path, (sftp, answer) => sftp.open(path, 'w', { mode }, answer))
    try {
      await writeAll(session, local, handle, path, size, throttle)
      await syncWhereOffered(session, handle, path)
    } catch (error) {
      await session.ask('write', path, (sftp, answer) => sftp.close(handle, answer)).catch(() => {})
      throw error
    }
    await session.ask('write', path, (sftp, answer) => sftp.close(handle, answer))
    const there = await session.ask<Stats>('look at', path, (sftp, answer) => sftp.lstat(path, answer))
    if (there.size !== size) {
      throw new MatchbookError(
        'REMOTE-FULL',
        `${session.endpoint}: of ${path} only ${there.size} of ${size} bytes arrived`,
        {
          facts: { endpoint: session.endpoint, path, size, arrived: there.size },
        },
      )
    }
  } finally {
    await local.close()
  }
}

async function writeAll(
  session: Session,
  local: FileHandle,
  handle: Buffer,
  path: string,
  size: number,
  throttle: Throttle | undefined,
): Promise<void> {
  const chunk = chunkSize(size)
  let next = 0
  let failed = false
  const writer = async (): Promise<void> => {
    while (next < size && !failed) {
      const position = next
      next += chunk
      const buffer = Buffer.allocUnsafe(Math.min(chunk, size - position))
      await readExactly(local, buffer, position)
      await throttle?.let(buffer.length)
      await session.ask('write', path, (sftp, answer) => sftp.write(handle, buffer, 0, buffer.length, position, answer))
    }
  }
  // Few wait for their turn under a rate, so that a failure ends them soon.
  const most = throttle === undefined ? inFlight(chunk) : 4
  const writers = Array.from({ length: Math.min(most, Math.ceil(size / chunk)) }, () =>
    writer().catch((error: unknown) => {
      failed = true
      throw error
    }),
  )
  const broken = (await Promise.allSettled(writers)).find((result) => result.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}

async function readExactly(local: FileHandle, buffer: Buffer, position: number): Promise<void> {
  for (let have = 0; have < buffer.length; ) {
    const { bytesRead } = await local.read(buffer, have, buffer.length - have, position + have)
    if (bytesRead === 0) throw new Error('the local file became shorter while it was sent')
    have += bytesRead
  }
}

async function syncWhereOffered(session: Session, handle: Buffer, path: string): Promise<void> {
  try {
    await session.ask('write', path, (sftp, answer) => sftp.ext_openssh_fsync(handle, answer))
  } catch (error) {
    if (!(error instanceof NotOffered)) throw error
  }
}
