import type { ExceptionCode } from '../../canonical/index.js'
import { listExceptions, type StateDatabase, type StoredException } from '../../state/index.js'

export interface StandingMap extends Pick<StoredException, 'keys' | 'document'> {
  readonly note: string | null
  readonly decidedBy: string
}

/** What was decided as `map` of these codes, and holds: also of exceptions that are gone because it does. */
export async function standingMaps(
  database: StateDatabase,
  job: string,
  ...codes: readonly ExceptionCode[]
): Promise<readonly StandingMap[]> {
  const found: StoredException[] = []
  for (const code of codes) for (const one of await listExceptions(database, { job, code })) found.push(one)
  return found.flatMap(({ status, decision, keys, document }) =>
    (status === 'decided' || status === 'healed') && decision?.state === 'standing' && decision.decision === 'map'
      ? [{ keys, document, note: decision.note, decidedBy: decision.decidedBy }]
      : [],
  )
}
