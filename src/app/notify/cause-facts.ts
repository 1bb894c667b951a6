import { type Amounts, amountsOf, compare, type DecimalText, type FindingKeys } from '../../canonical/index.js'
import type { WorkspaceSettings } from '../../config/index.js'
import { clusterOf, clusters } from '../../exceptions/index.js'
import type { CauseFacts } from '../../outputs/notify/index.js'
import type { StoredException } from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { partnerOfVendor } from '../suppliers/partner-of-vendor.js'

/** Keys that may leave the house: never those that stand for a person or hold what somebody typed. */
const told: readonly (keyof FindingKeys)[] = [
  'company',
  'supplier',
  'partner',
  'contract',
  'po',
  'release',
  'line',
  'invoice',
  'requisition',
  'receipt',
  'payment',
  'item',
  'uom',
  'facility',
  'location',
  'costCenter',
  'account',
  'journal',
  'period',
  'load',
  'file',
]

/** Unsettled exceptions by their cause; one that nothing gathers is its own. */
export function byCause(exceptions: readonly StoredException[]): Map<string, StoredException[]> {
  const causes = new Map<string, StoredException[]>()
  for (const exception of exceptions) {
    const id = clusterOf(exception) ?? exceptionId(exception.id)
    const members = causes.get(id)
    if (members === undefined) causes.set(id, [exception])
    else members.push(exception)
  }
  return causes
}

/** @param members all of one cause, at least one */
export function causeFacts(
  id: string,
  members: readonly [StoredException, ...StoredException[]],
  settings: WorkspaceSettings,
): CauseFacts {
  const [first] = members
  const shared = sharedKeys(members)
  const dues = members.flatMap(({ dueAt }) => dueAt ?? []).sort()
  return {
    // One exception is decided by its own name.
    id: members.length === 1 ? exceptionId(first.id) : id,
    job: first.job,
    queue: first.queue,
    code: first.code,
    about: about(shared, settings),
    brief: brief(shared, settings),
    exceptions: members.length,
    amountAtRisk: amountsAtRisk(members),
    dueAt: dues[0] ?? null,
  }
}

/** What makes the cause, where several share it; a line number that two happen to share says nothing. */
const sharedKeys = (members: readonly [StoredException, ...StoredException[]]): FindingKeys =>
  members.length > 1 ? (clusters(members)[0]?.keys ?? {}) : members[0].keys

function about(keys: FindingKeys, { partners }: WorkspaceSettings): string {
  const partner = supplierName(keys, partners)
  return told
    .flatMap((key) => {
      const value = keys[key]
      if (value === undefined) return []
      const words = key === 'costCenter' ? 'cost centre' : key === 'po' ? 'PO' : key
      return [`${words} ${value}${key === 'supplier' && partner !== undefined ? ` (${partner})` : ''}`]
    })
    .join(', ')
}

/** At most three: whose, which paper, what. */
function brief(keys: FindingKeys, { partners }: WorkspaceSettings): string {
  const whose = supplierName(keys, partners) ?? keys.supplier ?? keys.partner
  const paper = (['contract', 'invoice', 'file', 'po', 'requisition', 'journal', 'load'] as const).find(
    (key) => keys[key] !== undefined,
  )
  return [
    ...(whose === undefined ? [] : [whose]),
    ...(paper === undefined ? [] : [`${paper === 'po' ? 'PO' : paper} ${keys[paper]}`]),
    ...(keys.item === undefined ? [] : [`item ${keys.item}`]),
    ...(whose === undefined && paper === undefined && keys.facility !== undefined ? [`facility ${keys.facility}`] : []),
  ].join(', ')
}

const supplierName = (keys: FindingKeys, partners: WorkspaceSettings['partners']): string | undefined =>
  partners[partnerOfVendor(partners)(keys) ?? '']?.name

/** By currency; none where nothing is at risk. */
export const amountsAtRisk = (exceptions: readonly Pick<StoredException, 'amountAtRisk' | 'currency'>[]): Amounts =>
  amountsOf(exceptions.map(({ currency, amountAtRisk }) => ({ currency, amount: amountAtRisk })))

/** The larger of two, by the currency in which each has most. */
export const byMoney = (a: { readonly amountAtRisk: Amounts }, b: { readonly amountAtRisk: Amounts }): number =>
  compare(most(b.amountAtRisk), most(a.amountAtRisk))

const most = (amounts: Amounts): DecimalText =>
  Object.values(amounts).reduce<DecimalText>((a, b) => (compare(a, b) >= 0 ? a : b), '0' as DecimalText)
