import { DateTime } from 'luxon'
import type { ExceptionRow } from '../../outputs/report/index.js'
import type { StoredException } from '../../state/index.js'
import { exceptionToken } from '../deciding/row-tokens.js'
import type { Reading } from '../reading.js'
import { partnerOfVendor } from '../suppliers/partner-of-vendor.js'
import { exceptionId } from './list-exceptions.js'

/** An exception as a row of the workbook. `now`: instant of the report, which ages count to. */
export function exceptionRows(
  now: string,
  { settings: { partners } }: Reading['workspace'],
): (exception: StoredException) => ExceptionRow {
  const partnerOf = partnerOfVendor(partners)
  return (exception) => {
    const partner = partnerOf(exception.keys) ?? exception.keys.partner ?? ''
    return exceptionRow(exception, now, partners[partner]?.name ?? null)
  }
}

function exceptionRow(exception: StoredException, now: string, supplierName: string | null): ExceptionRow {
  const { keys } = exception
  const days = DateTime.fromISO(now).diff(DateTime.fromISO(exception.firstSeen), 'days').days
  return {
    id: exceptionId(exception.id),
    token: exceptionToken(exception),
    code: exception.code,
    queue: exception.queue,
    severity: exception.severity,
    status: exception.status,
    supplier: keys.supplier ?? null,
    supplierName,
    facility: keys.facility ?? null,
    company: keys.company ?? null,
    po: keys.po ?? null,
    line: keys.line ?? null,
    invoice: keys.invoice ?? null,
    invoiceLine: keys.invoiceLine ?? null,
    item: keys.item ?? null,
    description: exception.values.description ?? null,
    message: exception.message,
    amountAtRisk: exception.amountAtRisk,
    currency: exception.currency,
    firstSeen: exception.firstSeen,
    dueAt: exception.dueAt,
    ageDays: Math.max(0, Math.floor(days)),
    evidence: exception.evidence,
    ...(exception.assignee === null ? {} : { assignee: exception.assignee }),
    ...(exception.note === null ? {} : { note: exception.note }),
    ...(exception.decision?.state === 'proposed'
      ? { proposed: `${exception.decision.decision} by ${exception.decision.decidedBy}` }
      : {}),
  }
}
