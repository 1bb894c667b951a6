import { compare, type DecimalText, type ExceptionCode, ZERO } from '../canonical/index.js'
import { type DecisionWord, isSamePerson } from './decision.js'

/** Who may decide what, by the workspace's settings. An absent list names everything. */
export interface Decider {
  readonly who: readonly string[]
  readonly queues?: readonly string[] | undefined
  readonly codes?: readonly string[] | undefined
  readonly decisions?: readonly string[] | undefined
  /** Money at risk up to which the person decides alone; beyond it a second one must agree. */
  readonly upTo?: DecimalText | undefined
  /** Of upTo: that of the workspace. Money in another is over every limit, because two currencies are not compared. */
  readonly currency: string
}

export interface Deciding {
  readonly code: ExceptionCode
  readonly queue: string
  /** null: nobody knows it, so whoever has a limit does not decide alone. */
  readonly amountAtRisk: DecimalText | null
  readonly currency: string
}

/** alone: it stands at once. with-another: a second person must agree. no: the person may not decide this at all. */
export type Authority = 'alone' | 'with-another' | 'no'

/** Where no decider is set, everybody may decide everything. */
export function authorityOf(
  person: string,
  { code, queue, amountAtRisk, currency }: Deciding,
  decision: DecisionWord,
  deciders: readonly Decider[],
): Authority {
  if (deciders.length === 0) return 'alone'
  const own = deciders.filter(
    ({ who, queues, codes, decisions }) =>
      who.some((name) => isSamePerson(name, person)) &&
      (queues?.includes(queue) ?? true) &&
      (codes?.includes(code) ?? true) &&
      (decisions?.includes(decision) ?? true),
  )
  if (own.length === 0) return 'no'
  const isWithin = (limit: Decider): boolean =>
    limit.upTo === undefined ||
    (amountAtRisk !== null &&
      (amountAtRisk === ZERO || currency === limit.currency) &&
      compare(amountAtRisk, limit.upTo) <= 0)
  return own.some(isWithin) ? 'alone' : 'with-another'
}
