import type { ExceptionListing } from '../../src/app/exceptions/list-exceptions.js'
import type { SimulationTruth } from '../../src/simulate/index.js'
import { fits } from '../e2e/expected.js'

export type FoundIn = ExceptionListing & { readonly job: string }

/** Where what was found is not what the truth holds, in a form that a failing test can print. All empty: it is. */
export function against(truth: Pick<SimulationTruth, 'expected' | 'spared'>, found: readonly FoundIn[]) {
  const left = [...found]
  const missed = []
  const otherAmount = []
  for (const wanted of truth.expected) {
    const at = left.findIndex((exception) => exception.job === wanted.job && fits(wanted, exception))
    const [exception] = at < 0 ? [] : left.splice(at, 1)
    if (exception === undefined) missed.push(wanted)
    else if (wanted.amount !== undefined && wanted.amount !== exception.amountAtRisk.amount)
      otherAmount.push({ ...wanted, found: exception.amountAtRisk.amount, message: exception.message })
  }
  return {
    missed,
    otherAmount,
    surplus: left.map(({ job, code, keys, message }) => ({ job, code, keys, message })),
    touched: truth.spared.flatMap((spared) =>
      found
        .filter(({ job, keys }) => job === spared.job && bears(keys, spared.keys))
        .map(({ code, message }) => ({ ...spared, code, message })),
    ),
  }
}

export const nothing = { missed: [], otherAmount: [], surplus: [], touched: [] }

const bears = (keys: FoundIn['keys'], all: FoundIn['keys']): boolean =>
  Object.entries(all).every(([key, value]) => keys[key as keyof FoundIn['keys']] === value)
