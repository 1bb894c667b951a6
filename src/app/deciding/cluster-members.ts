import { MatchbookError } from '../../errors/index.js'
import { type Cluster, clusters, unsettled } from '../../exceptions/index.js'
import { listExceptions, type StateDatabase, type StoredException } from '../../state/index.js'

/** The unsettled exceptions of a cluster. @throws CLUSTER-UNKNOWN */
export async function clusterMembers(database: StateDatabase, named: string): Promise<Cluster<StoredException>> {
  const id = named.toUpperCase().replace(/[0-9A-F]{10}$/, (digest) => digest.toLowerCase())
  const found = clusters(await listExceptions(database, { statuses: unsettled })).find((cluster) => cluster.id === id)
  if (found !== undefined) return found
  throw new MatchbookError('CLUSTER-UNKNOWN', `there is no cluster ${named} of open exceptions`)
}
