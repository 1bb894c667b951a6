import { existsSync } from 'node:fs'
import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Workspace } from '../../config/index.js'
import { errorCatalogue, MatchbookError, systemError } from '../../errors/index.js'
import { keepPrivate, makeFolder } from '../../exchange/index.js'
import {
  beforeUpgrade,
  firstBrokenAudit,
  type LineageBacklog,
  lineageBacklog,
  type StateVersion,
} from '../../state/index.js'
import { openReading } from '../compose.js'
import { stateFolder } from '../workspace/state-folder.js'
import { bad, badBy, type Check, good, warning } from './check.js'

/** Below this a night may not end: bytes. */
const ROOM_NEEDED = 200_000_000n
/** Files that a disk must be able to take. */
const FILES_NEEDED = 20_000n
/** Below this some nights more may not. */
const ROOM_WANTED = 2_000_000_000n

/** The folder that everything lasting is in: can it be written, is there room, is it private, is what it holds whole. */
export async function state(workspace: Workspace): Promise<Check[]> {
  const folder = stateFolder(workspace)
  try {
    keepPrivate()
    await makeFolder(folder)
    await access(folder, constants.W_OK)
  } catch (error) {
    const looked = existsSync(path.join(folder, 'matchbook.db')) ? await store(workspace.folder) : []
    return [notWritable(folder, systemError(error, folder)), ...looked]
  }
  return [await room(folder), await privacy(folder), ...(await store(workspace.folder)), ...(await upgrades(folder))]
}

function notWritable(folder: string, error: unknown): Check {
  if (error instanceof MatchbookError) return badBy('state folder', error)
  const { hint } = errorCatalogue['WORKSPACE-READ-ONLY']
  return bad('state folder', `${folder}: ${String(error)}`, hint, 'WORKSPACE-READ-ONLY')
}

async function room(folder: string): Promise<Check> {
  const { bavail, bsize, files, ffree } = await statfs(folder, { bigint: true })
  const free = bavail * bsize
  const says = `${folder}, ${free / 1_000_000n} MB free`
  // Some file systems have no such number.
  if (files > 0n && ffree < FILES_NEEDED) {
    const remedy =
      'Remove files on that disk that nobody needs (df -i shows how many it may have): a night makes thousands'
    return bad('state folder', `${folder}, room for no more than ${ffree} files`, remedy, 'DISK-FULL')
  }
  if (free < ROOM_NEEDED) {
    return bad(
      'state folder',
      says,
      'Free some space on that disk now: the next night may stop in the middle',
      'DISK-FULL',
    )
  }
  if (free > ROOM_WANTED) return good('state folder', says)
  return warning('state folder', says, 'Free some space: archive and workbooks grow every night')
}

/** What Matchbook makes is its owner's alone; older versions, a copy or a restore may have left it otherwise. */
async function privacy(folder: string): Promise<Check> {
  const subject = 'privacy of the state'
  const names = await readdir(folder)
  const looked = [folder, ...names.map((name) => path.join(folder, name))]
  const open: string[] = []
  for (const one of looked) {
    const facts = await stat(one).catch(() => undefined)
    if (facts !== undefined && (facts.mode & 0o077) !== 0) open.push(path.relative(path.dirname(folder), one))
  }
  if (open.length === 0) return good(subject, 'nobody but its owner can read it')
  return warning(subject, `others may read ${open.join(', ')}`, `Run: chmod -R go= ${folder}`)
}

/** Copies from before upgrades stay until somebody removes them. */
async function upgrades(folder: string): Promise<Check[]> {
  const kept = path.join(folder, beforeUpgrade)
  const versions = (await readdir(kept).catch(() => [])).filter((name) => !name.endsWith('.part'))
  if (versions.length === 0) return []
  const sizes = await Promise.all(versions.map((name) => stat(path.join(kept, name, 'matchbook.db'))))
  const megabytes = Math.ceil(sizes.reduce((sum, { size }) => sum + size, 0) / 1_000_000)
  return [good('copies from before upgrades', `${versions.length}, ${megabytes} MB; remove those nobody goes back to`)]
}

/** What the lineage server has not taken. */
function untold({ waiting, refused, lastError }: LineageBacklog): Check[] {
  if (lastError === null) return []
  const says = `${waiting} events wait, ${refused} were refused for good: ${lastError}`
  return [
    warning(
      'OpenLineage',
      says,
      'Ask who runs the server; what waits is sent by itself, or now: matchbook notify send',
    ),
  ]
}

async function store(workspaceFolder: string): Promise<Check[]> {
  try {
    const reading = await openReading(workspaceFolder, { onlyToLook: true })
    const { database, version, notWritable } = reading.state
    const [damage, broken, lineage] = await Promise.all([
      reading.state.damage(),
      firstBrokenAudit(database),
      lineageBacklog(database),
    ]).finally(() => reading.state.close())
    if (damage !== undefined)
      return [bad('state', `is damaged: ${damage}`, errorCatalogue['STATE-CORRUPT'].hint, 'STATE-CORRUPT')]
    if (broken === undefined && notWritable !== undefined)
      return [badBy('state', notWritable), good('state', 'what it holds is whole; commands that only look go on')]
    if (broken === undefined)
      return [good('state', `opens; the audit chain is whole${besides(version)}`), ...untold(lineage)]
    const remedy = 'Someone changed the database by hand; compare with the last backup'
    return [bad('state', `the audit chain breaks at entry ${broken}`, remedy)]
  } catch (error) {
    return [badBy('state', systemError(error, 'the state'))]
  }
}

/** Two versions may be at work for a while. */
function besides({ unknown, waitsFor }: StateVersion): string {
  if (unknown.length > 0) return '; a newer version has added to it, and this one can go on with it'
  return waitsFor === undefined ? '' : `; the upgrade is completed when ${waitsFor} is not at work any more`
}
