import { compare, decimal, ZERO } from '../../canonical/index.js'
import { effectOf, type MatchException } from '../../exceptions/index.js'
import type { InvoiceResult } from '../../state/index.js'

/**
 * Held invoices of which every code that holds them is decided so that nothing holds them any more: their outcome becomes released.
 * A credit cannot be paid short: what is owed to us is not made less by our own doing.
 */
export function withReleased<Result extends InvoiceResult>(
  invoices: readonly Result[],
  exceptions: Iterable<MatchException>,
): Result[] {
  const about = new Map<string, MatchException[]>()
  for (const exception of exceptions) {
    if (!exception.document || exception.status === 'healed') continue
    const known = about.get(exception.document)
    if (known === undefined) about.set(exception.document, [exception])
    else known.push(exception)
  }
  return invoices.map((invoice) =>
    invoice.outcome === 'held' && isReleased(invoice, about.get(invoice.invoiceId) ?? [])
      ? { ...invoice, outcome: 'released' }
      : invoice,
  )
}

function isReleased({ codes, amount }: InvoiceResult, exceptions: readonly MatchException[]): boolean {
  const isCredit = compare(decimal(amount), ZERO) < 0
  const holding = exceptions.filter(({ code }) => codes.includes(code))
  return (
    codes.every((code) => holding.some((exception) => exception.code === code)) &&
    holding.every((exception) => {
      const effect = standingEffect(exception)
      return effect === 'release' || (effect === 'short-pay' && !isCredit)
    })
  )
}

/** What the standing decision does; undefined: none stands. */
export const standingEffect = ({ code, status, decision }: MatchException) =>
  status === 'decided' && decision?.state === 'standing' ? effectOf(code, decision.decision) : undefined
