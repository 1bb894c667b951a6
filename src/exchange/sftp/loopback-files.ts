import { constants, type Stats } from 'node:fs'
import {
  chmod,
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rmdir,
  stat,
  unlink,
  utimes,
} from 'node:fs/promises'
import path from 'node:path'
import ssh2, { type Attributes, type InputAttributes, type SFTPWrapper } from 'ssh2'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp

/** Answers SFTP version 3 requests from the files of one folder. */
export function serveFiles(sftp: SFTPWrapper, folder: string): void {
  const handles = new Map<string, FileHandle | FolderHandle>()
  let opened = 0

  /** Runs one request; what it throws becomes its status. */
  const answer = (request: number, work: () => Promise<unknown>): void => {
    work().catch((error: unknown) => sftp.status(request, statusOf(error)))
  }
  const done = (request: number, work: () => Promise<unknown>): void =>
    answer(request, async () => {
      await work()
      sftp.status(request, STATUS_CODE.OK)
    })
  const keep = (request: number, handle: FileHandle | FolderHandle): void => {
    const id = Buffer.from(String(opened++))
    handles.set(id.toString(), handle)
    sftp.handle(request, id)
  }
  const file = (id: Buffer): FileHandle => {
    const handle = handles.get(id.toString())
    if (handle === undefined || 'entries' in handle) throw new RangeError('not a file handle')
    return handle
  }
  const attributes = (request: number, work: () => Promise<Stats>): void =>
    answer(request, async () => sftp.attrs(request, toAttributes(await work())))

  sftp.on('OPEN', (request, name, flags, wanted) =>
    answer(request, async () => {
      const where = await inside(folder, name)
      keep(
        request,
        await open(where, openFlags(flags) | constants.O_NOFOLLOW | constants.O_NONBLOCK, modeOf(wanted) ?? 0o640),
      )
    }),
  )
  sftp.on('READ', (request, id, offset, length) =>
    answer(request, async () => {
      const buffer = Buffer.allocUnsafe(Math.min(length, 256 * 1024))
      const { bytesRead } = await file(id).read(buffer, 0, buffer.length, offset)
      if (bytesRead === 0) sftp.status(request, STATUS_CODE.EOF)
      else sftp.data(request, buffer.subarray(0, bytesRead))
    }),
  )
  sftp.on('WRITE', (request, id, offset, data) => {
    // The packet's memory is used again after this call.
    const bytes = Buffer.from(data)
    done(request, async () => {
      let written = 0
      while (written < bytes.length) {
        written += (await file(id).write(bytes, written, bytes.length - written, offset + written)).bytesWritten
      }
    })
  })
  sftp.on('FSTAT', (request, id) => attributes(request, () => file(id).stat()))
  sftp.on('FSETSTAT', (request, id, wanted) =>
    done(request, async () => {
      const mode = modeOf(wanted)
      if (mode !== undefined) await file(id).chmod(mode)
      if (wanted.mtime !== undefined) await file(id).utimes(wanted.atime ?? wanted.mtime, wanted.mtime)
    }),
  )
  sftp.on('CLOSE', (request, id) =>
    done(request, async () => {
      const handle = handles.get(id.toString())
      handles.delete(id.toString())
      if (handle !== undefined && !('entries' in handle)) await handle.close()
    }),
  )
  sftp.on('OPENDIR', (request, name) =>
    answer(request, async () => keep(request, { entries: await entriesOf(await inside(folder, name, 'follow')) })),
  )
  sftp.on('READDIR', (request, id) =>
    answer(request, async () => {
      const handle = handles.get(id.toString())
      if (handle === undefined || !('entries' in handle)) throw new RangeError('not a folder handle')
      const next = handle.entries.splice(0, 100)
      if (next.length === 0) sftp.status(request, STATUS_CODE.EOF)
      else sftp.name(request, next)
    }),
  )
  sftp.on('STAT', (request, name) => attributes(request, async () => stat(await inside(folder, name, 'follow'))))
  sftp.on('LSTAT', (request, name) => attributes(request, async () => lstat(await inside(folder, name))))
  sftp.on('SETSTAT', (request, name, wanted) =>
    done(request, async () => {
      const where = await inside(folder, name, 'follow')
      const mode = modeOf(wanted)
      if (mode !== undefined) await chmod(where, mode)
      if (wanted.mtime !== undefined) await utimes(where, wanted.atime ?? wanted.mtime, wanted.mtime)
    }),
  )
  sftp.on('REMOVE', (request, name) => done(request, async () => unlink(await inside(folder, name))))
  sftp.on('RMDIR', (request, name) => done(request, async () => rmdir(await inside(folder, name))))
  sftp.on('MKDIR', (request, name) => done(request, async () => mkdir(await inside(folder, name))))
  sftp.on('RENAME', (request, from, to) =>
    done(request, async () => {
      const [source, target] = [await inside(folder, from), await inside(folder, to)]
      // Version 3 of the protocol: a rename never replaces.
      const taken = await lstat(target).then(
        () => true,
        () => false,
      )
      if (taken) throw new RangeError('the target exists')
      await rename(source, target)
    }),
  )
  sftp.on('REALPATH', (request, name) => {
    const filename = path.posix.resolve('/', name)
    sftp.name(request, [{ filename, longname: filename, attrs: none }])
  })
  sftp.on('end', () => {
    for (const handle of handles.values()) if (!('entries' in handle)) handle.close().catch(() => {})
    handles.clear()
    sftp.end()
  })
}

