import type { WorkspaceSettings } from '../../config/index.js'
import { clusters } from '../../exceptions/index.js'
import type { ExceptionRow, ReportContent } from '../../outputs/report/index.js'
import type { RunRow, StateDatabase, StoredException } from '../../state/index.js'
import { queuesOf } from '../notify/owners.js'
import { nightsBefore } from './report-nights.js'
import type { ReportPart } from './workbook-files.js'

/** Of exceptions that name no facility: they are in a workbook too. */
const NO_FACILITY = 'no facility'

/** The owner or facility whose workbook an exception is in. */
export function partOf(
  { queue, keys }: Pick<StoredException, 'queue' | 'keys'>,
  kind: ReportPart['kind'],
  { queues }: Pick<WorkspaceSettings, 'queues'>,
): string {
  return kind === 'owner' ? (queues[queue]?.owner ?? queue) : (keys.facility ?? NO_FACILITY)
}

/** Each owner or facility that has open exceptions, by name. */
export const partsOf = (
  open: readonly StoredException[],
  kind: ReportPart['kind'],
  settings: WorkspaceSettings,
): ReportPart[] =>
  [...new Set(open.map((exception) => partOf(exception, kind, settings)))].sort().map((name) => ({ kind, name }))

/**
 * What a workbook of one owner or facility shows: their exceptions with their own summary, and nothing of the others. A cause is in it
 * where all of its exceptions are, since a decision about it settles all.
 * @param whole the workbook of the job; `open` its exceptions, in the order of its rows
 */
export async function partContent(
  whole: ReportContent,
  open: readonly StoredException[],
  part: ReportPart,
  {
    run,
    database,
    settings,
  }: { readonly run: RunRow; readonly database: StateDatabase; readonly settings: WorkspaceSettings },
): Promise<ReportContent> {
  const rows = [...(whole.exceptions as Iterable<ExceptionRow>)]
  const isOwn = open.map((exception) => partOf(exception, part.kind, settings) === part.name)
  const own = open.filter((_, n) => isOwn[n])
  const manyOf = new Map(clusters(open).map(({ id, members }) => [id, members.length]))
  const complete = new Set(clusters(own).flatMap(({ id, members }) => (manyOf.get(id) === members.length ? [id] : [])))
  const queues = new Set(own.map(({ queue }) => queue))
  const { suppliers: _suppliers, unconfirmed: _unconfirmed, ...shared } = whole
  return {
    ...shared,
    part,
    queues: whole.queues.filter(({ name }) => queues.has(name)),
    exceptions: rows.filter((_, n) => isOwn[n]),
    clusters: whole.clusters.filter(({ id }) => complete.has(id)),
    outcomes: [],
    // How many a facility had is not kept from night to night.
    nights: part.kind === 'owner' ? await nightsBefore(database, run, new Set(queuesOf(part.name, settings))) : [],
    healed: null,
    invoices: undefined,
    tables: [],
    controlTotals: [],
    inputs: [],
    loads: [],
  }
}
