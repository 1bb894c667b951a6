import { createHash } from 'node:crypto'
import path from 'node:path'
import { DateTime } from 'luxon'
import type { PartnerX12 } from '../../config/index.js'
import { numberInterchange, type UnnumberedInterchange, writeInterchange } from '../../formats/x12/index.js'
import { type PlacedFile, placeFiles } from '../../outputs/place-file.js'
import {
  type IsaPair,
  queuedAmong,
  queueOutboxes,
  type StateDatabase,
  saveAllSent,
  type ToPush,
  takeControlNumbers,
} from '../../state/index.js'
import { wrapForSending } from '../push/wrap-for-sending.js'
import type { Tools } from '../tools.js'
import { isaKey } from './isa-key.js'

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
  /** File that it answers, for the log. */
  readonly for?: string
  /** The number people know a transaction by, for example its PO number. */
  readonly businessKey: (group: number, transaction: number) => string
}

export interface QueuedInterchange {
  readonly name: string
  readonly for: string | undefined
  readonly control: number
  readonly groupControls: readonly number[]
  readonly sha256: string
}

/** One of them; see queueInterchanges. @returns undefined when it was queued before */
export async function queueInterchange(
  database: StateDatabase,
  interchange: InterchangeToQueue,
  tools: Tools,
): Promise<QueuedInterchange | undefined> {
  const [queued] = await queueInterchanges(database, [interchange], tools)
  return queued
}

/**
 * Gives interchanges their control numbers, in their order, writes them and queues them for the push. Call it inside a transaction of the
 * store, and late in it: the numbers, the outbox and what is known of the sent commit together, so that a crash neither loses a number nor
 * uses it twice, and whoever else takes numbers between the same two waits until then. The bytes lie under their hash; what a crash
 * leaves there is never pushed, and goes with the next purge.
 * @returns what was queued of them; what was before is left out
 * @throws X12-WRITE when one cannot be written; DISK-FULL, WORKSPACE-READ-ONLY
 */
export async function queueInterchanges(
  database: StateDatabase,
  all: readonly InterchangeToQueue[],
  tools: Tools,
): Promise<QueuedInterchange[]> {
  const known = await queuedAmong(
    database,
    all.map(({ idempotencyKey }) => idempotencyKey),
  )
  const fresh = all.filter(({ idempotencyKey }, n) => {
    return !known.has(idempotencyKey) && all.findIndex((other) => other.idempotencyKey === idempotencyKey) === n
  })
  if (fresh.length === 0) return []
  const now = tools.now()
  const local = DateTime.fromISO(now, { zone: tools.workspace.settings.timezone })
  const [date, time] = [local.toFormat('yyyy-MM-dd'), local.toFormat('HHmm')]
  const numbers = await takeNumbers(database, fresh, tools)
  const written = fresh.map((one) => {
    const control = numbers.next(one, 'interchange')
    const groupControls = one.interchange.groups.map(() => numbers.next(one, 'group'))
    const bytes = writeInterchange(numberInterchange(one.interchange, { control, groupControls, date, time }))
    return { ...one, control, groupControls, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  const folder = path.join(tools.folder, 'outbox')
  await placeFiles(
    folder,
    written.map(({ sha256, bytes }) => ({ name: `${sha256}.edi`, bytes })),
  )
  const toPush: ToPush[] = []
  for (const one of written) {
    const { bytes, sha256, to, load, idempotencyKey } = one
    const placed = { path: path.join(folder, `${sha256}.edi`), sha256, size: bytes.length }
    const sending = await wrapForSending(placed, nameOf(one, date, time), to.wrap, tools)
    await load?.book(placed)
    const place = { endpoint: to.endpoint, folder: to.folder }
    toPush.push({ ...place, ...sending, idempotency_key: idempotencyKey, load_id: load?.id ?? null })
  }
  await queueOutboxes(database, toPush, now)
  await saveAllSent(
    database,
    written.map(({ job, partner, interchange, control, groupControls, idempotencyKey, answerHours, businessKey }) => ({
      job,
      ...pairOf(interchange),
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
    })),
  )
  return written.map(({ for: answered, control, groupControls, sha256 }, n) => {
    return { name: toPush[n]?.name ?? '', for: answered, control, groupControls, sha256 }
  })
}

const pairOf = ({ sender, receiver }: UnnumberedInterchange): IsaPair => ({
  ours: isaKey(sender),
  partner: isaKey(receiver),
})

type Kind = 'interchange' | 'group'

/**
 * Takes as many numbers of each counter as there are interchanges and groups. Counters are taken in the order of their names: two that need
 * those of the same partners would otherwise wait for each other.
 */
async function takeNumbers(database: StateDatabase, all: readonly InterchangeToQueue[], { workspace }: Tools) {
  const counters = new Map<string, { kind: Kind; of: InterchangeToQueue; many: number }>()
  const nameOfCounter = ({ interchange }: InterchangeToQueue, kind: Kind): string =>
    JSON.stringify([pairOf(interchange), kind])
  for (const of of all) {
    for (const kind of ['interchange', ...of.interchange.groups.map(() => 'group' as const)] as const) {
      const name = nameOfCounter(of, kind)
      const counter = counters.get(name) ?? { kind, of, many: 0 }
      counter.many += 1
      counters.set(name, counter)
    }
  }
  const taken = new Map<string, number[]>()
  for (const name of [...counters.keys()].sort()) {
    const counter = counters.get(name)
    if (counter === undefined) continue
    const { kind, of, many } = counter
    const first = workspace.settings.partners[of.partner]?.x12?.['first-numbers']
    taken.set(name, await takeControlNumbers(database, pairOf(of.interchange), kind, many, first))
  }
  return {
    next(of: InterchangeToQueue, kind: Kind): number {
      const number = taken.get(nameOfCounter(of, kind))?.shift()
      if (number === undefined) throw new Error('fewer numbers were taken than are needed')
      return number
    },
  }
}

/** As the partner finds it. */
function nameOf(
  { partner, interchange, set, to, control }: InterchangeToQueue & { readonly control: number },
  date: string,
  time: string,
): string {
  const places = {
    partner,
    theirs: printable(interchange.receiver.id),
    ours: printable(interchange.sender.id),
    set,
    control: String(control).padStart(9, '0'),
    date: date.replaceAll('-', ''),
    time,
  }
  return to['file-name'].replace(/\{(\w+)\}/g, (_, place: keyof typeof places) => places[place])
}

/** An id as part of a file name. */
const printable = (id: string): string => id.trim().replace(/[^A-Za-z0-9._-]/g, '_')
