import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { exceptionCodes } from '../../canonical/index.js'
import { errorCatalogue } from '../../errors/index.js'
import { catalogue } from '../../exceptions/index.js'
import { shippedFolder } from '../workspace/shipped.js'
import type { Candidate } from './candidates.js'
import type { ValueKind } from './value-kinds.js'

/** The last runs and files are offered, not all that ever were. */
const RECENT = 25

/**
 * Names a workspace knows, for the shell. What cannot be read now, offers nothing: no mistake of the settings may write into the line that
 * somebody types.
 */
export const namesOf = (kind: ValueKind, workspace: string | undefined): Promise<readonly Candidate[]> =>
  sources[kind](workspace).catch(() => [])

type Source = (workspace: string | undefined) => Promise<readonly Candidate[]>

const sources: Readonly<Record<ValueKind, Source>> = {
  jobs: (workspace) => below(workspace, 'jobs'),
  'shipped-jobs': () => yamlFiles(path.join(shippedFolder(), 'jobs')),
  contracts: (workspace) => below(workspace, 'templates/extracts'),
  templates: (workspace) => below(workspace, 'templates/loads'),
  partners: (workspace) => named(workspace, 'partners', 'name'),
  suppliers: (workspace) => named(workspace, 'partners', 'name'),
  queues: (workspace) => named(workspace, 'queues', 'owner'),
  calendars: (workspace) => named(workspace, 'calendars'),
  codes: async () => exceptionCodes.map((value) => ({ value, description: catalogue[value].raisedWhen })),
  subjects: async (workspace) => [
    ...(await sources.codes(workspace)),
    ...Object.entries(errorCatalogue).map(([value, { title }]) => ({ value, description: title })),
    ...(await namesOf('exceptions', workspace)),
  ],
  exceptions: (workspace) =>
    fromStore(workspace, async (reading) => {
      const { listExceptions } = await import('../exceptions/list-exceptions.js')
      const { exceptions } = await listExceptions(reading, {})
      return exceptions.map(({ id, code, message }) => ({ value: id, description: `${code}: ${message}` }))
    }),
  runs: (workspace) =>
    fromStore(workspace, async (reading) => {
      const { listRuns } = await import('../runs/list-runs.js')
      const runs = await listRuns(reading, RECENT)
      return runs.map(({ id, job, asOf, status }) => ({ value: id, description: `${job} of ${asOf}, ${status}` }))
    }),
  loads: (workspace) =>
    fromStore(workspace, async ({ state }) => {
      const { listLoads } = await import('../../state/index.js')
      const loads = (await listLoads(state.database)).slice(0, RECENT)
      return loads.map(({ id, job, status }) => ({ value: id, description: `${job}, ${status}` }))
    }),
  'runs-and-files': async (workspace) => [
    ...(await namesOf('runs', workspace)),
    ...(await fromStore(workspace, async (reading) => {
      const { listFiles } = await import('../files/list-files.js')
      return (await listFiles(reading, { limit: RECENT })).map(fileCandidate)
    })),
  ],
  quarantined: (workspace) =>
    fromStore(workspace, async (reading) => {
      const { listQuarantine } = await import('../quarantine/quarantine.js')
      return (await listQuarantine(reading, { discarded: false, limit: RECENT })).map(fileCandidate)
    }),
}

const fileCandidate = ({ id, name }: { readonly id: number; readonly name: string }): Candidate => ({
  value: String(id),
  description: name,
})

async function folderOf(workspace: string | undefined): Promise<string> {
  const { findWorkspace } = await import('../../config/find-workspace.js')
  return findWorkspace(workspace ?? process.cwd(), workspace !== undefined)
}

const below = async (workspace: string | undefined, folder: string): Promise<Candidate[]> =>
  yamlFiles(path.join(await folderOf(workspace), folder))

async function yamlFiles(folder: string): Promise<Candidate[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(
    names.map(async (name) => ({
      value: name.slice(0, -'.yaml'.length),
      description: /^title: *["']?(.*?)["']? *$/m.exec(await readFile(path.join(folder, name), 'utf8'))?.[1] ?? '',
    })),
  )
}

/** Names under a heading of matchbook.yaml, described by one of their settings. Only read, not checked: half a file still has names. */
async function named(workspace: string | undefined, heading: string, says = ''): Promise<Candidate[]> {
  const text = await readFile(path.join(await folderOf(workspace), 'matchbook.yaml'), 'utf8')
  const settings: Readonly<Record<string, Readonly<Record<string, Record<string, unknown> | null>>>> = parse(text)
  return Object.entries(settings[heading] ?? {}).map(([value, entry]) => ({
    value,
    description: typeof entry?.[says] === 'string' ? entry[says] : '',
  }))
}

type Reading = import('../reading.js').Reading

/** Nothing where no night was run yet: a question of the shell makes no store. */
async function fromStore(
  workspace: string | undefined,
  read: (reading: Reading) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  const { requireWorkspace } = await import('../workspace/require-workspace.js')
  const { openReading } = await import('../compose.js')
  const { stateFolder } = await import('../workspace/state-folder.js')
  if (!existsSync(path.join(stateFolder(await requireWorkspace(workspace)), 'matchbook.db'))) return []
  const reading = await openReading(workspace)
  return read(reading).finally(() => reading.state.close())
}
