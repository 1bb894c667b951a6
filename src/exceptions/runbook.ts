import type { ExceptionCode } from '../canonical/index.js'
import { acknowledgmentRunbook } from './runbook/acknowledgment.js'
import { chargeRunbook } from './runbook/charge.js'
import { dataRunbook } from './runbook/data.js'
import type { Runbook, RunbookByCode } from './runbook/entry.js'
import { fileRunbook } from './runbook/file.js'
import { invoiceRunbook } from './runbook/invoice.js'
import { invoiceLineRunbook } from './runbook/invoice-line.js'
import { itemRunbook } from './runbook/item.js'
import { ledgerRunbook } from './runbook/ledger.js'
import { loadRunbook } from './runbook/load.js'
import { priceRunbook } from './runbook/price.js'
import { purchaseRunbook } from './runbook/purchase.js'
import { usageRunbook } from './runbook/usage.js'
import { vendorRunbook } from './runbook/vendor.js'
import { x12Runbook } from './runbook/x12.js'
import { crossReferenceRunbook } from './runbook/xref.js'

export type { Runbook } from './runbook/entry.js'

const byCode: RunbookByCode = {
  ...fileRunbook,
  ...x12Runbook,
  ...dataRunbook,
  ...crossReferenceRunbook,
  ...itemRunbook,
  ...vendorRunbook,
  ...priceRunbook,
  ...purchaseRunbook,
  ...acknowledgmentRunbook,
  ...invoiceRunbook,
  ...invoiceLineRunbook,
  ...usageRunbook,
  ...chargeRunbook,
  ...ledgerRunbook,
  ...loadRunbook,
}

/** What each code means to the person who owns it, what to check, and what each decision says. Shown by `matchbook explain`. */
export const runbook: Readonly<Record<ExceptionCode, Runbook>> = byCode
