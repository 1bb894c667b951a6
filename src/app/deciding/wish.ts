import type { WorkspaceSettings } from '../../config/index.js'
import type { Decider, RuleScope } from '../../exceptions/index.js'

/** What somebody wants of one exception: decide, assign, note, in one go. */
export interface Wish {
  readonly exception: number
  /** The version it was seen in; undefined: as it stands now. */
  readonly version?: number
  /** How its fingerprint begins, where a token says so: the number alone could be of another workspace. */
  readonly fingerprint?: string
  readonly decision?: string
  readonly assignee?: string
  readonly note?: string
  readonly person: string
  /** As histories and the audit chain name the person and the way. */
  readonly actor: string
  /** command, the name of a workbook, a cluster. */
  readonly via: string
  readonly rule?: RuleWish
}

/** A decision that shall hold for later exceptions too. */
export interface RuleWish {
  /** Last day, yyyy-MM-dd. */
  readonly until: string
  /** Keys later exceptions must share. */
  readonly scope: readonly (keyof RuleScope)[]
  /** No exception for more money; undefined: than this one. */
  readonly upTo?: string
}

/** What came of it. The words are for people; `outcome` is what programs go by. */
export interface WishOutcome {
  readonly exception: number
  readonly outcome: 'decided' | 'proposed' | 'agreed' | 'assigned' | 'reopened' | 'unchanged' | 'refused'
  readonly said: string
}

/** What wishes are judged by. */
export interface Applying {
  readonly deciders: readonly Decider[]
  readonly now: string
  /** Today in the workspace's zone, yyyy-MM-dd. */
  readonly today: string
  /** Whom to tell of what is settled by it. */
  readonly settings: WorkspaceSettings
  /** Only exceptions of this job; undefined: of any whose lease is held. */
  readonly job?: string
}
