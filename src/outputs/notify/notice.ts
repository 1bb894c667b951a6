import type { Amounts, DecimalText, ExceptionCode } from '../../canonical/index.js'

/** A cause as people are told of it: code, business keys and amounts, and never a text of a document or an identity. */
export interface CauseFacts {
  /** CL-..., or EX-... of an exception that stands alone. */
  readonly id: string
  readonly job: string
  readonly queue: string
  readonly code: ExceptionCode
  /** Business keys in words: supplier 10432, item 880014. */
  readonly about: string
  /** The same in a few words, for a subject. */
  readonly brief: string
  readonly exceptions: number
  readonly amountAtRisk: Amounts
  /** The first of them, ISO instant; null where nothing is due. */
  readonly dueAt: string | null
}

/** What an owner is told. Instants are ISO 8601. */
export type Notice =
  | { readonly kind: 'cause-opened'; readonly cause: CauseFacts; readonly workbook: string | null }
  | {
      readonly kind: 'cause-settled'
      readonly cause: CauseFacts
      readonly openedAt: string
      readonly settledAt: string
      /** people: by a decision of theirs; run: the data agrees, or a rule decided. */
      readonly by: 'people' | 'run'
    }
  | Digest
  | {
      readonly kind: 'escalation'
      readonly queue: string
      readonly level: number
      /** The name of the step, where it differs from who reads this. */
      readonly to: string
      readonly exceptions: number
      readonly amountAtRisk: Amounts
      /** The ids with the most money. */
      readonly most: readonly string[]
      /** When the longest overdue was due. */
      readonly oldestDueAt: string | null
    }
  | {
      readonly kind: 'endpoint-down'
      readonly endpoint: string
      readonly code: string
      readonly title: string
      readonly since: string
    }
  | { readonly kind: 'endpoint-healed'; readonly endpoint: string; readonly since: string; readonly healedAt: string }
  | {
      readonly kind: 'load-waits'
      readonly load: string
      readonly job: string
      readonly file: string
      readonly rows: number
      readonly amount: DecimalText
      readonly currency: string
      readonly otherCurrencies?: Amounts
    }
  | {
      readonly kind: 'run-failed'
      readonly job: string
      readonly run: string
      readonly code: string
      readonly title: string
      readonly at: string
    }
  | {
      readonly kind: 'work-given-up'
      readonly work: number
      readonly job: string
      readonly scheduledFor: string
      readonly attempts: number
      readonly because: string
    }
  | {
      readonly kind: 'night-missed'
      readonly job: string
      /** The last of them. */
      readonly scheduledFor: string
      readonly times: number
      readonly because: string
    }
  | { readonly kind: 'test'; readonly at: string }

export type NoticeKind = Notice['kind']

/** One night of one owner. */
export interface Digest {
  readonly kind: 'digest'
  /** Business day, yyyy-MM-dd. */
  readonly day: string
  /** What happened after it, and up to `until`, is news; ISO instants. `until` is absent in digests of before it was said. */
  readonly since: string
  readonly until?: string
  readonly queues: readonly {
    readonly queue: string
    readonly open: number
    readonly overdue: number
    readonly dueToday: number
    readonly amountAtRisk: Amounts
  }[]
  /** Causes that opened; `shown` are those with the most money. */
  readonly opened: { readonly causes: number; readonly exceptions: number; readonly shown: readonly CauseFacts[] }
  readonly settled: number
  /** Causes that were many and are told of here alone. */
  readonly notSingle: boolean
  readonly workbooks: readonly { readonly title: string; readonly at: string }[]
}
