import type { AtRisk, DecimalText } from '../../canonical/index.js'

/** What the page shows. Instants are ISO, UTC; the page shows them in `timezone`. Lists are as long as they are shown. */
export interface DashboardContent {
  readonly organisation: string
  readonly profile: string
  readonly timezone: string
  readonly currency: string
  readonly writtenAt: string
  readonly backlog: BacklogTotals
  readonly jobs: readonly JobHealth[]
  readonly queues: readonly QueueLoad[]
  readonly risk: readonly RiskBy[]
  readonly dearest: Cut<DearException>
  readonly reconciliations: readonly Reconciliation[]
  readonly trends: readonly Trend[]
  readonly late: Cut<LateFile>
  readonly loads: Cut<DashboardLoad>
  readonly outbox: { readonly waiting: number; readonly oldest: string | null }
  readonly down: readonly { readonly endpoint: string; readonly since: string; readonly message: string }[]
  readonly suppliers: Cut<SupplierRow>
}

/** A load that waits for a person, or that the ERP does not have as a whole. */
export interface DashboardLoad {
  readonly id: string
  readonly job: string
  readonly since: string
  /** Whom it waits for, or what of it is there. */
  readonly state: string
  readonly isBad: boolean
}

/** The first of a longer list. */
export interface Cut<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

export interface BacklogTotals extends AtRisk {
  readonly open: number
  readonly critical: number
  readonly overdue: number
  readonly dueToday: number
}

export interface JobHealth {
  readonly job: string
  readonly title: string
  readonly lastRun: { readonly status: string; readonly at: string } | null
  readonly next: string | null
  /** In words; null when nothing is owed. */
  readonly owed: string | null
  readonly isLate: boolean
}

export interface QueueLoad extends BacklogTotals {
  readonly queue: string
  readonly owner: string
}

export interface RiskBy {
  readonly by: 'supplier' | 'code'
  readonly rows: readonly (AtRisk & { readonly name: string; readonly open: number })[]
  readonly total: number
}

export interface DearException {
  readonly id: string
  readonly code: string
  readonly queue: string
  readonly severity: string
  readonly supplier: string
  readonly about: string
  readonly amountAtRisk: DecimalText
  readonly currency: string
  readonly dueAt: string | null
  readonly isOverdue: boolean
}

export interface Reconciliation {
  readonly job: string
  readonly run: string
  readonly asOf: string
  readonly status: string
  readonly records: number
  readonly rejected: number
  readonly outcomes: readonly { readonly label: string; readonly count: number; readonly amount: DecimalText | null }[]
}

export interface Trend {
  readonly job: string
  readonly unit: 'exceptions' | 'money'
  /** Oldest first. */
  readonly nights: readonly { readonly asOf: string; readonly value: string }[]
}

export interface LateFile {
  readonly what: string
  readonly from: string
  readonly since: string
  readonly why: string
}

export interface SupplierRow extends AtRisk {
  readonly name: string
  readonly judged: number
  readonly firstPass: number
  readonly open: number
  readonly priceErrors: number
  readonly duplicates: number
  readonly answers: string
}
