import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DateTime } from 'luxon'
import type { PartnerX12 } from '../../config/index.js'
import { numberInterchange, type UnnumberedInterchange, writeInterchange } from '../../formats/x12/index.js'
import { type PlacedFile, placeFile } from '../../outputs/place-file.js'
import { isQueued, queueOutbox, type StateDatabase, saveSent, takeControlNumber } from '../../state/index.js'
import { isaKey } from '../isa-key.js'
import type { Tools } from '../tools.js'
import { wrapForSending } from '../wrap-for-sending.js'

export interface InterchangeToQueue {
  /** The same again is not queued again. */
  readonly idempotencyKey: string
  readonly job: string
  /** Name in the workspace. */
  readonly partner: string
  readonly interchange: UnnumberedInterchange
  /** What it is made of, for its name: 850, 997, TA1. */
  readonly set: string
  readonly to: NonNullable<PartnerX12['send-to']>
  /** Null: no answer is due. */
  readonly answerHours: number | null
  /** Load that it is, and that is sent when it is; `book` books it. */
  readonly load?: { readonly id: string; readonly book: (placed: PlacedFile) => Promise<void> }
  /** The number people know a transaction by, for example its PO number. */
  readonly businessKey: (group: number, transaction: number) => string
}

export interface QueuedInterchange {
  readonly name: string
  readonly control: number
  readonly groupControls: readonly number[]
  readonly sha256: string
}

/**
 * Gives an interchange its control numbers, writes it and queues it for the push. Call it inside a transaction of the store: the
 * numbers, the outbox and what is known of the sent commit together, so that a crash neither loses a number nor uses it twice. The
 * bytes lie under their hash; what a crash leaves there is never pushed, and goes with the next purge.
 * @returns undefined when it was queued before
 * @throws X12-WRITE when it cannot be written; DISK-FULL, WORKSPACE-READ-ONLY
 */
export async function queueInterchange(
  database: StateDatabase,
  { idempotencyKey, job, partner, interchange, set, to, answerHours, load, businessKey }: InterchangeToQueue,
  tools: Tools,
): Promise<QueuedInterchange | undefined> {
  if (await isQueued(database, idempotencyKey)) return undefined
  const now = tools.now()
  const local = DateTime.fromISO(now, { zone: tools.workspace.settings.timezone })
  const [date, time] = [local.toFormat('yyyy-MM-dd'), local.toFormat('HHmm')]
  const pair = { ours: isaKey(interchange.sender), partner: isaKey(interchange.receiver) }
  const first = tools.workspace.settings.partners[partner]?.x12?.['first-numbers']
  const control = await takeControlNumber(database, pair, 'interchange', first)
  const groupControls: number[] = []
  for (const _ of interchange.groups) groupControls.push(await takeControlNumber(database, pair, 'group', first))
  const bytes = writeInterchange(numberInterchange(interchange, { control, groupControls, date, time }))

  const hash = createHash('sha256').update(bytes).digest('hex')
  const file = path.join(tools.folder, 'outbox', `${hash}.edi`)
  const placed = await placeFile(file, (temporary) => writeFile(temporary, bytes))
  const [theirs, ours] = [printable(interchange.receiver.id), printable(interchange.sender.id)]
  const places = {
    partner,
    theirs,
    ours,
    set,
    control: String(control).padStart(9, '0'),
    date: date.replaceAll('-', ''),
    time,
  }
  const name = to['file-name'].replace(/\{(\w+)\}/g, (_, place: keyof typeof places) => places[place])
  const sending = await wrapForSending(placed, name, to.wrap, tools)
  await load?.book(placed)
  const entry = { endpoint: to.endpoint, folder: to.folder, ...sending }
  await queueOutbox(database, { ...entry, idempotency_key: idempotencyKey, load_id: load?.id ?? null }, now)
  await saveSent(database, {
    job,
    ...pair,
    partner_name: partner,
    interchange_control: String(control),
    idempotency_key: idempotencyKey,
    queued_at: now,
    answer_hours: answerHours,
    groups: interchange.groups.map(({ functionalId, transactions }, group) => ({
      functionalId,
      control: String(groupControls[group]),
      sets: transactions.map(({ set, control }, n) => ({ set, control, businessKey: businessKey(group, n) })),
    })),
  })
  return { name: sending.name, control, groupControls, sha256: placed.sha256 }
}

/** An id as part of a file name. */
const printable = (id: string): string => id.trim().replace(/[^A-Za-z0-9._-]/g, '_')
