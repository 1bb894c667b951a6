import type { FileHandle } from 'node:fs/promises'
import { MatchbookError } from '../../errors/index.js'
import { openToSend, readToSend } from '../open-to-send.js'
import { lookAtOpen } from './look-at-open.js'
import { chunkSize, inFlight } from './pipeline.js'
import { close, type Handle, openToWrite, openToWriteMore, sync as syncThere, write } from './requests.js'
import { NotOffered, type Session } from './session.js'
import type { Throttle } from './throttle.js'

/** For the owner and the group: loads carry prices and suppliers. The server's umask may take more away. */
const mode = 0o640

/**
 * Round trip in milliseconds from which a large file goes over two channels, each with a server program of its own that writes to the same
 * file. OpenSSH's server lets a channel have 2 MB under way, which is 100 MB a second at this round trip and less at a longer one.
 */
const FAR = 20
/** Bytes from which that saves more than a second channel takes to open. */
const LARGE = 32 * 1024 * 1024

/** A file that is open over one channel. */
interface Target {
  readonly session: Session
  readonly handle: Handle
  readonly path: string
}

interface UploadOptions {
  readonly throttle?: Throttle | undefined
  /** Never more than one channel. */
  readonly alone?: boolean
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
    const first = { session, handle: await openThere(session, path), path }
    const second = mayShare(session, size, options) ? openBeside(session, path) : undefined
    try {
      const shared = await writeAll(first, second, local, size, options.throttle).catch(
        closing(session, first.handle, path),
      )
      const same = shared === undefined ? undefined : sameThere(shared, size)
      // What the first channel is told counts first.
      same?.catch(() => {})
      await finish(session, first.handle, path, size, options)
      await same
    } finally {
      // Nobody waits for a channel that is still being opened, nor for this answer.
      second?.then((target) => target?.session.ask('write', path, close(target.handle))).catch(() => {})
    }
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
      const facts = await lookAtOpen(session, 'look at', handle, path)
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

const mayShare = (session: Session, size: number, { throttle, alone }: UploadOptions): boolean =>
  size >= LARGE && session.roundTrip >= FAR && session.sharesFiles && throttle === undefined && alone !== true

/** The same file over a second channel; undefined where the server does not allow that. */
async function openBeside(session: Session, path: string): Promise<Target | undefined> {
  const beside = await session.beside()
  if (beside === undefined) return undefined
  return beside.ask('write', path, openToWriteMore(path)).then(
    (handle) => ({ session: beside, handle, path }),
    () => undefined,
  )
}

/** Both channels must have written to one file. @throws TRANSFER-FAILED */
async function sameThere({ session, handle, path }: Target, size: number): Promise<void> {
  const seen = (await lookAtOpen(session, 'look at', handle, path)).size
  if (seen === size) return
  throw new MatchbookError(
    'TRANSFER-FAILED',
    `${session.endpoint}: a second channel sees ${seen ?? 'none'} of ${size} bytes of ${path}`,
    { hint: 'It is sent again over one channel', facts: { endpoint: session.endpoint, path } },
  )
}

/** @returns the second channel, if it wrote some of it: it takes some round trips to open, and what is left then is shared */
async function writeAll(
  first: Target,
  second: Promise<Target | undefined> | undefined,
  local: FileHandle,
  size: number,
  throttle: Throttle | undefined,
): Promise<Target | undefined> {
  const chunk = Math.min(chunkSize(size), first.session.mostWritten)
  let next = 0
  let failure: { readonly error: unknown } | undefined
  const writer = async ({ session, handle, path }: Target): Promise<void> => {
    while (next < size && failure === undefined) {
      const position = next
      next += chunk
      await first.session.parts(async () => {
        const bytes = await readAt(local, position, Math.min(chunk, size - position), throttle)
        await writePart(session, handle, path, bytes, position)
      })
    }
  }
  // Few wait for their turn under a rate, so that a failure ends them soon.
  const most = Math.min(throttle === undefined ? inFlight(chunk) : 4, Math.ceil(size / chunk))
  const writersTo = (target: Target): Promise<void>[] =>
    Array.from({ length: most }, () =>
      writer(target).catch((error: unknown) => {
        failure ??= { error }
      }),
    )
  const writing = writersTo(first)
  let shared: Target | undefined
  second?.then((target) => {
    if (target === undefined || next >= size || failure !== undefined) return
    shared = target
    writing.push(...writersTo(target))
  })
  // Those of the second channel come while the others are at work, and are waited for as well.
  for (const one of writing) await one
  if (failure !== undefined) throw failure.error
  return shared
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
