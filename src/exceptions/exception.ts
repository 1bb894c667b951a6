import type { DecimalText, ExceptionCode, FindingKeys, Source } from '../canonical/index.js'
import type { Severity } from './catalogue.js'

/**
 * new: first seen in the latest run. open: seen before and still there. reopened: was healed or decided, and is back.
 * decided: a person settled it. healed: the latest run no longer finds it.
 */
export type ExceptionStatus = 'new' | 'open' | 'reopened' | 'decided' | 'healed'

export const unsettled: readonly ExceptionStatus[] = ['new', 'open', 'reopened']

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
}
