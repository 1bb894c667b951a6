import type { Workspace } from '../../config/index.js'
import type { Lease } from '../../state/index.js'
import { sharesOf } from '../shares/shares-of-job.js'

/** A lease by its name. Whoever holds a job that is done in shares holds all of them: none of them takes in meanwhile. @throws RUN-ACTIVE */
export async function takeLeaseOf(
  name: string,
  { jobs }: Pick<Workspace, 'jobs'>,
  take: (name: string) => Promise<Lease>,
): Promise<Lease> {
  const job = jobs.get(name)
  const held: Lease[] = []
  const release = async (): Promise<void> => {
    for (const lease of held.reverse()) await lease.release()
  }
  try {
    for (const one of [name, ...(job === undefined ? [] : sharesOf(job)).map((share) => share.name)])
      held.push(await take(one))
  } catch (error) {
    await release()
    throw error
  }
  return { release }
}
