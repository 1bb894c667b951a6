import path from 'node:path'
import { DateTime } from 'luxon'
import type { DecimalText } from '../../canonical/index.js'
import {
  parseToleranceChange,
  readToleranceOverlay,
  stillHold,
  toleranceWords,
  type Workspace,
  withChanges,
} from '../../config/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { readsTolerances } from '../../match/index.js'
import { writeWhatIfCsv } from '../../outputs/whatif/whatif-csv.js'
import { invoicesTakenBy, nightsBetween, type RunRow, readyToRewind } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { checkedDate, today } from '../given-day.js'
import { partnerOfVendor } from '../suppliers/partner-of-vendor.js'
import type { Tools } from '../tools.js'
import { namesOfInvoices } from './invoice-names.js'
import { goBackTo, type PastNight } from './past-nights.js'
import { type Rerun, rerunNight } from './rerun-night.js'
import { type OtherException, type OtherInvoice, overpaid, TwoWorlds } from './two-worlds.js'
import { byCode, bySupplier, type CodeLine, type SupplierLine, totalsOf, type WhatIfTotals } from './whatif-figures.js'

export interface WhatIfRequest extends Omit<ToolOptions, 'dryRun'> {
  /** As `parseToleranceChange` reads them. */
  readonly changes: readonly string[]
  /** File with tolerances in place of those of the settings; `changes` come on top. */
  readonly overlay: string | undefined
  /** First and last night, yyyy-MM-dd; default: the last 30 days. */
  readonly from: string | undefined
  readonly to: string | undefined
  /** Only these; default: all jobs that ask tolerances. */
  readonly jobs: readonly string[]
  /** Written with a line an exception and an invoice. */
  readonly csv: string | undefined
}

export interface NightAgain {
  readonly run: string
  readonly job: string
  readonly asOf: string
  /** Why it could not be judged again; null: it was. */
  readonly left: string | null
  /** Where judged again under its own settings it comes to something else than it said; null: to the same. */
  readonly differs: string | null
}

export interface WhatIf {
  readonly from: string
  readonly to: string
  readonly currency: string
  /** The tolerances that were changed, in words, as they are under today's settings. */
  readonly tolerances: readonly string[]
  /** Entries that are more specific and hold all the same. */
  readonly stillHold: readonly string[]
  readonly nights: readonly NightAgain[]
  readonly totals: WhatIfTotals
  readonly bySupplier: readonly SupplierLine[]
  readonly byCode: readonly CodeLine[]
  readonly exceptions: readonly OtherException[]
  readonly invoices: readonly (OtherInvoice & {
    readonly invoice: string
    readonly supplier: string
    readonly overpaid: DecimalText
  })[]
  readonly csv: string | null
  readonly exit: ExitCode
}

/**
 * History under other tolerances: each night is read again from the archive and judged twice, by its own settings and with the tolerances changed,
 * on a copy of the store that is thrown away. Nothing is settled, loaded, written or sent.
 * @throws USAGE, WORKSPACE-INVALID, JOB-UNKNOWN
 */
export async function whatIf(request: WhatIfRequest): Promise<WhatIf> {
  const changes = request.changes.map(parseToleranceChange)
  const overlay = request.overlay === undefined ? undefined : (await readToleranceOverlay(request.overlay)).tolerances
  if (changes.length === 0 && overlay === undefined)
    throw new MatchbookError('USAGE', 'which tolerances? Name some with --tolerance, or a file with --tolerances')
  const otherwise = (tolerances: Tolerances): Tolerances => withChanges(overlay ?? tolerances, changes)
  // A dry run works on a copy of the store.
  const tools = await openTools({ ...request, dryRun: true }, 'look')
  try {
    const to = request.to === undefined ? today(tools) : checkedDate(request.to)
    const from = request.from === undefined ? daysBefore(to, USUAL_DAYS) : checkedDate(request.from)
    if (from > to) throw new MatchbookError('USAGE', `${from} is after ${to}`)
    const jobs = jobsAsked(request.jobs, tools.workspace)
    const nights = (await nightsBetween(tools.state.database, from, to)).filter(({ job }) => jobs.has(job))
    await readyToRewind(tools.state.database)
    const { again, worlds } = await judgeAgain(nights, otherwise, tools)
    const names = await namesOfInvoices(
      worlds.flatMap((world) => world.invoices()),
      tools,
    )
    const exceptions = worlds.flatMap((world) => world.exceptions())
    const invoices = worlds
      .flatMap((world) => world.invoices())
      .map((one) => ({ ...one, ...names(one), overpaid: overpaid(one) }))
    const { currency, tolerances, partners } = tools.workspace.settings
    const partnerOf = partnerOfVendor(partners)
    const csv = request.csv === undefined ? null : path.resolve(request.csv)
    if (csv !== null) await writeWhatIfCsv(csv, exceptions, invoices, currency)
    return {
      from,
      to,
      currency,
      tolerances: wordsOf(otherwise(tolerances), tolerances),
      stillHold: changes.flatMap((change) => stillHold(otherwise(tolerances), change)).map(toleranceWords),
      nights: again,
      totals: totalsOf(exceptions, invoices),
      bySupplier: bySupplier(
        exceptions,
        invoices,
        (supplier) => partners[partnerOf({ supplier }) ?? supplier]?.name ?? null,
      ),
      byCode: byCode(exceptions, invoices),
      exceptions,
      invoices,
      csv,
      exit: again.some(({ left }) => left !== null) ? ExitCode.partial : ExitCode.done,
    }
  } finally {
    await tools.close()
  }
}

