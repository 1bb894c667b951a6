import type { Insertable } from 'kysely'
import { type IsaPair, plainControl } from './control-numbers.js'
import type { X12ReceivedTable } from './schema.js'
import type { StateDatabase } from './store.js'

/** Whether this sender used the interchange control number before: never, for the very same bytes, or for others. */
export async function receivedBefore(
  database: StateDatabase,
  { ours, partner }: IsaPair,
  control: string,
  contentHash: string,
): Promise<'never' | 'same' | 'other'> {
  const rows = await database
    .selectFrom('x12_received')
    .select('content_hash')
    .where('ours', '=', ours)
    .where('partner', '=', partner)
    .where('interchange_control', '=', plainControl(control))
    .execute()
  if (rows.length === 0) return 'never'
  return rows.some(({ content_hash }) => content_hash === contentHash) ? 'same' : 'other'
}

/** A file that is read again keeps its place in the order of numbers. */
export async function saveReceived(database: StateDatabase, received: Insertable<X12ReceivedTable>): Promise<void> {
  const interchange_control = plainControl(received.interchange_control)
  const before = await database
    .selectFrom('x12_received')
    .select('id')
    .where('file_id', '=', received.file_id)
    .where('interchange_control', '=', interchange_control)
    .where('content_hash', '=', received.content_hash)
    .executeTakeFirst()
  if (before !== undefined) return
  await database
    .insertInto('x12_received')
    .values({ ...received, interchange_control })
    .execute()
}

/** A number of a partner's, with the file it came in and the job that read it. */
export interface ReceivedNumber {
  readonly control: number
  readonly job: string
  readonly file: string
  readonly sha256: string
}

export interface ReceivedInterchange extends ReceivedNumber {
  /** Of its groups: GS01 and GS06. */
  readonly groups: readonly { readonly functionalId: string; readonly control: number }[]
}

export interface NumbersReceived extends IsaPair {
  /** In the order in which they came. */
  readonly received: readonly ReceivedInterchange[]
}

/** What a partner numbered its interchanges and their groups with since an instant, for each pair of ids. */
export async function receivedNumbers(
  database: StateDatabase,
  partnerName: string,
  since: string,
): Promise<NumbersReceived[]> {
  const rows = await database
    .selectFrom('x12_received')
    .innerJoin('files', 'files.id', 'x12_received.file_id')
    .select(['x12_received.ours', 'x12_received.partner', 'x12_received.interchange_control'])
    .select(['x12_received.group_controls', 'files.job', 'files.name', 'files.sha256'])
    .where('x12_received.partner_name', '=', partnerName)
    .where('x12_received.received_at', '>=', since)
    .orderBy('x12_received.id')
    .execute()
  const pairs = new Map<string, { ours: string; partner: string; received: ReceivedInterchange[] }>()
  for (const { ours, partner, interchange_control, group_controls, job, name, sha256 } of rows) {
    if (!CONTROL.test(interchange_control)) continue
    const key = `${ours} ${partner}`
    const pair = pairs.get(key) ?? { ours, partner, received: [] }
    pairs.set(key, pair)
    const groups = groupsOf(group_controls)
    pair.received.push({ control: Number(interchange_control), job, file: name, sha256, groups })
  }
  return [...pairs.values()]
}

const CONTROL = /^\d{1,9}$/

function groupsOf(controls: string): ReceivedInterchange['groups'] {
  return controls.split(' ').flatMap((one) => {
    const [functionalId = '', control = ''] = one.split(':')
    return CONTROL.test(control) ? [{ functionalId, control: Number(control) }] : []
  })
}
