import { constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import type { EndpointSettings, ProfileName, SftpEndpoint, Verb, Workspace } from '../config/index.js'
import { allowedOld } from '../config/old-algorithms.js'
import { Redactor } from '../config/redactor.js'
import { resolveSecret } from '../config/secrets.js'
import { MatchbookError, systemError } from '../errors/index.js'
import type { Endpoint, Examined } from '../exchange/index.js'
import { keepPrivate, leadsNowhere, makeFolder } from '../exchange/index.js'
import type { SftpConnection } from '../exchange/sftp/connection.js'
import { type Channel, NotSent } from '../outputs/notify/index.js'
import type { Leases, MovedState, OpenOptions, State, StatePlace } from '../state/index.js'
import { profileOfStore } from '../state/index.js'
import { moveState } from '../state/move-state.js'
import { copyState, openLeases, openState } from '../state/open-state.js'
import { takeLeaseOf } from './leases/lease-of-job.js'
import { type LogOptions, openLog } from './logger.js'
import { keptBytes, openArchiveOf } from './open-archive.js'
import { optimizeLater } from './optimize-later.js'
import type { Progress } from './progress.js'
import type { Reading } from './reading.js'
import { assertMay } from './roles/who-may.js'
import type { Tools } from './tools.js'
import { knownStore } from './workspace/known-stores.js'
import { type ReadSecret, secretFor, secretReader } from './workspace/read-secret.js'
import { requireWorkspace } from './workspace/require-workspace.js'
import { version } from './workspace/shipped.js'
import { stateFolder } from './workspace/state-folder.js'

// With open-archive.ts the only file that names adapters. Each is imported when it is first used, so that no command pays for what it does
// not need.

export interface ToolOptions extends LogOptions {
  readonly workspace: string | undefined
  readonly dryRun: boolean
  readonly progress: Progress
  /** The name given for who acts, under either flag; without it who is logged in. */
  readonly as?: string | undefined
  readonly by?: string | undefined
}

const now = (): string => new Date().toISOString()

/** Where the store of a workspace is: the folder of its SQLite file, or PostgreSQL. @throws SECRET-MISSING */
async function statePlace(
  { folder, settings }: Workspace,
  secret: ReadSecret = (reference) => resolveSecret(reference, folder),
): Promise<StatePlace> {
  const { database, password, schema, 'lease-seconds': leaseSeconds } = settings.state
  if (database === undefined) return path.resolve(folder, settings.state.folder)
  const said = password === undefined ? undefined : await secret(password)
  return { url: database, password: said, schema, folder: path.resolve(folder, settings.state.folder), leaseSeconds }
}

/** The leases of a workspace for whoever holds one longer than it looks at the store. */
export const leasesOf = async (workspace: Workspace, options: OpenOptions = {}): Promise<Leases> =>
  openLeases(await statePlace(workspace), options)

/** Carries the store of a workspace to where the other settings have it. */
export const moveStore = async (workspace: Workspace, to: Workspace, actor: string): Promise<MovedState> =>
  moveState({ from: await statePlace(workspace), to: await statePlace(to), actor, now: now() })

/** The store as it stands at one moment, as a SQLite file. */
export const copyOfState = async (workspace: Workspace, to: string): Promise<void> =>
  copyState(await statePlace(workspace), to, knownStore(workspace))

/** The store, when it is of the profile that the workspace is of. @throws STATE-* */
async function openOwnState(place: StatePlace, { settings }: Workspace, options?: OpenOptions): Promise<State> {
  const state = await openState(place, options)
  const profile = await profileOfStore(state.database).catch(async (error: unknown) => {
    await state.close()
    throw error
  })
  if (profile === undefined || profile === settings.profile) return state
  await state.close()
  throw new MatchbookError('STATE-OF-PROFILE', `${state.place} is of profile ${profile}, not ${settings.profile}`, {
    facts: { place: state.place, profile, asked: settings.profile },
  })
}

/**
 * For commands that need the store alone. `profile`: another than the one chosen.
 * @throws PROFILE-DIFFERS, WORKSPACE-INVALID, WORKSPACE-READ-ONLY, STATE-*
 */
export async function openReading(
  workspaceFolder: string | undefined,
  { profile, ...options }: { readonly profile?: ProfileName } & Pick<OpenOptions, 'onlyToLook'> = {},
): Promise<Reading> {
  optimizeLater()
  const workspace = await requireWorkspace(workspaceFolder, profile)
  const folder = stateFolder(workspace)
  keepPrivate()
  if (options.onlyToLook !== true || !existsSync(path.join(folder, 'matchbook.db'))) await writableFolder(folder)
  const archive = await keptBytes(workspace)
  const state = await openOwnState(await statePlace(workspace), workspace, { ...options, known: knownStore(workspace) })
  return { workspace, state, folder, archive, now }
}

/**
 * Everything a run needs. `verb`: what the one who started us must be allowed to do, unless it is only tried. A dry run works on a copy of
 * the state that is thrown away, so it can do all but push.
 * @throws NOT-PERMITTED, WORKSPACE-INVALID, STATE-*, WORKSPACE-READ-ONLY
 */
export async function openTools(options: ToolOptions, verb: Verb | 'look'): Promise<Tools> {
  optimizeLater()
  const workspace = await requireWorkspace(options.workspace)
  if (verb !== 'look' && !options.dryRun) assertMay(verb, workspace.settings, options.as ?? options.by)
  const folder = stateFolder(workspace)
  keepPrivate()
  const redactor = new Redactor()
  const log = openLog(options, (text) => redactor.mask(text))
  const secret = secretReader(workspace.folder, redactor)
  const place = await statePlace(workspace, secret)
  const known = knownStore(workspace)
  const scratch = options.dryRun ? await scratchCopy(place, known) : undefined
  const endpoints = new Map<string, Promise<Endpoint>>()
  const opened: { close(): Promise<void> }[] = []
  const close = async (): Promise<void> => {
    for (const opening of endpoints.values()) await opening.then((endpoint) => endpoint.close()).catch(() => {})
    for (const one of opened) await one.close()
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true })
  }
  try {
    const stateIn = scratch ?? folder
    const workFolder = path.join(stateIn, 'work')
    await writableFolder(workFolder)
    const state = await openOwnState(scratch ?? place, workspace, scratch === undefined ? { known } : {})
    opened.push(state)
    const leases = scratch === undefined ? state : await openLeases(place)
    if (leases !== state) opened.push(leases)
    return {
      workspace,
      state,
      archive: await openArchiveOf(workspace, secret),
      folder: stateIn,
      workFolder,
      host: hostname(),
      version: version(),
      log,
      progress: options.progress,
      now,
      secret,
      endpoint(name) {
        const known = endpoints.get(name)
        if (known !== undefined) return known
        const opening = openEndpoint(name, workspace, secret)
        endpoints.set(name, opening)
        return opening
      },
      channel: (name) => openChannel(name, workspace, secret, redactor),
      async openEngine() {
        const { openDuckDb } = await import('../match/engine/duckdb.js')
        return openDuckDb({ tempFolder: workFolder })
      },
      takeLease: (name) => takeLeaseOf(name, workspace, (one) => leases.takeLease(one)),
      takePart: (whole, part) => leases.takePart(whole, part),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function endpointSettings(name: string, workspace: Workspace): EndpointSettings {
  const settings = workspace.settings.endpoints[name]
  if (settings === undefined) throw new MatchbookError('WORKSPACE-INVALID', `there is no endpoint ${name}`)
  return settings
}

async function openEndpoint(name: string, workspace: Workspace, secret: ReadSecret): Promise<Endpoint> {
  const settings = endpointSettings(name, workspace)
  if (settings.kind === 'local') {
    const { createLocalEndpoint } = await import('../exchange/local/local-endpoint.js')
    return createLocalEndpoint(name, { folder: path.resolve(workspace.folder, settings.folder) })
  }
  const { createSftpEndpoint } = await import('../exchange/sftp/sftp-endpoint.js')
  return createSftpEndpoint(
    name,
    await sftpConnection(settings, secretFor(`endpoint ${name}`, secret), workspace.folder),
  )
}

/**
 * An endpoint to be looked at by the doctor: by one connection, tried once. Not connected yet, but what can be found wrong without a
 * network has been.
 * @throws SECRET-MISSING, HOST-KEY-UNKNOWN, LOGIN-REFUSED when a key cannot be read
 */
export async function openExamined(name: string, workspace: Workspace, redactor: Redactor): Promise<Examined> {
  const settings = endpointSettings(name, workspace)
  const secret = secretReader(workspace.folder, redactor)
  if (settings.kind === 'local') {
    const { examineLocal } = await import('../exchange/local/examine-local.js')
    return examineLocal(name, { folder: path.resolve(workspace.folder, settings.folder) })
  }
  const { examineSftp } = await import('../exchange/sftp/examine-sftp.js')
  return examineSftp(name, await sftpConnection(settings, secretFor(`endpoint ${name}`, secret), workspace.folder))
}

async function sftpConnection(settings: SftpEndpoint, secret: ReadSecret, folder: string): Promise<SftpConnection> {
  const { login, 'host-key': hostKey } = settings
  return {
    host: settings.host,
    port: settings.port,
    username: settings.username,
    hostKey: 'fingerprint' in hostKey ? hostKey : { knownHosts: path.resolve(folder, hostKey['known-hosts']) },
    login:
      'key' in login
        ? {
            privateKey: await secret(login.key),
            ...(login.passphrase === undefined ? {} : { passphrase: await secret(login.passphrase) }),
          }
        : 'password' in login
          ? { password: await secret(login.password) }
          : { agentSocket: await resolveSecret(login.agent, folder) },
    oldAlgorithms: allowedOld(settings.algorithms),
    sync: settings['sync-uploads'],
    connectSeconds: settings['connect-seconds'],
    idleSeconds: settings['idle-seconds'],
    tries: settings.tries,
    pause: settings.retry['pause-seconds'] * 1000,
    longestPause: settings.retry['longest-pause-seconds'] * 1000,
    budget: settings.retry.budget,
    ...(settings['upload-kib-per-second'] === undefined
      ? {}
      : { uploadRate: settings['upload-kib-per-second'] * 1024 }),
  }
}

/** A way to reach people, to be looked at by the doctor. @throws SECRET-MISSING, NotSent */
export const openExaminedChannel = (name: string, workspace: Workspace, redactor: Redactor): Promise<Channel> =>
  openChannel(name, workspace, secretReader(workspace.folder, redactor), redactor)

/** @throws SECRET-MISSING; NotSent when the channel is not one any more, or cannot be opened */
async function openChannel(
  name: string,
  workspace: Workspace,
  secret: ReadSecret,
  redactor: Redactor,
): Promise<Channel> {
  const settings = workspace.settings.notify?.channels[name]
  if (settings === undefined) throw new NotSent(`the settings have no channel ${name} any more`, 'channel', true)
  return masked(await open(), redactor)

  async function open(): Promise<Channel> {
    switch (settings?.kind) {
      case 'email': {
        const { openEmail } = await import('../outputs/notify/email.js')
        return openEmail(settings, settings.login && (await secret(settings.login.password)), workspace.folder)
      }
      case 'webhook': {
        const { openWebhook } = await import('../outputs/notify/webhook.js')
        return openWebhook(settings, await secret(settings.url))
      }
      default: {
        const { openFile } = await import('../outputs/notify/file-channel.js')
        return openFile(path.resolve(workspace.folder, settings?.file ?? ''), now)
      }
    }
  }
}

/** A server may repeat in its refusal what it was sent. */
function masked(channel: Channel, redactor: Redactor): Channel {
  const mask = (error: unknown): never => {
    if (!(error instanceof NotSent)) throw error
    throw new NotSent(redactor.mask(error.message), error.concerns, error.forGood, error.reached)
  }
  return {
    send: (message, to) => channel.send(message, to).catch(mask),
    check: () => channel.check().catch(mask),
    close: () => channel.close(),
  }
}

/** What the demo needs to know of its server. `keyFile` is absolute. */
export interface DemoServer {
  readonly port: number
  readonly fingerprint: string
  readonly keyFile: string
  readonly username: string
  stop(): Promise<void>
}

/** The demo's SFTP server on loopback over `folder`. Its host key and the key to log in with are made once and kept in `keys`. */
export async function startDemoServer(folder: string, keys: string): Promise<DemoServer> {
  const { makeKeyPair, startLoopbackServer } = await import('../exchange/sftp/loopback-server.js')
  const keyFile = path.join(keys, 'id_client')
  if (!existsSync(keyFile)) {
    mkdirSync(keys, { recursive: true, mode: 0o700 })
    const [host, client] = [makeKeyPair(), makeKeyPair()]
    writeFileSync(path.join(keys, 'host_key'), host.privateKey, { mode: 0o600 })
    writeFileSync(`${keyFile}.pub`, client.publicKey)
    writeFileSync(keyFile, client.privateKey, { mode: 0o600 })
  }
  const username = 'matchbook'
  const server = await startLoopbackServer({
    folder,
    username,
    hostKey: readFileSync(path.join(keys, 'host_key'), 'utf8'),
    authorizedKey: readFileSync(`${keyFile}.pub`, 'utf8'),
  })
  return { port: server.port, fingerprint: server.fingerprint, keyFile, username, stop: () => server.stop() }
}

/** @throws WORKSPACE-READ-ONLY, DISK-FULL */
async function writableFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    await access(folder, constants.W_OK)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw leadsNowhere(folder, error)
    throw systemError(error, folder)
  }
}

/** A copy of the store for a dry run; archive and locks stay the real ones. */
async function scratchCopy(place: StatePlace, known: string | undefined): Promise<string> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'matchbook-dry-run-'))
  await copyState(place, scratch, known).catch(async (error: unknown) => {
    await rm(scratch, { recursive: true, force: true })
    throw error
  })
  return scratch
}
