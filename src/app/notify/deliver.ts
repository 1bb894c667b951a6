import { DateTime } from 'luxon'
import { MatchbookError } from '../../errors/index.js'
import { type Channel, type Message, NotSent } from '../../outputs/notify/index.js'
import {
  dueNotifications,
  type NotificationRow,
  notificationFailed,
  notificationReached,
  notificationSent,
  notificationTried,
} from '../../state/index.js'
import { allEnded } from '../all-ended.js'
import { leaseOrNot } from '../leases/lease-or-not.js'
import type { Tools } from '../tools.js'
import { messageOf } from './message-of.js'
import { recipientsOf } from './owners.js'

export interface Delivered {
  readonly sent: number
  readonly failed: number
  /** Another process is at it; nothing was done here. */
  readonly elsewhere: boolean
}

/** Of one pass: what is more waits for the next, so that no command hangs on mail. */
const MOST = 200
/** Milliseconds after which no further message is begun. */
const LONGEST = 60_000

/** Minutes to wait after the first, second ... failure; after the last of some four days a message is given up. */
const PAUSES = [1, 5, 15, 60, 240, 720, 1440, 1440, 1440]

/** After a run or a decision. Nothing that goes wrong here is worth failing a night for: it waits in the store, and status shows it. */
export async function deliverQuietly(tools: Tools): Promise<void> {
  try {
    const { sent, failed } = await deliver(tools)
    if (failed > 0) tools.log.warn({ sent, failed }, 'notifications could not be delivered; see: matchbook notify list')
  } catch (error) {
    tools.log.warn(`notifications were not delivered: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * Sends what is due, oldest first, channel by channel. A message is marked after the other side has taken it: killed in between, it goes
 * out once more with the same id. A channel that fails is left alone for the rest of the pass.
 */
export async function deliver(tools: Tools): Promise<Delivered> {
  const { database } = tools.state
  const due = await dueNotifications(database, tools.now(), MOST)
  if (due.length === 0) return { sent: 0, failed: 0, elsewhere: false }
  const lease = await leaseOrNot('notify', tools)
  if (lease === undefined) return { sent: 0, failed: 0, elsewhere: true }
  try {
    // Again, with the lease: another process may have sent some in between.
    const mine = await dueNotifications(database, tools.now(), MOST)
    const channels = [...new Set(mine.map(({ channel }) => channel))]
    const until = performance.now() + LONGEST
    const passes = await allEnded(
      channels.map((name) =>
        deliverChannel(
          name,
          mine.filter(({ channel }) => channel === name),
          until,
          tools,
        ),
      ),
    )
    return {
      sent: passes.reduce((sum, { sent }) => sum + sent, 0),
      failed: passes.reduce((sum, { failed }) => sum + failed, 0),
      elsewhere: false,
    }
  } finally {
    await lease.release()
  }
}

async function deliverChannel(name: string, rows: readonly NotificationRow[], until: number, tools: Tools) {
  const { database } = tools.state
  let [sent, failed] = [0, 0]
  let channel: Channel | undefined
  try {
    for (const [n, row] of rows.entries()) {
      if (performance.now() > until) break
      // A digest may have taken more up while others went out.
      const now = await notificationTried(database, row.id)
      try {
        channel ??= await tools.channel(name)
        const to = addressesOf(row, tools)
        if (to !== nobodyLeft) await channel.send(wordedMessage({ ...row, ...now }, tools), to)
        await notificationSent(database, row.id, tools.now())
        sent += 1
      } catch (error) {
        const why = notSent(error)
        tools.log.warn(
          { channel: name, owner: row.owner, message: row.message_id },
          `notification not sent: ${why.message}`,
        )
        // What fails for all is not tried with each: they wait as if they had been.
        const concerned = why.concerns === 'channel' ? rows.slice(n) : [row]
        failed += concerned.length
        for (const one of concerned) await putOff(one, one === row, why, tools)
        if (why.concerns === 'channel') break
      }
    }
  } finally {
    channel?.close()
  }
  return { sent, failed }
}

/** What nobody thought of is about this message alone: the others go. */
function notSent(error: unknown): NotSent {
  if (error instanceof NotSent) return error
  if (error instanceof MatchbookError) return new NotSent(`${error.code}: ${error.message}`, 'channel', false)
  return new NotSent(error instanceof Error ? error.message : String(error), 'message', false)
}

/** @throws NotSent for a message that this version has no words for, or whose facts cannot be read */
function wordedMessage(row: NotificationRow, tools: Tools): Message {
  try {
    return messageOf(row, tools)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new NotSent(`it cannot be put into words (${why})`, 'message', true)
  }
}

async function putOff(row: NotificationRow, wasTried: boolean, why: NotSent, tools: Tools): Promise<void> {
  const pause = PAUSES[wasTried ? row.attempts : 0]
  const isOver = wasTried && (why.forGood || pause === undefined)
  const next = DateTime.fromISO(tools.now(), { zone: 'utc' })
    .plus({ minutes: pause ?? 0 })
    .toISO()
  if (why.reached.length > 0)
    await notificationReached(tools.state.database, row.id, [...reachedBefore(row), ...why.reached])
  await notificationFailed(tools.state.database, [row.id], why.message, isOver ? null : next)
}

const reachedBefore = ({ reached }: NotificationRow): readonly string[] =>
  reached === null ? [] : (JSON.parse(reached) as string[])

/** Every address of a mail has it already. */
const nobodyLeft: readonly string[] = Object.freeze([])

function addressesOf(row: NotificationRow, { workspace }: Tools): readonly string[] {
  const recipient = recipientsOf(row.owner, workspace.settings).find(({ channel }) => channel === row.channel)
  if (recipient === undefined)
    throw new NotSent(`the settings do not reach ${row.owner} by ${row.channel} any more`, 'message', true)
  const before = reachedBefore(row)
  const left = recipient.to.filter((address) => !before.includes(address))
  return recipient.to.length > 0 && left.length === 0 ? nobodyLeft : left
}
