import { DateTime } from 'luxon'
import type { ExceptionCode, SetEngine } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { listExceptions, type StoredException } from '../../state/index.js'
import { bindRows } from '../bind-rows.js'
import { exceptionId } from '../list-exceptions.js'
import type { Tools } from '../tools.js'

/** What a matcher asks of, and other jobs tell too. */
const codesOf: Readonly<Partial<Record<JobSettings['matcher'], readonly ExceptionCode[]>>> = {
  'compliance-evidence': ['VENDOR-EVIDENCE', 'REQ-NO-REQUISITION'],
  'requisition-to-pay': ['REQ-NO-REQUISITION'],
}

/**
 * What other jobs have told of the same, and what was decided of it, as relation `known_exception`: nobody is asked twice. Of an order line
 * that two jobs have told, the exception that was there first stays.
 */
export async function bindKnownExceptions(
  engine: SetEngine,
  job: JobSettings,
  { state, workspace }: Pick<Tools, 'state' | 'workspace'>,
): Promise<void> {
  const zone = workspace.settings.timezone
  const codes = codesOf[job.matcher] ?? []
  const found = (await Promise.all(codes.map((code) => listExceptions(state.database, { code })))).flat()
  const own = new Map(
    found
      .filter((one) => one.job === job.job && one.code === 'REQ-NO-REQUISITION' && one.status !== 'healed')
      .map((one) => [orderLine(one), one.id]),
  )
  const rows = found
    .filter((one) => one.job !== job.job && (own.get(orderLine(one)) ?? one.id) >= one.id)
    .map(({ id, job, code, status, keys, decision }) => ({
      exception: exceptionId(id),
      job,
      code,
      status,
      decision: decision?.state === 'standing' ? decision.decision : undefined,
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

const orderLine = ({ keys }: StoredException): string =>
  JSON.stringify([keys.company, keys.po, keys.release ?? '', keys.line])
