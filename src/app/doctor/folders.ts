import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { MatchbookError } from '../../errors/index.js'
import { type Endpoint, type Examined, isEndpointDown } from '../../exchange/index.js'
import { bad, type Check, good, warning } from './check.js'
import type { ClockReading } from './clock.js'
import type { FolderUsed } from './folders-used.js'

/** A load and its acknowledgments fit many times; bytes. */
const ROOM_WANTED = 100_000_000n

/**
 * Each folder in use: is it there, can it be listed, read, and with `write` written; and is there room.
 * @throws what ends the connection; a refusal is a check
 */
export async function folderChecks(
  examined: Examined,
  folders: readonly FolderUsed[],
  write: boolean,
): Promise<{ readonly checks: readonly Check[]; readonly clock: ClockReading | undefined }> {
  const checks: Check[] = []
  let clock: ClockReading | undefined
  for (const used of folders) {
    const looked = await lookInto(examined, used, write)
    checks.push(...looked.checks)
    clock ??= looked.clock
  }
  return { checks, clock }
}

interface Looked {
  readonly checks: readonly Check[]
  readonly clock?: ClockReading
}

async function lookInto(examined: Examined, used: FolderUsed, write: boolean): Promise<Looked> {
  const { endpoint } = examined
  const { folder, usedBy } = used
  const subject = `${endpoint.name}: folder ${folder}`
  const forWhom = `(${usedBy.join('; ')})`
  const refused = (what: string, remedy: string) => (error: unknown) => {
    if (!(error instanceof MatchbookError) || isEndpointDown(error)) throw error
    return bad(subject, `cannot be ${what}: ${error.message} ${forWhom}`, remedy, error.code)
  }
  const can: string[] = []

  const listed = await list(endpoint, used).catch((error: unknown) => {
    const missing = error instanceof MatchbookError && error.code === 'REMOTE-MISSING'
    if (missing && used.madeByUs) return 'later' as const
    const remedy = missing
      ? `Ask the partner to make the folder ${folder}, or mend its name in the settings: names are case-sensitive on most servers`
      : `Ask the partner to let our account list the folder ${folder}`
    return refused(missing ? 'found' : 'listed', remedy)(error)
  })
  if (listed === 'later') return { checks: [good(subject, `is not there yet and made when needed ${forWhom}`)] }
  if ('state' in listed) return { checks: [listed] }
  can.push('listed')

  if (used.reads && listed.file !== undefined) {
    const remedy = `Ask the partner to let our account read what is in the folder ${folder}`
    const unread = await opens(endpoint, inFolder(folder, listed.file)).catch(refused('read', remedy))
    if (unread !== undefined) return { checks: [unread] }
    can.push('read')
  }
  let clock: ClockReading | undefined
  if (used.writes && write) {
    const remedy = `Ask the partner to let our account write, rename and remove in the folder ${folder}; work is queued meanwhile`
    const written = await tryWriting(endpoint, folder).catch(refused('written', remedy))
    if ('state' in written) return { checks: [written] }
    clock = written
    can.push('written, renamed in and removed from')
  }
  const untried = [
    ...(used.reads && listed.file === undefined ? ['there is no file to try reading'] : []),
    ...(used.writes && !write ? ['writing is tried with --write'] : []),
  ]
  const says = [`can be ${can.join(', ')}`, ...untried].join('; ')
  return {
    checks: [good(subject, `${says} ${forWhom}`), ...(await room(examined, used))],
    ...(clock === undefined ? {} : { clock }),
  }
}

async function list(endpoint: Endpoint, { folder }: FolderUsed): Promise<{ readonly file: string | undefined }> {
  const entries = await endpoint.list(folder)
  return { file: entries.find(({ kind }) => kind === 'file')?.name }
}

/** Opens the file and reads nothing of it. Undefined when that works, also when the file went away or is being written. */
async function opens(endpoint: Endpoint, file: string): Promise<undefined> {
  const entry = await endpoint.stat(file)
  if (entry === undefined) return
  const nowhere = new Writable({ write: (_bytes, _encoding, done) => done() })
  await endpoint.get(file, nowhere, entry.size).catch((error: unknown) => {
    const changing = error instanceof MatchbookError && ['TRANSFER-FAILED', 'REMOTE-MISSING'].includes(error.code)
    if (!changing || isEndpointDown(error)) throw error
  })
}

/** Brings an empty-handed file as a push would, temporary name first, and takes it away again, whatever happens in between. */
async function tryWriting(endpoint: Endpoint, folder: string): Promise<ClockReading> {
  const here = await mkdtemp(path.join(tmpdir(), 'matchbook-doctor-'))
  const name = `.matchbook-doctor-${process.pid}-${Date.now()}`
  const [temporary, target] = [inFolder(folder, `${name}.part`), inFolder(folder, `${name}.tmp`)]
  let left: string | undefined = temporary
  try {
    const file = path.join(here, 'probe')
    await writeFile(file, 'matchbook doctor: this file may be removed\n')
    const began = Date.now() / 1000
    await endpoint.put(file, temporary)
    const ended = Date.now() / 1000
    await endpoint.rename(temporary, target)
    left = target
    const theirs = (await endpoint.stat(target))?.modified ?? Math.floor(ended)
    await endpoint.remove(target)
    left = undefined
    return { theirs, began, ended }
  } finally {
    if (left !== undefined) await endpoint.remove(left).catch(() => {})
    await rm(here, { recursive: true, force: true })
  }
}

async function room({ endpoint, freeBytes }: Examined, { folder, writes }: FolderUsed): Promise<Check[]> {
  if (!writes) return []
  const free = await freeBytes(folder)
  const subject = `${endpoint.name}: room in ${folder}`
  if (free === undefined) return []
  const says = `${free / 1_000_000n} MB free`
  if (free >= ROOM_WANTED) return [good(subject, says)]
  return [
    warning(subject, says, 'Tell the partner that their disk is nearly full; what cannot be sent waits in the outbox'),
  ]
}

const inFolder = (folder: string, name: string): string => `${folder.replace(/\/$/, '')}/${name}`
