import type { DecodedSegment } from '../decoded-segment.js'
import type { UnnumberedInterchange } from '../number-interchange.js'
import { text } from '../transaction.js'
import type { GroupToWrite, InterchangeToWrite, TransactionToWrite } from '../write.js'
import { type AckDialect, ackDialect } from './dialect.js'
import { functionalAcknowledgment } from './functional-acknowledgment.js'
import type { GroupReport, InterchangeReport } from './interchange-report.js'
import type { Writable } from './segment-errors.js'
import { interchangeVerdict, type RejectOn } from './verdicts.js'

/** What a partner gets for what it sends. */
export interface AckAgreement {
  readonly acknowledge: 'none' | '997' | '999'
  /** GS08 of the 997 or 999; by default 004010 and 005010X231A1. */
  readonly version?: string
  /** `asked`: where ISA14 is 1, or the interchange is refused as a whole. */
  readonly ta1: 'never' | 'asked' | 'always'
  readonly rejectOn: RejectOn
}

/** An answer without its own control numbers. */
export interface Acknowledgment extends UnnumberedInterchange {
  /** What it is made of, for its name: TA1, 997 or 999. */
  readonly set: 'TA1' | '997' | '999'
}

const DELIMITERS = ['*', '>', '~', '^']
const writable: Writable = (value) =>
  !DELIMITERS.some((delimiter) => value.includes(delimiter)) && !/\p{Cc}|\p{Cs}/u.test(value)
/** Positions in the ISA are bytes. */
const fits = (id: string): boolean => writable(id) && /^[ -\x7e]{1,15}$/.test(id)

/**
 * The answer to a received interchange; undefined when none is due. An acknowledgment is never acknowledged. Where a TA1 rejects the
 * interchange as a whole, it is the whole answer.
 */
export function acknowledgmentOf(report: InterchangeReport, agreement: AckAgreement): Acknowledgment | undefined {
  const groups = report.groups.filter((group) => !isAcknowledgment(group))
  if (groups.length === 0 && (report.groups.length > 0 || report.services.length > 0)) return undefined
  const { isa } = report
  // Why all of it is refused has its code in a TA1 only.
  const asked = agreement.ta1 === 'asked' && (text(isa, 14) === '1' || report.refused)
  const wanted = agreement.ta1 === 'always' || asked
  const services = wanted ? [ta1(report)] : []
  const rejected = wanted && interchangeVerdict(report).code === 'R'
  const { acknowledge, version, rejectOn } = agreement
  const answered = acknowledge === 'none' || rejected ? [] : groups
  if (services.length === 0 && answered.length === 0) return undefined
  const dialect = ackDialect(acknowledge === '999' ? '999' : '997', version)
  const transactions = answered.map((group) => functionalAcknowledgment(group, dialect, rejectOn, writable))
  return {
    set: answered.length === 0 ? 'TA1' : dialect.set,
    sender: party(isa, 7),
    receiver: party(isa, 5),
    usage: text(isa, 15) === 'T' ? 'T' : 'P',
    version: dialect.version,
    services,
    groups: functionalGroups(answered, transactions, isa, dialect),
  }
}

/** Answers to groups between the same two go back in one group. */
function functionalGroups(
  answered: readonly GroupReport[],
  contents: readonly TransactionToWrite['segments'][],
  isa: DecodedSegment,
  { set, version }: AckDialect,
): Omit<GroupToWrite, 'control'>[] {
  const byParties = new Map<string, { sender: string; receiver: string; transactions: TransactionToWrite[] }>()
  answered.forEach(({ gs }, index) => {
    const code = (element: number) => (fits(text(gs, element)) ? text(gs, element) : '')
    const [sender, receiver] = [code(3) || party(isa, 7).id, code(2) || party(isa, 5).id]
    const key = JSON.stringify([sender, receiver])
    const group = byParties.get(key) ?? { sender, receiver, transactions: [] }
    byParties.set(key, group)
    const control = String(group.transactions.length + 1).padStart(4, '0')
    const implementation = set === '999' ? { implementation: version } : {}
    group.transactions.push({ set, control, ...implementation, segments: contents[index] ?? [] })
  })
  return [...byParties.values()].map((group) => ({ functionalId: 'FA', ...group }))
}

function ta1(report: InterchangeReport): string[] {
  const { code, note } = interchangeVerdict(report)
  const [control, date, time] = [text(report.isa, 13), text(report.isa, 9), text(report.isa, 10)].map((value) =>
    writable(value) ? value : '',
  )
  return ['TA1', control?.padStart(9, '0') ?? '', date ?? '', time ?? '', code, note]
}

/** FA groups, and groups that hold nothing else whatever they call themselves. */
const isAcknowledgment = ({ gs, sets }: GroupReport): boolean =>
  text(gs, 1) === 'FA' || (sets.length > 0 && sets.every(({ st }) => ['997', '999'].includes(text(st, 1))))

function party(isa: DecodedSegment, qualifier: 5 | 7): InterchangeToWrite['sender'] {
  const [code, id] = [text(isa, qualifier), text(isa, qualifier + 1)]
  return { qualifier: /^[A-Z0-9]{2}$/.test(code) ? code : 'ZZ', id: fits(id) ? id : '' }
}
