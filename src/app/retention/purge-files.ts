import { type FileRow, filesWithInvoicesToCome, keptFiles } from '../../state/index.js'
import { chainsOf } from '../check/extract-changes.js'
import type { Tools } from '../tools.js'
import { type ClassPlan, type Doomed, type PurgeBasis, planClass } from './purge-plan.js'

export interface DoomedFile extends Doomed {
  readonly row: FileRow
}

/** Bytes in the archive. What several lines of the ledger share goes when none of them needs it any more. */
export async function planFiles(before: string, basis: PurgeBasis, tools: Tools): Promise<ClassPlan<DoomedFile>> {
  const { database } = tools.state
  const rows = await keptFiles(database)
  const toCome = await filesWithInvoicesToCome(database)
  const newest = newestExtracts(rows, tools)
  const needed = new Map<FileRow, string | undefined>(
    rows.map((row) => [row, whyNeeded(row, before, basis, toCome, newest)]),
  )
  const young = 'it, or what has the same bytes, is not old enough'
  const bySha = grouped(rows, ({ sha256 }) => sha256)
  const byWrapper = grouped(rows, ({ wrapped_in }) => wrapped_in)
  const why = (row: FileRow): string | undefined => {
    const others = [...(bySha.get(row.sha256) ?? []), ...(byWrapper.get(row.id) ?? [])]
    const first = [row, ...others].find((one) => needed.get(one) !== undefined || one.taken_at >= before)
    return first === undefined ? undefined : (needed.get(first) ?? young)
  }
  const old = rows.filter(({ taken_at }) => taken_at < before)
  return planClass(
    'files',
    basis,
    old.map((row) => ({ subject: String(row.id), name: row.name, row })),
    ({ row }) => why(row),
  )
}

function grouped<K>(rows: readonly FileRow[], keyOf: (row: FileRow) => K): ReadonlyMap<K, readonly FileRow[]> {
  const groups = new Map<K, FileRow[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}

function whyNeeded(
  row: FileRow,
  before: string,
  { heldBy, openFiles }: PurgeBasis,
  toCome: ReadonlyMap<number, string>,
  newest: ReadonlySet<number>,
): string | undefined {
  if (row.taken_at >= before) return undefined
  const held = heldBy({ partner: row.partner ?? undefined, from: row.taken_at, to: row.taken_at })
  if (held !== undefined) return held
  if (row.disposition === 'quarantined') return 'it is in quarantine'
  if (row.disposition === 'taken') return 'it is not read yet'
  if (openFiles.has(row.sha256)) return 'an open exception needs it'
  const state = toCome.get(row.id)
  if (state === 'loaded') return 'a load that the ERP has not confirmed needs it'
  if (state !== undefined) return 'an invoice that is not settled needs it'
  return newest.has(row.id) ? 'it is the newest extract of its input' : undefined
}

/** The extract that each input of each job will be judged by if no newer one comes; where changes come, all files it is put together from. */
function newestExtracts(rows: readonly FileRow[], { workspace }: Tools): ReadonlySet<number> {
  const newest = new Map<string, FileRow>()
  const below = new Set<number>()
  for (const job of workspace.jobs.values())
    for (const [input, settings] of Object.entries(job.inputs)) {
      if (settings.kind !== 'extract' || settings.changes === undefined) continue
      const read = rows.filter((row) => row.job === job.job && row.input === input && row.disposition === 'read')
      const [last] = chainsOf(read, settings.changes).chains
      for (const { id } of last === undefined ? [] : [last.whole, ...last.changes]) below.add(id)
    }
  for (const row of rows) {
    if (row.disposition !== 'read' || workspace.jobs.get(row.job)?.inputs[row.input]?.kind !== 'extract') continue
    const key = `${row.job} ${row.input}`
    const known = newest.get(key)
    if (known === undefined || row.modified >= known.modified) newest.set(key, row)
  }
  return new Set([...below, ...[...newest.values()].map(({ id }) => id)])
}
