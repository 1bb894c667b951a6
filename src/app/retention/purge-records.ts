import { existsSync } from 'node:fs'
import path from 'node:path'
import {
  endedRuns,
  exceptionsChangedSince,
  keptDocuments,
  listExceptions,
  runsWithSettings,
  type StoredException,
  tombstonesOf,
} from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { Tools } from '../tools.js'
import { stateFolder } from '../workspace/state-folder.js'
import { type ClassPlan, type PurgeBasis, planClass } from './purge-plan.js'

/** Contents of documents that nothing more is to come of: invoices the ERP has, and whatever is no invoice. */
export async function planDocuments(before: string, basis: PurgeBasis, { state }: Tools): Promise<ClassPlan> {
  const old = await keptDocuments(state.database, before)
  const rows = old.map((row) => ({ subject: row.id, name: `${row.kind} ${row.business_key}`, row }))
  return planClass('documents', basis, rows, ({ row }) => {
    const held = basis.heldBy({ partner: row.partner, from: row.received_on, to: row.received_on })
    if (held !== undefined) return held
    if (row.kind === 'invoice' && row.state === 'open') return 'the invoice is not settled'
    if (row.kind === 'invoice' && row.state === 'loaded') return 'a load that the ERP has not confirmed needs it'
    const isOpen = basis.openFiles.has(row.sha256) || basis.openInvoices.has(row.business_key)
    return isOpen ? 'an open exception needs it' : undefined
  })
}

/** Exceptions that healed or were decided long ago and were not found since. */
export async function planExceptions(before: string, basis: PurgeBasis, tools: Tools): Promise<ClassPlan> {
  const settled = await listExceptions(tools.state.database, { statuses: ['healed', 'decided'] })
  const changed = await exceptionsChangedSince(tools.state.database, before)
  const old = settled.filter(({ id, lastSeen }) => lastSeen < before && !changed.has(id))
  const rows = old.map((one) => ({ subject: String(one.id), name: `${exceptionId(one.id)} ${one.code}`, one }))
  return planClass('exceptions', basis, rows, ({ one }) => {
    const times = { from: one.firstSeen, to: one.lastSeen }
    const held = partnersOf(one, tools).map((partner) => basis.heldBy({ partner, ...times }))
    return basis.heldBy(times) ?? held.find((reason) => reason !== undefined)
  })
}

function partnersOf({ keys }: StoredException, { workspace }: Tools): string[] {
  const byVendor = Object.entries(workspace.settings.partners).filter(([, { vendors }]) =>
    vendors.some(({ vendor }) => vendor === keys.supplier),
  )
  return [...(keys.partner === undefined ? [] : [keys.partner]), ...byVendor.map(([name]) => name)]
}

/** Workbooks and hold lists. They hold every partner's lines, so a hold on any one covers them. */
export async function planReports(before: string, basis: PurgeBasis, tools: Tools): Promise<ClassPlan> {
  const folder = path.join(stateFolder(tools.workspace), 'reports')
  return planRuns('reports', before, basis, tools, (id) => existsSync(path.join(folder, id)))
}

/** What the steps of a run left behind, and its summary. */
export async function planLogs(before: string, basis: PurgeBasis, tools: Tools): Promise<ClassPlan> {
  return planRuns('logs', before, basis, tools, () => true)
}

/** The settings that runs were judged by. */
export async function planSettings(before: string, basis: PurgeBasis, tools: Tools): Promise<ClassPlan> {
  const kept = await runsWithSettings(tools.state.database)
  return planRuns('settings', before, basis, tools, (id) => kept.has(id))
}

async function planRuns(
  of: 'reports' | 'logs' | 'settings',
  before: string,
  basis: PurgeBasis,
  tools: Tools,
  isThere: (run: string) => boolean,
): Promise<ClassPlan> {
  const { database } = tools.state
  const gone = await tombstonesOf(database, of)
  const ended = await endedRuns(database)
  // The workbook can be written again from the last that was finished; the last of all may be gone on with.
  const last = new Set([
    ...new Map(ended.map(({ job, id }) => [job, id])).values(),
    ...new Map(ended.filter(({ status }) => status !== 'failed').map(({ job, id }) => [job, id])).values(),
  ])
  const old = ended.filter(({ started_at }) => started_at < before).filter(({ id }) => !gone.has(id) && isThere(id))
  const partners = [undefined, ...Object.keys(tools.workspace.settings.partners)]
  const rows = old.map((run) => ({ subject: run.id, name: `${run.job}, as of ${run.as_of}`, run }))
  return planClass(of, basis, rows, ({ run }) => {
    const times = { from: run.as_of, to: run.as_of }
    const held = partners.map((partner) => basis.heldBy({ partner, ...times })).find((reason) => reason !== undefined)
    if (held !== undefined) return held
    return last.has(run.id) ? 'it is of the last run of its job' : undefined
  })
}
