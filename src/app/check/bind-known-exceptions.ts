import { DateTime } from 'luxon'
import type { ExceptionCode, SetEngine } from '../../canonical/index.js'
import type { JobSettings, Workspace } from '../../config/index.js'
import { listExceptions, type StoredException } from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { Tools } from '../tools.js'
import { bindRows } from './bind-rows.js'

const unknownInErp: readonly ExceptionCode[] = ['XREF-ITEM', 'XREF-AMBIGUOUS', 'XREF-UOM']

/** What a matcher asks of, and other jobs tell too. */
const codesOf: Readonly<Partial<Record<JobSettings['matcher'], readonly ExceptionCode[]>>> = {
  'compliance-evidence': ['VENDOR-EVIDENCE', 'REQ-NO-REQUISITION'],
  'requisition-to-pay': ['REQ-NO-REQUISITION'],
  'usage-to-replenishment': unknownInErp,
  'charge-capture': unknownInErp,
}

/**
 * What other jobs have told of the same, and what was decided of it, as relation `known_exception`: nobody is asked twice. Of what two jobs
 * have told, the exception that was there first stays.
 */
export async function bindKnownExceptions(
  engine: SetEngine,
  job: JobSettings,
  { state, workspace }: Pick<Tools, 'state' | 'workspace'>,
): Promise<void> {
  const zone = workspace.settings.timezone
  const codes = codesOf[job.matcher] ?? []
  const told = (await Promise.all(codes.map((code) => listExceptions(state.database, { code })))).flat()
  const found = told.filter((one) => !unknownInErp.includes(one.code) || isOfSameSystem(one, job, workspace))
  const own = new Map(
    found
      .filter((one) => one.job === job.job && one.code !== 'VENDOR-EVIDENCE' && one.status !== 'healed')
      .map((one) => [whatItIsAbout(one), one.id]),
  )
  const rows = found
    .filter((one) => one.job !== job.job && (own.get(whatItIsAbout(one)) ?? one.id) >= one.id)
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
      identifier: keys.identifier,
      item: keys.item,
      uom: keys.uom,
    }))
  await bindRows(engine, 'known_exception', rows)
}

const whatItIsAbout = ({ code, keys }: StoredException): string =>
  unknownInErp.includes(code)
    ? JSON.stringify([code, keys.identifier, keys.item, keys.uom])
    : JSON.stringify([keys.company, keys.po, keys.release ?? '', keys.line])

/** An identifier of a clinical system, or a unit of an item, told by a job that reads the usage or charges of a system that this one reads. */
function isOfSameSystem(
  { job: name, keys }: StoredException,
  job: JobSettings,
  { jobs, contracts }: Workspace,
): boolean {
  const other = jobs.get(name)
  if (other === undefined || !(codesOf[other.matcher] ?? []).includes('XREF-ITEM')) return false
  if (!Object.keys(keys).every((key) => key === 'identifier' || key === 'item' || key === 'uom')) return false
  const systems = clinicalSystems(job, contracts)
  return clinicalSystems(other, contracts).some((system) => systems.includes(system))
}

const clinicalSystems = ({ inputs }: JobSettings, contracts: Workspace['contracts']): readonly string[] =>
  Object.values(inputs).flatMap((input) => {
    const projections = input.kind === 'extract' ? (contracts.get(input.contract)?.projections ?? []) : []
    return projections.some(({ relation }) => relation === 'usage_line' || relation === 'charge_line')
      ? input.from.map(({ endpoint }) => endpoint)
      : []
  })
