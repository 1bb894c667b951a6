import type { NotificationList } from '../../app/notify/list.js'
import type { SendOutcome } from '../../app/notify/send-by-hand.js'
import type { TestOutcome } from '../../app/notify/test-owner.js'
import { localTime } from './local-time.js'
import { count } from './money.js'
import { printable } from './printable.js'
import { table } from './table.js'

const colours = { waiting: 'yellow', sent: 'green', undeliverable: 'redBright' } as const

export function notificationsText({ notifications, counts, timezone }: NotificationList): string {
  if (notifications.length === 0) return 'No such notification.'
  const listed = table(notifications, [
    { title: 'Queued', value: ({ queuedAt }) => localTime(queuedAt, timezone) },
    { title: 'Status', value: ({ status }) => status, colour: ({ status }) => colours[status] },
    { title: 'To', value: ({ owner }) => owner, width: 30 },
    { title: 'By', value: ({ channel }) => channel },
    { title: 'Tries', value: ({ attempts }) => String(attempts), align: 'right' },
    { title: 'Subject', value: ({ subject }) => subject, width: 90 },
  ])
  const errors = notifications.flatMap(({ id, owner, channel, lastError, notBefore, status }) =>
    lastError === null
      ? []
      : [
          `  ${id}, to ${printable(owner)} by ${channel}: ${printable(lastError)}${status === 'waiting' ? `; again after ${localTime(notBefore, timezone)}` : ''}`,
        ],
  )
  return [
    listed,
    `${counts.sent} sent, ${counts.waiting} waiting, ${counts.undeliverable} given up`,
    ...(errors.length === 0 ? [] : ['', 'Not delivered:', ...errors]),
  ].join('\n')
}

export const sentText = ({ sent, failed, elsewhere, waiting, undeliverable }: SendOutcome): string =>
  elsewhere
    ? 'Another process is sending them just now.'
    : `${count(sent, 'notification')} sent, ${failed} failed; ${waiting} waiting, ${undeliverable} given up`

export const testedText = ({ owner, channels }: TestOutcome): string =>
  channels
    .map(({ channel, to, error }) => {
      const way = `${printable(owner)} by ${channel}${to.length === 0 ? '' : ` (${to.join(', ')})`}`
      return error === null ? `${way}: taken by the other side` : `${way}: NOT delivered. ${printable(error)}`
    })
    .join('\n')
