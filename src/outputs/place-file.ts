import { createHash } from 'node:crypto'
import { createReadStream, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError, systemError } from '../errors/index.js'

/** A file as it lies on disk: `size` in bytes, `sha256` in hex. */
export interface PlacedFile {
  readonly path: string
  readonly sha256: string
  readonly size: number
}

/**
 * Lets `write` fill a file under a temporary name beside the final one, fsyncs and renames it, so that the final name never shows
 * half a file, and that both outlive a power failure. On failure the temporary file is removed and the final name is untouched.
 *
 * @throws MatchbookError DISK-FULL, DISK-FAILED, WORKSPACE-READ-ONLY, USAGE when the name is that of a folder or a device
 */
export async function placeFile(file: string, write: (temporary: string) => Promise<void>): Promise<PlacedFile> {
  const folder = path.dirname(file)
  const temporary = path.join(folder, `.${path.basename(file)}.${process.pid}.part`)
  try {
    await refuseOther(file)
    await makeFolder(folder)
    // Left by a process of the same id that was killed; in a container every process may have it.
    await rm(temporary, { force: true })
    await write(temporary)
    const placed = { path: file, ...(await hashAndSync(temporary)) }
    await rename(temporary, file)
    await syncFolder(folder)
    return placed
  } catch (error) {
    await rm(temporary, { force: true })
    throw systemError(error, file)
  }
}

/** A rename would put a file in place of /dev/null for everybody on the machine. */
async function refuseOther(file: string): Promise<void> {
  const there = await stat(file).catch(() => undefined)
  if (there === undefined || there.isFile()) return
  throw new MatchbookError('USAGE', `${file} is ${there.isDirectory() ? 'a folder' : 'a device'}, and no file`, {
    hint: 'Name a file',
  })
}

/** Size and hash of what is on disk, not of what was meant to be. */
async function hashAndSync(file: string): Promise<{ sha256: string; size: number }> {
  await syncFile(file)
  return hashOfFile(file)
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What the bytes of a file are. */
export const hashOfFile = (file: string): Promise<Pick<PlacedFile, 'sha256' | 'size'>> =>
  hashOfBytes(createReadStream(file))

/** The same of a stream. */
export async function hashOfBytes(bytes: AsyncIterable<Buffer>): Promise<Pick<PlacedFile, 'sha256' | 'size'>> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of bytes) {
    hash.update(chunk)
    size += chunk.length
  }
  return { sha256: hash.digest('hex'), size }
}

/** The folder and those above it; what is new is durable. One by one: mkdir's `recursive` tries for ever below /proc. */
async function makeFolder(folder: string, aboveIsThere = false): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code === 'ENOTDIR' || (code === 'ENOENT' && aboveIsThere)) {
      const hint = 'Name a file elsewhere; nothing was written'
      throw new MatchbookError('WORKSPACE-READ-ONLY', `nothing can be made in ${path.dirname(folder)}`, {
        hint,
        cause: error,
      })
    }
    if (code !== 'ENOENT') throw error
    await makeFolder(path.dirname(folder))
    return makeFolder(folder, true)
  }
  await syncFolder(path.dirname(folder))
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; the rename is durable there without it.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Several small files of one folder at once, with what they hold, as placeFile does one: when it returns, all outlive a power failure.
 * They are written without handing each call to another thread, which for a small file costs more than the call, and synced side by side.
 */
export async function placeFiles(
  folder: string,
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
): Promise<void> {
  const places = files.map(({ name, bytes }) => {
    return { file: path.join(folder, name), temporary: path.join(folder, `.${name}.${process.pid}.part`), bytes }
  })
  try {
    await makeFolder(folder)
    for (const { temporary, bytes } of places) writeFileSync(temporary, bytes)
    await Promise.all(places.map(({ temporary }) => syncFile(temporary)))
    for (const { temporary, file } of places) renameSync(temporary, file)
    await syncFolder(folder)
  } catch (error) {
    for (const { temporary } of places) rmSync(temporary, { force: true })
    throw systemError(error, folder)
  }
}
