/** Where extracts that belong to no ERP layout lie below the drops, and how their files begin; as the shipped jobs look for them. */
export const places = {
  'ehr-usage': 'ehr/usage/usage',
  'item-xref': 'ehr/usage/item-xref',
  'ehr-charges': 'ehr/charges/charges',
  chargemaster: 'ehr/charges/chargemaster',
  'ehr-items': 'ehr/extracts/items',
  journals: 'erp/journals/journals',
  'gl-accounts': 'erp/ledger/extracts/gl-accounts',
  'gl-periods': 'erp/ledger/extracts/gl-periods',
  'payroll-time': 'payroll/extracts/time',
  'payroll-register': 'payroll/extracts/register',
  'labor-accounts': 'payroll/extracts/labor-accounts',
  'procurement-suppliers': 'procurement/outbound/suppliers',
  'price-file': 'procurement/outbound/prices',
  'vendor-banks': 'erp/banks/extracts/vendor-banks',
  'vendor-evidence': 'procurement/evidence/evidence',
  credentialing: 'procurement/evidence/credentials',
  'supplier-catalog': 'suppliers/orthotech/outbound/catalog',
} as const satisfies Readonly<Record<string, string>>

export type PlacedExtract = keyof typeof places

/** `date` as yyyyMMdd. */
export const placeOf = (contract: PlacedExtract, date: string): string => `${places[contract]}_${date}.csv`
