/** The demo's health system and its suppliers. Every id here also stands in the demo workspace (demo-workspace.ts). */
export interface Facility {
  /** Location code of the ERP; N104 of the ship-to, qualifier 92. */
  readonly location: string
  readonly name: string
  readonly costCenter: string
}

export interface Company {
  readonly company: '10' | '20'
  readonly erp: 'lawson' | 'peoplesoft'
  readonly name: string
  readonly isa: { readonly qualifier: string; readonly id: string }
  readonly facilities: readonly Facility[]
}

export type PartnerName = 'medsupply' | 'orthotech' | 'carefirst'

export interface Supplier {
  readonly partner: PartnerName
  readonly name: string
  readonly isa: { readonly qualifier: string; readonly id: string }
  readonly group: string
  /** ERP vendor number by company. */
  readonly vendor: Readonly<Record<Company['company'], string>>
  readonly remitTo: string
  readonly taxId: string
  readonly terms: { readonly discountPercent?: string; readonly discountDays?: number; readonly netDays: number }
  /** Payment terms code in the ERPs. */
  readonly termsCode: string
  /** Freight and handling allowed per invoice; none without it. */
  readonly freightLimit?: string
  /** Start of its invoice numbers. */
  readonly invoicePrefix: string
}

export const healthSystem = 'Lakeside Health'

export const companies = [
  {
    company: '10',
    erp: 'lawson',
    name: 'Lakeside Health North',
    isa: { qualifier: '01', id: '081123450' },
    facilities: [
      { location: 'LKNM', name: 'Lakeside North Medical Center', costCenter: '10-7010' },
      { location: 'LKHB', name: 'Harbor Community Hospital', costCenter: '10-7020' },
      { location: 'LKCH', name: "Lakeside Children's Hospital", costCenter: '10-7030' },
    ],
  },
  {
    company: '20',
    erp: 'peoplesoft',
    name: 'Lakeside Health South',
    isa: { qualifier: 'ZZ', id: 'LAKESIDESOUTH' },
    facilities: [
      { location: 'LKSM', name: 'Lakeside South Medical Center', costCenter: '20-4100' },
      { location: 'LKRV', name: 'Riverbend Hospital', costCenter: '20-4200' },
    ],
  },
] as const satisfies readonly Company[]

export const suppliers = [
  {
    partner: 'medsupply',
    name: 'MedSupply Distribution',
    isa: { qualifier: '01', id: '054321987' },
    group: 'MEDSUPPLY',
    vendor: { '10': '10432', '20': '0000010432' },
    remitTo: 'MSD-0100',
    taxId: '36-4410982',
    terms: { discountPercent: '1', discountDays: 10, netDays: 30 },
    termsCode: '1N30',
    freightLimit: '45.00',
    invoicePrefix: '7',
  },
  {
    partner: 'orthotech',
    name: 'OrthoTech Implants',
    isa: { qualifier: 'ZZ', id: 'ORTHOTECH' },
    group: 'ORTHOTECH',
    vendor: { '10': '20718', '20': '0000020718' },
    remitTo: 'OTI-REMIT',
    taxId: '41-2087745',
    terms: { netDays: 45 },
    termsCode: 'N45',
    invoicePrefix: 'OT',
  },
  {
    partner: 'carefirst',
    name: 'CareFirst Wound & Suture',
    isa: { qualifier: '12', id: '6125550143' },
    group: '6125550143',
    vendor: { '10': '31155', '20': '0000031155' },
    remitTo: 'CF-LOCKBOX-7',
    taxId: '39-1176203',
    terms: { discountPercent: '2', discountDays: 15, netDays: 60 },
    termsCode: '2N60',
    freightLimit: '25.00',
    invoicePrefix: 'CF-',
  },
] as const satisfies readonly Supplier[]

export function supplierOf(partner: PartnerName): Supplier {
  const found = suppliers.find((supplier) => supplier.partner === partner)
  if (found === undefined) throw new RangeError(`no supplier ${partner}`)
  return found
}
