import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { formatProblems, loadWorkspace, resolveSecret, type Workspace } from '../config/index.js'
import { MatchbookError } from '../errors/index.js'
import { firstBrokenAudit } from '../state/index.js'
import { openReading, openTools, stateFolder } from './compose.js'
import { silent } from './progress.js'
import { workspaceOptions } from './workspace-options.js'

export interface Check {
  readonly subject: string
  readonly state: 'good' | 'warning' | 'bad'
  readonly says: string
  readonly remedy?: string
}

/** Looks at everything a night needs, in the order in which it would fail. Changes nothing but an empty state folder. */
export async function doctor(workspaceFolder: string | undefined, connect: boolean): Promise<Check[]> {
  const checks: Check[] = [
    node(),
    await native('better-sqlite3', 'the store'),
    await native('@duckdb/node-api', 'the set engine'),
  ]
  const { workspace, problems } = await loadWorkspace(
    workspaceFolder ?? process.cwd(),
    workspaceOptions(workspaceFolder),
  )
  if (workspace === undefined || problems.length > 0) {
    const remedy = `${formatProblems(problems)}\nRun: matchbook validate`
    return [...checks, { subject: 'workspace', state: 'bad', says: `${problems.length} mistakes`, remedy }]
  }
  checks.push({ subject: 'workspace', state: 'good', says: `${workspace.settings.workspace} in ${workspace.folder}` })
  checks.push(...(await folders(workspace)), ...(await secrets(workspace)))
  if (checks.every(({ subject, state }) => subject !== 'state folder' || state !== 'bad')) {
    checks.push(await store(workspace.folder))
    if (connect) checks.push(...(await endpoints(workspace)))
  }
  return checks
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const fits = major > 20 || (major === 20 && minor >= 19)
  return fits
    ? { subject: 'Node.js', state: 'good', says: process.versions.node }
    : { subject: 'Node.js', state: 'bad', says: process.versions.node, remedy: 'Install Node.js 20.19 or later' }
}

async function native(name: string, what: string): Promise<Check> {
  try {
    await import(name)
    return { subject: what, state: 'good', says: `${name} loads` }
  } catch (error) {
    const remedy = 'Run npm ci again in the folder of Matchbook; building it needs python3, make and g++'
    return { subject: what, state: 'bad', says: `${name} does not load: ${String(error)}`, remedy }
  }
}

const ROOM_WANTED = 2_000_000_000n

async function folders(workspace: Workspace): Promise<Check[]> {
  const folder = stateFolder(workspace)
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
    const { bavail, bsize } = await statfs(folder, { bigint: true })
    const free = bavail * bsize
    const says = `${folder}, ${free / 1_000_000n} MB free`
    if (free > ROOM_WANTED) return [{ subject: 'state folder', state: 'good', says }]
    return [
      {
        subject: 'state folder',
        state: 'warning',
        says,
        remedy: 'Free some space: archive and workbooks grow every night',
      },
    ]
  } catch (error) {
    const remedy = 'Give the user that runs matchbook write permission there, or set state.folder elsewhere'
    return [{ subject: 'state folder', state: 'bad', says: `${folder}: ${String(error)}`, remedy }]
  }
}

async function secrets(workspace: Workspace): Promise<Check[]> {
  const references = Object.entries(workspace.settings.endpoints).flatMap(([name, endpoint]) =>
    endpoint.kind === 'sftp'
      ? Object.values(endpoint.login)
          .filter((reference) => reference !== undefined)
          .map((reference) => ({ name, reference }))
      : [],
  )
  return Promise.all(
    references.map(async ({ name, reference }): Promise<Check> => {
      try {
        await resolveSecret(reference, workspace.folder)
        return { subject: `secret of ${name}`, state: 'good', says: 'found' }
      } catch (error) {
        if (!(error instanceof MatchbookError)) throw error
        return { subject: `secret of ${name}`, state: 'bad', says: error.message, remedy: error.hint }
      }
    }),
  )
}

async function store(workspaceFolder: string): Promise<Check> {
  try {
    const reading = await openReading(workspaceFolder)
    const broken = await firstBrokenAudit(reading.state.database).finally(() => reading.state.close())
    if (broken === undefined) return { subject: 'state', state: 'good', says: 'opens; the audit chain is whole' }
    const remedy = 'Someone changed the database by hand; compare with the last backup'
    return { subject: 'state', state: 'bad', says: `the audit chain breaks at entry ${broken}`, remedy }
  } catch (error) {
    if (!(error instanceof MatchbookError)) throw error
    return { subject: 'state', state: 'bad', says: error.message, remedy: error.hint }
  }
}

async function endpoints(workspace: Workspace): Promise<Check[]> {
  const tools = await openTools({
    workspace: workspace.folder,
    dryRun: false,
    progress: silent,
    logLevel: 'silent',
    logFormat: 'text',
  })
  const checks: Check[] = []
  for (const name of Object.keys(workspace.settings.endpoints)) {
    try {
      await (await tools.endpoint(name)).connect()
      checks.push({ subject: `endpoint ${name}`, state: 'good', says: 'connects and logs in' })
    } catch (error) {
      if (!(error instanceof MatchbookError)) throw error
      checks.push({
        subject: `endpoint ${name}`,
        state: 'bad',
        says: `${error.code}: ${error.message}`,
        remedy: error.hint,
      })
    }
  }
  await tools.close()
  return checks
}
