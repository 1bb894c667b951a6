import type { Company } from './parties.js'

/** Extracts of an ERP beside those of orders, receipts, vouchers, vendors, items and contracts: table that each layout names its file by. */
const tables = {
  lawson: {
    requisitions: 'REQLINE',
    payments: 'APPAYMENT',
    'gl-transactions': 'GLTRANS',
    'vendor-items': 'POITEMVEN',
    'requesting-locations': 'RQLOC',
    'item-locations': 'ITEMLOC',
    'inventory-transactions': 'ICTRANS',
  },
  peoplesoft: {
    requisitions: 'REQ_LINE',
    payments: 'PYMNT_VCHR_XREF',
    journals: 'JRNL_LN',
    'vendor-items': 'ITM_VENDOR',
    'requesting-locations': 'LOCATION',
    'item-locations': 'CART_TEMPL',
    'inventory-transactions': 'IN_DEMAND',
  },
} as const

export type FurtherKind = Exclude<keyof (typeof tables)['lawson'], 'gl-transactions'>

/** The contract by which a company's ERP exports so. */
export const erpExtract = ({ erp }: Company, kind: FurtherKind): string => `${erp}-${kind}`

/** The general ledger has a name of its own in each layout. */
export const glExtract = ({ erp }: Company): string =>
  erp === 'lawson' ? 'lawson-gl-transactions' : 'peoplesoft-journals'

/** Path of such an extract below the drops, by its contract; undefined for any other contract. `date` as yyyyMMdd. */
export function erpExtractPath(contract: string, date: string): string | undefined {
  for (const [erp, kinds] of Object.entries(tables)) {
    const table = Object.entries(kinds).find(([kind]) => `${erp}-${kind}` === contract)?.[1]
    if (table !== undefined) return `erp/${erp}/extracts/${table}_${date}.${erp === 'lawson' ? 'txt' : 'csv'}`
  }
  return undefined
}
