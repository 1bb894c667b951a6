import { type ErrorCode, MatchbookError } from '../../errors/index.js'
import { isConnectionBroken } from '../broken-connection.js'

/**
 * What kind of trouble an error is, and so whether trying again may help.
 * connect, transfer: the way to the other side; tried again within a run, and by the next run.
 * authenticate: who we and they are; never within a run, since further attempts lock accounts.
 * permission: the other side will not have it; the next run asks again.
 * parse: something of ours cannot be read. business: what was asked for is wrong. Neither gets better by trying.
 * machine: this machine or its store; the run ends.
 */
export type FailureClass = 'connect' | 'authenticate' | 'transfer' | 'permission' | 'parse' | 'business' | 'machine'

/** Every code is here: a new one must say what it is. */
const classes = {
  'CONNECT-FAILED': 'connect',
  'HOST-KEY-MISMATCH': 'authenticate',
  'HOST-KEY-UNKNOWN': 'authenticate',
  'LOGIN-REFUSED': 'authenticate',
  'ALGORITHMS-REFUSED': 'authenticate',
  'SECRET-MISSING': 'authenticate',
  'TRANSFER-FAILED': 'transfer',
  'REMOTE-PERMISSION': 'permission',
  'REMOTE-MISSING': 'permission',
  'REMOTE-FULL': 'permission',
  'REMOTE-CONFLICT': 'business',
  'FILE-TOO-LARGE': 'business',
  'LOAD-LINT': 'business',
  'TOTALS-DIFFER': 'business',
  'INPUT-MISSING': 'business',
  'FILE-PURGED': 'business',
  'FILE-NOT-QUARANTINED': 'business',
  'FILE-NOT-REPLAYABLE': 'business',
  'RULES-NOT-KEPT': 'business',
  'RULES-NOT-READABLE': 'parse',
  'RUN-NOT-RETRYABLE': 'business',
  'RUN-CUT-OFF': 'business',
  'WORKSPACE-EXISTS': 'business',
  'WORKSPACE-INVALID': 'parse',
  'WORKSPACE-NOT-FOUND': 'parse',
  'APPROVER-DECIDED': 'business',
  'APPROVER-NOT-NAMED': 'business',
  'LOAD-UNKNOWN': 'parse',
  'LOAD-NOT-APPROVED': 'business',
  'PROFILE-DIFFERS': 'permission',
  'STATE-OF-PROFILE': 'permission',
  'NOT-PERMITTED': 'permission',
  'CONTRACT-NOT-APPROVED': 'business',
  'LOAD-STATE': 'business',
  'LOAD-CHANGED': 'business',
  'LOAD-OUTDATED': 'business',
  'LOAD-NOT-REVERSIBLE': 'business',
  'X12-WRITE': 'parse',
  USAGE: 'parse',
  'JOB-UNKNOWN': 'parse',
  'FAULT-UNKNOWN': 'parse',
  'WORK-UNKNOWN': 'parse',
  'RUN-UNKNOWN': 'parse',
  'FILE-UNKNOWN': 'parse',
  'FILE-AMBIGUOUS': 'parse',
  'TRACE-UNKNOWN': 'parse',
  'SUPPLIER-UNKNOWN': 'parse',
  'TRACE-AMBIGUOUS': 'parse',
  'CLUSTER-UNKNOWN': 'parse',
  'EXCEPTION-UNKNOWN': 'parse',
  'OWNER-UNKNOWN': 'parse',
  'NOTIFY-FAILED': 'business',
  'RULE-UNKNOWN': 'parse',
  'REFERENCE-UNKNOWN': 'parse',
  'REFERENCE-FILE': 'parse',
  'REFERENCE-REFUSED': 'parse',
  'WORKBOOK-REFUSED': 'parse',
  'CODE-UNKNOWN': 'parse',
  'WORKSPACE-READ-ONLY': 'machine',
  'OCCURRENCE-TAKEN': 'business',
  'RUN-ACTIVE': 'machine',
  'STATE-LOCKED': 'machine',
  'STATE-NEWER': 'machine',
  'STATE-CORRUPT': 'machine',
  'STATE-MISSING': 'machine',
  'STATE-UNREACHABLE': 'machine',
  'STATE-REFUSED': 'machine',
  'STATE-MOVED': 'parse',
  'STATE-NOT-EMPTY': 'business',
  'STATE-DIFFERS': 'machine',
  'LEASE-LOST': 'machine',
  'BACKUP-DAMAGED': 'machine',
  'EVIDENCE-UNKNOWN': 'business',
  'EVIDENCE-UNREADABLE': 'parse',
  'DISK-FULL': 'machine',
  'DISK-FAILED': 'machine',
  'ARCHIVE-MISSING': 'machine',
  'ARCHIVE-UNREACHABLE': 'machine',
  'ARCHIVE-REFUSED': 'machine',
  'ARCHIVE-DAMAGED': 'machine',
} as const satisfies Record<ErrorCode, FailureClass>

export const classOf = (code: ErrorCode): FailureClass => classes[code]

export const isOfClass =
  (wanted: FailureClass) =>
  (error: unknown): boolean =>
    error instanceof MatchbookError && classOf(error.code) === wanted

/** The endpoint itself is down or does not let us in, whatever we ask of it; else it answered. */
export const isEndpointDown = (error: unknown): boolean =>
  isConnectionBroken(error) ||
  (error instanceof MatchbookError && ['connect', 'authenticate'].includes(classOf(error.code)))
