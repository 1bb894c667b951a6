import { decimal, type Finding } from '../../src/canonical/index.js'
import type { Routing } from '../../src/exceptions/index.js'

export const job = 'receipt-to-invoice'

/** Plain hours for every queue. */
export const routing: Routing = { timezone: 'America/Chicago', overrides: {}, workingTime: {} }

/** A price dispute on line 3 of PO 4500001; `more` changes what matters to the test. */
export function priceFinding(
  more: Partial<Omit<Finding, 'amountAtRisk'>> & { readonly amount?: string } = {},
): Finding {
  const { amount = '125.50', ...rest } = more
  return {
    code: 'INV-PRICE',
    keys: { company: '10', po: '4500001', line: '3', invoice: 'MS-1001', supplier: '10442' },
    message: 'billed 12.55 each, ordered at 10.04',
    amountAtRisk: decimal(amount),
    currency: 'USD',
    values: { 'PO price': '10.04', 'billed price': '12.55' },
    tolerance: { percent: '0' },
    evidence: [{ file: 'MED20261120.810', byteOffset: 512, byteLength: 44, field: 'IT104', value: '12.55' }],
    ...rest,
  }
}
