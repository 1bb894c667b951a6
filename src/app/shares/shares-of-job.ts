import type { Drop, JobInput, JobSettings, SharedDrop } from '../../config/index.js'
import { dealOut, groupOwners, ownerOf } from '../../config/shares.js'
import type { FileRow } from '../../state/index.js'

/** A part of the taking in of a job: all drops of some partners, or of some endpoints. */
export interface Share {
  /** From 1 on. */
  readonly number: number
  /** JOB.3: under this its runs, its lease and its work are known. No job has a dot in its name. */
  readonly name: string
  readonly of: number
  /** The partners or endpoints. */
  readonly owners: readonly string[]
}

/** None for a job that is not done in shares. */
export function sharesOf(job: JobSettings): Share[] {
  const { shares } = job
  if (shares === undefined) return []
  const groups = groupOwners(shares.by, [...sharedDrops(job), ...workbookDrops(job)])
  return dealOut(groups, shares.of).map((owners, n) => ({
    number: n + 1,
    name: shareName(job.job, n + 1),
    of: shares.of,
    owners,
  }))
}

const shareName = (job: string, number: number): string => `${job}.${number}`

/** The job, and the number of the share where it is the name of one. */
export function partsOf(name: string): { readonly job: string; readonly share?: number } {
  const [, job, number] = /^(.+)\.(\d+)$/.exec(name) ?? []
  return job === undefined ? { job: name } : { job, share: Number(number) }
}

/** The job with the drops of one share alone. */
export const jobOfShare = ({ decisions: _, ...job }: JobSettings, { owners }: Share): JobSettings =>
  withDrops(job, (owner) => owner !== undefined && owners.includes(owner))

/** The job with the drops that are of no share. */
export const restOfJob = (job: JobSettings): JobSettings =>
  job.shares === undefined ? job : withDrops(job, (owner) => owner === undefined)

/** Whether a file of the job came by a drop of the share. */
export function isOfShare({ shares, inputs }: JobSettings, { owners }: Share, file: FileRow): boolean {
  const kind = inputs[file.input]?.kind
  if (shares === undefined || kind === undefined) return false
  const owner = ownerOf(shares.by, { kind, endpoint: file.endpoint, partner: file.partner ?? undefined })
  return owner !== undefined && owners.includes(owner)
}

/** An input without any drop is none any more. */
function withDrops(job: JobSettings, isMeant: (owner: string | undefined) => boolean): JobSettings {
  const by = job.shares?.by ?? 'partner'
  const inputs = Object.entries(job.inputs).map(([name, input]): [string, JobInput] => [
    name,
    { ...input, from: input.from.filter((drop) => isMeant(ownerOf(by, sharedDrop(name, input.kind, drop)))) },
  ])
  return { ...job, inputs: Object.fromEntries(inputs.filter(([, { from }]) => from.length > 0)) }
}

const sharedDrops = ({ inputs }: JobSettings): SharedDrop[] =>
  Object.entries(inputs).flatMap(([input, { kind, from }]) => from.map((drop) => sharedDrop(input, kind, drop)))

const workbookDrops = ({ decisions }: JobSettings): SharedDrop[] =>
  (decisions?.from ?? []).map((drop) => ({ ...sharedDrop('', 'x12', drop), partner: undefined }))

const sharedDrop = (
  input: string,
  kind: SharedDrop['kind'],
  { endpoint, folder, recursive, partner }: Drop,
): SharedDrop => ({ input, kind, endpoint, folder, recursive, partner })
