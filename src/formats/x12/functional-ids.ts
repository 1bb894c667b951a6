/** GS01 of the groups a transaction set may travel in. Element 479; sets that are not here may travel in any. */
export const functionalIds: Readonly<Record<string, string>> = {
  '810': 'IN',
  '820': 'RA',
  '824': 'AG',
  '832': 'SC',
  '846': 'IB',
  '850': 'PO',
  '855': 'PR',
  '856': 'SH',
  '860': 'PC',
  '864': 'TX',
  '865': 'CA',
  '997': 'FA',
  '999': 'FA',
}

const known = new Set(Object.values(functionalIds))

/** The group a set belongs in, where it stands in one that is for other sets: an 850 in a group of invoices. Undefined when it fits. */
export function groupItBelongsIn(set: string, functionalId: string): string | undefined {
  const right = functionalIds[set]
  return right === undefined || right === functionalId || !known.has(functionalId) ? undefined : right
}
