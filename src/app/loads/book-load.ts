import { createHash } from 'node:crypto'
import path from 'node:path'
import { type DecimalText, type MoneyApart, moneyApart } from '../../canonical/index.js'
import type { JobLoad, JobSettings, LoadTemplate } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import {
  buildLoad,
  type LoadInvoice,
  type LoadPlan,
  lintLoad,
  loadFileName,
  type PlannedTable,
} from '../../outputs/load/index.js'
import {
  appendAudit,
  loadOfKey,
  type PlannedLoad,
  type StateDatabase,
  saveLoad,
  saveLoadEvent,
  saveLoadPlan,
  setDocumentState,
} from '../../state/index.js'
import { noteLoadWaits } from '../notify/note-load.js'
import { wrapForSending } from '../push/wrap-for-sending.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { approvalNeeded } from './approval-needed.js'

export interface PlannedLoadOutput extends MoneyApart {
  readonly id: string
  readonly file: string
  readonly endpoint: string
  /** Of the template, for people. */
  readonly title: string
  readonly invoices: number
  /** Of invoices, or rows of the matcher's tables. */
  readonly lines: number
  /** Why somebody has to approve it before it may go out; null where it goes with the night. */
  readonly approval: string | null
}

/** What a load shall hold, and by which ids the store knows it: the same ids make the same load, whichever run asks. */
export interface LoadContent {
  readonly ids: readonly string[]
  readonly invoices: readonly LoadInvoice[]
  readonly tables: Readonly<Record<string, PlannedTable>>
  /** What it is written by, where that is not the template as it stands. */
  readonly template?: LoadTemplate
  /** What each row moves; a currency that it does not name is that of the workspace. */
  readonly money: readonly { readonly currency: string | undefined; readonly amount: DecimalText }[]
  /** All the money in its rows, whichever way it goes; undefined where no row says any. */
  readonly moved: DecimalText | undefined
  /** Each currency that money is in, where a row says it. */
  readonly currencies: readonly string[]
  /** What the store is told of it. */
  readonly booked: Pick<PlannedLoad, 'invoices' | 'rows'>
  /** What the audit chain keeps of it beside the figures. */
  readonly audited?: Readonly<Record<string, unknown>>
  /** Done in the transaction that books it, before. */
  readonly commitFirst?: (database: StateDatabase) => Promise<void>
  /** Done in the transaction that books it. */
  readonly commit?: (database: StateDatabase, loadId: string) => Promise<void>
}

export interface BookableLoad {
  readonly output: PlannedLoadOutput
  readonly commit: (database: StateDatabase) => Promise<void>
}

/** Who has a load made, and when: a run, or a person who has one taken back. */
export interface LoadOrigin {
  readonly asOf: string
  readonly runId: string
  /** As the audit chain names it. */
  readonly actor: string
  /** The person, and why. */
  readonly requested?: { readonly by: string; readonly reason: string; readonly reverses: string }
}

export const originOf = (run: Run): LoadOrigin => ({ asOf: run.row.as_of, runId: run.id, actor: `run ${run.id}` })

/**
 * A load, linted and written under a name that follows from its content; `commit` books it together with its place in the outbox, or, when
 * somebody has to approve it, without.
 * @throws LOAD-LINT, TOTALS-DIFFER
 */
