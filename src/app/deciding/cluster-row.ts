import type { Cluster } from '../../exceptions/index.js'
import type { ClusterRow } from '../../outputs/report/index.js'
import type { StoredException } from '../../state/index.js'
import { clusterToken } from './row-tokens.js'

/** A cluster as the workbook shows it. `currency`: of the totals, where the cluster has none of its own. */
export function clusterRow(cluster: Cluster<StoredException>, currency: string): ClusterRow {
  const [only, ...others] = Object.entries(cluster.amountAtRisk)
  return {
    id: cluster.id,
    token: clusterToken(cluster),
    code: cluster.code,
    cause: cluster.cause,
    shared: Object.entries(cluster.keys)
      .map(([key, value]) => `${key} ${value}`)
      .join(', '),
    queue: cluster.queue,
    count: cluster.members.length,
    amountAtRisk: others.length === 0 ? (only?.[1] ?? null) : null,
    currency: others.length === 0 ? (only?.[0] ?? currency) : Object.keys(cluster.amountAtRisk).join(', '),
  }
}
