/** What a charge or allowance is for, where the rules treat it by that. */
export type ChargeKind = 'freight' | 'shipping' | 'delivery' | 'expedited shipment' | 'handling' | 'fuel' | 'tax'

/** Element 1300, service, promotion, allowance or charge code. A code that does not stand here is an "other charge". */
const codes: Readonly<Record<ChargeKind, readonly string[]>> = {
  freight: ['D240', 'D242', 'D244', 'D180', 'D200', 'D210', 'D220', 'D230', 'C010', 'C210', 'D750', 'A570'],
  shipping: ['G821', 'G830'],
  delivery: ['C040', 'C030', 'D820', 'E380'],
  'expedited shipment': ['C860'],
  handling: ['D500', 'D540', 'D550'],
  fuel: ['D260', 'D270', 'C650'],
  tax: [
    ...['H650', 'H660', 'H680', 'H690', 'H700', 'H710', 'H720', 'H730', 'H740', 'H750', 'H760', 'H770', 'H780', 'H790'],
    ...['H800', 'H850', 'D360'],
  ],
}

/** Element 1300 to what it is for. */
export const chargeKinds: ReadonlyMap<string, ChargeKind> = new Map(
  (Object.keys(codes) as ChargeKind[]).flatMap((kind) => codes[kind].map((code) => [code, kind] as const)),
)
