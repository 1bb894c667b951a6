import type { Drop, JobInput, JobSettings, Workspace } from '../../config/index.js'

/** An input of a job, as the ledger names who took a file. */
export interface InputOfJob {
  readonly job: string
  readonly input: string
}

/**
 * Every input of the workspace that takes what this one takes: a file at a source is taken once, by the job that comes first, and
 * serves all jobs that ask for it there by the same pattern. This input is among them.
 */
export function sharedInputs(job: JobSettings, input: string, workspace: Pick<Workspace, 'jobs'>): InputOfJob[] {
  const own = job.inputs[input]
  if (own === undefined) return []
  const others = [...workspace.jobs.values()].flatMap((other) =>
    Object.entries(other.inputs)
      .filter(([name, theirs]) => (other.job !== job.job || name !== input) && takesTheSame(own, theirs))
      .map(([name]) => ({ job: other.job, input: name })),
  )
  return [{ job: job.job, input }, ...others]
}

const takesTheSame = (a: JobInput, b: JobInput): boolean =>
  a.kind === b.kind && a.from.some((one) => b.from.some((other) => isSameDrop(one, other)))

const isSameDrop = (a: Drop, b: Drop): boolean =>
  a.endpoint === b.endpoint && a.folder === b.folder && a.include.some((pattern) => b.include.includes(pattern))

/** Jobs whose X12 files this one sees: its own, and those that take files from the same drops. */
export function documentJobs(job: JobSettings, workspace: Pick<Workspace, 'jobs'>): string[] {
  const inputs = Object.keys(job.inputs).filter((name) => job.inputs[name]?.kind === 'x12')
  return [...new Set([job.job, ...inputs.flatMap((name) => sharedInputs(job, name, workspace)).map((one) => one.job)])]
}
