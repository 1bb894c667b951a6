import { MatchbookError, nearMiss } from '../../errors/index.js'
import { findLoad, type LoadRow, listLoads, type StateDatabase } from '../../state/index.js'

/** A load by its id, or by the part of it after the date where no other load has it. @throws LOAD-UNKNOWN */
export async function chooseLoad(database: StateDatabase, named: string): Promise<LoadRow> {
  const exact = await findLoad(database, named)
  if (exact !== undefined) return exact
  const all = await listLoads(database)
  const some = all.filter(({ id }) => named.length >= 4 && id.split('-')[1]?.startsWith(named))
  const [one, another] = some
  if (one !== undefined && another === undefined) return one
  const near = nearMiss(
    named,
    all.map(({ id }) => id),
  )
  throw new MatchbookError(
    'LOAD-UNKNOWN',
    some.length > 1 ? `${some.length} loads begin with ${named}` : `there is no load ${named}`,
    near === undefined ? {} : { hint: `Near: ${near}` },
  )
}
