import { compare, type DecimalText, decimal } from '../../canonical/index.js'
import type { JobLoad } from '../../config/index.js'

/**
 * Why a load has to be approved by somebody, in words; null where it need not be.
 * @param moved all its money, credits added to debits; undefined where it says none: what nobody can count is never under a limit
 */
export function approvalNeeded({ approval }: JobLoad, moved: DecimalText | undefined): string | null {
  if (approval === 'none') return null
  if (approval === 'required') return 'every load of its kind is approved'
  if (moved === undefined) return `its rows say no money, and loads over ${approval.over} are approved`
  return compare(moved, decimal(approval.over)) > 0 ? `it moves ${moved}, over ${approval.over}` : null
}
