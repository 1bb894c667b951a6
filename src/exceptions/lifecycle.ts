import { compare, type Finding } from '../canonical/index.js'
import { changedFacts } from './changed-facts.js'
import { type MatchException, unsettled } from './exception.js'
import { fingerprint } from './fingerprint.js'
import { type Routing, routes } from './routing.js'

/** What a run did to the exceptions of its job. `exceptions` holds those found now and those that healed now. */
export interface Settlement {
  readonly exceptions: readonly MatchException[]
  readonly raised: number
  readonly stillOpen: number
  readonly reopened: number
  readonly decided: number
  readonly healed: number
}

/**
 * Compares tonight's findings with what is known of the job: new, still open, reopened, or healed.
 * A decided exception stays decided, and a proposed one proposed, while the same trouble is still there on the same facts for the
 * same money or less; it is reopened when the compared values are others than those decided on, when more money is at stake, or when
 * it had healed in between.
 * Pure: running it again on its own result with the same findings changes nothing but new -> open.
 *
 * @param known all exceptions of the job, settled ones too
 * @param now ISO instant of the run
 * @param judged whether tonight could have found the exception again; one that was not looked at stays open
 */
export function settle(
  job: string,
  known: readonly MatchException[],
  findings: readonly Finding[],
  now: string,
  routing: Routing,
  judged: (exception: MatchException) => boolean = () => true,
): Settlement {
  const before = new Map(known.map((exception) => [exception.fingerprint, exception]))
  const found = new Map<string, MatchException>()
  const routeOf = routes(routing)
  for (const finding of findings) {
    const print = fingerprint(job, finding)
    const earlier = found.get(print)
    // Two findings with one fingerprint are one trouble seen twice: the larger amount speaks.
    if (earlier && compare(earlier.amountAtRisk, finding.amountAtRisk) >= 0) continue
    found.set(print, exceptionOf(job, print, finding, before.get(print), now, routeOf))
  }
  const gone = known.filter(({ fingerprint, status }) => !found.has(fingerprint) && status !== 'healed')
  const healed = gone.filter(judged).map((exception): MatchException => ({ ...exception, status: 'healed' }))
  const carried = gone
    .filter((exception) => !judged(exception) && isUnsettled(exception))
    .map(
      (exception): MatchException => ({ ...exception, status: exception.status === 'proposed' ? 'proposed' : 'open' }),
    )
  const exceptions = [...found.values(), ...carried, ...healed]
  const count = (status: MatchException['status']) =>
    exceptions.filter((exception) => exception.status === status).length
  return {
    exceptions,
    raised: count('new'),
    stillOpen: count('open'),
    reopened: count('reopened'),
    decided: count('decided'),
    healed: healed.filter(({ fingerprint }) => isUnsettled(before.get(fingerprint))).length,
  }
}

function exceptionOf(
  job: string,
  print: string,
  finding: Finding,
  before: MatchException | undefined,
  now: string,
  routeOf: ReturnType<typeof routes>,
): MatchException {
  const { status, because } = statusOf(before, finding)
  const starts = before === undefined || status === 'reopened'
  const firstSeen = starts ? now : before.firstSeen
  const { queue, severity, dueAt } = routeOf(finding, firstSeen)
  return {
    fingerprint: print,
    job,
    code: finding.code,
    queue,
    severity,
    status,
    keys: finding.keys,
    message: finding.message,
    // What was decided on stays the measure: more money than that opens it again, whatever was seen in between.
    amountAtRisk: isKept(status) && before !== undefined ? before.amountAtRisk : finding.amountAtRisk,
    currency: finding.currency,
    values: finding.values,
    tolerance: finding.tolerance,
    evidence: finding.evidence,
    firstSeen,
    lastSeen: now,
    dueAt,
    ...(finding.document === undefined ? {} : { document: finding.document }),
    ...(isKept(status) && before?.decision ? { decision: before.decision } : {}),
    ...(because === undefined ? {} : { reopenedBecause: because }),
  }
}

const isKept = (status: MatchException['status']): boolean => status === 'decided' || status === 'proposed'

function statusOf(
  before: MatchException | undefined,
  finding: Finding,
): { readonly status: MatchException['status']; readonly because?: string } {
  if (before === undefined) return { status: 'new' }
  if (before.status === 'healed') return { status: 'reopened', because: 'it was gone and is back' }
  if (isKept(before.status)) {
    const because = changedFacts(before.decision ?? { amount: before.amountAtRisk, facts: finding.values }, finding)
    return because === undefined ? { status: before.status } : { status: 'reopened', because }
  }
  // Reopened is news for one night only, like new.
  return { status: 'open' }
}

const isUnsettled = (exception: MatchException | undefined): boolean =>
  exception !== undefined && unsettled.includes(exception.status)
