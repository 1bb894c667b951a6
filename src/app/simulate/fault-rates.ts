import { decimal, multiply, parseDecimal } from '../../canonical/index.js'
import { MatchbookError, nearMiss } from '../../errors/index.js'
import type { Fault } from '../../simulate/index.js'

/**
 * How often each fault is planted, by name. A wish is NAME=RATE: a fault, an exception code, a job, or `all`; the rate is of the PO lines, from 0
 * to 1, and comes to one at the least unless it is 0. A later wish goes before an earlier one. Without a wish each is planted `otherwise` times.
 * @throws FAULT-UNKNOWN, USAGE
 */
export function faultRates(
  faults: readonly Fault[],
  wishes: readonly string[],
  { lines, otherwise }: { readonly lines: number; readonly otherwise: number },
): Map<string, number> {
  const times = new Map(faults.map(({ name }) => [name, wishes.length === 0 ? otherwise : 0]))
  for (const wish of wishes) {
    const [name = '', said = ''] = wish.split('=')
    const rate = rateOf(wish, said)
    const meant = faults.filter((fault) => isMeant(fault, name))
    if (meant.length === 0) throw unknown(faults, name)
    for (const fault of meant) times.set(fault.name, Math.ceil(Number(multiply(rate, decimal(lines)))))
  }
  return times
}

const isMeant = ({ name, code, job }: Fault, wanted: string): boolean =>
  wanted === 'all' || wanted === name || wanted === code || wanted === job

function rateOf(wish: string, said: string) {
  const rate = parseDecimal(said)
  if (rate === undefined || !/^(0(\.\d+)?|1(\.0+)?)$/.test(said))
    throw new MatchbookError(
      'USAGE',
      `--fault ${wish}: a name and a rate from 0 to 1 are wanted, for example INV-PRICE=0.02`,
    )
  return rate
}

function unknown(faults: readonly Fault[], name: string): MatchbookError {
  const known = new Set([
    'all',
    ...faults.flatMap(({ name, code, job }) => [name, ...(code === null ? [] : [code]), job]),
  ])
  const near = nearMiss(name, known)
  return new MatchbookError('FAULT-UNKNOWN', `there is no fault "${name}"`, {
    ...(near !== undefined && { hint: `Did you mean ${near}? All: matchbook simulate --list-faults` }),
  })
}
