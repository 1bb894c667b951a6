import path from 'node:path'
import type { Amounts } from '../../canonical/index.js'
import type { Workspace } from '../../config/index.js'
import {
  type LoadFilter,
  type LoadRow,
  type LoadStatus,
  loadEvents,
  listLoads as loadsOfStore,
  loadsReversing,
  type StoredLoadEvent,
} from '../../state/index.js'
import { refuseUnknownNames } from '../exceptions/known-names.js'
import type { Reading } from '../reading.js'
import { type LoadVerdict, loadOutcomes } from './load-outcomes.js'

/** A load as --json shows it; the shape is part of the published surface. */
export interface LoadListing {
  readonly id: string
  readonly job: string
  readonly template: string
  readonly status: LoadStatus
  /** Whom or what it waits for, in words; null when it waits for nothing. */
  readonly waitsFor: string | null
  /** Why somebody has to approve it; null where nobody has to. */
  readonly approval: string | null
  readonly invoices: number
  /** Lines of invoices, or rows of the matcher's tables. */
  readonly lines: number
  /** Of what is in `currency`. */
  readonly amount: string
  readonly currency: string
  /** What is in others, by currency; absent where there is none. */
  readonly otherCurrencies?: Amounts
  readonly plannedAt: string
  readonly sentAt: string | null
  readonly run: string
  /** Name of the file, and the hash of its bytes: an approval is of these. */
  readonly file: string
  readonly sha256: string
  /** The load that it takes back, and the one that takes it back. */
  readonly reverses: string | null
  readonly reversedBy: string | null
  readonly requestedBy: string | null
  readonly approvedBy: string | null
  /** What is known of it in the ERP. */
  readonly verdict: LoadVerdict
  readonly rows: number
  readonly loaded: number
  readonly rejected: number
  readonly notSeen: number
  readonly givenBack: number
}

/** Newest first. */
export async function listLoads(
  reading: Reading,
  filter: LoadFilter,
): Promise<{ readonly loads: readonly LoadListing[]; readonly timezone: string }> {
  const rows = await loadsOfStore(reading.state.database, filter)
  if (rows.length === 0) refuseUnknownNames(reading, filter)
  const loads = await listings(reading, rows)
  return { loads, timezone: reading.workspace.settings.timezone }
}

export async function listings(
  reading: Pick<Reading, 'state' | 'workspace' | 'now'>,
  rows: readonly LoadRow[],
): Promise<LoadListing[]> {
  const { database } = reading.state
  const events = await loadEvents(
    database,
    rows.map(({ id }) => id),
  )
  const reversing = await loadsReversing(
    database,
    rows.map(({ id }) => id),
  )
  const reversals = new Map(
    reversing.filter(isAlive).flatMap(({ id, reverses }) => (reverses === null ? [] : [[reverses, id] as const])),
  )
  return Promise.all(
    rows.map(async (row): Promise<LoadListing> => {
      const { byId: _ids, told: _told, ...outcome } = await loadOutcomes(reading, row)
      return {
        id: row.id,
        job: row.job,
        template: row.template,
        status: row.status,
        waitsFor: waitsFor(row, reading.workspace),
        approval: row.approval,
        invoices: row.invoices,
        lines: row.lines,
        amount: row.amount,
        currency: row.currency,
        ...otherCurrencies(row),
        plannedAt: row.planned_at,
        sentAt: row.sent_at,
        run: row.run_id,
        file: path.basename(row.file),
        sha256: row.sha256,
        reverses: row.reverses,
        reversedBy: reversals.get(row.id) ?? null,
        requestedBy: row.requested_by,
        approvedBy: approvalOf(row, events)?.person ?? null,
        ...outcome,
      }
    }),
  )
}

export const otherCurrencies = ({ other_currencies: others }: Pick<LoadRow, 'other_currencies'>) =>
  others === null ? {} : { otherCurrencies: JSON.parse(others) as Amounts }

/** Neither refused nor built anew. */
export const isAlive = ({ status }: Pick<LoadRow, 'status'>): boolean =>
  status !== 'rejected' && status !== 'superseded'

/** The approval that stands: the last one, of these very bytes. */
export const approvalOf = (
  { id, sha256, status }: LoadRow,
  events: readonly StoredLoadEvent[],
): StoredLoadEvent | undefined =>
  status === 'waiting' || !isAlive({ status })
    ? undefined
    : events.findLast((one) => one.load_id === id && one.event === 'approved' && one.sha256 === sha256)

/** Whom or what a load waits for, in words. */
export function waitsFor(
  load: Pick<LoadRow, 'id' | 'status' | 'job' | 'template'>,
  workspace: Workspace,
): string | null {
  switch (load.status) {
    case 'waiting': {
      const approvers = approversOf(load, workspace)
      return `approval by ${approvers.length === 0 ? 'somebody who decided nothing in it' : approvers.join(' or ')}`
    }
    case 'approved':
      return `being applied: matchbook loads apply ${load.id}`
    case 'planned':
      return 'the next push'
    default:
      return null
  }
}

/** Who may approve loads of this kind; empty: whoever decided nothing in them. */
export const approversOf = (
  { job, template }: Pick<LoadRow, 'job' | 'template'>,
  { jobs }: Workspace,
): readonly string[] => jobs.get(job)?.loads.find((one) => one.template === template)?.approvers ?? []
