import { MatchbookError } from '../../errors/index.js'
import { connectionBroken } from '../broken-connection.js'
import type { Endpoint, RemoteEntry } from '../endpoint.js'
import { refuseName } from '../entry-name.js'
import { isOfClass } from '../retry/failure-class.js'
import { defaultRetry, Retry } from '../retry/retry.js'
import type { Attributes } from './answers.js'
import type { SftpConnection } from './connection.js'
import { download } from './download.js'
import { inTurn } from './in-turn.js'
import { FILE, FOLDER, isKindTold, kindOfFile } from './kind-of-file.js'
import { listFolder } from './list-folder.js'
import { openSession } from './open-session.js'
import { renameOver } from './rename.js'
import { lstat, makeFolder, remove, stat } from './requests.js'
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
  /** Whether a transfer that was to go over two channels has failed. */
  let alone = false
  const session = (): Session => {
    if (current === undefined) throw connectionBroken(name, 'not connected')
    return current
  }
  const lookAt = (path: string, how = lstat): Promise<Attributes | undefined> =>
    session()
      .ask('look at', path, how(path))
      .catch((error: unknown) => {
        if (error instanceof MatchbookError && error.code === 'REMOTE-MISSING') return undefined
        throw error
      })
  const isFolder = async (path: string): Promise<boolean> => {
    const facts = await lookAt(path, stat)
    return facts !== undefined && kindOfFile(facts, FOLDER) === 'folder'
  }

  return {
    name,
    retry,
    async connect() {
      if (current?.isOpen) return
      await current?.close()
      current = undefined
      // A refused login or host key is not tried again: that would only lock the account, or help whoever sits in between.
      const server = `${settings.host}:${settings.port}`
      current = await retry.run(isOfClass('connect'), () => inTurn(server, () => open(name, settings)))
    },
    worksInOrder: () => session().worksInOrder,
    async list(folder) {
      const entries = await listFolder(session(), folder || '.')
      return entries.map(({ name, attributes, line }) => toEntry(name, attributes, line))
    },
    async stat(path) {
      const facts = await lookAt(path)
      return facts && toEntry(path.slice(path.lastIndexOf('/') + 1), facts, FILE)
    },
    get: (path, sink, from, listed) => download(session(), path, sink, from, listed),
    async put(localFile, path) {
      const over = session()
      try {
        await upload(over, localFile, path, { throttle, alone, sync: settings.sync ?? true })
      } catch (error) {
        // Whatever came between: the next try does without it.
        alone ||= over.hasBeside
        throw error
      }
    },
    rename: (from, to) => renameOver(session(), from, to),
    remove: (path) => session().ask('remove', path, remove(path)),
    async makeFolder(folder) {
      if (await isFolder(folder)) return
      const parent = folder.replace(/\/*[^/]*\/*$/, '')
      if (parent !== '') await this.makeFolder(parent)
      const making = session().ask('make', folder, makeFolder(folder))
      await making.catch(async (error: unknown) => {
        // Made by someone else in the meantime: the protocol has no status of its own for that.
        if (!(await isFolder(folder))) throw error
      })
    },
    async close() {
      const closing = current
      current = undefined
      await closing?.close()
    },
  }
}

function toEntry(name: string, facts: Attributes, line: string): RemoteEntry {
  const { size, modified } = facts
  const refused =
    refuseName(name) ??
    (size === undefined || modified === undefined ? 'the server tells no size or time' : undefined) ??
    (isKindTold(facts, line) ? undefined : 'the server does not tell whether it is a file')
  const entry = { name, size: size ?? 0, modified: modified ?? 0 }
  return refused === undefined ? { ...entry, kind: kindOfFile(facts, line) } : { ...entry, kind: 'other', refused }
}
