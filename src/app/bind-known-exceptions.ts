import { DateTime } from 'luxon'
import type { ExceptionCode, SetEngine } from '../canonical/index.js'
import type { JobSettings } from '../config/index.js'
import { listExceptions } from '../state/index.js'
import { bindRows } from './bind-rows.js'
import { exceptionId } from './list-exceptions.js'
import type { Tools } from './tools.js'

/** What compliance-evidence asks of, and other jobs tell too. */
const codes: readonly ExceptionCode[] = ['VENDOR-EVIDENCE', 'REQ-NO-REQUISITION']

/** What other jobs have told of the same, and what was decided of it, as relation `known_exception`: nobody is asked twice. */
export async function bindKnownExceptions(
  engine: SetEngine,
  job: JobSettings,
  { state, workspace }: Pick<Tools, 'state' | 'workspace'>,
): Promise<void> {
  const zone = workspace.settings.timezone
  const found = await Promise.all(codes.map((code) => listExceptions(state.database, { code })))
  const rows = found
    .flat()
    .filter((one) => one.job !== job.job)
    .map(({ id, job, code, status, keys, decision }) => ({
      exception: exceptionId(id),
      job,
      code,
      status,
      decision: decision?.decision,
      decided_by: decision?.decidedBy,
      decided_on:
        decision === null ? undefined : DateTime.fromISO(decision.agreedAt ?? decision.decidedAt, { zone }).toISODate(),
      supplier: keys.supplier,
      obligation: keys.obligation,
      company: keys.company,
      po_number: keys.po,
      release: keys.release,
      line_number: keys.line,
    }))
  await bindRows(engine, 'known_exception', rows)
}
