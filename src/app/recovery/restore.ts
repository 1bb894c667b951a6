import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, parseDocument } from 'yaml'
import { type ProfileName, Roles, type WorkspaceSettings } from '../../config/index.js'
import { MatchbookError, systemError } from '../../errors/index.js'
import { keepPrivate, makeFolder } from '../../exchange/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { firstBrokenAudit, sealCopy } from '../../state/index.js'
import { openReading } from '../compose.js'
import { assertMay } from '../roles/who-may.js'
import { type BackupManifest, readManifest } from './manifest.js'

export interface RestoreOutcome {
  /** The workspace, absolute. */
  readonly folder: string
  /** The profile whose store it is. */
  readonly profile: ProfileName
  /** Whether it has to be asked for, because matchbook.yaml declares the other one. */
  readonly isOverlay: boolean
  /** What came later than this is not in it. */
  readonly takenAt: string
  readonly files: number
  readonly bytes: number
}

/**
 * Lays a backup out as a workspace that goes on from where it was taken. Every file is held against its hash, the store is checked as a
 * whole, and its audit chain too. matchbook.yaml comes last: before it is there, there is no workspace.
 * @throws NOT-PERMITTED by the roles of the backup, WORKSPACE-EXISTS when there is anything in the folder, BACKUP-DAMAGED, DISK-FULL
 */
export async function restore(backup: string, to: string): Promise<RestoreOutcome> {
  const folder = path.resolve(to)
  const manifest = await readManifest(path.resolve(backup))
  const settings = await settingsOf(backup, manifest)
  assertMay('restore', { roles: settings.roles })
  const state = path.resolve(folder, settings.stateFolder)
  for (const target of [folder, state]) await refuseExisting(target)
  keepPrivate()
  try {
    await makeFolder(state)
    for (const file of [...manifest.files].sort(settingsLast)) {
      if (file.path === SETTINGS) await sealCopy(state)
      await lay(file, path.resolve(backup), folder, state)
    }
    await verify(folder, settings.profile)
  } catch (error) {
    // There was nothing in them, and half a workspace must not be taken for one.
    for (const target of [state, folder]) await rm(target, { recursive: true, force: true }).catch(() => {})
    throw systemError(error, folder)
  }
  const bytes = manifest.files.reduce((sum, { size }) => sum + size, 0)
  const { profile, isOverlay } = settings
  return { folder, profile, isOverlay, takenAt: manifest.takenAt, files: manifest.files.length, bytes }
}

const settingsLast = (a: { path: string }, b: { path: string }): number =>
  Number(a.path === SETTINGS) - Number(b.path === SETTINGS)

const SETTINGS = 'workspace/matchbook.yaml'
const PROFILES = 'workspace/profiles/'

interface SettingsOfBackup {
  readonly profile: ProfileName
  readonly isOverlay: boolean
  readonly roles: WorkspaceSettings['roles']
  /** As the settings name it: it may lie outside of the workspace. */
  readonly stateFolder: string
}

/** As the backup has them, in the profile whose store it holds: there is no other workspace to ask. */
async function settingsOf(backup: string, { profile }: BackupManifest): Promise<SettingsOfBackup> {
  const main = await readYaml(backup, SETTINGS)
  const isOverlay = profile !== undefined && profile !== main.profile
  const overlay = isOverlay ? await readYaml(backup, `${PROFILES}${profile}.yaml`) : undefined
  const { success, data } = Roles.safeParse(overlay?.roles ?? main.roles)
  if (!success) throw new MatchbookError('BACKUP-DAMAGED', 'the settings of the backup have roles that cannot be read')
  const stateFolder = (overlay ?? main).state?.folder
  if (typeof stateFolder !== 'string')
    throw new MatchbookError('BACKUP-DAMAGED', 'the settings of the backup name no state folder')
  return { profile: profile ?? main.profile ?? 'production', isOverlay, roles: data, stateFolder }
}

interface SettingsRead {
  readonly profile?: ProfileName
  readonly roles?: unknown
  readonly state?: { readonly folder?: unknown }
}

const readYaml = async (backup: string, name: string): Promise<SettingsRead> =>
  parse(await readFile(path.join(backup, name), 'utf8').catch(() => '')) ?? {}

async function refuseExisting(target: string): Promise<void> {
  const there = await readdir(target).catch(() => [])
  if (there.length === 0) return
  throw new MatchbookError('WORKSPACE-EXISTS', `${target} is not empty`, { facts: { folder: target } })
}

/** @throws BACKUP-DAMAGED when the bytes are others than those backed up */
async function lay(
  { path: name, sha256 }: BackupManifest['files'][number],
  backup: string,
  folder: string,
  state: string,
): Promise<void> {
  const [root, ...rest] = name.split('/')
  if ((root !== 'state' && root !== 'workspace') || rest.includes('..')) {
    throw new MatchbookError('BACKUP-DAMAGED', `the list of the backup names ${name}`)
  }
  const target = path.join(root === 'state' ? state : folder, ...rest)
  const placed = await placeFile(target, (part) => copyFile(path.join(backup, name), part)).catch((cause: unknown) => {
    throw isMissing(cause) ? new MatchbookError('BACKUP-DAMAGED', `${name} is missing`, { cause }) : cause
  })
  if (placed.sha256 !== sha256)
    throw new MatchbookError('BACKUP-DAMAGED', `${name} has other bytes than were backed up`)
  if (name === SETTINGS || name.startsWith(PROFILES)) await keepInFile(target)
}

/**
 * The store of a backup is a file, and its archive a folder. The database and the bucket that the settings may name are those of the
 * workspace, which goes on.
 */
async function keepInFile(settings: string): Promise<void> {
  const document = parseDocument(await readFile(settings, 'utf8'))
  if (!document.hasIn(['state', 'database']) && !document.has('archive')) return
  for (const key of ['database', 'password', 'schema', 'lease-seconds']) document.deleteIn(['state', key])
  document.delete('archive')
  await placeFile(settings, (part) => writeFile(part, document.toString({ lineWidth: 0 })))
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** That it opens, with settings that are valid, and that nobody has changed its past. */
async function verify(folder: string, profile: ProfileName): Promise<void> {
  const reading = await openReading(folder, { profile })
  try {
    const broken = await firstBrokenAudit(reading.state.database)
    if (broken !== undefined) throw new MatchbookError('BACKUP-DAMAGED', `the audit chain breaks at entry ${broken}`)
  } finally {
    await reading.state.close()
  }
}
