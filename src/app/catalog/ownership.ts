import type { JobSettings, Workspace } from '../../config/index.js'
import { requireWorkspace } from '../workspace/require-workspace.js'

/** Which system owns a field of a master: says what is true of it, and is never written to there. */
export interface FieldOwner {
  readonly record: 'item' | 'vendor' | 'contract line'
  readonly field: string
  /** By job; every job that compares the field says it. */
  readonly owners: readonly { readonly job: string; readonly owner: string }[]
  /** Contracts of these jobs that bring the field, with the system each comes from. */
  readonly saidBy: readonly { readonly contract: string; readonly system: string }[]
}

export interface OwnershipGap {
  readonly record: FieldOwner['record']
  readonly field: string
  /** Files that say it. */
  readonly files: readonly string[]
  readonly message: string
}

/** The relations that a master stands in, its own and the lists of others. */
const relationsOf: Readonly<Record<FieldOwner['record'], readonly string[]>> = {
  item: ['item', 'listed_item', 'catalog_item'],
  vendor: ['vendor', 'listed_vendor'],
  'contract line': ['contract_price', 'price_file_line'],
}

/** Systems that are no list of their own name. */
const always: readonly string[] = ['erp', 'supplier', 'price-file']
const NOBODY = 'none'

export const listOwnership = async (workspaceFolder: string | undefined): Promise<readonly FieldOwner[]> =>
  ownershipOf(await requireWorkspace(workspaceFolder))

/** Every field of a master that jobs of the workspace keep in step, by master and in the order of the settings. */
function ownershipOf(workspace: Workspace): FieldOwner[] {
  const said = [...workspace.jobs.values()].flatMap((job) => ownersIn(job).map((one) => ({ ...one, job })))
  const fields = new Map<
    string,
    { record: FieldOwner['record']; field: string; by: { job: JobSettings; owner: string }[] }
  >()
  for (const { record, field, owner, job } of said) {
    const key = `${record}.${field}`
    const entry = fields.get(key) ?? { record, field, by: [] }
    entry.by.push({ job, owner })
    fields.set(key, entry)
  }
  return [...fields.values()].map(({ record, field, by }) => ({
    record,
    field,
    owners: by.map(({ job, owner }) => ({ job: job.job, owner })),
    saidBy: bringing(
      record,
      field,
      by.map(({ job }) => job),
      workspace,
    ),
  }))
}

interface Owned {
  readonly record: FieldOwner['record']
  readonly field: string
  readonly owner: string
}

function ownersIn(job: JobSettings): Owned[] {
  const of = (record: FieldOwner['record'], ownership: Readonly<Record<string, string>>): Owned[] =>
    Object.entries(ownership).map(([field, owner]) => ({ record, field, owner }))
  switch (job.matcher) {
    case 'item-master-sync':
      return of('item', job.settings.ownership)
    case 'vendor-master-sync':
      return of('vendor', job.settings.ownership)
    case 'contract-price-sync':
      return of('contract line', job.settings.ownership)
    default:
      return []
  }
}

function bringing(
  record: FieldOwner['record'],
  field: string,
  jobs: readonly JobSettings[],
  { contracts }: Workspace,
): FieldOwner['saidBy'] {
  const named = new Set(jobs.flatMap(contractsOf))
  return [...named].flatMap((name) => {
    const contract = contracts.get(name)
    const brings = contract?.projections.some(
      ({ relation, map }) => relationsOf[record].includes(relation) && map[field] !== undefined,
    )
    return contract === undefined || brings !== true ? [] : [{ contract: name, system: contract.source }]
  })
}

const contractsOf = (job: JobSettings): string[] =>
  Object.values(job.inputs).flatMap((input) => (input.kind === 'extract' ? [input.contract] : []))

/** Fields that two jobs give to different systems, that nobody owns, or whose owner sends nothing that a job reads. */
export function ownershipGaps(workspace: Workspace): OwnershipGap[] {
  return ownershipOf(workspace).flatMap(({ record, field, owners }) => {
    const files = owners.map(({ job }) => `jobs/${job}.yaml`)
    const gap = (message: string): OwnershipGap => ({ record, field, files, message })
    const names = [...new Set(owners.map(({ owner }) => owner))]
    if (names.length > 1)
      return [gap(`has two owners: ${owners.map(({ job, owner }) => `${owner} (${job})`).join(', ')}`)]
    const [owner = NOBODY] = names
    if (owner === NOBODY) return [gap('has no owner: it is not compared, and whoever changes it last is right')]
    const lists = new Set(owners.flatMap(({ job }) => listsRead(workspace.jobs.get(job), workspace)))
    if (always.includes(owner) || lists.has(owner)) return []
    return [gap(`is owned by ${owner}, and no input of the job is the list of that system`)]
  })
}

/** The systems whose lists a job reads, as its contracts name them. */
function listsRead(job: JobSettings | undefined, { contracts }: Workspace): string[] {
  return (job === undefined ? [] : contractsOf(job)).flatMap((name) =>
    (contracts.get(name)?.projections ?? []).flatMap(({ map: { system } }) =>
      typeof system === 'object' && 'constant' in system ? [system.constant] : [],
    ),
  )
}
