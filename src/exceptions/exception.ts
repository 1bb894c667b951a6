import type { DecimalText, ExceptionCode, FindingKeys, Source } from '../canonical/index.js'
import type { Severity } from './catalogue.js'
import type { Decision } from './decision.js'

/**
 * new: first seen in the latest run. open: seen before and still there. reopened: was healed or decided, and is back.
 * proposed: decided by one person, and a second one must agree. decided: settled by people or a rule.
 * healed: the latest run no longer finds it.
 */
export type ExceptionStatus = 'new' | 'open' | 'reopened' | 'proposed' | 'decided' | 'healed'

export const unsettled: readonly ExceptionStatus[] = ['new', 'open', 'reopened', 'proposed']

/** One discrepancy over all the nights it lives. Instants are ISO 8601 in UTC. */
export interface MatchException {
  readonly fingerprint: string
  readonly job: string
  readonly code: ExceptionCode
  readonly queue: string
  readonly severity: Severity
  readonly status: ExceptionStatus
  readonly keys: FindingKeys
  readonly message: string
  readonly amountAtRisk: DecimalText
  readonly currency: string
  readonly values: Readonly<Record<string, string | null>>
  readonly tolerance: Readonly<Record<string, string | null>> | null
  readonly evidence: readonly Source[]
  readonly firstSeen: string
  readonly lastSeen: string
  readonly dueAt: string | null
  /** The stored document it is about, for example the invoice that it holds. */
  readonly document?: string | null
  /** What stands or is proposed. */
  readonly decision?: Decision | null
  /** Why it was reopened, in words; only in the settlement that does. */
  readonly reopenedBecause?: string
}
