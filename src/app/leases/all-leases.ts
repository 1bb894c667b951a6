import type { Lease } from '../../state/index.js'
import type { Tools } from '../tools.js'

/** Does the work while no job of the workspace runs. @throws RUN-ACTIVE when one does */
export async function whileNothingRuns<T>(
  tools: Pick<Tools, 'workspace' | 'takeLease'>,
  work: () => Promise<T>,
): Promise<T> {
  const leases: Lease[] = []
  try {
    for (const job of tools.workspace.jobs.keys()) leases.push(await tools.takeLease(job))
    return await work()
  } finally {
    for (const lease of leases) await lease.release()
  }
}
