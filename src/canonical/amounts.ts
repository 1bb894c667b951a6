import { add, type DecimalText, ZERO } from './decimal.js'

/** Money by currency (ISO 4217), exact. */
export type Amounts = Readonly<Record<string, DecimalText>>

/** Money in the workspace's currency, and in others beside it: what is in two currencies is never added. */
export interface MoneyApart {
  readonly amount: DecimalText
  /** Only where there is any, and only what is not nothing. */
  readonly otherCurrencies?: Amounts
}

/** Money of exceptions, told apart likewise. */
export interface AtRisk {
  readonly amountAtRisk: DecimalText
  readonly otherCurrencies?: Amounts
}

/** By currency; none of which there is nothing. */
export function amountsOf(some: readonly { readonly currency: string; readonly amount: DecimalText }[]): Amounts {
  const sums: Record<string, DecimalText> = {}
  for (const { currency, amount } of some) sums[currency] = add(sums[currency] ?? ZERO, amount)
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== ZERO))
}

export function moneyApart(
  some: readonly { readonly currency: string; readonly amount: DecimalText }[],
  currency: string,
): MoneyApart {
  const { [currency]: amount = ZERO, ...others } = amountsOf(some)
  return { amount, ...(Object.keys(others).length === 0 ? {} : { otherCurrencies: others }) }
}

export function atRisk(
  exceptions: readonly { readonly currency: string; readonly amountAtRisk: DecimalText }[],
  currency: string,
): AtRisk {
  const amounts = exceptions.map((one) => ({ currency: one.currency, amount: one.amountAtRisk }))
  const { amount, ...others } = moneyApart(amounts, currency)
  return { amountAtRisk: amount, ...others }
}
