import { authorityOf, type Decider } from './authority.js'
import { allowedDecision, type Decision, decisionsOf, isSamePerson } from './decision.js'
import { type MatchException, unsettled } from './exception.js'

/** What a person wants of one exception. */
export interface DecisionRequest {
  readonly decision: string
  readonly note: string | null
  readonly person: string
  /** command, the name of a workbook, a cluster. */
  readonly via: string
}

/** What comes of it. unchanged: it is so already. */
export type Verdict =
  | { readonly kind: 'decided' | 'proposed' | 'agreed'; readonly decision: Decision; readonly said: string }
  | { readonly kind: 'unchanged'; readonly said: string }
  | { readonly kind: 'refused'; readonly said: string }

const refused = (said: string): Verdict => ({ kind: 'refused', said })

/**
 * Judges a decision against the catalogue, the state of the exception and the limits of the person. Over the limit it is proposed,
 * and stands when another person who may decide the same chooses the same. Another choice than the proposed one replaces it.
 */
export function decide(
  exception: MatchException,
  { decision: named, note, person, via }: DecisionRequest,
  deciders: readonly Decider[],
  now: string,
): Verdict {
  if (person.trim() === '') return refused('nobody is named who decides')
  const decision = allowedDecision(exception.code, named)
  if (decision === undefined) return refused(offList(exception, named))
  const before = exception.decision ?? undefined
  if (exception.status === 'decided' && before?.decision === decision)
    return { kind: 'unchanged', said: `${decision} was decided by ${before.decidedBy} already` }
  if (exception.status === 'decided')
    return refused(
      `${before?.decision ?? 'something'} was decided by ${before?.decidedBy ?? 'somebody'}; reopen it first`,
    )
  if (!unsettled.includes(exception.status))
    return refused(`it is ${exception.status}: there is nothing left to decide`)

  const authority = authorityOf(person, exception, decision, deciders)
  if (authority === 'no') return refused(`${person} may not decide ${decision} for ${exception.code}`)
  const made: Decision = {
    decision,
    state: 'standing',
    amount: exception.amountAtRisk,
    facts: exception.values,
    note,
    decidedBy: person,
    decidedAt: now,
    via,
    agreedBy: null,
    agreedAt: null,
    rule: null,
  }
  if (before?.state === 'proposed' && before.decision === decision) {
    if (isSamePerson(before.decidedBy, person))
      return { kind: 'unchanged', said: `${decision} is proposed by ${person}; another person must agree` }
    const agreed: Decision = {
      ...before,
      state: 'standing',
      agreedBy: person,
      agreedAt: now,
      note: note ?? before.note,
    }
    return {
      kind: 'agreed',
      decision: agreed,
      said: `${decision}, proposed by ${before.decidedBy}, agreed by ${person}`,
    }
  }
  if (authority === 'alone') return { kind: 'decided', decision: made, said: `${decision} by ${person}` }
  return {
    kind: 'proposed',
    decision: { ...made, state: 'proposed' },
    said: `${decision} proposed by ${person}: ${limitWords(exception, deciders[0]?.currency)}, so another person must agree`,
  }
}

function offList({ code }: MatchException, named: string): string {
  const allowed = decisionsOf(code)
  if (allowed.length === 0) return `${code} has nothing to decide`
  return `"${named.trim()}" is not a decision for ${code}; it allows ${allowed.join(', ')}`
}

const limitWords = ({ amountAtRisk, currency }: MatchException, limit: string | undefined): string =>
  `${currency} ${amountAtRisk} is ${currency === limit ? 'over the limit' : `not in ${limit}, which the limit is in`}`
