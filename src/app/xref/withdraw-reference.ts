import { MatchbookError } from '../../errors/index.js'
import {
  appendAudit,
  bookReopening,
  type CrossReference,
  crossReferences,
  listExceptions,
  type StateDatabase,
  type StoredException,
  suggestions,
} from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { exceptionId, exceptionNumber } from '../exceptions/list-exceptions.js'
import { withJobLeases } from '../leases/job-leases.js'
import { actingPerson, personOf } from '../roles/acting-person.js'
import { type ReferenceListing, referenceListing } from './list-references.js'
import { mayNotMap } from './may-map.js'
import { withdraw } from './put-reference.js'
import { numberIn, referenceId } from './reference-words.js'

export interface WithdrawOutcome {
  readonly reference: ReferenceListing
  /** false: it was withdrawn before. */
  readonly done: boolean
  readonly dryRun: boolean
}

/**
 * Takes a cross-reference back that was wrong from its first day; one that only ends gets a last day by an import. Exceptions that wait for
 * the next run to heal by it are open again.
 * @throws REFERENCE-UNKNOWN, REFERENCE-REFUSED, RUN-ACTIVE
 */
export async function withdrawByHand(
  request: ToolOptions & { readonly reference: string; readonly note: string; readonly as: string | undefined },
): Promise<WithdrawOutcome> {
  const tools = await openTools(request, 'cross-reference')
  try {
    const id = numberIn('XR', request.reference)
    const person = personOf(request.as)
    const find = async (): Promise<ReferenceListing> => {
      const [found] = await crossReferences(tools.state.database, { ids: [id], withdrawn: true })
      if (found === undefined) throw new MatchbookError('REFERENCE-UNKNOWN', `there is no ${request.reference}`)
      return referenceListing(found)
    }
    await find()
    const [known] = await crossReferences(tools.state.database, { ids: [id], withdrawn: true })
    const jobs = known === undefined ? [] : (await waitingFor(tools.state.database, known)).map(({ job }) => job)
    const withdrawn = async (database: StateDatabase): Promise<boolean> => {
      const [standing] = await crossReferences(database, { ids: [id] })
      if (standing === undefined) return false
      const refused = mayNotMap(person, standing.kind, tools.now(), tools.workspace)
      if (refused !== undefined) throw new MatchbookError('REFERENCE-REFUSED', refused)
      const saying = { person, actor: actingPerson(request.as, tools), now: tools.now(), note: request.note }
      await withdraw(database, standing, { ...saying, source: 'command' })
      for (const exception of await waitingFor(database, standing)) {
        const said = `${referenceId(id)}, which map of ${exception.decision?.decidedBy} made, was withdrawn: ${request.note}`
        await bookReopening(database, exception, said, saying)
        await appendAudit(database, {
          at: saying.now,
          actor: saying.actor,
          action: 'exception reopened',
          subject: exceptionId(exception.id),
          detail: { said },
        })
      }
      return true
    }
    const done = await withJobLeases(jobs, tools, () => tools.state.database.transaction().execute(withdrawn))
    return { reference: await find(), done, dryRun: request.dryRun }
  } finally {
    await tools.close()
  }
}

/** Exceptions decided `map` by what made the cross-reference, and not healed by it yet. */
async function waitingFor(database: StateDatabase, { source }: CrossReference): Promise<StoredException[]> {
  const ids = /^EX-\d+$/.test(source)
    ? [exceptionNumber(source)]
    : /^XS-\d+$/.test(source)
      ? (await suggestions(database, { ids: [numberIn('XS', source)] })).flatMap(({ exceptions }) => exceptions)
      : []
  if (ids.length === 0) return []
  return (await listExceptions(database, { ids })).filter(
    ({ status, decision }) => status === 'decided' && decision?.decision === 'map',
  )
}
