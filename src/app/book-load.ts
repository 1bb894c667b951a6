import { createHash } from 'node:crypto'
import path from 'node:path'
import type { DecimalText } from '../canonical/index.js'
import type { JobLoad, JobSettings, LoadTemplate } from '../config/index.js'
import { MatchbookError } from '../errors/index.js'
import {
  type BuiltLoad,
  buildLoad,
  type LoadInvoice,
  lintLoad,
  loadFileName,
  type PlannedTable,
} from '../outputs/load/index.js'
import { appendAudit, type PlannedLoad, type StateDatabase, saveLoad } from '../state/index.js'
import type { Run } from './run.js'
import type { Tools } from './tools.js'
import { wrapForSending } from './wrap-for-sending.js'

export interface PlannedLoadOutput {
  readonly id: string
  readonly file: string
  readonly endpoint: string
  /** Of the template, for people. */
  readonly title: string
  readonly invoices: number
  /** Of invoices, or rows of the matcher's tables. */
  readonly lines: number
  readonly amount: DecimalText
}

/** What a load shall hold, and by which ids the store knows it: the same ids make the same load, whichever run asks. */
export interface LoadContent {
  readonly ids: readonly string[]
  readonly invoices: readonly LoadInvoice[]
  readonly tables: Readonly<Record<string, PlannedTable>>
  /** Money that the rows move, where invoices do not say it. */
  readonly amount?: DecimalText
  /** What the store is told of it. */
  readonly booked: Pick<PlannedLoad, 'invoices' | 'rows'>
  /** What the audit chain keeps of it beside the figures. */
  readonly audited?: Readonly<Record<string, unknown>>
  /** Done in the transaction that books it. */
  readonly commit?: (database: StateDatabase, loadId: string) => Promise<void>
}

export interface BookableLoad {
  readonly output: PlannedLoadOutput
  readonly commit: (database: StateDatabase) => Promise<void>
}

/**
 * A load, linted and written under a name that follows from its content; `commit` books it together with its place in the outbox.
 * @throws LOAD-LINT, TOTALS-DIFFER
 */
export async function bookLoad(
  run: Run,
  job: JobSettings,
  load: JobLoad,
  content: LoadContent,
  tools: Tools,
): Promise<BookableLoad> {
  const template = templateOf(load, tools)
  const key = createHash('sha256')
    .update(JSON.stringify([job.job, load.template, [...content.ids].sort()]))
    .digest('hex')
  const plan = {
    loadId: `${run.row.as_of.replaceAll('-', '')}-${key.slice(0, 8)}`,
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
  const outbox = {
    endpoint: load.endpoint,
    folder: load.folder,
    ...(await wrapForSending(built, name, load.wrap, tools)),
  }
  const { totals } = built
  const figures = {
    invoices: totals.invoices,
    lines: totals.lines + totals.rows,
    amount: content.amount ?? totals.amount,
  }
  return {
    output: { id: plan.loadId, file: name, endpoint: load.endpoint, title: template.title, ...figures },
    commit: async (database) => {
      const row = loadRow(run, job, template, built, { id: plan.loadId, idempotency_key: key, ...figures }, tools)
      await saveLoad(database, { load: row, ...content.booked, outbox })
      await content.commit?.(database, plan.loadId)
      await appendAudit(database, {
        at: row.planned_at,
        actor: `run ${run.id}`,
        action: 'load planned',
        subject: plan.loadId,
        detail: { ...figures, sha256: built.sha256, ...content.audited },
      })
    },
  }
}

/** @throws WORKSPACE-INVALID */
export function templateOf(load: JobLoad, { workspace }: Pick<Tools, 'workspace'>): LoadTemplate {
  const template = workspace.loads.get(load.template)
  if (template === undefined)
    throw new MatchbookError('WORKSPACE-INVALID', `there is no load template ${load.template}`)
  return template
}

const loadRow = (
  run: Run,
  job: JobSettings,
  { template }: LoadTemplate,
  { path: file, sha256 }: BuiltLoad,
  figures: Pick<PlannedLoad['load'], 'id' | 'idempotency_key' | 'invoices' | 'lines' | 'amount'>,
  tools: Tools,
): PlannedLoad['load'] => ({
  ...figures,
  job: job.job,
  run_id: run.id,
  template,
  status: 'planned',
  planned_at: tools.now(),
  sent_at: null,
  currency: tools.workspace.settings.currency,
  file,
  sha256,
})
