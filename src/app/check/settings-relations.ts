import type { Tolerance, Workspace } from '../../config/index.js'
import type { RelationRow } from './bind-rows.js'

/** What the workspace says, as relations the rules can join. */
export function partnerVendorRows(workspace: Workspace): RelationRow[] {
  return Object.entries(workspace.settings.partners).flatMap(([partner, settings]) =>
    settings.vendors.map(({ company, vendor }) => ({
      partner,
      partner_name: settings.name,
      company,
      supplier: vendor,
      freight_limit: settings['freight-limit'],
      tax_exempt: settings['tax-exempt'],
      discount_percent: settings.terms?.['discount-percent'],
      discount_days: settings.terms?.['discount-days'],
      net_days: settings.terms?.['net-days'],
    })),
  )
}

export const unitConversionRows = (workspace: Workspace): RelationRow[] =>
  workspace.settings.units.conversions.map(({ from, to, factor }) => ({ from_uom: from, to_uom: to, factor }))

export const toleranceRows = (tolerances: Workspace['settings']['tolerances']): RelationRow[] =>
  tolerances.map(({ rule, company, supplier, category, item, over, under }) => ({
    rule,
    company,
    supplier,
    category,
    item,
    ...side('over', over),
    ...side('under', under),
  }))

function side(name: 'over' | 'under', allowed: Tolerance['over']): RelationRow {
  if (typeof allowed === 'string') return { [`${name}_mode`]: allowed }
  return {
    [`${name}_mode`]: 'limit',
    [`${name}_percent`]: allowed.percent,
    [`${name}_absolute`]: allowed.absolute,
    [`${name}_combine`]: allowed.combine,
  }
}
