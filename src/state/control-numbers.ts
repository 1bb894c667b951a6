import { sql } from 'kysely'
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

/**
 * The next control number, and none below the first. Call it inside the transaction that also keeps what is written under the number: either both stay or
 * neither, so that no number is lost and none is given twice, whoever else asks and wherever a process dies.
 */
export async function takeControlNumber(
  database: StateDatabase,
  pair: IsaPair,
  kind: X12CounterTable['kind'],
  firstNumbers: FirstNumbers = FROM_ONE,
): Promise<number> {
  const first = firstNumbers[kind]
  const { last } = await database
    .insertInto('x12_counters')
    .values({ ...pair, kind, last: first })
    .onConflict((conflict) =>
      conflict.columns(['ours', 'partner', 'kind']).doUpdateSet({
        last: sql<number>`case when x12_counters.last >= ${LAST_CONTROL_NUMBER} then 1
          when x12_counters.last + 1 < ${first} then ${first} else x12_counters.last + 1 end`,
      }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

/** 000000905 and 905 are one number. What is no number stays as it is. */
export const plainControl = (control: string): string =>
  /^\d+$/.test(control) ? control.replace(/^0+(?=\d)/, '') : control
