import type { Partner, WorkspaceSettings } from '../../config/index.js'

/** What an exception, a row or a decision says of a vendor: its number in the ERP, and the company if one is said. */
export interface VendorNumber {
  readonly company?: string | undefined
  readonly supplier?: string | undefined
}

/** Name in the workspace of the partner whose vendor number it is. */
export type PartnerOfVendor = (vendor: VendorNumber) => string | undefined

/**
 * Companies number their vendors apart, so a number counts in
 * the company it is declared for, or in all where the settings name none. Of a number that several partners have, and no company tells
 * apart, nobody is said to be the owner.
 */
export function partnerOfVendor(partners: WorkspaceSettings['partners']): PartnerOfVendor {
  const owners = new Map<string, { readonly company: string | undefined; readonly partner: string }[]>()
  for (const [partner, { vendors }] of Object.entries(partners)) {
    for (const { company, vendor } of vendors) owners.set(vendor, [...(owners.get(vendor) ?? []), { company, partner }])
  }
  return ({ company = '', supplier = '' }) => {
    const having = (owners.get(supplier) ?? []).filter(
      (owner) => company === '' || owner.company === undefined || owner.company === company,
    )
    const [partner, ...others] = new Set(having.map((owner) => owner.partner))
    return others.length === 0 ? partner : undefined
  }
}

/** The vendor number of a partner that has only one: of several, only an order or a receipt can tell which is meant. */
export function onlyVendorOf(partner: Partner | undefined): string | undefined {
  const [number, ...others] = new Set(partner?.vendors.map(({ vendor }) => vendor))
  return others.length === 0 ? number : undefined
}
