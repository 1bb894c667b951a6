import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { compare, type FindingKeys } from '../../canonical/index.js'
import { unsettled } from '../../exceptions/index.js'
import type {
  Cut,
  DashboardContent,
  DashboardLoad,
  DearException,
  JobHealth,
  LateFile,
} from '../../outputs/dashboard/index.js'
import { dashboardPage } from '../../outputs/dashboard/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { listExceptions, type StoredException } from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { Reading } from '../reading.js'
import { status, type WorkspaceStatus } from '../status.js'
import { allScorecards, supplierNames } from '../suppliers/all-scorecards.js'
import { grouped } from '../suppliers/grouped.js'
import type { Scorecard } from '../suppliers/scorecard.js'
import { backlogTotals, isOverdue, riskBy, type Today, today } from './backlog-totals.js'
import { nightsOf } from './nights.js'

/** Rows of a list that the page has room for; the totals are of all. */
const SHOWN = 25
/** Names of money at risk. */
const RISKS = 12

/** The page as it is now. `out`: a file that is replaced as a whole. */
export async function dashboard(
  reading: Reading,
  out: string | undefined,
): Promise<{ readonly content: DashboardContent; readonly page: string; readonly file: string | null }> {
  const content = await dashboardContent(reading)
  const page = dashboardPage(content)
  if (out === undefined) return { content, page, file: null }
  const file = path.resolve(out)
  await placeFile(file, (temporary) => writeFile(temporary, page))
  return { content, page, file }
}

async function dashboardContent(reading: Reading): Promise<DashboardContent> {
  const { state, workspace, now } = reading
  const { partners } = workspace.settings
  const current = await status(reading)
  const open = await listExceptions(state.database, { statuses: unsettled })
  const day = today(now(), current.timezone)
  const supplierOf = supplierNames(workspace)
  const nameOf = (one: StoredException): string => {
    const supplier = supplierOf(one)
    return partners[supplier]?.name ?? (supplier === '' ? 'no supplier' : supplier)
  }
  const nights = await Promise.all([...workspace.jobs.keys()].map((job) => nightsOf(state.database, job)))
  const byQueue = grouped(open, ({ queue }) => queue)
  const dearest = [...open].sort((a, b) => compare(b.amountAtRisk, a.amountAtRisk) || a.id - b.id)
  const cards = (await allScorecards(reading)).sort((a, b) => compare(b.amountAtRisk, a.amountAtRisk))
  return {
    organisation: current.organisation,
    profile: current.profile,
    timezone: current.timezone,
    currency: current.currency,
    writtenAt: day.now,
    backlog: backlogTotals(open, day, current.currency),
    jobs: current.jobs.map(jobHealth),
    queues: current.queues.map(({ queue, owner }) => ({
      queue,
      owner,
      ...backlogTotals(byQueue.get(queue) ?? [], day, current.currency),
    })),
    risk: [
      riskBy('supplier', open, nameOf, RISKS, current.currency),
      riskBy('code', open, ({ code }) => code, RISKS, current.currency),
    ],
    dearest: cut(dearest, (one) => dearException(one, nameOf(one), day)),
    reconciliations: nights.flatMap(({ reconciliation }) => reconciliation ?? []),
    trends: nights.flatMap(({ trends }) => trends),
    late: cut(lateFiles(current), (file) => file),
    loads: cut(loadsOf(current), (load) => load),
    outbox: { waiting: current.outbox.length, oldest: current.outbox[0]?.queuedAt ?? null },
    down: current.down.map(({ endpoint, since, message }) => ({ endpoint, since, message })),
    suppliers: cut(cards, supplierRow),
  }
}

const cut = <Row, Shown>(rows: readonly Row[], shown: (row: Row) => Shown): Cut<Shown> => ({
  rows: rows.slice(0, SHOWN).map(shown),
  total: rows.length,
})

function jobHealth({ job, title, lastRun, schedule }: WorkspaceStatus['jobs'][number]): JobHealth {
  const due = schedule?.due ?? null
  const waits = due === null || due.waitsFor.length === 0 ? '' : ` for ${due.waitsFor.join(', ')}`
  return {
    job,
    title,
    lastRun: lastRun === null ? null : { status: lastRun.status, at: lastRun.finishedAt ?? lastRun.startedAt },
    next: schedule?.next ?? null,
    owed: due === null ? null : due.isLate ? 'late' : waits === '' ? 'due' : `waits${waits}`,
    isLate: due?.isLate ?? false,
  }
}

/** Keys of the trade alone, as people call them: none of a person, case or employee, nor a charge or lot that leads to one. */
const keysToldOf: readonly (readonly [key: keyof FindingKeys, name: string])[] = [
  ['po', 'PO'],
  ['invoice', 'invoice'],
  ['requisition', 'requisition'],
  ['contract', 'contract'],
  ['journal', 'journal'],
  ['costCenter', 'cost centre'],
  ['department', 'department'],
  ['payCode', 'pay code'],
  ['account', 'account'],
  ['period', 'period'],
  ['location', 'location'],
  ['item', 'item'],
  ['identifier', 'identifier'],
  ['other', 'beside'],
  ['obligation', 'document'],
  ['field', 'field'],
  ['uom', 'unit'],
  ['facility', 'facility'],
  ['file', 'file'],
]

function dearException(one: StoredException, supplier: string, day: Today): DearException {
  return {
    id: exceptionId(one.id),
    code: one.code,
    queue: one.queue,
    severity: one.severity,
    supplier,
    about: keysToldOf
      .flatMap(([key, name]) => (one.keys[key] === undefined ? [] : [`${name} ${one.keys[key]}`]))
      .join(', '),
    amountAtRisk: one.amountAtRisk,
    currency: one.currency,
    dueAt: one.dueAt,
    isOverdue: isOverdue(one, day),
  }
}

const lateFiles = ({ awaited, notTaken }: WorkspaceStatus): LateFile[] => [
  ...awaited.map(({ include, endpoint, folder, expectedBy, came, expected }) => ({
    what: include.join(', '),
    from: `${endpoint}: ${folder}`,
    since: expectedBy,
    why: `${came} of ${expected} came`,
  })),
  ...notTaken.map(({ name, endpoint, folder, since, reason }) => ({
    what: name,
    from: `${endpoint}: ${folder}`,
    since,
    why: reason,
  })),
]

const loadsOf = ({ loadsWaiting, loadsNotThere }: WorkspaceStatus): DashboardLoad[] => [
  ...loadsNotThere.map(({ id, job, sentAt, loaded, rows, rejected, verdict }) => ({
    id,
    job,
    since: sentAt,
    state: `${loaded === 0 ? 'NONE' : loaded} of ${rows} rows in the ERP, ${rejected} rejected`,
    isBad: verdict === 'nothing-loaded',
  })),
  ...loadsWaiting.map(({ id, job, since, waitsFor }) => ({
    id,
    job,
    since,
    state: `waits for ${waitsFor}`,
    isBad: false,
  })),
]

const supplierRow = ({
  name,
  invoices,
  open,
  amountAtRisk,
  otherCurrencies,
  priceErrors,
  duplicates,
  answers,
}: Scorecard) => ({
  name,
  judged: invoices.judged,
  firstPass: invoices.firstPass,
  open,
  amountAtRisk,
  ...(otherCurrencies === undefined ? {} : { otherCurrencies }),
  priceErrors: priceErrors.count,
  duplicates: duplicates.count,
  answers:
    answers.due === 0
      ? 'none due'
      : `${answers.due} due, ${answers.inTime} in time, ${answers.late} late, ${answers.missing} missing`,
})
