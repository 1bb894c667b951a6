import { exceptionCodes } from '../../canonical/index.js'
import { MatchbookError, nearMiss } from '../../errors/index.js'
import type { Reading } from '../reading.js'

/** What a list is narrowed to, by name. */
export interface NamedFilter {
  readonly queue?: string
  readonly code?: string
  readonly job?: string
  readonly partner?: string
}

/**
 * For a list that came out empty: a name that there is not is a slip, and not a name that has nothing. Names of the store that the
 * settings no longer have never come here, since they have something.
 * @throws USAGE
 */
export function refuseUnknownNames({ workspace }: Reading, filter: NamedFilter): void {
  const { queues, partners } = workspace.settings
  const known: Record<keyof NamedFilter, readonly string[]> = {
    queue: Object.keys(queues),
    code: exceptionCodes,
    job: [...workspace.jobs.keys()],
    partner: Object.keys(partners),
  }
  for (const [kind, names] of Object.entries(known)) {
    const name = filter[kind as keyof NamedFilter]
    if (name === undefined || names.includes(name)) continue
    const near = nearMiss(name, names)
    const hint =
      near !== undefined
        ? `Did you mean "${near}"?`
        : kind === 'code'
          ? 'All codes: docs/exception-codes.md'
          : `There are: ${names.join(', ')}`
    throw new MatchbookError('USAGE', `there is no ${kind} "${name}"`, { hint })
  }
}
