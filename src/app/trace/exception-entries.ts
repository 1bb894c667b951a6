import { decisionsOf, eventsOf, type StateDatabase, type StoredException } from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { money } from '../money-text.js'
import type { TraceEntry } from './timeline.js'

/** Each change of each exception; the first one says what is wrong and where it stands. */
export async function exceptionEntries(
  database: StateDatabase,
  exceptions: readonly StoredException[],
): Promise<TraceEntry[]> {
  const byId = new Map(exceptions.map((one) => [one.id, one]))
  const told = new Set<number>()
  const events = (await eventsOf(database, [...byId.keys()])).flatMap((event): TraceEntry[] => {
    const exception = byId.get(event.exception_id)
    if (exception === undefined) return []
    const isFirst = !told.has(exception.id)
    told.add(exception.id)
    return [
      {
        at: event.at,
        stage: 'exception',
        id: exceptionId(exception.id),
        said: [
          `${exception.code} ${event.status}`,
          ...(event.said === null ? [] : [event.said]),
          `${money(event.amount_at_risk, exception.currency)} at risk`,
          ...(isFirst ? [exception.message] : []),
        ].join(', '),
        run: event.run_id,
        actor: event.actor,
        places: isFirst ? exception.evidence : [],
      },
    ]
  })
  return [...events, ...(await decisionEntries(database, byId))]
}

async function decisionEntries(
  database: StateDatabase,
  exceptions: ReadonlyMap<number, StoredException>,
): Promise<TraceEntry[]> {
  const decisions = await decisionsOf(database, [...exceptions.keys()])
  return decisions.flatMap((one): TraceEntry[] => {
    const id = exceptionId(one.exception_id)
    const entry = (at: string, actor: string | null, said: string): TraceEntry => ({
      at,
      stage: 'decision',
      id,
      said,
      run: null,
      actor,
      places: [],
    })
    const on = `on ${exceptions.get(one.exception_id)?.code ?? id}`
    const note = one.note === null ? '' : `: ${one.note}`
    return [
      entry(one.decided_at, one.decided_by, `${one.decision} ${on} via ${one.via}${note}`),
      ...(one.agreed_at === null ? [] : [entry(one.agreed_at, one.agreed_by, `agreed to ${one.decision} ${on}`)]),
      ...(one.ended_at === null
        ? []
        : [entry(one.ended_at, null, `${one.decision} ${on} ended: ${one.ended_because}`)]),
    ]
  })
}
