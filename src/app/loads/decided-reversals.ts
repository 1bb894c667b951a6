import { MatchbookError } from '../../errors/index.js'
import {
  appendAudit,
  bookReopening,
  findLoad,
  listExceptions,
  loadsReversing,
  type StoredException,
} from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { type BookableLoad, bookLoad, originOf } from './book-load.js'
import { isAlive } from './list-loads.js'
import { reversalOf } from './revert-load.js'

/**
 * Loads that take back what somebody decided to `revert`, each once for a decision: whoever refuses one has the last word. Like those asked
 * for by hand they wait for somebody other than who decided. Where a load cannot be taken back, the exception is open again and says why.
 * @throws LOAD-LINT
 */
export async function decidedReversals(run: Run, job: string, tools: Tools): Promise<Partial<BookableLoad>[]> {
  const { database } = tools.state
  const decided = (await listExceptions(database, { job, statuses: ['decided'] })).filter(
    ({ decision, keys }) => decision?.decision === 'revert' && keys.load !== undefined,
  )
  const planned: Partial<BookableLoad>[] = []
  const asked = new Set<string>()
  for (const exception of decided) {
    const { decision, keys } = exception
    const load = keys.load === undefined ? undefined : await findLoad(database, keys.load)
    if (load === undefined || decision === null || asked.has(load.id)) continue
    const since = decision.agreedAt ?? decision.decidedAt
    const reversing = await loadsReversing(database, [load.id])
    if (reversing.some((one) => isAlive(one) || one.planned_at >= since)) continue
    asked.add(load.id)
    const reason = `${exceptionId(exception.id)}: ${decision.note ?? 'decided to be taken back'}`
    const requested = { by: decision.decidedBy, reason, reverses: load.id }
    try {
      const { job: settings, load: way, content } = await reversalOf(load, false, tools)
      planned.push(await bookLoad({ ...originOf(run), requested }, settings, way, content, tools))
    } catch (error) {
      if (!(error instanceof MatchbookError) || !isRefusal(error)) throw error
      planned.push({ commit: reopening(exception, run, error.message, tools) })
    }
  }
  return planned
}

const isRefusal = ({ code }: MatchbookError): boolean => code === 'LOAD-NOT-REVERSIBLE' || code === 'LOAD-STATE'

const reopening =
  (exception: StoredException, run: Run, why: string, { now }: Tools): BookableLoad['commit'] =>
  async (database) => {
    const doing = { actor: `run ${run.id}`, now: now() }
    await bookReopening(database, exception, why, doing)
    await appendAudit(database, {
      at: doing.now,
      actor: doing.actor,
      action: 'exception reopened',
      subject: exceptionId(exception.id),
      detail: { said: why },
    })
  }