export async function bookLoad(
  origin: LoadOrigin,
  job: JobSettings,
  load: JobLoad,
  content: LoadContent,
  tools: Tools,
): Promise<BookableLoad> {
  const template = content.template ?? templateOf(load, tools)
  const key = await freeKey([job.job, load.template, [...content.ids].sort()], tools)
  const plan: LoadPlan = {
    loadId: `${origin.asOf.replaceAll('-', '')}-${key.slice(0, 8)}`,
    groupId: key.slice(0, 12).toUpperCase(),
    source: load.values.source ?? 'MATCHBOOK',
    values: load.values,
    valuesByCompany: load['values-by-company'],
    invoices: content.invoices,
    tables: content.tables,
  }
  const problems = lintLoad(template, plan)
  if (problems.length > 0) {
    const shown = problems.slice(0, 10).map(({ message }) => `  ${message}`)
    throw new MatchbookError(
      'LOAD-LINT',
      `the load breaks ${problems.length} rules of ${template.title}:\n${shown.join('\n')}`,
    )
  }
  const name = loadFileName(template, plan.loadId)
  const built = await buildLoad(template, plan, path.join(tools.folder, 'loads', name))
  const delivery = {
    endpoint: load.endpoint,
    folder: load.folder,
    ...(await wrapForSending(built, name, load.wrap, tools)),
  }
  const { totals } = built
  const { currency } = tools.workspace.settings
  const figures = {
    invoices: totals.invoices,
    lines: totals.lines + totals.rows,
    ...loadMoney(content.money, currency),
  }
  const { requested } = origin
  const approval =
    requested === undefined ? approvalNeeded(load, content, currency) : `it takes load ${requested.reverses} back`
  return {
    output: { id: plan.loadId, file: name, endpoint: load.endpoint, title: template.title, ...figures, approval },
    commit: async (database) => {
      const row: PlannedLoad['load'] = {
        id: plan.loadId,
        idempotency_key: key,
        invoices: figures.invoices,
        lines: figures.lines,
        ...moneyRow(figures),
        job: job.job,
        run_id: origin.runId,
        template: template.template,
        status: approval === null ? 'planned' : 'waiting',
        planned_at: tools.now(),
        sent_at: null,
        currency,
        file: built.path,
        sha256: built.sha256,
        approval,
        delivery: JSON.stringify(delivery),
        reverses: requested?.reverses ?? null,
        requested_by: requested?.by ?? null,
      }
      await content.commitFirst?.(database)
      await saveLoad(database, { load: row, ...content.booked, ...(approval === null ? { outbox: delivery } : {}) })
      await saveLoadPlan(database, plan.loadId, { plan: JSON.stringify(plan), made_by: madeBy(template, load) })
      // As long as it waits, what it holds is judged each night as if there was no load.
      if (approval === null) await setDocumentState(database, idsOf(content), 'loaded')
      await content.commit?.(database, plan.loadId)
      if (approval !== null) await noteLoadWaits(database, row, load.approvers, tools)
      const reason = requested?.reason ?? null
      await saveLoadEvent(database, {
        load_id: plan.loadId,
        at: row.planned_at,
        event: 'planned',
        person: requested?.by ?? null,
        actor: origin.actor,
        reason,
        sha256: built.sha256,
      })
      await appendAudit(database, {
        at: row.planned_at,
        actor: origin.actor,
        action: 'load planned',
        subject: plan.loadId,
        detail: {
          ...figures,
          sha256: built.sha256,
          ...(approval === null ? {} : { approval }),
          ...(requested === undefined ? {} : { reverses: requested.reverses, reason }),
          ...content.audited,
        },
      })
    },
  }
}

/** What a load moves: in the currency of the workspace, and beside it in others. */
export const loadMoney = (money: LoadContent['money'], currency: string): MoneyApart =>
  moneyApart(
    money.map((one) => ({ amount: one.amount, currency: one.currency || currency })),
    currency,
  )

/** The same as the store keeps it. */
export const moneyRow = ({ amount, otherCurrencies }: MoneyApart) => ({
  amount,
  other_currencies: otherCurrencies === undefined ? null : JSON.stringify(otherCurrencies),
})

const idsOf = ({ booked }: LoadContent): string[] => booked.invoices.map(({ invoiceId }) => invoiceId)

/** The template and values that the rows are written by: what is approved under these is not what is written under others. */
export const madeBy = (template: LoadTemplate, { values, 'values-by-company': byCompany }: JobLoad): string =>
  createHash('sha256')
    .update(JSON.stringify([template, values, byCompany]))
    .digest('hex')

/** The same content makes the same load; what an earlier load gave back, or the ERP has shown since, makes another. */
async function freeKey(content: readonly unknown[], { state }: Tools): Promise<string> {
  for (let again = 0; ; again++) {
    const key = createHash('sha256')
      .update(JSON.stringify(again === 0 ? content : [...content, again]))
      .digest('hex')
    if ((await loadOfKey(state.database, key)) === undefined) return key
  }
}

/** @throws WORKSPACE-INVALID */
export function templateOf(load: JobLoad, { workspace }: Pick<Tools, 'workspace'>): LoadTemplate {
  const template = workspace.loads.get(load.template)
  if (template === undefined)
    throw new MatchbookError('WORKSPACE-INVALID', `there is no load template ${load.template}`)
  return template
}
