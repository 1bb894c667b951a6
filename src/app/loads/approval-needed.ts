import { compare, type DecimalText, decimal } from '../../canonical/index.js'
import type { JobLoad } from '../../config/index.js'

export interface MovedMoney {
  /** All the money of a load, credits added to debits; undefined where it says none. */
  readonly moved: DecimalText | undefined
  /** Each currency that it is in. */
  readonly currencies: readonly string[]
}

/**
 * Why a load has to be approved by somebody, in words; null where it need not be. What nobody can count is never under a limit: rows
 * without money, and money in another currency than the one of the workspace, which the limit is in.
 */
export function approvalNeeded(
  { approval }: Pick<JobLoad, 'approval'>,
  { moved, currencies }: MovedMoney,
  currency: string,
): string | null {
  if (approval === 'none') return null
  if (approval === 'required') return 'every load of its kind is approved'
  if (moved === undefined) return `its rows say no money, and loads over ${approval.over} are approved`
  const others = currencies.filter((one) => one !== currency).sort()
  if (others.length > 0)
    return `it moves ${others.join(' and ')}, and loads over ${currency} ${approval.over} are approved`
  return compare(moved, decimal(approval.over)) > 0 ? `it moves ${moved}, over ${approval.over}` : null
}
