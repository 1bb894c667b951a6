import { ux } from '@oclif/core'
import { evidenceText } from '../../app/evidence-text.js'
import type { ExceptionDetail } from '../../app/exceptions/list-exceptions.js'
import { localTime } from './local-time.js'
import { matchedLineText } from './matched-line-text.js'
import { money } from './money.js'
import { printable } from './printable.js'
import { severityColour } from './severity.js'

/** One exception as a page for people. */
export function exceptionText(one: ExceptionDetail, timezone: string): string {
  const local = (at: string): string => localTime(at, timezone)
  const lines = [
    `${ux.colorize('bold', one.id)}  ${ux.colorize(severityColour(one.severity), one.code)}  ${one.status}  ${money(one.amountAtRisk.amount, one.amountAtRisk.currency)} at risk`,
    printable(one.message),
    '',
    ...pairs('About', { ...one.keys }),
    ...pairs('Compared', withoutEmpty(one.values)),
    ...pairs('Tolerance', filled(one.tolerance ?? {})),
    ...pairs('How the line was matched', one.matched === null ? {} : Object.fromEntries(matchedLineText(one.matched))),
    'Where it stands',
    ...one.evidence.map((source) => `  ${printable(evidenceText(source))}`),
    '',
    `Queue ${one.queue}, due ${one.dueAt === null ? 'never' : local(one.dueAt)}; first seen ${local(one.firstSeen)}, last seen ${local(one.lastSeen)}`,
    `May be decided: ${one.decisions.length === 0 ? 'nothing to decide' : one.decisions.join(', ')}`,
    ...decisionLines(one, local),
    ...one.history.map(
      ({ at, status, amount, actor, said }) =>
        `  ${local(at)}  ${status}  ${money(amount, one.amountAtRisk.currency)}${said === null ? '' : `  ${printable(said)}`}${actor === null ? '' : ` (${printable(actor)})`}`,
    ),
  ]
  return lines.join('\n')
}

function decisionLines(
  { decision, assignee, note, cluster, escalation }: ExceptionDetail,
  local: (at: string) => string,
): string[] {
  return [
    ...(decision === null
      ? []
      : [
          printable(
            `${decision.state === 'proposed' ? 'Proposed' : 'Decided'}: ${decision.decision} by ${decision.decidedBy}${decision.agreedBy === null ? '' : `, agreed by ${decision.agreedBy}`} (${decision.via})`,
          ),
        ]),
    ...(escalation === null ? [] : [`Overdue: ${escalation.to} answers for it since ${local(escalation.since)}`]),
    ...(assignee === null ? [] : [`Assigned to ${printable(assignee)}`]),
    ...(note === null ? [] : [`Note: ${printable(note)}`]),
    ...(cluster === null ? [] : [`Cluster ${cluster}`]),
  ]
}

type Values = Readonly<Record<string, string | null | undefined>>

const filled = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

/** What has no value is named together, since that may be what is wrong. */
function withoutEmpty(values: Values): Values {
  const empty = Object.keys(values).filter((name) => values[name] === null)
  return empty.length === 0 ? values : { ...filled(values), empty: empty.join(', ') }
}

function pairs(title: string, values: Values): string[] {
  const known = Object.entries(values).filter(([, value]) => value !== undefined)
  if (known.length === 0) return []
  const width = Math.max(...known.map(([name]) => name.length))
  return [title, ...known.map(([name, value]) => `  ${name.padEnd(width)}  ${printable(value ?? '-')}`)]
}
