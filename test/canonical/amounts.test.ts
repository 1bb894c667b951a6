import { describe, expect, it } from 'vitest'
import { amountsOf, atRisk, type DecimalText, decimal, moneyApart } from '../../src/canonical/index.js'

const of = (currency: string, amount: string) => ({ currency, amount: decimal(amount) })
const exception = (currency: string, amount: string): { currency: string; amountAtRisk: DecimalText } => ({
  currency,
  amountAtRisk: decimal(amount),
})

describe('money in two currencies', () => {
  it('stands side by side and is never added', () => {
    expect(moneyApart([of('USD', '10.10'), of('CAD', '3'), of('USD', '0.9'), of('CAD', '4.5')], 'USD')).toEqual({
      amount: '11',
      otherCurrencies: { CAD: '7.5' },
    })
    expect(atRisk([exception('CAD', '4930.82')], 'USD')).toEqual({
      amountAtRisk: '0',
      otherCurrencies: { CAD: '4930.82' },
    })
  })

  it('is said to be in one where it is in one', () => {
    expect(atRisk([exception('USD', '1'), exception('USD', '2')], 'USD')).toEqual({ amountAtRisk: '3' })
    expect(atRisk([], 'USD')).toEqual({ amountAtRisk: '0' })
  })

  it('is not told of a currency of which nothing is left', () => {
    expect(amountsOf([of('CAD', '5'), of('CAD', '-5'), of('EUR', '1')])).toEqual({ EUR: '1' })
  })
})
