import type { FileEntryWithStats, Stats } from 'ssh2'
import { MatchbookError } from '../../errors/index.js'
import { connectionBroken } from '../broken-connection.js'
import type { Endpoint, RemoteEntry } from '../endpoint.js'
import { refuseName } from '../entry-name.js'
import { isOfClass } from '../retry/failure-class.js'
import { defaultRetry, Retry } from '../retry/retry.js'
import type { SftpConnection } from './connection.js'
import { download } from './download.js'
import { openSession } from './open-session.js'
import { renameOver } from './rename.js'
import type { Session } from './session.js'
import { Throttle } from './throttle.js'
import { upload } from './upload.js'

/** An SFTP server, over one connection kept full of requests. */
export function createSftpEndpoint(
  name: string,
  settings: SftpConnection,
  open: (name: string, settings: SftpConnection) => Promise<Session> = openSession,
): Endpoint {
  const { tries, pause, longestPause, budget } = { ...defaultRetry, ...settings }
  const retry = new Retry({ tries, pause, longestPause, budget })
  const throttle = settings.uploadRate === undefined ? undefined : new Throttle(settings.uploadRate)
  let current: Session | undefined
  const session = (): Session => {
    if (current === undefined) throw connectionBroken(name, 'not connected')
    return current
  }
  const lookAt = (path: string, how: 'stat' | 'lstat'): Promise<Stats | undefined> =>
    session()
      .ask<Stats>('look at', path, (sftp, answer) => sftp[how](path, answer))
      .catch((error: unknown) => {
        if (error instanceof MatchbookError && error.code === 'REMOTE-MISSING') return undefined
        throw error
      })

  return {
    name,
    retry,
    async connect() {
      if (current?.isOpen) return
      await current?.close()
      current = undefined
      // A refused login or host key is not tried again: that would only lock the account, or help whoever sits in between.
      current = await retry.run(isOfClass('connect'), () => open(name, settings))
    },
    worksInOrder: () => session().worksInOrder,
    async list(folder) {
      const entries = await session().ask<FileEntryWithStats[]>('list', folder || '.', (sftp, answer) =>
        sftp.readdir(folder || '.', answer),
      )
      return entries.map(({ filename, longname, attrs }) => toEntry(filename, attrs, longname))
    },
    async stat(path) {
      const facts = await lookAt(path, 'lstat')
      return facts && toEntry(path.slice(path.lastIndexOf('/') + 1), facts)
    },
    get: (path, sink, from, listed) => download(session(), path, sink, from, listed),
    put: (localFile, path) => upload(session(), localFile, path, { throttle, sync: settings.sync ?? true }),
    rename: (from, to) => renameOver(session(), from, to),
    remove: (path) => session().ask('remove', path, (sftp, answer) => sftp.unlink(path, answer)),
    async makeFolder(folder) {
      if ((await lookAt(folder, 'stat'))?.isDirectory()) return
      const parent = folder.replace(/\/*[^/]*\/*$/, '')
      if (parent !== '') await this.makeFolder(parent)
      const making = session().ask('make', folder, (sftp, answer) => sftp.mkdir(folder, answer))
      await making.catch(async (error: unknown) => {
        // Made by someone else in the meantime: the protocol has no status of its own for that.
        if (!(await lookAt(folder, 'stat'))?.isDirectory()) throw error
      })
    },
    async close() {
      const closing = current
      current = undefined
      await closing?.close()
    },
  }
}

/** Kind by the attributes, which are what the protocol defines; by the line for people only where a server leaves the mode out. */
function toEntry(name: string, facts: Stats, line = ''): RemoteEntry {
  const { size, mtime } = facts
  const asFile = facts.isFile() || (!facts.mode && line.startsWith('-'))
  const asFolder = facts.isDirectory() || (!facts.mode && line.startsWith('d'))
  const refused =
    refuseName(name) ?? (size === undefined || mtime === undefined ? 'the server tells no size or time' : undefined)
  const entry = { name, size: size ?? 0, modified: mtime ?? 0 }
  if (refused !== undefined) return { ...entry, kind: 'other', refused }
  if (facts.isSymbolicLink()) return { ...entry, kind: 'link' }
  return { ...entry, kind: asFile ? 'file' : asFolder ? 'folder' : 'other' }
}
