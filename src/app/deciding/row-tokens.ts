import { createHash } from 'node:crypto'
import type { Cluster } from '../../exceptions/index.js'
import type { StoredException } from '../../state/index.js'

/** What a row of a workbook speaks of, as its token says. */
export type RowToken =
  | {
      readonly kind: 'exception'
      readonly id: number
      readonly version: number
      readonly fingerprint: string
    }
  | { readonly kind: 'cluster'; readonly id: string; readonly members: string }

/** Digits of a fingerprint in a token: enough to tell that it is of another workspace. */
const DIGITS = 12

/** The report puts the seal of the row behind it. */
export const exceptionToken = ({ id, version, fingerprint }: StoredException): string =>
  `${id}.${version}.${fingerprint.slice(0, DIGITS)}`

export const clusterToken = (cluster: Cluster<StoredException>): string => `${cluster.id}.${membersDigest(cluster)}`

/** Of the exceptions of a cluster and their versions: who decides for all has seen these and no other. */
export const membersDigest = ({ members }: Cluster<StoredException>): string =>
  createHash('sha256')
    .update(JSON.stringify(members.map(({ id, version }) => [id, version]).sort(([a = 0], [b = 0]) => a - b)))
    .digest('hex')
    .slice(0, DIGITS)

/** Undefined: it is no token. */
export function rowToken(text: string): RowToken | undefined {
  const exception = /^(\d{1,15})\.(\d{1,9})\.([0-9a-f]{12})\.[0-9a-f]+$/.exec(text)
  if (exception !== null) {
    const [, id = '', version = '', fingerprint = ''] = exception
    return { kind: 'exception', id: Number(id), version: Number(version), fingerprint }
  }
  const [, id = '', members = ''] = /^(CL-[0-9a-f]{10})\.([0-9a-f]{12})\.[0-9a-f]+$/.exec(text) ?? []
  return id === '' ? undefined : { kind: 'cluster', id, members }
}