/** No attributes known; ssh2 sends none that are missing, its types ask for all. */
const none = {} as Attributes

interface FolderHandle {
  readonly entries: { filename: string; longname: string; attrs: Attributes }[]
}

/** The real path of what a client names; its folder, and with `follow` the file too, must lie inside when links are followed. */
async function inside(folder: string, name: string, links?: 'follow'): Promise<string> {
  const root = await realpath(folder)
  const asked = path.resolve(root, `.${path.posix.resolve('/', name)}`)
  if (asked === root) return root
  const real =
    links === 'follow' ? await realpath(asked) : path.join(await realpath(path.dirname(asked)), path.basename(asked))
  if (!real.startsWith(root + path.sep)) throw Object.assign(new Error('outside'), { code: 'EACCES' })
  return real
}

async function entriesOf(folder: string): Promise<FolderHandle['entries']> {
  const found = await Promise.all(
    (await readdir(folder)).map(async (filename) => {
      const facts = await lstat(path.join(folder, filename)).catch(() => undefined)
      // A name that is not UTF-8 cannot be looked at; it is listed all the same, as OpenSSH does.
      if (facts === undefined) return filename.includes('\uFFFD') ? [{ filename, longname: filename, attrs: none }] : []
      const letter = facts.isDirectory() ? 'd' : facts.isSymbolicLink() ? 'l' : facts.isFile() ? '-' : 'p'
      const longname = `${letter}rw-r----- 1 matchbook matchbook ${facts.size} Jan 1 00:00 ${filename}`
      return [{ filename, longname, attrs: toAttributes(facts) }]
    }),
  )
  return found.flat()
}

const toAttributes = (facts: Stats): Attributes => ({
  mode: facts.mode,
  uid: facts.uid,
  gid: facts.gid,
  size: facts.size,
  atime: Math.floor(facts.atimeMs / 1000),
  mtime: Math.floor(facts.mtimeMs / 1000),
})

const modeOf = (wanted: InputAttributes): number | undefined =>
  typeof wanted.mode === 'number' ? wanted.mode & 0o777 : undefined

function openFlags(asked: number): number {
  const [read, write] = [(asked & OPEN_MODE.READ) !== 0, (asked & OPEN_MODE.WRITE) !== 0]
  return (
    (read && write ? constants.O_RDWR : write ? constants.O_WRONLY : constants.O_RDONLY) |
    (asked & OPEN_MODE.APPEND ? constants.O_APPEND : 0) |
    (asked & OPEN_MODE.CREAT ? constants.O_CREAT : 0) |
    (asked & OPEN_MODE.TRUNC ? constants.O_TRUNC : 0) |
    (asked & OPEN_MODE.EXCL ? constants.O_EXCL : 0)
  )
}

function statusOf(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return STATUS_CODE.NO_SUCH_FILE
  if (code === 'EACCES' || code === 'EPERM' || code === 'ELOOP' || code === 'EROFS')
    return STATUS_CODE.PERMISSION_DENIED
  return STATUS_CODE.FAILURE
}
