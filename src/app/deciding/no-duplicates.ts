import { listExceptions, type StateDatabase, type StoredException } from '../../state/index.js'

/**
 * Somebody decided that the invoice repeats no other. From the next night on it is matched like any other, so the exception is gone
 * while the decision stands.
 */
export const saysNoDuplicate = ({ code, status, decision }: StoredException): boolean =>
  code === 'INV-DUPLICATE-SUSPECT' &&
  (status === 'decided' || status === 'healed') &&
  decision?.state === 'standing' &&
  decision.decision === 'waive'

/** Ids of the invoices of which that was decided. */
export async function decidedNoDuplicates(database: StateDatabase, job: string): Promise<ReadonlySet<string>> {
  const suspects = await listExceptions(database, { job, code: 'INV-DUPLICATE-SUSPECT' })
  return new Set(suspects.filter(saysNoDuplicate).flatMap(({ document }) => document ?? []))
}
