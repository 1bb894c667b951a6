import { DateTime } from 'luxon'
import { type Amounts, money, moneyBeside } from '../../canonical/index.js'
import { catalogue } from '../../exceptions/index.js'
import type { CauseFacts, Digest, Notice } from './notice.js'

/** A notice in words, in the order in which people read it; each channel gives it its form. */
export interface Message {
  /** The same at each try. */
  readonly id: string
  /** Of the message this one belongs to. */
  readonly answers: string | null
  readonly kind: Notice['kind']
  readonly owner: string
  readonly organisation: string
  readonly subject: string
  /** Sentences above the table. */
  readonly lines: readonly string[]
  readonly table: readonly (readonly [label: string, value: string])[]
  /** Where to look: a label and a link or path. */
  readonly links: readonly { readonly title: string; readonly at: string }[]
  /** What to do next. */
  readonly next: string | null
}

type Words = Pick<Message, 'subject' | 'lines' | 'table' | 'links' | 'next'>

/** `timezone`: in which instants are said. */
export function noticeWords(notice: Notice, timezone: string): Words {
  const when = (instant: string): string =>
    DateTime.fromISO(instant, { zone: timezone }).toFormat("d LLL yyyy, HH:mm 'local time'")
  switch (notice.kind) {
    case 'cause-opened':
      return {
        subject: `New: ${notice.cause.code}, ${notice.cause.brief || notice.cause.id}, ${said(notice.cause.amountAtRisk)} at risk`,
        lines: [
          notice.cause.exceptions === 1
            ? 'One exception has been raised.'
            : `${notice.cause.exceptions} exceptions with one cause have been raised; they can be decided at once.`,
        ],
        table: causeTable(notice.cause, when),
        links: notice.workbook === null ? [] : [{ title: 'Workbook', at: notice.workbook }],
        next: `Decide in the workbook, or with: matchbook exceptions decide ${notice.cause.id}. What the code means: matchbook explain ${notice.cause.code}`,
      }
    case 'cause-settled':
      return {
        subject: `Settled: ${notice.cause.code}, ${notice.cause.brief || notice.cause.id}`,
        lines: [
          notice.by === 'people'
            ? 'It is decided: nothing of this cause is open any more.'
            : 'The latest run finds nothing of this cause that is open any more.',
        ],
        table: [
          ...causeTable({ ...notice.cause, dueAt: null }, when),
          ['Opened', when(notice.openedAt)],
          ['Settled', when(notice.settledAt)],
        ],
        links: [],
        next: null,
      }
    case 'digest':
      return digestWords(notice)
    case 'escalation':
      return {
        subject: `Overdue: ${counted(notice.exceptions, 'exception')} of ${notice.queue}, ${said(notice.amountAtRisk)} at risk`,
        lines: [
          `${counted(notice.exceptions, 'exception')} of the queue ${notice.queue} passed step ${notice.level} of its escalation; ${notice.to} answers for ${notice.exceptions === 1 ? 'it' : 'them'} now.`,
        ],
        table: [
          ['Queue', notice.queue],
          ['Exceptions', String(notice.exceptions)],
          ['At risk', said(notice.amountAtRisk)],
          ...(notice.oldestDueAt === null ? [] : [['Longest overdue, since', when(notice.oldestDueAt)] as const]),
          ['With the most money', notice.most.join(', ')],
        ],
        links: [],
        next: `See: matchbook exceptions list --queue ${notice.queue}`,
      }
    case 'endpoint-down':
      return {
        subject: `Endpoint ${notice.endpoint} is down`,
        lines: [`${notice.title}. Nothing is lost: what was to go there waits. You are told again when it answers.`],
        table: [
          ['Endpoint', notice.endpoint],
          ['Error', notice.code],
          ['Since', when(notice.since)],
        ],
        links: [],
        next: 'See: matchbook doctor --connect',
      }
    case 'endpoint-healed':
      return {
        subject: `Endpoint ${notice.endpoint} answers again`,
        lines: ['What waited for it goes out with the next run, or with: matchbook push'],
        table: [
          ['Endpoint', notice.endpoint],
          ['Down since', when(notice.since)],
          ['Answers since', when(notice.healedAt)],
        ],
        links: [],
        next: null,
      }
    case 'load-waits':
      return {
        subject: `Load ${notice.load} waits for an approval, ${moneyBeside(notice.amount, notice.currency, notice.otherCurrencies)}`,
        lines: ['It is not sent to the ERP before somebody who may has approved it.'],
        table: [
          ['Load', notice.load],
          ['Job', notice.job],
          ['File', notice.file],
          ['Rows', String(notice.rows)],
          ['Amount', moneyBeside(notice.amount, notice.currency, notice.otherCurrencies)],
        ],
        links: [],
        next: `See: matchbook loads show ${notice.load}`,
      }
    case 'run-failed':
      return {
        subject: `Run of ${notice.job} failed: ${notice.code}`,
        lines: [`${notice.title}. What its finished steps did stays done; it goes on from the step that failed.`],
        table: [
          ['Job', notice.job],
          ['Run', notice.run],
          ['Error', notice.code],
          ['At', when(notice.at)],
        ],
        links: [],
        next: `See: matchbook runs show ${notice.run}; go on with: matchbook retry ${notice.run}`,
      }
    case 'work-given-up':
      return {
        subject: `${notice.job} was given up, tried ${counted(notice.attempts, 'time')}`,
        lines: ['No worker tries it again, and later nights of this job wait for it.'],
        table: [
          ['Job', notice.job],
          ['Due since', when(notice.scheduledFor)],
          ['Why', notice.because],
        ],
        links: [],
        next: `See: matchbook work list; when the cause is mended: matchbook work retry ${notice.work}`,
      }
    case 'night-missed':
      return {
        subject: `${notice.job} has not run`,
        lines: [`${notice.because[0]?.toUpperCase()}${notice.because.slice(1)}.`],
        table: [
          ['Job', notice.job],
          ['Was due', when(notice.scheduledFor)],
          ...(notice.times === 1 ? [] : [['Times', String(notice.times)] as const]),
        ],
        links: [],
        next: `See: matchbook status; run it now with: matchbook run ${notice.job}`,
      }
    case 'test':
      return {
        subject: 'Test: notifications reach you',
        lines: ['This is a test that somebody asked for. Nothing has happened and nothing is to be done.'],
        table: [['Asked for', when(notice.at)]],
        links: [],
        next: null,
      }
  }
}

