/** A measure as docs/metrics.md explains it; its name is permanent. */
export interface MetricDefinition {
  readonly unit: string
  readonly labels: readonly string[]
  readonly means: string
  /** Where the number comes from. */
  readonly source: string
}

/** All are gauges: what is so at the time of writing. */
export const metricDefinitions = {
  matchbook_info: {
    unit: '1',
    labels: ['version', 'profile'],
    means: 'always 1; says which version wrote the file',
    source: 'the program',
  },
  matchbook_job_last_success_timestamp_seconds: {
    unit: 'Unix seconds',
    labels: ['job'],
    means: 'when a night of the job last ended, whole or in part',
    source: 'runs',
  },
  matchbook_job_late: {
    unit: '0 or 1',
    labels: ['job'],
    means: 'an occurrence of the schedule has not begun within missed-after-minutes',
    source: 'schedule of the job, occurrences',
  },
  matchbook_workers: {
    unit: 'workers',
    labels: ['status'],
    means:
      'workers that work, that come to their end, and those not heard of for longer than the leases last (gone, for a day)',
    source: 'workers',
  },
  matchbook_work: {
    unit: 'occurrences',
    labels: ['status'],
    means: 'what is due for the workers: ready, claimed by one, or given up (dead)',
    source: 'work',
  },
  matchbook_drops_late: {
    unit: 'drops',
    labels: ['job'],
    means: 'drops that have not brought by its time what was expected of them',
    source: 'expected of the drop, ledger of files',
  },
  matchbook_sync_lag_seconds: {
    unit: 'seconds',
    labels: ['job', 'input'],
    means: 'how old the newest usable file of the input is: how far our picture is behind the system it comes from',
    source: 'ledger of files, time of the file at its source',
  },
  matchbook_files_quarantined: {
    unit: 'files',
    labels: ['job'],
    means: 'files that could not be processed and wait for a person',
    source: 'ledger of files',
  },
  matchbook_invoices_judged: {
    unit: 'invoices',
    labels: ['job'],
    means: 'invoices taken in the last 30 days that a run has judged',
    source: 'documents, results of the match',
  },
  matchbook_exception_rate: {
    unit: 'ratio',
    labels: ['job'],
    means: 'of those, the share about which an exception was raised, now or before',
    source: 'documents, exceptions',
  },
  matchbook_first_pass_match_rate: {
    unit: 'ratio',
    labels: ['job'],
    means: 'of those, the share that came out clean and about which no exception was ever raised',
    source: 'documents, results of the match, exceptions',
  },
  matchbook_exceptions_open: {
    unit: 'exceptions',
    labels: ['queue'],
    means: 'backlog: open exceptions of the queue',
    source: 'exceptions',
  },
  matchbook_exceptions_critical: {
    unit: 'exceptions',
    labels: ['queue'],
    means: 'those of them that are critical',
    source: 'exceptions',
  },
  matchbook_exceptions_overdue: {
    unit: 'exceptions',
    labels: ['queue'],
    means: 'those of them whose time to decide is over',
    source: 'exceptions',
  },
  matchbook_money_at_risk: {
    unit: 'money, in the currency of the label',
    labels: ['queue', 'currency'],
    means: 'sum of the amounts at risk of the open exceptions of the queue',
    source: 'exceptions',
  },
  matchbook_charges_unposted: {
    unit: 'charges',
    labels: ['job', 'facility'],
    means: 'charges that no ledger shows posting-days after they were made, and about which nobody has decided',
    source: 'exceptions CHG-UNPOSTED',
  },
  matchbook_charges_unposted_money: {
    unit: 'money, in the currency of the label',
    labels: ['job', 'facility', 'currency'],
    means: 'sum of their amounts',
    source: 'exceptions CHG-UNPOSTED',
  },
  matchbook_consumption_unmatched: {
    unit: 'exceptions',
    labels: ['job', 'code'],
    means:
      'consumption with one side missing, and about which nobody has decided: usage without an issue in the ERP or without a charge, an issue or a charge without usage',
    source: 'exceptions USE-NOT-POSTED, USE-NO-USAGE, CHG-MISSING, CHG-NO-USAGE',
  },
  matchbook_consumption_unmatched_money: {
    unit: 'money, in the currency of the label',
    labels: ['job', 'code', 'currency'],
    means: 'sum of what it is worth: what the usage cost, or what the chargemaster asks',
    source: 'exceptions USE-NOT-POSTED, USE-NO-USAGE, CHG-MISSING, CHG-NO-USAGE',
  },
  matchbook_acknowledgments_delayed: {
    unit: 'functional groups',
    labels: ['job', 'partner'],
    means: 'groups that we sent and the partner has not answered within answer-hours',
    source: 'X12 sent and its answers',
  },
  matchbook_outbox_waiting: {
    unit: 'files',
    labels: ['endpoint'],
    means: 'files that wait to go out',
    source: 'outbox',
  },
  matchbook_outbox_oldest_seconds: {
    unit: 'seconds',
    labels: ['endpoint'],
    means: 'how long the oldest of them has waited',
    source: 'outbox',
  },
  matchbook_loads_waiting: {
    unit: 'loads',
    labels: ['job', 'status'],
    means: 'loads that somebody has to approve (waiting) or apply (approved) before they go out',
    source: 'loads',
  },
  matchbook_loads_waiting_oldest_seconds: {
    unit: 'seconds',
    labels: ['job'],
    means: 'how long the oldest of them has waited',
    source: 'loads',
  },
  matchbook_load_rows_rejected: {
    unit: 'rows',
    labels: ['job'],
    means: 'rows that the ERP refused of loads that are not wholly there',
    source: 'loads and the result files of the ERP',
  },
  matchbook_loads_nothing_loaded: {
    unit: 'loads',
    labels: ['job'],
    means: 'loads that were sent and of which the ERP has nothing, though it refused all of it or it is time',
    source: 'loads, extracts and the result files of the ERP',
  },
  matchbook_notifications: {
    unit: 'messages',
    labels: ['status'],
    means:
      'messages to owners that wait (waiting), and that could not be delivered for days or were refused (undeliverable)',
    source: 'notifications',
  },
  matchbook_lineage_events: {
    unit: 'events',
    labels: ['status'],
    means: 'events that the OpenLineage server has not taken and that are sent later (waiting), or never (refused)',
    source: 'lineage_events',
  },
  matchbook_endpoint_down_seconds: {
    unit: 'seconds',
    labels: ['endpoint'],
    means: 'how long an endpoint has been down; only those that are',
    source: 'circuits',
  },
  matchbook_interface_recovery_seconds: {
    unit: 'seconds',
    labels: ['endpoint'],
    means: 'how long the endpoint was down the last time that it came back',
    source: 'audit chain: endpoint healed',
  },
} as const satisfies Record<string, MetricDefinition>

export type MetricName = keyof typeof metricDefinitions

/** A measured value, exact decimal text. */
export interface Sample {
  readonly metric: MetricName
  readonly labels: Readonly<Record<string, string>>
  readonly value: string
}
