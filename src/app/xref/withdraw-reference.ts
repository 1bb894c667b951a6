import { userInfo } from 'node:os'
import { MatchbookError } from '../../errors/index.js'
import { crossReferences } from '../../state/index.js'
import { actingPerson } from '../acting-person.js'
import { openTools, type ToolOptions } from '../compose.js'
import { type ReferenceListing, referenceListing } from './list-references.js'
import { mayNotMap } from './may-map.js'
import { withdraw } from './put-reference.js'
import { numberIn } from './reference-words.js'

export interface WithdrawOutcome {
  readonly reference: ReferenceListing
  /** false: it was withdrawn before. */
  readonly done: boolean
  readonly dryRun: boolean
}

/**
 * Takes a cross-reference back that was wrong from its first day; one that only ends gets a last day by an import.
 * @throws REFERENCE-UNKNOWN, REFERENCE-REFUSED
 */
export async function withdrawByHand(
  request: ToolOptions & { readonly reference: string; readonly note: string; readonly as: string | undefined },
): Promise<WithdrawOutcome> {
  const tools = await openTools(request)
  try {
    const id = numberIn('XR', request.reference)
    const person = request.as ?? userInfo().username
    const find = async (): Promise<ReferenceListing> => {
      const [found] = await crossReferences(tools.state.database, { ids: [id], withdrawn: true })
      if (found === undefined) throw new MatchbookError('REFERENCE-UNKNOWN', `there is no ${request.reference}`)
      return referenceListing(found)
    }
    await find()
    const done = await tools.state.database.transaction().execute(async (database) => {
      const [standing] = await crossReferences(database, { ids: [id] })
      if (standing === undefined) return false
      const refused = mayNotMap(person, standing.kind, tools.now(), tools.workspace)
      if (refused !== undefined) throw new MatchbookError('REFERENCE-REFUSED', refused)
      const saying = { person, actor: actingPerson(request.as, tools), now: tools.now(), note: request.note }
      await withdraw(database, standing, { ...saying, source: 'command' })
      return true
    })
    return { reference: await find(), done, dryRun: request.dryRun }
  } finally {
    await tools.close()
  }
}
