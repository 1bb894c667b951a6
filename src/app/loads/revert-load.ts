import { absolute, add, type DecimalText, ZERO } from '../../canonical/index.js'
import type { JobLoad, JobSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { type LoadPlan, reversePlan, reversingTemplate } from '../../outputs/load/index.js'
import { type LoadRow, loadPlan, loadsReversing } from '../../state/index.js'
import { openTools } from '../compose.js'
import { today } from '../given-day.js'
import { withJobLeases } from '../leases/job-leases.js'
import { actingPerson, personOf } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'
import { knownLoad, type LoadOutcome, type LoadRequest, refusedState } from './approve-load.js'
import { bookLoad, templateOf } from './book-load.js'
import { chooseLoad } from './choose-load.js'
import { isAlive, listings } from './list-loads.js'
import { loadOutcomes, type RowOutcome } from './load-outcomes.js'

export interface RevertRequest extends LoadRequest {
  /** Rows too that nothing has shown in the ERP yet. */
  readonly withUnseen: boolean
}

/**
 * Plans a load that takes another back: built, linted and kept like any other, and always to be approved by somebody else. What the ERP
 * refused, and what was given back, is not in it.
 * @throws LOAD-UNKNOWN, LOAD-STATE, LOAD-NOT-REVERSIBLE, LOAD-LINT, USAGE, RUN-ACTIVE
 */
export async function revertLoad(request: RevertRequest): Promise<LoadOutcome> {
  const reason = request.reason.trim()
  if (reason === '') throw new MatchbookError('USAGE', 'say why: --reason must not be empty')
  const tools = await openTools(request, 'apply-loads')
  try {
    const { database } = tools.state
    const { id, job } = await chooseLoad(database, request.load)
    const by = personOf(request.as)
    const reversal = await withJobLeases([job], tools, async () => {
      const load = await knownLoad(database, id)
      const content = await reversalOf(load, request.withUnseen, tools)
      const origin = {
        asOf: today(tools),
        runId: load.run_id,
        actor: actingPerson(request.as, tools),
        requested: { by, reason, reverses: id },
      }
      const { output, commit } = await bookLoad(origin, content.job, content.load, content.content, tools)
      await database.transaction().execute(commit)
      return output.id
    })
    const [listing] = await listings(tools, [await knownLoad(database, reversal)])
    if (listing === undefined) throw new Error(`load ${reversal} is gone`)
    const said = `It takes load ${id} back once it is approved by somebody other than ${by}, and applied.`
    return { load: listing, done: true, dryRun: request.dryRun, said }
  } finally {
    await tools.close()
  }
}

/**
 * What takes a load back, and the settings that it goes by.
 * @throws LOAD-STATE, LOAD-NOT-REVERSIBLE
 */
export async function reversalOf(load: LoadRow, withUnseen: boolean, tools: Tools) {
  const { id } = load
  const other = (await loadsReversing(tools.state.database, [id])).find(isAlive)
  if (other !== undefined)
    throw new MatchbookError('LOAD-STATE', `load ${id} is taken back by load ${other.id} already`)
  if (load.status !== 'sent') throw refusedState(load, 'be taken back: nothing of it is in the ERP')
  if (load.reverses !== null) throw notReversible(id, `it takes load ${load.reverses} back itself`)
  const { job, settings } = settingsOf(load, tools)
  const template = templateOf(settings, tools)
  const stored = await loadPlan(tools.state.database, id)
  if (stored === undefined) throw notReversible(id, 'what it wrote is not kept')
  if (template.reversal === undefined)
    throw notReversible(id, `template ${template.template} does not say how a load is taken back`)
  const plan = await rowsThere(JSON.parse(stored.plan) as LoadPlan, load, withUnseen, tools)
  const { invoices, tables, obstacles } = reversePlan(template.reversal, plan, today(tools))
  if (obstacles.length > 0) {
    const more = obstacles.length > 5 ? `\n  and ${obstacles.length - 5} more` : ''
    throw notReversible(id, `\n  ${obstacles.slice(0, 5).join('\n  ')}${more}`)
  }
  const ofRows = Object.values(tables).flatMap(({ rows }) =>
    rows.flatMap(({ amount, fields }) => (amount === undefined ? [] : [{ amount, currency: fields.currency }])),
  )
  const money = invoices.length > 0 ? invoices.map(({ amount, currency }) => ({ amount, currency })) : ofRows
  return {
    job,
    load: settings,
    content: {
      ids: ['reversal', id],
      invoices,
      tables,
      template: reversingTemplate(template),
      money,
      moved: money.reduce<DecimalText>((sum, { amount }) => add(sum, absolute(amount)), ZERO),
      // Every load that takes another back is approved, whatever it moves.
      currencies: [],
      booked: { invoices: [], rows: [] },
    },
  }
}

function settingsOf(load: LoadRow, { workspace }: Tools): { readonly job: JobSettings; readonly settings: JobLoad } {
  const job = workspace.jobs.get(load.job)
  const settings = job?.loads.find(({ template }) => template === load.template)
  if (job !== undefined && settings !== undefined) return { job, settings }
  throw notReversible(
    load.id,
    `job ${load.job} has no load by template ${load.template}, which would say where it goes`,
  )
}

/** The plan less what is not in the ERP. */
async function rowsThere(plan: LoadPlan, load: LoadRow, withUnseen: boolean, tools: Tools): Promise<LoadPlan> {
  const { byId, notSeen } = await loadOutcomes(tools, load)
  if (notSeen > 0 && !withUnseen)
    throw notReversible(
      load.id,
      `nothing shows ${notSeen} of its rows in the ERP yet`,
      'Wait for the next extract, or take them back all the same with --with-unseen',
    )
  const isThere = (id: string): boolean => {
    const outcome: RowOutcome = byId.get(id) ?? 'not-sent'
    return outcome === 'loaded' || (outcome === 'not-seen' && withUnseen)
  }
  const left: LoadPlan = {
    ...plan,
    invoices: plan.invoices.filter(({ invoiceId }) => isThere(invoiceId)),
    tables: Object.fromEntries(
      Object.entries(plan.tables).map(([kind, { columns, rows }]) => [
        kind,
        { columns, rows: rows.filter(({ identities }) => identities.some(isThere)) },
      ]),
    ),
  }
  const isEmpty = left.invoices.length === 0 && Object.values(left.tables).every(({ rows }) => rows.length === 0)
  if (isEmpty) throw notReversible(load.id, 'the ERP has nothing of it')
  return left
}

const notReversible = (id: string, why: string, hint?: string): MatchbookError =>
  new MatchbookError(
    'LOAD-NOT-REVERSIBLE',
    `load ${id} cannot be taken back: ${why}`,
    hint === undefined ? {} : { hint },
  )
