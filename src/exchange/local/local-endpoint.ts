import { constants, type Stats } from 'node:fs'
import { chmod, type FileHandle, lstat, mkdir, open, readdir, realpath, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { MatchbookError } from '../../errors/index.js'
import type { Endpoint, RemoteEntry } from '../endpoint.js'
import { refuseName } from '../entry-name.js'
import { openToSend } from '../open-to-send.js'
import { forOthers } from '../private-umask.js'
import { noRetry } from '../retry/retry.js'
import { syncFolder } from '../sync-folder.js'
import { writeInto } from '../write-into.js'

export interface LocalFolder {
  /** Absolute; paths of the endpoint are relative to it and cannot leave it, by `..` or by a link. */
  readonly folder: string
}

const chunk = 256 * 1024

/** A folder of this machine or a mounted share. */
export function createLocalEndpoint(name: string, { folder }: LocalFolder): Endpoint {
  const failure = (code: 'REMOTE-PERMISSION' | 'TRANSFER-FAILED', subject: string, what: string): MatchbookError =>
    new MatchbookError(code, `${name}: ${subject} ${what}`, { facts: { endpoint: name, path: subject } })

  /** The path on this machine. The folder it is in must exist, and lie in the endpoint's when links are followed. */
  async function inside(subject: string): Promise<string> {
    const root = await realpath(folder)
    const asked = path.join(root, subject)
    if (asked === root || asked === root + path.sep) return root
    const real = asked.startsWith(root + path.sep)
      ? path.join(await realpath(path.dirname(asked)), path.basename(asked))
      : ''
    if (!real.startsWith(root + path.sep)) throw failure('REMOTE-PERMISSION', subject, 'leads out of the folder')
    return real
  }

  async function regularFile(subject: string): Promise<{ where: string; facts: Stats }> {
    const where = await inside(subject)
    const facts = await lstat(where)
    if (!facts.isFile()) throw failure('TRANSFER-FAILED', subject, 'is not a regular file')
    return { where, facts }
  }

  async function copyOut(
    subject: string,
    sink: Writable,
    from: number,
    listed?: RemoteEntry,
  ): Promise<{ size: number }> {
    const { where } = await regularFile(subject)
    const file = await open(where, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const before = await file.stat()
      if (listed !== undefined && (before.size !== listed.size || seconds(before) !== listed.modified))
        throw failure('TRANSFER-FAILED', subject, 'was written to since it was listed')
      for (let at = from; at < before.size; ) {
        const buffer = Buffer.allocUnsafe(Math.min(chunk, before.size - at))
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
        if (bytesRead === 0) throw failure('TRANSFER-FAILED', subject, 'became shorter while it was read')
        at += bytesRead
        await writeInto(sink, buffer.subarray(0, bytesRead)).catch((error: unknown) => {
          throw new SinkFailed(error)
        })
      }
      const after = await file.stat()
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
        throw failure('TRANSFER-FAILED', subject, 'was written to while it was read')
      }
      return { size: before.size }
    } finally {
      await file.close()
    }
  }

  async function copyIn(source: FileHandle, subject: string): Promise<void> {
    const where = await inside(subject)
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants
    const target = await open(where, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o640)
    try {
      await target.chmod(forOthers(0o640))
      for await (const bytes of source.createReadStream({ autoClose: false, highWaterMark: chunk })) {
        await target.writeFile(bytes)
      }
      await target.sync()
      const [{ size }, there] = [await source.stat(), await target.stat()]
      if (size !== there.size) throw failure('TRANSFER-FAILED', subject, `has ${there.size} of ${size} bytes`)
    } finally {
      await target.close()
    }
    await syncFolder(path.dirname(where))
  }

  /** Runs one operation; the file system's failures come out as the classes of Endpoint. */
  async function as<T>(subject: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw error instanceof SinkFailed ? error.cause : classed(name, subject, error)
    }
  }

  return {
    name,
    retry: noRetry,
    worksInOrder: () => false,
    connect: () => as(folder, async () => void (await readdir(folder))),
    list: (of) =>
      as(of, async () => {
        const where = await inside(of)
        if ((await lstat(where)).isSymbolicLink()) throw failure('REMOTE-PERMISSION', of, 'is a link')
        const entries = await Promise.all(
          (await readdir(where)).map(async (entry) => {
            const facts = await lstat(path.join(where, entry)).catch(() => undefined)
            // Gone since it was listed; or a name that is not UTF-8, which cannot be looked at and is reported.
            if (facts === undefined) return refuseName(entry) === undefined ? [] : [toEntry(entry, undefined)]
            return [toEntry(entry, facts)]
          }),
        )
        return entries.flat()
      }),
    stat: (of) =>
      as(of, async () => toEntry(path.basename(of), await lstat(await inside(of)))).catch((error: unknown) => {
        if (error instanceof MatchbookError && error.code === 'REMOTE-MISSING') return undefined
        throw error
      }),
    get: (of, sink, from = 0, listed = undefined) => as(of, () => copyOut(of, sink, from, listed)),
    async put(localFile, to) {
      const source = await openToSend(localFile)
      await as(to, () => copyIn(source, to)).finally(() => source.close())
    },
    rename: (from, to) =>
      as(from, async () => {
        const [source, target] = [await inside(from), await inside(to)]
        await rename(source, target)
        for (const changed of new Set([path.dirname(source), path.dirname(target)])) await syncFolder(changed)
      }),
    remove: (of) =>
      as(of, async () => {
        const { where } = await regularFile(of)
        await unlink(where)
        await syncFolder(path.dirname(where))
      }),
    async makeFolder(of) {
      const parent = path.dirname(path.normalize(of))
      if (path.normalize(of) === '.' || parent === of) return
      await this.makeFolder(parent)
      await as(of, async () => {
        const where = await inside(of)
        try {
          await mkdir(where)
          await chmod(where, forOthers(0o777))
        } catch (error) {
          const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
          if (!exists || !(await lstat(where)).isDirectory()) throw error
        }
      })
    },
    async close() {},
  }
}

/** What the receiver of the bytes fails with is not the endpoint's failure. */
class SinkFailed extends Error {
  constructor(cause: unknown) {
    super('the sink failed', { cause })
  }
}

const seconds = ({ mtimeMs }: Stats): number => Math.floor(mtimeMs / 1000)

function toEntry(name: string, facts: Stats | undefined): RemoteEntry {
  const refused = refuseName(name)
  const entry = { name, size: facts?.size ?? 0, modified: facts === undefined ? 0 : seconds(facts) }
  if (refused !== undefined || facts === undefined) return { ...entry, kind: 'other', ...(refused && { refused }) }
  const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : facts.isSymbolicLink() ? 'link' : 'other'
  return { ...entry, kind }
}

function classed(endpoint: string, subject: string, error: unknown): unknown {
  if (error instanceof MatchbookError || !(error instanceof Error) || !('code' in error)) return error
  const codes = {
    ENOENT: 'REMOTE-MISSING',
    ENOTDIR: 'REMOTE-MISSING',
    ENOSPC: 'REMOTE-FULL',
    EDQUOT: 'REMOTE-FULL',
    EACCES: 'REMOTE-PERMISSION',
    EPERM: 'REMOTE-PERMISSION',
    EROFS: 'REMOTE-PERMISSION',
    ELOOP: 'REMOTE-PERMISSION',
  } as const
  const code = codes[String(error.code) as keyof typeof codes] ?? 'TRANSFER-FAILED'
  return new MatchbookError(code, `${endpoint}: ${subject}: ${error.message}`, {
    facts: { endpoint, path: subject },
    cause: error,
  })
}
