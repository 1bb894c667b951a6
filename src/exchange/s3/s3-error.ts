import { type ErrorCode, MatchbookError, reasonOf } from '../../errors/index.js'
import { bucketText, type S3Place, serverText } from './s3-place.js'

/** What the library threw, as what an operator must do. What is no word of a server or the network comes back as it is. */
export function s3Error(error: unknown, place: S3Place, what: string): unknown {
  if (error instanceof MatchbookError || !(error instanceof Error)) return error
  const status = statusOf(error)
  // The answer to a question for the head of an object has no words, and the library's own say nothing.
  const isWordless = error.message === 'UnknownError' && status !== undefined
  const reason = isWordless ? `the server answered ${status}` : reasonOf(error)
  const says =
    isWordless || /^(Aggregate)?Error$/.test(error.name) || reason === error.name ? reason : `${error.name} ${reason}`
  const as = (code: ErrorCode): MatchbookError =>
    new MatchbookError(code, `${bucketText(place)} at ${serverText(place)}: ${what}: ${says.trim()}`, {
      cause: error,
      facts: { bucket: place.bucket, endpoint: serverText(place) },
    })
  if (['NoSuchKey', 'NotFound'].includes(error.name)) return as('ARCHIVE-MISSING')
  // The bytes were changed on their way: they are sent again.
  if (/ContentSHA256Mismatch|BadDigest|InvalidDigest|IncompleteBody|RequestTimeout|SlowDown/.test(error.name))
    return as('ARCHIVE-UNREACHABLE')
  if (status !== undefined) return as(status >= 500 || status === 429 ? 'ARCHIVE-UNREACHABLE' : 'ARCHIVE-REFUSED')
  if (isOfTls(error)) return as('ARCHIVE-REFUSED')
  return isOfNetwork(error) ? as('ARCHIVE-UNREACHABLE') : error
}

function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number }
  return httpStatusCode
}

/** Another try comes to the same: the certificate is of an authority we do not know, or there is none. */
const isOfTls = (error: Error): boolean =>
  'code' in error && /^(EPROTO|ERR_(SSL|TLS)|CERT_|UNABLE_|DEPTH_ZERO|SELF_SIGNED)/.test(String(error.code))

/** Node's code of a failed call, or what the library makes of one that took too long. */
const isOfNetwork = (error: Error): boolean =>
  error.name === 'TimeoutError' ||
  ('code' in error && /^(E(CONN|HOST|NET|PIPE|TIMEDOUT|AI_)|ENOTFOUND|ERR_STREAM)/.test(String(error.code)))
