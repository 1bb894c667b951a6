import type { JobSettings } from '../../config/index.js'
import { firstBegun, type StateDatabase, sharesTaken } from '../../state/index.js'
import { sharesOf } from '../shares/shares-of-job.js'
import type { DueJob } from './due-job.js'

/**
 * What of an occurrence is to be done now: the job, or, where it is done in shares, each share that has not been taken in, and the job when
 * all have. A share whose run failed is waited for until it is retried.
 */
export async function piecesOf(
  due: Omit<DueJob, 'piece' | 'share'>,
  settings: JobSettings | undefined,
  database: StateDatabase,
): Promise<DueJob[]> {
  const shares = settings === undefined ? [] : sharesOf(settings)
  if (shares.length === 0) return [{ ...due, piece: due.job }]
  const taken = await sharesTaken(
    database,
    shares.map(({ name }) => name),
    due.scheduledFor,
  )
  const left = shares.filter(({ name }) => (taken.get(name) ?? 'running') === 'running')
  if (left.length > 0) return left.map(({ name, number }) => ({ ...due, piece: name, share: number }))
  const failed = shares.filter(({ name }) => taken.get(name) === 'failed').map(({ name }) => name)
  return [{ ...due, piece: due.job, waitsFor: [...due.waitsFor, ...failed] }]
}

/** Of occurrences that have come, the first of which some shares were begun: it is brought to its end before another is looked at. */
export async function begunInShares<T extends { readonly scheduledFor: string }>(
  open: readonly T[],
  settings: JobSettings | undefined,
  database: StateDatabase,
): Promise<T | undefined> {
  const names = settings === undefined ? [] : sharesOf(settings).map(({ name }) => name)
  const first = await firstBegun(
    database,
    names,
    open.map(({ scheduledFor }) => scheduledFor),
  )
  return open.find(({ scheduledFor }) => scheduledFor === first)
}
