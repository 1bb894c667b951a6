import type { Lease } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { noteConfiguration } from '../workspace/note-configuration.js'

/** With the leases of the jobs, so that no run settles what is being decided. @throws RUN-ACTIVE */
export async function withJobLeases<T>(jobs: Iterable<string>, tools: Tools, work: () => Promise<T>): Promise<T> {
  const leases: Lease[] = []
  try {
    for (const job of [...new Set(jobs)].sort()) leases.push(await tools.takeLease(job))
    await noteConfiguration(tools)
    return await work()
  } finally {
    for (const lease of leases) await lease.release()
  }
}
