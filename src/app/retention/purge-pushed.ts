import path from 'node:path'
import { loadsToConfirm, sentFiles, tombstonesOf } from '../../state/index.js'
import type { Tools } from '../tools.js'
import { stateFolder } from '../workspace/state-folder.js'
import { type ClassPlan, type Doomed, type PurgeBasis, planClass } from './purge-plan.js'

export interface DoomedCopy extends Doomed {
  /** Below the state folder. */
  readonly files: readonly string[]
}

/** Loads and acknowledgments as they were sent. What waits is never old enough. A load holds every partner's lines, so a hold on any covers it. */
export async function planPushed(before: string, basis: PurgeBasis, tools: Tools): Promise<ClassPlan<DoomedCopy>> {
  const { database } = tools.state
  const gone = await tombstonesOf(database, 'pushed')
  const unconfirmed = await loadsToConfirm(database)
  const partners = [undefined, ...Object.keys(tools.workspace.settings.partners)]
  const rows = (await sentFiles(database))
    .filter(({ id, sent_at }) => sent_at !== null && sent_at < before && !gone.has(String(id)))
    .map((row) => ({ subject: String(row.id), name: row.name, files: filesOf(row, stateFolder(tools.workspace)), row }))
  return planClass('pushed', basis, rows, ({ row }) => {
    const times = { from: row.queued_at, to: row.sent_at ?? row.queued_at }
    const held = partners.map((partner) => basis.heldBy({ partner, ...times })).find((reason) => reason !== undefined)
    if (held !== undefined) return held
    if (path.relative(stateFolder(tools.workspace), row.local_file).startsWith(`evidence${path.sep}`))
      return 'it is an evidence pack'
    const isNeeded = row.load_id !== null && unconfirmed.has(row.load_id)
    return isNeeded ? 'a load that the ERP has not confirmed needs it' : undefined
  })
}

/** What was sent, and the readable file that was compressed or encrypted into it. */
function filesOf(row: { readonly local_file: string; readonly load_file: string | null }, folder: string): string[] {
  const readable = row.load_file ?? row.local_file.replace(/\.pgp$/, '').replace(/\.gz$/, '')
  return [...new Set([row.local_file, readable])]
    .map((file) => path.relative(folder, file))
    .filter((file) => !file.startsWith('..') && !path.isAbsolute(file))
}
