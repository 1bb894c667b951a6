import type { CatalogEntry, JobInput, JobSettings, Workspace } from '../../config/index.js'
import { settingsVersion } from '../workspace/settings-version.js'

/** One way that data goes between a job and a system. What nobody said is null. */
export interface Interface {
  /** JOB/INPUT@ENDPOINT, or JOB/TEMPLATE@ENDPOINT of a load. */
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly job: string
  /** Of the input, or of the load's template. */
  readonly name: string
  readonly endpoint: string
  readonly folder: string
  readonly partner: string | null
  /** What its bytes must look like, and a word that changes when that does. */
  readonly contract: { readonly name: string; readonly version: string }
  /** Of its columns, the most sensitive class. */
  readonly sensitivity: 'none' | 'internal' | 'personal'
  readonly owner: string | null
  readonly steward: string | null
  readonly system: string | null
  readonly pattern: string
  readonly why: string | null
  readonly criticality: string | null
  readonly rtoHours: number | null
  readonly rpoHours: number | null
  readonly sla: string | null
  readonly runbook: string | null
}

/** Every interface of the workspace, by job and in the order of its file. */
export const interfacesOf = (workspace: Workspace): Interface[] =>
  [...workspace.jobs.values()].flatMap((job) => [...incoming(job, workspace), ...outgoing(job, workspace)])

function incoming(job: JobSettings, workspace: Workspace): Interface[] {
  return Object.entries(job.inputs).flatMap(([name, input]) => {
    const seen = new Map<string, number>()
    return input.from.map(({ endpoint, folder, partner = null }): Interface => {
      const times = (seen.get(endpoint) ?? 0) + 1
      seen.set(endpoint, times)
      return {
        // A second drop of the same endpoint is told apart by its place in the list.
        id: `${job.job}/${name}@${endpoint}${times === 1 ? '' : `#${times}`}`,
        direction: 'in',
        job: job.job,
        name,
        endpoint,
        folder,
        partner,
        ...carried(input, partner, workspace),
        ...said(job.catalog, input.catalog),
      }
    })
  })
}

const outgoing = (job: JobSettings, workspace: Workspace): Interface[] =>
  job.loads.map((load) => ({
    id: `${job.job}/${load.template}@${load.endpoint}`,
    direction: 'out',
    job: job.job,
    name: load.template,
    endpoint: load.endpoint,
    folder: load.folder,
    partner: null,
    contract: { name: load.template, version: settingsVersion(workspace.loads.get(load.template)) },
    sensitivity: 'internal',
    ...said(job.catalog, load.catalog),
  }))

/** What comes in by an input: an extract under its contract, or X12 under the guides agreed with the partner. */
function carried(input: JobInput, partner: string | null, { contracts, settings }: Workspace) {
  if (input.kind === 'x12') {
    const { sets } = input
    const guides = settings.partners[partner ?? '']?.x12?.guides ?? []
    const own = guides.filter(({ set }) => sets.some((read) => read === set))
    return {
      contract: { name: `X12 ${sets.join(', ')}`, version: settingsVersion({ sets, own }) },
      sensitivity: 'internal' as const,
    }
  }
  const contract = contracts.get(input.contract)
  const classes = contract?.columns.map(({ sensitivity }) => sensitivity) ?? []
  const sensitivity = (['personal', 'internal', 'none'] as const).find((one) => classes.includes(one)) ?? 'none'
  return { contract: { name: input.contract, version: settingsVersion(contract) }, sensitivity }
}

/** What the interface says itself goes before what its job says of all. */
function said(job: CatalogEntry = {}, own: CatalogEntry = {}) {
  const both = { ...job, ...own }
  return {
    owner: both.owner ?? null,
    steward: both.steward ?? null,
    system: both.system ?? null,
    pattern: both.pattern ?? 'batch-file',
    why: both.why ?? null,
    criticality: both.criticality ?? null,
    rtoHours: both['rto-hours'] ?? null,
    rpoHours: both['rpo-hours'] ?? null,
    sla: both.sla ?? null,
    runbook: both.runbook ?? null,
  }
}
