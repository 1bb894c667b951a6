import picomatch from 'picomatch'
import type { JobInput, JobSettings, Workspace } from '../../config/index.js'
import { type Disposition, type FileRow, filesOfInputs, type StateDatabase } from '../../state/index.js'
import { sharedInputs } from './shared-inputs.js'

/** The files that an input of a job takes, whichever job and input took them first. */
export async function filesOfInput(
  database: StateDatabase,
  job: JobSettings,
  name: string,
  workspace: Pick<Workspace, 'jobs'>,
  dispositions: readonly Disposition[],
): Promise<FileRow[]> {
  const input = job.inputs[name]
  const files = await filesOfInputs(database, sharedInputs(job, name, workspace), dispositions)
  return files.filter((file) => input !== undefined && isAsked(file, input))
}

/** Of what came out of a wrapper that several inputs look into, each has the files that its own patterns fit. */
const isAsked = ({ name, wrapped_in }: FileRow, { from }: JobInput): boolean =>
  wrapped_in === null || from.some(({ unwrap }) => unwrap === undefined || picomatch([...unwrap.files])(name))

/** What of a wrapper any of the inputs that share it wants. */
export function filesWanted(job: JobSettings, name: string, workspace: Pick<Workspace, 'jobs'>): readonly string[] {
  const inputs = sharedInputs(job, name, workspace).map((one) =>
    one.job === job.job ? job.inputs[one.input] : workspace.jobs.get(one.job)?.inputs[one.input],
  )
  return [...new Set(inputs.flatMap((input) => input?.from ?? []).flatMap(({ unwrap }) => unwrap?.files ?? []))]
}
