import { clusters, unsettled } from '../../exceptions/index.js'
import type { DecisionRow } from '../../outputs/report/index.js'
import { listExceptions, type StateDatabase } from '../../state/index.js'
import type { ReadWorkbook, TokenRow } from './read-workbook.js'
import { membersDigest } from './row-tokens.js'
import type { Wish } from './wish.js'

/** Whose workbook it is. */
export interface Bringer {
  /** Name of the file, as histories show it. */
  readonly name: string
  /** Who imports it, with login; absent where it came by a drop. */
  readonly actor?: string
  /** Who decides where a row names nobody; absent where it came by a drop. */
  readonly person?: string
}

export interface WorkbookWishes {
  readonly wishes: readonly (Wish & { readonly row: DecisionRow })[]
  readonly refused: readonly { readonly row: DecisionRow; readonly said: string }[]
}

/**
 * What the rows of a workbook ask for, exception by exception. A row of a cluster asks it for each of its exceptions that has no
 * decision in a row of its own; when the cluster is not what it was, nobody has seen what it would decide, and it is refused.
 */
export async function workbookWishes(
  database: StateDatabase,
  { rows }: ReadWorkbook,
  bringer: Bringer,
): Promise<WorkbookWishes> {
  const single = rows.flatMap((row) =>
    row.subject.kind === 'exception' ? [singleWish(row, row.subject, bringer)] : [],
  )
  const own = new Set(single.filter(({ decision }) => decision !== undefined).map(({ exception }) => exception))
  const wishes = [...single]
  const refused: { row: DecisionRow; said: string }[] = []
  const shared = rows.filter(({ subject }) => subject.kind === 'cluster')
  if (shared.length === 0) return { wishes, refused }
  const known = new Map(
    clusters(await listExceptions(database, { statuses: unsettled })).map((cluster) => [cluster.id, cluster]),
  )
  for (const row of shared) {
    if (row.subject.kind !== 'cluster') continue
    const cluster = known.get(row.subject.id)
    if (cluster === undefined)
      refused.push({ row, said: 'the row is out of date: no two open exceptions share this cause any more' })
    else if (membersDigest(cluster) !== row.subject.members)
      refused.push({
        row,
        said: `the row is out of date: the exceptions of ${cluster.id} are not those it was written from`,
      })
    else
      wishes.push(
        ...cluster.members
          .filter(({ id }) => !own.has(id))
          .map(({ id, version, fingerprint }) =>
            wish(row, { id, version, fingerprint }, bringer, `cluster ${cluster.id} in ${bringer.name}`),
          ),
      )
  }
  return { wishes, refused }
}

interface Seen {
  readonly id: number
  readonly version: number
  readonly fingerprint: string
}

const singleWish = (row: TokenRow, seen: Seen, bringer: Bringer) => wish(row, seen, bringer, bringer.name)

function wish(row: DecisionRow, { id, version, fingerprint }: Seen, bringer: Bringer, via: string) {
  const named = row.decidedBy || row.assignee
  const person = named || (bringer.person ?? '')
  const by = bringer.actor === undefined ? '' : `, imported by ${bringer.actor}`
  return {
    row,
    exception: id,
    version,
    fingerprint,
    person,
    actor: `${person || 'nobody named'} (in ${bringer.name}${by})`,
    via,
    ...(row.decision === '' ? {} : { decision: row.decision }),
    ...(row.assignee === '' ? {} : { assignee: row.assignee }),
    ...(row.note === '' ? {} : { note: row.note }),
    ...(row.ruleUntil === '' ? {} : { rule: { until: row.ruleUntil, scope: ['supplier', 'item'] as const } }),
  }
}
