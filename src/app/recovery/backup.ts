import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import pLimit from 'p-limit'
import { MatchbookError, systemError } from '../../errors/index.js'
import { placeInArchive } from '../../exchange/archive-places.js'
import { makeFolder } from '../../exchange/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { appendAudit, hashesKept, isKept, sealCopy } from '../../state/index.js'
import { copyOfState, openTools, type ToolOptions } from '../compose.js'
import { actingPerson } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'
import { type BackupManifest, manifestName } from './manifest.js'

export interface BackupRequest extends ToolOptions {
  /** An empty folder, or one that is not there yet; without it a new one in backup.folder of the settings. */
  readonly to: string | undefined
}

export interface BackupOutcome {
  /** Absolute. */
  readonly folder: string
  readonly takenAt: string
  readonly files: number
  readonly bytes: number
}

/**
 * Copies what is needed to go on elsewhere, while runs go on here: the store as it is at one moment, then every file that it knows. Each
 * is on disk and hashed before the list of all is written.
 * @throws USAGE when the folder holds something, ARCHIVE-MISSING, DISK-FULL
 */
export async function backup(request: BackupRequest): Promise<BackupOutcome> {
  const tools = await openTools(request, 'backup')
  try {
    const folder = await emptyFolder(request.to ?? named(tools))
    const takenAt = tools.now()
    const state = path.join(folder, 'state')
    await mkdir(state, { mode: 0o700 })
    await copyOfState(tools.workspace, state)
    await sealCopy(state).catch((cause: unknown) => {
      throw cause instanceof MatchbookError ? damaged(tools.state.place, cause) : cause
    })
    const files = [await placed(folder, path.join(state, 'matchbook.db'), 'state/matchbook.db')]
    for (const file of await archived(state, folder, tools)) files.push(file)
    for (const { from, to } of [...(await written(tools)), ...(await settings(tools))]) {
      files.push(await placed(folder, from, to))
    }
    const { workspace: organisation, profile } = tools.workspace.settings
    const manifest: BackupManifest = { matchbook: tools.version, organisation, profile, takenAt, files }
    const list = await placeFile(path.join(folder, manifestName), (part) =>
      writeFile(part, `${JSON.stringify(manifest, null, 1)}\n`),
    )
    const bytes = files.reduce((sum, { size }) => sum + size, 0)
    await tools.state.database.transaction().execute((database) =>
      appendAudit(database, {
        at: tools.now(),
        actor: actingPerson(undefined, tools),
        action: 'backed up',
        subject: folder,
        detail: { takenAt, files: files.length, bytes, list: list.sha256 },
      }),
    )
    return { folder, takenAt, files: files.length, bytes }
  } catch (error) {
    const isOfStore = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
    throw systemError(error, isOfStore ? tools.state.place : (request.to ?? 'the backup'))
  } finally {
    await tools.close()
  }
}

/** What is not whole in the copy was not whole in the store. */
function damaged(place: string, { message, cause }: MatchbookError): MatchbookError {
  const [, first = ''] = message.split('\n')
  return new MatchbookError('STATE-CORRUPT', `${place}: is damaged, and was not backed up: ${first}`, { cause })
}

function named({ workspace, now }: Tools): string {
  const { backup: to } = workspace.settings
  if (to === undefined) {
    throw new MatchbookError('USAGE', 'where to? Name a folder with --to, or set backup in matchbook.yaml')
  }
  return path.resolve(workspace.folder, to.folder, now().replace(/[-:]|\.\d+/g, ''))
}

async function emptyFolder(folder: string): Promise<string> {
  const target = path.resolve(folder)
  await makeFolder(target)
  if ((await readdir(target)).length === 0) return target
  throw new MatchbookError('USAGE', `${target} is not empty`, { hint: 'Name an empty folder; nothing was changed' })
}

interface ToCopy {
  readonly from: string
  /** In the backup. */
  readonly to: string
}

/** Files of the archive under way at a time: it may be far away. */
const SIDE_BY_SIDE = 16

/** The bytes of every file of the ledger that are kept. One that was purged while we copied is rightly gone. */
async function archived(copy: string, folder: string, tools: Tools): Promise<BackupManifest['files']> {
  const limit = pLimit(SIDE_BY_SIDE)
  const one = async (sha256: string): Promise<BackupManifest['files']> => {
    const to = placeInArchive('state/archive', sha256)
    const write = async (part: string): Promise<void> =>
      pipeline(await tools.archive.read(sha256), createWriteStream(part))
    try {
      const copied = await placedBy(folder, to, write)
      if (copied.sha256 === sha256) return [copied]
      const says = `${tools.archive.placeOf(sha256)} holds other bytes than were put there`
      throw new MatchbookError('ARCHIVE-DAMAGED', says, { facts: { sha256 } })
    } catch (error) {
      const isGone = error instanceof MatchbookError && error.code === 'ARCHIVE-MISSING'
      if (!isGone || (await isKept(tools.state.database, sha256))) throw error
      return []
    }
  }
  const all = (await hashesKept(copy)).map((sha256) => limit(() => one(sha256)))
  return (
    await Promise.all(all).catch((error: unknown) => {
      limit.clearQueue()
      throw error
    })
  ).flat()
}

/** Loads, acknowledgments and reports, as they lie in the state folder. */
async function written({ folder }: Tools): Promise<ToCopy[]> {
  const below = await Promise.all(
    ['loads', 'outbox', 'reports', 'evidence'].map((name) => filesBelow(path.join(folder, name))),
  )
  return below.flat().map((from) => ({ from, to: path.join('state', path.relative(folder, from)) }))
}

/** The settings. Keys are secrets, and stay where they are. */
async function settings({ workspace }: Tools): Promise<ToCopy[]> {
  const { folder } = workspace
  const below = await Promise.all(
    ['profiles', 'jobs', 'templates', 'schemas'].map((name) => filesBelow(path.join(folder, name))),
  )
  const files = [...below.flat(), path.join(folder, 'matchbook.yaml')]
  return files.map((from) => ({ from, to: path.join('workspace', path.relative(folder, from)) }))
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

const placed = (folder: string, from: string, to: string): Promise<BackupManifest['files'][number]> =>
  placedBy(folder, to, (part) => copyFile(from, part))

async function placedBy(
  folder: string,
  to: string,
  write: (part: string) => Promise<void>,
): Promise<BackupManifest['files'][number]> {
  const { sha256, size } = await placeFile(path.join(folder, to), write)
  return { path: to.split(path.sep).join('/'), sha256, size }
}
