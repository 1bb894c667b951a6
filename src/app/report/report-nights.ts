import { add, type DecimalText, ZERO } from '../../canonical/index.js'
import type { TrendNight } from '../../outputs/report/index.js'
import type { RunRow, StateDatabase } from '../../state/index.js'
import { lastNights, lastOfEachDay } from '../runs/last-nights.js'

/** Nights that a workbook looks back on. */
const NIGHTS = 14

/**
 * Nights of the job before the day of this run, oldest first.
 * @param queues only these; without it all. What was new and gone is not kept by queue.
 */
export async function nightsBefore(
  database: StateDatabase,
  { job, as_of }: Pick<RunRow, 'job' | 'as_of'>,
  queues?: ReadonlySet<string>,
): Promise<TrendNight[]> {
  // Of a day that is run again by hand all runs are looked over.
  const nights = (await lastNights(database, job, NIGHTS * 2)).filter(({ run }) => run.as_of < as_of)
  return lastOfEachDay(nights, NIGHTS).map(({ run, summary: { exceptions } }): TrendNight => {
    if (queues === undefined)
      return {
        day: run.as_of,
        open: exceptions.open,
        fresh: exceptions.raised,
        healed: exceptions.healed,
        atRisk: exceptions.amountAtRisk,
      }
    const own = exceptions.queues.filter(({ queue }) => queues.has(queue))
    return {
      day: run.as_of,
      open: own.reduce((sum, { open }) => sum + open, 0),
      fresh: null,
      healed: null,
      atRisk: own.reduce<DecimalText>((sum, { amountAtRisk }) => add(sum, amountAtRisk), ZERO),
    }
  })
}
