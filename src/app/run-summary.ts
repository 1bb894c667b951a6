import type { Amounts, AtRisk, DecimalText, MoneyApart } from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import type { ErrorCode } from '../errors/index.js'
import type { RunRow } from '../state/index.js'
import type { MadePack } from './evidence/made-pack.js'

/** Money is signed: credits reduce. */
export interface Tally extends MoneyApart {
  readonly count: number
}

/** One kind of end that what was compared came to. */
export interface Outcome {
  readonly label: string
  readonly explanation: string
  readonly count: number
  /** Null where no money is moved. */
  readonly amount: DecimalText | null
  /** Money that is not in the workspace's currency, where there is any. */
  readonly otherCurrencies?: Amounts
}

export interface QueueBacklog extends AtRisk {
  readonly queue: string
  readonly owner: string
  readonly open: number
  readonly critical: number
  readonly overdue: number
}

export interface ExtractTotals {
  readonly input: string
  readonly file: string
  readonly sha256: string
  readonly records: number
  readonly accepted: number
  readonly rejected: number
}

/** Transactions found in tonight's X12 files: in = taken + known + unusable. */
export interface ReadDocuments {
  readonly in: number
  readonly taken: number
  readonly known: number
  readonly unusable: number
}

export const noDocuments: ReadDocuments = { in: 0, taken: 0, known: 0, unusable: 0 }

/** Of two lots of files. */
export const sumOfDocuments = (a: ReadDocuments, b: ReadDocuments): ReadDocuments => ({
  in: a.in + b.in,
  taken: a.taken + b.taken,
  known: a.known + b.known,
  unusable: a.unusable + b.unusable,
})

export interface WaitingLoad {
  readonly id: string
  readonly job: string
  /** Of the template, for people. */
  readonly title: string
  readonly status: 'waiting' | 'approved'
  /** Whom or what it waits for, in words. */
  readonly waitsFor: string
  readonly invoices: number
  readonly lines: number
  readonly amount: string
  readonly otherCurrencies?: Amounts
  readonly since: string
}

export interface LoadNotThere {
  readonly id: string
  readonly job: string
  readonly verdict: 'partly-loaded' | 'nothing-loaded'
  readonly rows: number
  readonly loaded: number
  readonly rejected: number
  readonly notSeen: number
  readonly sentAt: string
}

/** What a run amounts to: kept with the run, printed at its end, held by its workbook. */
export interface RunSummary {
  readonly run: string
  readonly job: string
  readonly title: string
  readonly organisation: string
  readonly asOf: string
  readonly currency: string
  readonly dryRun: boolean
  readonly resumed: boolean
  /** Loads and pushes nothing: a backfill, or by the rules of an earlier run; absent in runs of before it was said. */
  readonly onlyJudges?: boolean
  readonly files: {
    readonly taken: number
    readonly duplicates: number
    readonly quarantined: number
    readonly skipped: number
  }
  readonly documents: ReadDocuments
  readonly extracts: readonly ExtractTotals[]
  /** Every invoice not yet settled, tonight's and those held from earlier nights; judged = clean + released + held + waiting + duplicate. */
  readonly invoices: {
    readonly judged: Tally
    readonly clean: Tally
    /** Held, and every reason decided so that it can be paid; absent in runs of before there were decisions. */
    readonly released?: Tally
    readonly held: Tally
    readonly waiting: Tally
    readonly duplicate: Tally
    /** Loaded in earlier runs and now seen in the ERP's vouchers. */
    readonly confirmed: number
  } | null
  /** What became of what was compared; null when nothing was, for want of an extract. */
  readonly outcomes: readonly Outcome[] | null
  readonly exceptions: AtRisk & {
    readonly raised: number
    readonly stillOpen: number
    readonly reopened: number
    readonly healed: number
    readonly open: number
    readonly queues: readonly QueueBacklog[]
  }
  readonly loads: readonly {
    readonly id: string
    readonly file: string
    readonly endpoint: string
    /** Of the template. */
    readonly title: string
    readonly invoices: number
    /** Lines of invoices, or rows of the matcher's tables. */
    readonly lines: number
    readonly amount: DecimalText
    readonly otherCurrencies?: Amounts
    /** waiting: somebody has to approve it before it may go out. */
    readonly status: 'planned' | 'sent' | 'waiting'
    /** Why, in words; absent in runs of before there were approvals. */
    readonly approval?: string | null
  }[]
  /** Loads of the job that have not gone out, this run's and earlier ones; absent in runs of before there were approvals. */
  readonly loadsWaiting?: readonly WaitingLoad[]
  /** Loads of earlier runs that went out in this one. */
  readonly sentLater: number
  /** TA1, 997 and 999 to partners: pushed in this run, and still in the outbox. */
  readonly acknowledgments: { readonly sent: number; readonly waiting: number }
  /** Of a job that makes evidence packs. */
  readonly pack?: MadePack
  readonly workbook: string | null
  /** One for each owner or facility, where the job says so; absent in runs of before there were such. */
  readonly workbooks?: readonly { readonly name: string; readonly workbook: string }[]
  readonly holdList: string | null
  /** Endpoints that were down and answer again, in words; absent in runs of before there was such a thing. */
  readonly healed?: readonly string[]
  /** What could not be reached or done; the rest of the night went on. */
  readonly failures: readonly Failure[]
}

/** Something that could not be done, in terms of what to do about it. */
export interface Failure {
  readonly subject: string
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string
}

/** Findings by other rules than those of the day must not be taken for news. */
export const titleOf = ({ title }: JobSettings, { rules_of: rulesOf }: RunRow): string =>
  rulesOf === null ? title : `${title}, by the rules of run ${rulesOf}`
