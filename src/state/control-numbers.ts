import type { X12CounterTable } from './schema.js'
import type { StateDatabase } from './store.js'

/** Two ISA ids, each qualifier and id as in ZZ:HEALTH: control numbers count between them. */
export interface IsaPair {
  readonly ours: string
  readonly partner: string
}

/** ISA13 and GS06 have nine digits; 1 follows the last. */
const LAST_CONTROL_NUMBER = 999_999_999

/** The numbers that the first interchange and the first group to a partner have. */
export type FirstNumbers = Readonly<Record<X12CounterTable['kind'], number>>

const FROM_ONE: FirstNumbers = { interchange: 1, group: 1 }

/** The next control number; see takeControlNumbers. */
export async function takeControlNumber(
  database: StateDatabase,
  pair: IsaPair,
  kind: X12CounterTable['kind'],
  firstNumbers?: FirstNumbers,
): Promise<number> {
  const [number = Number.NaN] = await takeControlNumbers(database, pair, kind, 1, firstNumbers)
  return number
}

/**
 * The next control numbers, in order, and none below the first. Call it inside the transaction that also keeps what is written under the
 * numbers: either both stay or neither, so that no number is lost and none is given twice, whoever else asks and wherever a process dies.
 * The counter's row is held from here to the end of the transaction, so take those of several pairs in one order everywhere: see
 * docs/decisions/0007-several-machines.md.
 */
export async function takeControlNumbers(
  database: StateDatabase,
  pair: IsaPair,
  kind: X12CounterTable['kind'],
  many: number,
  firstNumbers: FirstNumbers = FROM_ONE,
): Promise<number[]> {
  const counter = { ...pair, kind }
  // Written although nothing changes: whoever else takes numbers of the pair waits, and reads what we leave.
  let { last } = await database
    .insertInto('x12_counters')
    .values({ ...counter, last: 0 })
    .onConflict((conflict) =>
      conflict.columns(['ours', 'partner', 'kind']).doUpdateSet((eb) => ({ last: eb.ref('x12_counters.last') })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  const numbers = Array.from({ length: many }, () => {
    last = last >= LAST_CONTROL_NUMBER ? 1 : Math.max(last + 1, firstNumbers[kind])
    return last
  })
  let written = database.updateTable('x12_counters').set({ last })
  for (const column of ['ours', 'partner', 'kind'] as const) written = written.where(column, '=', counter[column])
  await written.execute()
  return numbers
}

/** 000000905 and 905 are one number. What is no number stays as it is. */
export const plainControl = (control: string): string =>
  /^\d+$/.test(control) ? control.replace(/^0+(?=\d)/, '') : control
