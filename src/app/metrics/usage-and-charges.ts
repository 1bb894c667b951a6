import { amountsOf, type ExceptionCode } from '../../canonical/index.js'
import { unsettled } from '../../exceptions/index.js'
import type { Sample } from '../../outputs/metrics/index.js'
import { listExceptions, type StateDatabase, type StoredException } from '../../state/index.js'

/** Consumption of which one side is missing: issue, usage or charge. */
const unmatched = ['USE-NOT-POSTED', 'USE-NO-USAGE', 'CHG-MISSING', 'CHG-NO-USAGE'] as const satisfies ExceptionCode[]

/** Charges that no ledger shows, by facility, and consumption without its other side, by code: as far as nobody has decided about it. */
export async function usageAndCharges(database: StateDatabase, jobs: ReadonlySet<string>): Promise<Sample[]> {
  const open = async (code: ExceptionCode): Promise<StoredException[]> =>
    (await listExceptions(database, { code, statuses: unsettled })).filter(({ job }) => jobs.has(job))
  const charges = await open('CHG-UNPOSTED')
  const consumed = (await Promise.all(unmatched.map(open))).flat()
  return [
    ...samplesOf(charges, 'matchbook_charges_unposted', ({ job, keys }) => ({ job, facility: keys.facility ?? '' })),
    ...samplesOf(consumed, 'matchbook_consumption_unmatched', ({ job, code }) => ({ job, code })),
  ]
}

function samplesOf(
  exceptions: readonly StoredException[],
  metric: 'matchbook_charges_unposted' | 'matchbook_consumption_unmatched',
  labelsOf: (exception: StoredException) => Sample['labels'],
): Sample[] {
  const groups = new Map<string, StoredException[]>()
  for (const exception of exceptions) {
    const key = JSON.stringify(labelsOf(exception))
    groups.set(key, [...(groups.get(key) ?? []), exception])
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]) => [JSON.parse(key), own] as const)
  const money = (own: readonly StoredException[]) =>
    Object.entries(amountsOf(own.map(({ currency, amountAtRisk: amount }) => ({ currency, amount }))))
  return sorted.flatMap(([labels, own]): Sample[] => [
    { metric, labels, value: String(own.length) },
    ...money(own).map(([currency, value]) => ({
      metric: `${metric}_money` as const,
      labels: { ...labels, currency },
      value,
    })),
  ])
}
