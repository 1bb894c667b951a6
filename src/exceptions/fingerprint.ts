import { createHash } from 'node:crypto'
import type { Finding } from '../canonical/index.js'

/**
 * The identity of a trouble over many nights: its code and the business keys it is about, and nothing that may change while it
 * is the same trouble (amounts, dates, file positions). 32 hex digits.
 */
export function fingerprint(job: string, finding: Pick<Finding, 'code' | 'keys'>): string {
  const keys = Object.entries(finding.keys)
    .filter(([, value]) => value !== undefined && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([job, finding.code, keys]))
    .digest('hex')
    .slice(0, 32)
}
