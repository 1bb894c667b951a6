import type { DecimalText } from '../../canonical/index.js'
import { type CauseKind, type Cluster, clusters, decisionsOf, unsettled } from '../../exceptions/index.js'
import { type ExceptionFilter, listExceptions, type StoredException } from '../../state/index.js'
import { refuseUnknownNames } from '../exceptions/known-names.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { Reading } from '../reading.js'

/** A cluster as --json shows it. */
export interface ClusterListing {
  readonly id: string
  readonly job: string
  readonly code: string
  readonly cause: CauseKind
  /** What its exceptions share. */
  readonly keys: StoredException['keys']
  readonly queue: string
  readonly count: number
  /** One entry a currency. */
  readonly amountAtRisk: readonly { readonly amount: DecimalText; readonly currency: string }[]
  /** Ids of its exceptions. */
  readonly members: readonly string[]
  readonly decisions: readonly string[]
}

/** Causes that several open exceptions share, most money first. */
export async function listClusters(
  reading: Reading,
  filter: Omit<ExceptionFilter, 'statuses' | 'ids'>,
): Promise<{ readonly clusters: readonly ClusterListing[] }> {
  const open = await listExceptions(reading.state.database, { ...filter, statuses: unsettled })
  if (open.length === 0) refuseUnknownNames(reading, filter)
  return { clusters: clusters(open).map(clusterListing) }
}

const clusterListing = ({ members, amountAtRisk, ...cluster }: Cluster<StoredException>): ClusterListing => ({
  ...cluster,
  count: members.length,
  amountAtRisk: Object.entries(amountAtRisk).map(([currency, amount]) => ({ amount, currency })),
  members: members.map(({ id }) => exceptionId(id)),
  decisions: decisionsOf(cluster.code),
})