const causeTable = (cause: CauseFacts, when: (instant: string) => string): [string, string][] => [
  ['Code', `${cause.code}: ${catalogue[cause.code].raisedWhen}`],
  ['Cause', cause.id],
  ...(cause.about === '' ? [] : [['About', cause.about] as [string, string]]),
  ['Queue', cause.queue],
  ['Exceptions', String(cause.exceptions)],
  ['At risk', said(cause.amountAtRisk)],
  ...(cause.dueAt === null ? [] : [['Due', when(cause.dueAt)] as [string, string]]),
]

function digestWords(digest: Digest): Words {
  const { opened, settled, queues } = digest
  const open = queues.reduce((sum, queue) => sum + queue.open, 0)
  const overdue = queues.reduce((sum, queue) => sum + queue.overdue, 0)
  const left = opened.causes - opened.shown.length
  return {
    subject: `${digest.day}: ${counted(open, 'exception')} open${overdue === 0 ? '' : `, ${overdue} overdue`}, ${counted(opened.causes, 'new cause')}`,
    lines: [
      opened.causes === 0
        ? 'No new cause since the digest before.'
        : `${counted(opened.causes, 'new cause')} behind ${counted(opened.exceptions, 'exception')}.`,
      ...(settled > 0 ? [`${counted(settled, 'cause')} settled since the digest before.`] : []),
      ...(digest.notSingle
        ? ['They came at once and are many, so each is told of here alone instead of in a message of its own.']
        : []),
      ...(left > 0
        ? [`Shown are the ${opened.shown.length} with the most money; ${left} more are in the workbook.`]
        : []),
    ],
    table: [
      ...queues.map(({ queue, open, overdue, dueToday, amountAtRisk }): [string, string] => [
        `Queue ${queue}`,
        `${open} open, ${overdue} overdue, ${dueToday} due today, ${said(amountAtRisk)} at risk`,
      ]),
      ...opened.shown.map(({ code, about, exceptions, amountAtRisk, id }): [string, string] => [
        `New ${code}`,
        `${said(amountAtRisk)}, ${counted(exceptions, 'exception')}${about === '' ? '' : `, ${about}`} (${id})`,
      ]),
    ],
    links: digest.workbooks,
    next: open === 0 ? null : 'Decide in the workbook and give it back; sheet How to read says how.',
  }
}

export const counted = (many: number, what: string): string =>
  `${many === 0 ? 'no' : many} ${what}${many === 1 ? '' : 's'}`

/** USD 1,234.50 and EUR 3.00. */
export function said(amounts: Amounts): string {
  const all = Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1))
  return all.length === 0 ? 'no money' : all.map(([currency, amount]) => money(amount, currency)).join(' and ')
}
