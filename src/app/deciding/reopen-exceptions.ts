import { ExitCode } from '../../errors/index.js'
import { appendAudit, bookReopening, crossReferences, listExceptions, type StateDatabase } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { exceptionId, exceptionNumber } from '../exceptions/list-exceptions.js'
import { withJobLeases } from '../leases/job-leases.js'
import { deliverQuietly } from '../notify/deliver.js'
import { noteDecided } from '../notify/note-decided.js'
import { actingPerson } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'
import { withdraw } from '../xref/put-reference.js'
import type { DecideOutcome } from './decide-exceptions.js'

export interface ReopenRequest extends ToolOptions {
  readonly subjects: readonly string[]
  readonly note: string
  readonly as: string | undefined
}

type Outcome = DecideOutcome['outcomes'][number]

/**
 * Takes decisions back, and with one the cross-reference that it made. One that a load was made by stays true of the load: what was paid is
 * not undone by it.
 * @throws EXCEPTION-UNKNOWN, RUN-ACTIVE
 */
export async function reopenExceptions(request: ReopenRequest): Promise<DecideOutcome> {
  const tools = await openTools(request, 'decide')
  try {
    const ids = request.subjects.map(exceptionNumber)
    const jobs = (await listExceptions(tools.state.database, { ids })).map(({ job }) => job)
    const outcomes = await withJobLeases(jobs, tools, () =>
      tools.state.database.transaction().execute(async (database) => {
        const done: Outcome[] = []
        for (const id of new Set(ids)) done.push(await reopen(database, id, request, tools))
        await noteDecided(database, new Set(jobs), { settings: tools.workspace.settings, now: tools.now() })
        return done
      }),
    )
    if (!request.dryRun) await deliverQuietly(tools)
    const isRefused = outcomes.some(({ outcome }) => outcome === 'refused')
    return { dryRun: request.dryRun, outcomes, exit: isRefused ? ExitCode.refused : ExitCode.done }
  } finally {
    await tools.close()
  }
}

async function reopen(database: StateDatabase, id: number, request: ReopenRequest, tools: Tools): Promise<Outcome> {
  const exception = exceptionId(id)
  const [found] = await listExceptions(database, { ids: [id] })
  if (found === undefined) return { exception, outcome: 'refused', said: 'there is no such exception' }
  const { decision, status } = found
  // What was mapped is gone because the decision stands: it can be taken back all the same.
  const isMapped = status === 'healed' && decision?.decision === 'map' && decision.state === 'standing'
  if (decision === null || (status !== 'decided' && status !== 'proposed' && !isMapped))
    return { exception, outcome: 'unchanged', said: `it is ${status}: nothing is decided about it` }
  const [actor, now] = [actingPerson(request.as, tools), tools.now()]
  const said = `${decision.decision} by ${decision.decidedBy} taken back: ${request.note}`
  await bookReopening(database, found, said, { actor, now })
  await appendAudit(database, { at: now, actor, action: 'exception reopened', subject: exception, detail: { said } })
  const saying = { person: request.as ?? actor, actor, now, note: request.note, source: exception }
  for (const reference of await crossReferences(database, { source: exception }))
    await withdraw(database, reference, saying)
  return { exception, outcome: 'reopened', said }
}
