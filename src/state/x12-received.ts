import type { Insertable } from 'kysely'
import { type IsaPair, plainControl } from './control-numbers.js'
import { eachBatch } from './each-batch.js'
import type { X12ReceivedTable } from './schema.js'
import type { StateDatabase } from './store.js'

/**
 * Hash of an interchange that came and was refused for its usage, a test in production for example: its number is no gap, and uses none up,
 * since senders often number their tests apart.
 */
export const NOT_READ = ''

/** Whether a sender used an interchange control number before: never, for the very same bytes, or for others. */
export type UsedBefore = 'never' | 'same' | 'other'

/**
 * Judges interchanges in their order, each against those already received under its number, and keeps those that are new; a file that is
 * read again keeps its place in the order of numbers. @returns how each stands
 */
export async function takeReceived(
  database: StateDatabase,
  interchanges: readonly Insertable<X12ReceivedTable>[],
): Promise<UsedBefore[]> {
  const plain = interchanges.map((one) => ({ ...one, interchange_control: plainControl(one.interchange_control) }))
  const received = new Map<string, Pick<Insertable<X12ReceivedTable>, 'content_hash' | 'file_id'>[]>()
  for (const some of byPair(plain)) {
    const [{ ours, partner }] = some
    const controls = [...new Set(some.map(({ interchange_control }) => interchange_control))]
    const rows = await eachBatch(controls, (few) =>
      database
        .selectFrom('x12_received')
        .select(['ours', 'partner', 'interchange_control', 'content_hash', 'file_id'])
        .where('ours', '=', ours)
        .where('partner', '=', partner)
        .where('interchange_control', 'in', few)
        .execute(),
    )
    for (const row of rows) received.set(numberOf(row), [...(received.get(numberOf(row)) ?? []), row])
  }
  const fresh: Insertable<X12ReceivedTable>[] = []
  const stands = plain.map((one): UsedBefore => {
    const before = received.get(numberOf(one)) ?? []
    const same = before.filter(({ content_hash }) => content_hash === one.content_hash)
    if (!same.some(({ file_id }) => file_id === one.file_id)) {
      received.set(numberOf(one), [...before, one])
      fresh.push(one)
    }
    if (before.every(({ content_hash }) => content_hash === NOT_READ)) return 'never'
    return same.length > 0 ? 'same' : 'other'
  })
  await eachBatch(fresh, async (some) => {
    await database.insertInto('x12_received').values(some).execute()
    return []
  })
  return stands
}

type Numbered = Pick<Insertable<X12ReceivedTable>, 'ours' | 'partner' | 'interchange_control'>

const numberOf = ({ ours, partner, interchange_control }: Numbered): string =>
  JSON.stringify([ours, partner, interchange_control])

function byPair<T extends Numbered>(all: readonly T[]): [T, ...T[]][] {
  const pairs = new Map<string, [T, ...T[]]>()
  for (const one of all) {
    const key = JSON.stringify([one.ours, one.partner])
    const some = pairs.get(key)
    if (some === undefined) pairs.set(key, [one])
    else some.push(one)
  }
  return [...pairs.values()]
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
