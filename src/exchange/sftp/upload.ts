import type { FileHandle } from 'node:fs/promises'
import { MatchbookError } from '../../errors/index.js'
import { openToSend, readToSend } from '../open-to-send.js'
import { chunkSize, inFlight } from './pipeline.js'
import { close, fstat, type Handle, openToWrite, sync as syncThere, write } from './requests.js'
import { NotOffered, type Session } from './session.js'
import type { Throttle } from './throttle.js'

/** For the owner and the group: loads carry prices and suppliers. The server's umask may take more away. */
const mode = 0o640

interface UploadOptions {
  readonly throttle?: Throttle | undefined
  /** Have the server write the file to its disk, where it can. */
  readonly sync: boolean
}

/**
 * Writes a local file under exactly this path, the answer to every write looked at, the size verified at the end.
 * @throws REMOTE-FULL, REMOTE-PERMISSION, REMOTE-MISSING, TRANSFER-FAILED
 */
export async function upload(session: Session, localFile: string, path: string, options: UploadOptions): Promise<void> {
  // One request takes a small file.
  const whole = readToSend(localFile, Math.min(chunkSize(0), session.mostWritten))
  if (whole !== undefined) {
    await options.throttle?.let(whole.length)
    const handle = await openThere(session, path)
    return finish(session, handle, path, whole.length, options, async () => {
      if (whole.length > 0) await writePart(session, handle, path, whole, 0)
    })
  }
  const local = await openToSend(localFile)
  try {
    const { size } = await local.stat()
    const handle = await openThere(session, path)
    await writeAll(session, local, size, options.throttle, (bytes, position) =>
      writePart(session, handle, path, bytes, position),
    ).catch(closing(session, handle, path))
    await finish(session, handle, path, size, options)
  } finally {
    await local.close()
  }
}

const openThere = (session: Session, path: string): Promise<Handle> =>
  session.ask('write', path, openToWrite(path, mode))

const writePart = (session: Session, handle: Handle, path: string, bytes: Buffer, position: number): Promise<void> =>
  session.ask('write', path, write(handle, position, bytes))

/** Writes what is left, has it synced, and closes. @throws REMOTE-FULL when not all bytes are there */
async function finish(
  session: Session,
  handle: Handle,
  path: string,
  size: number,
  { sync }: UploadOptions,
  write: () => Promise<void> = async () => {},
): Promise<void> {
  let arrived: number | undefined
  await session.inTurn([
    write,
    async () => sync && syncWhereOffered(session, handle, path),
    async () => {
      const facts = await session.ask('look at', path, fstat(handle))
      arrived = facts.size
    },
    () => session.ask('write', path, close(handle)),
  ])
  if (arrived === size) return
  throw new MatchbookError(
    'REMOTE-FULL',
    `${session.endpoint}: of ${path} only ${arrived ?? 'none'} of ${size} bytes arrived`,
    {
      facts: { endpoint: session.endpoint, path, size, ...(arrived === undefined ? {} : { arrived }) },
    },
  )
}

/** Ends what failed; nobody waits for the answer. */
const closing =
  (session: Session, handle: Handle, path: string) =>
  (error: unknown): never => {
    session.ask('write', path, close(handle)).catch(() => {})
    throw error
  }

async function writeAll(
  session: Session,
  local: FileHandle,
  size: number,
  throttle: Throttle | undefined,
  write: (bytes: Buffer, position: number) => Promise<void>,
): Promise<void> {
  const chunk = Math.min(chunkSize(size), session.mostWritten)
  let next = 0
  let failed = false
  const writer = async (): Promise<void> => {
    while (next < size && !failed) {
      const position = next
      next += chunk
      await session.parts(async () =>
        write(await readAt(local, position, Math.min(chunk, size - position), throttle), position),
      )
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

/** Bytes that may be sent now. */
async function readAt(local: FileHandle, position: number, length: number, throttle?: Throttle): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  await readExactly(local, buffer, position)
  await throttle?.let(length)
  return buffer
}

async function readExactly(local: FileHandle, buffer: Buffer, position: number): Promise<void> {
  for (let have = 0; have < buffer.length; ) {
    const { bytesRead } = await local.read(buffer, have, buffer.length - have, position + have)
    if (bytesRead === 0) throw new Error('the local file became shorter while it was sent')
    have += bytesRead
  }
}

async function syncWhereOffered(session: Session, handle: Handle, path: string): Promise<void> {
  try {
    await session.ask('write', path, syncThere(handle))
  } catch (error) {
    if (!(error instanceof NotOffered)) throw error
  }
}