type Tolerances = Workspace['settings']['tolerances']

const USUAL_DAYS = 30
const daysBefore = (day: string, days: number): string => DateTime.fromISO(day).minus({ days }).toISODate() ?? day

function jobsAsked(named: readonly string[], { jobs }: Workspace): ReadonlySet<string> {
  const asking = [...jobs.values()].filter(({ matcher }) => readsTolerances(matcher)).map(({ job }) => job)
  for (const name of named) {
    if (!jobs.has(name))
      throw new MatchbookError('JOB-UNKNOWN', `there is no job ${name}; of tolerances ask ${asking.join(', ')}`)
    if (!asking.includes(name))
      throw new MatchbookError('USAGE', `the job ${name} asks no tolerance; ${asking.join(', ')} do`)
  }
  return new Set(named.length === 0 ? asking : named)
}

const wordsOf = (changed: Tolerances, before: Tolerances): string[] => {
  const known = new Set(before.map(toleranceWords))
  return changed.map(toleranceWords).filter((words) => !known.has(words))
}

async function judgeAgain(
  nights: readonly RunRow[],
  otherwise: (tolerances: Tolerances) => Tolerances,
  tools: Tools,
): Promise<{ readonly again: readonly NightAgain[]; readonly worlds: readonly TwoWorlds[] }> {
  const worlds = new Map<string, TwoWorlds>()
  const again: NightAgain[] = []
  for (const [n, night] of nights.entries()) {
    tools.progress.advance(n, nights.length, 'nights')
    const world = worlds.get(night.job) ?? new TwoWorlds(night.job)
    worlds.set(night.job, world)
    again.push(await nightAgain(night, world, otherwise, tools))
  }
  return { again, worlds: [...worlds.values()] }
}

async function nightAgain(
  night: RunRow,
  world: TwoWorlds,
  otherwise: (tolerances: Tolerances) => Tolerances,
  tools: Tools,
): Promise<NightAgain> {
  const { id: run, job, as_of: asOf } = night
  const past = await goBackTo(night, tools)
  if (typeof past === 'string') return { run, job, asOf, left: past, differs: null }
  const taken = past.job.loads.length === 0 ? undefined : await invoicesTakenBy(tools.state.database, run)
  const { tolerances } = past.tools.workspace.settings
  const { was, would } = await rerunNight(past, { tolerances: otherwise(tolerances), gone: world.gone })
  world.add(asOf, was, would, taken)
  return { run, job, asOf, left: null, differs: differenceTo(past, was) }
}

/** What the night said of its invoices or its rows, against what it comes to when it is judged again by the same settings. */
function differenceTo({ summary }: PastNight, { invoices, outcomes }: Rerun): string | null {
  const said =
    invoices === undefined
      ? summary.outcomes?.map(({ label, count }) => [label, count] as const)
      : saidOfInvoices(summary)
  const found =
    invoices === undefined ? outcomes.map(({ label, count }) => [label, count] as const) : countsOf(invoices.outcomes)
  const now = new Map(found)
  const other = (said ?? []).filter(([label, count]) => (now.get(label) ?? 0) !== count)
  return other.length === 0
    ? null
    : other.map(([label, count]) => `${label.toLowerCase()} ${count} then, ${now.get(label) ?? 0} now`).join('; ')
}

const saidOfInvoices = ({ invoices }: PastNight['summary']): (readonly [string, number])[] =>
  invoices === null
    ? []
    : [
        ['Judged', invoices.judged.count],
        ['Clean', invoices.clean.count],
        ['Held', invoices.held.count + (invoices.released?.count ?? 0)],
        ['Waiting', invoices.waiting.count],
        ['Duplicate', invoices.duplicate.count],
      ]

function countsOf(outcomes: NonNullable<Rerun['invoices']>['outcomes']): (readonly [string, number])[] {
  const count = (outcome: string): number => outcomes.filter((one) => one.outcome === outcome).length
  return [
    ['Judged', outcomes.length],
    ['Clean', count('clean')],
    ['Held', count('held')],
    ['Waiting', count('waiting')],
    ['Duplicate', count('duplicate')],
  ]
}
