import { counted, moneyBeside } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import type { Run, StepResult } from '../run.js'
import type { Settled } from '../settle/settled.js'
import type { Tools } from '../tools.js'
import { type BookableLoad, type PlannedLoadOutput, templateOf } from './book-load.js'
import { decidedReversals } from './decided-reversals.js'
import { planInvoiceLoad } from './plan-invoice-load.js'
import { planOrders } from './plan-orders.js'
import { planTableLoad } from './plan-table-load.js'

/**
 * Everything the run has for the ERP, a load for each that the job names, and orders for suppliers: linted, written, then booked together
 * with its place in the outbox; and what takes back loads that somebody decided to revert. A load without anything new is not made.
 * @throws LOAD-LINT, TOTALS-DIFFER
 */
export async function planLoads(
  run: Run,
  job: JobSettings,
  { outcomes }: Settled,
  tools: Tools,
): Promise<StepResult<readonly PlannedLoadOutput[]>> {
  // A night that judged nothing cannot say that what waits for approval is good no more.
  if (outcomes === null) return { output: [], said: 'nothing was judged, so nothing is loaded' }
  const planned: Partial<BookableLoad>[] = []
  for (const load of job.loads) {
    const ofInvoices = templateOf(load, tools).files.some(({ rows }) => rows === 'invoice')
    planned.push(await (ofInvoices ? planInvoiceLoad : planTableLoad)(run, job, load, tools))
  }
  planned.push(...(await planOrders(run, job, tools)), ...(await decidedReversals(run, job.job, tools)))
  const output = planned.flatMap((one) => one.output ?? [])
  const { currency } = tools.workspace.settings
  return {
    output,
    said:
      job.loads.length === 0 && output.length === 0
        ? 'the job loads nothing'
        : output.length === 0
          ? 'nothing that was not loaded before'
          : output
              .map(
                (load) =>
                  `${contents(load)}, ${moneyBeside(load.amount, currency, load.otherCurrencies)} in ${load.file}${load.approval === null ? '' : ', to be approved'}`,
              )
              .join('; '),
    commit: async (database) => {
      for (const { commit } of planned) await commit?.(database)
    },
  }
}

const contents = ({ invoices, lines }: PlannedLoadOutput): string =>
  invoices > 0 ? `${counted(invoices, 'invoice')}, ${counted(lines, 'line')}` : counted(lines, 'row')
