import { type ErrorCode, MatchbookError } from '../../errors/index.js'

/** What a request was for; it decides what a mere "failure" means. */
export type Purpose = 'list' | 'look at' | 'read' | 'write' | 'rename' | 'remove' | 'make'

/** SSH_FXP_STATUS codes (draft-ietf-secsh-filexfer-02, 7; from 9 on -13, 9.1, sent by some version 3 servers too). */
export const Status = {
  ok: 0,
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  unsupported: 8,
  writeProtect: 12,
  noSpace: 14,
  quotaExceeded: 15,
} as const

/** For a server that gives a number and no words. */
export function sayStatus(code: number): string {
  switch (code) {
    case Status.endOfFile:
      return 'End of file'
    case Status.noSuchFile:
      return 'No such file'
    case Status.permissionDenied:
      return 'Permission denied'
    case Status.failure:
      return 'Failure'
    case Status.unsupported:
      return 'Operation unsupported'
    default:
      return `status ${code}`
  }
}

/** A request that the server answered with a status other than OK. */
export function requestRefused(
  endpoint: string,
  purpose: Purpose,
  subject: string,
  status: number,
  cause: Error,
): MatchbookError {
  return new MatchbookError(codeOf(status, purpose), `${endpoint}: cannot ${purpose} ${subject}: ${cause.message}`, {
    facts: { endpoint, path: subject, status },
    cause,
  })
}

function codeOf(status: number, purpose: Purpose): ErrorCode {
  switch (status) {
    case Status.noSuchFile:
      return 'REMOTE-MISSING'
    case Status.permissionDenied:
    case Status.unsupported:
    case Status.writeProtect:
      return 'REMOTE-PERMISSION'
    case Status.noSpace:
    case Status.quotaExceeded:
      return 'REMOTE-FULL'
    case Status.failure:
      // OpenSSH has no other word for a full disk.
      return purpose === 'write' ? 'REMOTE-FULL' : 'TRANSFER-FAILED'
    default:
      return 'TRANSFER-FAILED'
  }
}

export const statusOf = (error: unknown): number | undefined =>
  error instanceof MatchbookError && typeof error.facts.status === 'number' ? error.facts.status : undefined
