/** What a role may do, and which commands that is. */
export const verbs = {
  run: 'run, schedule start, worker, work retry, retry, pull, push',
  replay: 'replay, backfill',
  decide: 'exceptions decide, assign, reopen, import; exceptions rules withdraw',
  release: 'quarantine release, discard',
  'cross-reference': 'xref import, approve, withdraw',
  'approve-loads': 'loads approve, reject',
  'apply-loads': 'loads apply, revert',
  'approve-contracts': 'contracts approve',
  notify: 'notify send, test',
  backup: 'backup',
  restore: 'restore, drill, state move',
  purge: 'purge',
  'act-for-others': '--as or --by with another name than one’s own login',
} as const

export type Verb = keyof typeof verbs

export const verbNames = Object.keys(verbs) as [Verb, ...Verb[]]
