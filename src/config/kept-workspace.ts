import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { workspaceFile } from './find-workspace.js'
import { freeze } from './freeze.js'
import type { Workspace } from './load-workspace.js'
import type { ProfileName } from './profile-overlay.js'
import { areUnchanged, hashOfBytes, type Sources } from './sources.js'

/** What a workspace was made by, and from what: it is used again while all of that is the same. */
interface Kept {
  readonly build: string
  readonly folder: string
  readonly profile: ProfileName | undefined
  readonly sources: Sources
  readonly workspace: Workspace
}

export interface KeptFor {
  /** Hash of the code that reads and checks settings. */
  readonly build: string
  /** Folder of the workspace, absolute. */
  readonly folder: string
  readonly profile: ProfileName | undefined
}

/**
 * A checked workspace as it was kept in its state folder, while every file and folder that it was read from is as it was, byte for byte.
 * To read and check settings takes longer than all else that a short command does. What is damaged, of another build, or could have been
 * written by somebody else, is as good as not there.
 */
export async function keptWorkspace({ build, folder, profile }: KeptFor): Promise<Workspace | undefined> {
  try {
    const bytes = await ownBytes(placeIn(await likelyStateFolder(folder, profile), profile))
    if (bytes === undefined || hashOfBytes(bytes.subarray(HASH)) !== bytes.toString('latin1', 0, HASH)) return undefined
    const kept = deserialize(bytes.subarray(HASH)) as Kept
    if (kept.build !== build || kept.folder !== folder || kept.profile !== profile) return undefined
    return (await areUnchanged(kept.sources)) ? frozen(kept.workspace) : undefined
  } catch {
    return undefined
  }
}

/** Keeps it in its state folder, if there is one and we may. */
export async function keepWorkspace(workspace: Workspace, sources: Sources, { build, folder, profile }: KeptFor) {
  const state = path.resolve(folder, workspace.settings.state.folder)
  if (state !== (await likelyStateFolder(folder, profile).catch(() => undefined))) return
  const kept: Kept = { build, folder, profile, sources, workspace }
  const bytes = serialize(kept)
  const place = placeIn(state, profile)
  const coming = `${place}.${process.pid}`
  await writeFile(coming, Buffer.concat([Buffer.from(hashOfBytes(bytes)), bytes]), { mode: 0o600 })
    .then(() => rename(coming, place))
    .catch(() => rm(coming, { force: true }).catch(() => {}))
}

const placeIn = (state: string, profile: ProfileName | undefined): string =>
  path.join(state, profile === undefined ? 'settings.kept' : `settings.${profile}.kept`)

/** Hexadecimal digits before what is kept. */
const HASH = 64

/**
 * Where the state folder is by the look of the text, without reading it as YAML. A guess that is wrong finds nothing: what is kept says
 * itself what it was made from.
 */
async function likelyStateFolder(folder: string, profile: ProfileName | undefined): Promise<string> {
  const overlay = profile === undefined ? '' : await textOf(path.join(folder, 'profiles', `${profile}.yaml`))
  const said = stateFolder.exec(overlay) ?? stateFolder.exec(await textOf(path.join(folder, workspaceFile)))
  return path.resolve(folder, said?.groups?.folder?.trim() ?? 'state')
}

const stateFolder = /^state:.{0,300}?\bfolder:[ \t]*["']?(?<folder>[^"',}\n#]+)/ms
const textOf = (file: string): Promise<string> => readFile(file, 'latin1').catch(() => '')

/** Undefined when somebody else could have written it. */
async function ownBytes(place: string): Promise<Buffer | undefined> {
  const file = await open(place, 'r')
  try {
    const { uid, mode } = await file.stat()
    return uid === process.getuid?.() && (mode & 0o022) === 0 ? await file.readFile() : undefined
  } finally {
    await file.close()
  }
}

function frozen(workspace: Workspace): Workspace {
  for (const shelf of [workspace.jobs, workspace.contracts, workspace.loads])
    for (const one of shelf.values()) freeze(one)
  return freeze(workspace)
}
