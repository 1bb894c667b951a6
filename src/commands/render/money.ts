/** "1234567.5" USD as "USD 1,234,567.50"; text in, text out, so that nothing is rounded on the way. */
export function money(amount: string, currency: string): string {
  const [whole = '0', fraction = ''] = amount.replace(/^-/, '').split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${amount.startsWith('-') ? '-' : ''}${currency} ${grouped}.${fraction.padEnd(2, '0')}`
}

/** "USD 12.50 and CAD 3.00": what is in two currencies stands side by side. */
export const moneyApart = (amount: string, currency: string, others: Readonly<Record<string, string>> = {}): string =>
  [[currency, amount] as const, ...Object.entries(others)].map(([own, sum]) => money(sum, own)).join(' and ')

/** Money at risk of what is listed, in the workspace's currency and beside it. */
export const risked = (
  {
    amountAtRisk,
    otherCurrencies,
  }: { readonly amountAtRisk: string; readonly otherCurrencies?: Readonly<Record<string, string>> },
  currency: string,
): string => moneyApart(amountAtRisk, currency, otherCurrencies)

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${String(n).replace(/\B(?=(\d{3})+$)/g, ',')} ${n === 1 ? one : many}`
