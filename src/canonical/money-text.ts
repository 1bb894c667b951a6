import type { AtRisk } from './amounts.js'

/** A whole number with its thousands apart: "1,234,567". */
export const grouped = (whole: string | number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',')

/** "1 file", "1,234 files". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`

/** "1234567.5" USD as "USD 1,234,567.50"; text in, text out, so that nothing is rounded on the way. */
export function money(amount: string, currency: string): string {
  const [whole = '0', fraction = ''] = amount.replace(/^-/, '').split('.')
  return `${amount.startsWith('-') ? '-' : ''}${currency} ${grouped(whole)}.${fraction.padEnd(2, '0')}`
}

/** "USD 12.50 and CAD 3.00": what is in two currencies stands side by side. */
export const moneyBeside = (amount: string, currency: string, others: Readonly<Record<string, string>> = {}): string =>
  [[currency, amount] as const, ...Object.entries(others)].map(([own, sum]) => money(sum, own)).join(' and ')

/** Money at risk of what is listed, in the workspace's currency and beside it. */
export const risked = ({ amountAtRisk, otherCurrencies }: AtRisk, currency: string): string =>
  moneyBeside(amountAtRisk, currency, otherCurrencies)
