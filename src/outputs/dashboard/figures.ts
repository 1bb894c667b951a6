import type { AtRisk } from '../../canonical/index.js'

/** "1234567.5" USD as "USD 1,234,567.50"; text in, text out, so that nothing is rounded on the way. */
export function money(amount: string, currency: string): string {
  const [whole = '0', fraction = ''] = amount.replace(/^-/, '').split('.')
  return `${amount.startsWith('-') ? '-' : ''}${currency} ${grouped(whole)}.${fraction.padEnd(2, '0')}`
}

/** Money at risk, what is in other currencies beside it. */
export const risked = ({ amountAtRisk, otherCurrencies = {} }: AtRisk, currency: string): string =>
  [[currency, amountAtRisk] as const, ...Object.entries(otherCurrencies)]
    .map(([own, amount]) => money(amount, own))
    .join(' and ')

export const count = (n: number): string => grouped(String(n))

export const share = (some: number, all: number): string => (all === 0 ? '-' : `${((some / all) * 100).toFixed(1)} %`)

/** An ISO instant on the wall clock of the zone, to the minute. */
export const clock = (timezone: string): ((instant: string) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
  return (instant) => format.format(new Date(instant))
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')
