import { compare, type DecimalText, negate, sumOf, ZERO } from '../../canonical/index.js'
import { amountOf, type OtherException, type OtherInvoice } from './two-worlds.js'

/** A number of things, and their money. */
export interface Figure {
  readonly count: number
  readonly amount: DecimalText
}

type NamedInvoice = OtherInvoice & { readonly supplier: string; readonly overpaid: DecimalText }

export interface WhatIfTotals {
  readonly removed: Figure
  readonly added: Figure
  /** Invoices that would go, and did not. */
  readonly released: Figure
  /** Invoices that would go in an earlier night than they did. */
  readonly earlier: Figure
  /** Invoices that went, and would not. */
  readonly held: Figure
  /** Would be paid too much, and was not. */
  readonly letThrough: DecimalText
  /** Was paid too much, and would not be. */
  readonly prevented: DecimalText
}

export interface SupplierLine extends WhatIfTotals {
  /** ERP vendor number, since tolerances are agreed by it; '' for none. */
  readonly supplier: string
  /** The partner's, as reports show it; null where the settings do not tell whose number it is. */
  readonly name: string | null
}

export interface CodeLine {
  readonly code: string
  readonly removed: Figure
  readonly added: Figure
  readonly letThrough: DecimalText
  readonly prevented: DecimalText
}

const figure = (all: readonly { readonly amount: DecimalText }[]): Figure => ({
  count: all.length,
  amount: amountOf(all),
})

export function totalsOf(exceptions: readonly OtherException[], invoices: readonly NamedInvoice[]): WhatIfTotals {
  const ofExceptions = (change: OtherException['change']) => figure(exceptions.filter((one) => one.change === change))
  const ofInvoices = (change: OtherInvoice['change']) => figure(invoices.filter((one) => one.change === change))
  const money = invoices.map(({ overpaid }) => overpaid)
  return {
    removed: ofExceptions('removed'),
    added: ofExceptions('added'),
    released: ofInvoices('released'),
    earlier: ofInvoices('earlier'),
    held: ofInvoices('held'),
    letThrough: sumOf(money.filter((amount) => compare(amount, ZERO) > 0)),
    prevented: negate(sumOf(money.filter((amount) => compare(amount, ZERO) < 0))),
  }
}

/** Most money released first. */
export function bySupplier(
  exceptions: readonly OtherException[],
  invoices: readonly NamedInvoice[],
  nameOf: (supplier: string) => string | null,
): readonly SupplierLine[] {
  const supplierOf = ({ keys }: OtherException): string => keys.supplier ?? ''
  const names = new Set([...exceptions.map(supplierOf), ...invoices.map(({ supplier }) => supplier)])
  return [...names]
    .map((supplier) => ({
      supplier,
      name: nameOf(supplier),
      ...totalsOf(
        exceptions.filter((one) => supplierOf(one) === supplier),
        invoices.filter((one) => one.supplier === supplier),
      ),
    }))
    .sort((a, b) => compare(b.released.amount, a.released.amount) || (a.supplier < b.supplier ? -1 : 1))
}

/** In the order of codes. */
export function byCode(exceptions: readonly OtherException[], invoices: readonly NamedInvoice[]): readonly CodeLine[] {
  const tooMuch = invoices.flatMap(({ change, tooMuch }) =>
    tooMuch.map((one) => ({ ...one, isHeld: change === 'held' })),
  )
  const codes = new Set<string>([...exceptions.map(({ code }) => code), ...tooMuch.map(({ code }) => code)])
  return [...codes].sort().map((code) => ({
    code,
    removed: figure(exceptions.filter((one) => one.code === code && one.change === 'removed')),
    added: figure(exceptions.filter((one) => one.code === code && one.change === 'added')),
    letThrough: amountOf(tooMuch.filter((one) => one.code === code && !one.isHeld)),
    prevented: amountOf(tooMuch.filter((one) => one.code === code && one.isHeld)),
  }))
}
