import { createHash } from 'node:crypto'
import { Writable } from 'node:stream'
import { MatchbookError } from '../errors/index.js'
import type { Endpoint } from './endpoint.js'
import { joinPath } from './entry-name.js'
import { temporaryName } from './left-overs.js'
import { isOfClass } from './retry/failure-class.js'

export interface PushItem {
  readonly localFile: string
  /** Folder at the endpoint; it must exist. */
  readonly folder: string
  readonly name: string
  /** Hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

export interface PushOptions {
  /** A file of up to so many bytes is read back and compared before it gets its name; 0 by default. */
  readonly readBack?: number
  /** Done before the file may appear under its name: from then on it may be there. */
  readonly beforeRename?: () => Promise<void>
}

/**
 * Brings a file to an endpoint so that, seen from there, it appears once and whole: under a temporary name, its size checked, then
 * renamed and confirmed. Calling again after a crash at any point ends the same way; only where the receiver takes files away at
 * once can a crash between the rename and our memory of it send a file twice.
 * @returns `already-there` when the same bytes stand under the name
 * @throws REMOTE-CONFLICT when other bytes do; CONNECT-FAILED or TRANSFER-FAILED after as many tries as the endpoint allows
 */
export function pushFile(
  endpoint: Endpoint,
  item: PushItem,
  options: PushOptions = {},
): Promise<'sent' | 'already-there'> {
  const target = joinPath(item.folder, item.name)
  const temporary = joinPath(item.folder, temporaryName(item.name))
  const facts = { endpoint: endpoint.name, path: target, size: item.size }

  // Connecting has tries of its own.
  return endpoint.retry.run(isOfClass('transfer'), async () => {
    await endpoint.connect()
    if (await isThere(endpoint, target, item)) return 'already-there'
    await endpoint.put(item.localFile, temporary)
    const sent = await endpoint.stat(temporary)
    if (sent?.size !== item.size) {
      throw new MatchbookError('TRANSFER-FAILED', `${endpoint.name}: ${temporary} is not whole`, { facts })
    }
    if (item.size <= (options.readBack ?? 0)) await readBack(endpoint, temporary, item)
    await options.beforeRename?.()
    await endpoint.rename(temporary, target)
    const confirmed = await endpoint.stat(target)
    // Gone is well: the rename was acknowledged, and the receiver has picked the file up.
    if (confirmed !== undefined && confirmed.size !== item.size)
      throw conflict(endpoint, target, 'changed after it was renamed')
    return 'sent'
  })
}

async function isThere(endpoint: Endpoint, target: string, item: PushItem): Promise<boolean> {
  const there = await endpoint.stat(target)
  if (there === undefined) return false
  if (there.kind !== 'file') throw conflict(endpoint, target, 'is not a regular file')
  if (there.size !== item.size) throw conflict(endpoint, target, `has ${there.size} bytes, ours has ${item.size}`)
  const hash = await hashAt(endpoint, target)
  if (hash !== undefined && hash !== item.sha256) throw conflict(endpoint, target, 'has other bytes than ours')
  return true
}

async function readBack(endpoint: Endpoint, temporary: string, { sha256 }: PushItem): Promise<void> {
  const there = await hashAt(endpoint, temporary)
  if (there === undefined || there === sha256) return
  throw new MatchbookError('TRANSFER-FAILED', `${endpoint.name}: ${temporary} has other bytes than were sent`, {
    facts: { endpoint: endpoint.name, path: temporary, sha256, arrived: there },
  })
}

/** Undefined where we may write but not read: name and size, both ours, must then do. */
async function hashAt(endpoint: Endpoint, path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  const sink = new Writable({
    write(bytes: Buffer, _encoding, done) {
      hash.update(bytes)
      done()
    },
  })
  try {
    await endpoint.get(path, sink)
    return hash.digest('hex')
  } catch (error) {
    if (error instanceof MatchbookError && error.code === 'REMOTE-PERMISSION') return undefined
    throw error
  }
}

const conflict = (endpoint: Endpoint, path: string, what: string): MatchbookError =>
  new MatchbookError('REMOTE-CONFLICT', `${endpoint.name}: ${path} ${what}`, {
    facts: { endpoint: endpoint.name, path },
  })
