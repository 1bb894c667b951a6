import { compareText } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import type { Deed, EvidencePack, Lack, SettingInForce } from '../../outputs/evidence/index.js'
import {
  auditRows,
  GENESIS,
  lastAuditBefore,
  packEnding,
  type RunRow,
  runsWithin,
  type Span,
  type StateDatabase,
  type StoredRow,
  settingsWithin,
  tombstonesSince,
  verifyAudit,
} from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { purgedWords } from '../files/purged-words.js'
import type { Tools } from '../tools.js'
import { auditLine } from './audit-chain.js'
import { fileLedger } from './file-ledger.js'
import { decisionList, exceptionLists, judgedLists, loadLists, runList, totalList, workbookList } from './pack-lists.js'
import { dayBefore, spanOf } from './period-span.js'

export interface PackPeriod {
  readonly name: string
  /** yyyy-MM-dd. */
  readonly firstDay: string
  readonly lastDay: string
}

/** Everything the store knows of a period, as it was known at its end. What was removed since then, or does not verify, is said in words. */
export async function gatherPack(
  job: JobSettings,
  period: PackPeriod,
  judged: Readonly<Record<string, readonly StoredRow[]>>,
  tools: Pick<Tools, 'workspace' | 'state' | 'archive'>,
): Promise<EvidencePack> {
  const { database } = tools.state
  const { timezone, workspace: organisation } = tools.workspace.settings
  const span = spanOf(period.firstDay, period.lastDay, timezone)
  const previous = await packEnding(database, job.job, dayBefore(period.firstDay))
  const opening =
    previous === undefined
      ? ((await lastAuditBefore(database, span.from)) ?? { sequence: 0, hash: GENESIS })
      : { sequence: previous.closing_sequence, hash: previous.closing_hash }
  const chain = await chainOf(database, opening, span)
  const runs = await runsWithin(database, span)
  const ledger = await fileLedger(database, span, tools.archive)
  const settings = await settingsOfRuns(database, span)
  return {
    organisation,
    job: job.job,
    title: job.title,
    period: { ...period, ...span, timezone },
    chain: { opening, closing: chain.closing, entries: chain.entries, fault: chain.fault },
    previous: previous === undefined ? null : { period: previous.period, sha256: previous.sha256 },
    gaps: [
      ...(chain.fault === null ? [] : [`The audit chain does not verify: ${chain.fault}`]),
      ...ledger.gaps,
      ...(await removed(database, runs, span)),
    ],
    lacks: lacksOf(judged),
    deeds: chain.deeds,
    settings: settings.inForce,
    lists: [
      ledger.list,
      runList(runs, span),
      await totalList(database, span),
      ...(await exceptionLists(database, span)),
      await decisionList(database, span),
      ...(await loadLists(database, span)),
      await workbookList(database, span),
      ...judgedLists(job.matcher, judged),
    ],
    texts: new Map([['audit.ndjson', chain.text], ...settings.texts]),
  }
}

/** Obligations with days without their document, and orders without a requisition. */
function lacksOf(judged: Readonly<Record<string, readonly StoredRow[]>>): Lack[] {
  const text = (value: StoredRow[string] | undefined): string => String(value ?? '')
  const vendor = ({ supplier, name }: StoredRow): string => [text(supplier), text(name)].filter(Boolean).join(' ')
  return [
    ...(judged.obligations ?? [])
      .filter(({ days_without }) => Number(days_without) > 0)
      .map((row) => ({
        who: vendor(row),
        what: text(row.document),
        state: `${text(row.state)} on ${text(row.days_without)} of ${text(row.days)} days, from ${text(row.first_without)} on`,
        amount: text(row.amount_without),
        currency: text(row.currency),
      })),
    ...(judged.unasked ?? []).map((row) => ({
      who: vendor(row),
      what: `PO ${text(row.po_number)} line ${text(row.line_number)}, no requisition`,
      state: text(row.state),
      amount: text(row.amount),
      currency: text(row.currency),
    })),
  ]
}

/** The entries of the period, one after the other without a gap; who did what in them; and whether the chain verifies from its very first. */
async function chainOf(
  database: StateDatabase,
  opening: { readonly sequence: number; readonly hash: string },
  span: Span,
) {
  const last = await lastAuditBefore(database, span.until)
  const closing = last === undefined || last.sequence < opening.sequence ? opening : last
  const deeds = new Map<string, { -readonly [field in keyof Deed]: Deed[field] }>()
  const lines: string[] = []
  for await (const row of auditRows(database, opening.sequence, closing.sequence)) {
    lines.push(auditLine(row))
    const who = row.actor.startsWith('run ') ? 'runs' : row.actor
    const key = JSON.stringify([who, row.action])
    const deed = deeds.get(key) ?? { who, what: row.action, times: 0, first: row.at, last: row.at }
    deed.times += 1
    deed.first = row.at < deed.first ? row.at : deed.first
    deed.last = row.at > deed.last ? row.at : deed.last
    deeds.set(key, deed)
  }
  const { fault } = await verifyAudit(database, opening.sequence === 0 ? undefined : opening)
  const byName = (a: Deed, b: Deed): number => compareText(a.who, b.who) || compareText(a.what, b.what)
  return {
    closing,
    entries: lines.length,
    text: lines.join(''),
    deeds: [...deeds.values()].sort(byName),
    fault: fault === null ? null : fault.said,
  }
}

/** What the runs of the period were judged by, each text once, under its hash. */
async function settingsOfRuns(database: StateDatabase, span: Span) {
  const inForce = new Map<string, { -readonly [field in keyof SettingInForce]: SettingInForce[field] }>()
  const texts = new Map<string, string>()
  for (const { name, sha256, text, started_at: at } of await settingsWithin(database, span)) {
    const key = `${name} ${sha256}`
    const known = inForce.get(key)
    if (known === undefined) inForce.set(key, { name, sha256, firstRun: at, lastRun: at })
    else known.lastRun = at
    texts.set(`settings/${sha256}`, text)
  }
  const ordered = [...texts].sort(([a], [b]) => compareText(a, b))
  return { inForce: [...inForce.values()], texts: ordered }
}

/** What was removed under the retention settings and would be in the pack otherwise. */
async function removed(database: StateDatabase, runs: readonly RunRow[], span: Span): Promise<string[]> {
  const names = new Map(runs.map(({ id, job, as_of }) => [id, `run ${id} (${job}, as of ${as_of})`]))
  const stones = await tombstonesSince(database, span.from)
  return stones.flatMap(({ class: of, subject, purged_at, purged_under }) => {
    const words = purgedWords(purged_at, purged_under)
    const run = names.get(subject)
    if (of === 'logs' && run !== undefined) return [`The control totals of ${run} were ${words}`]
    if (of === 'settings' && run !== undefined) return [`The settings of ${run} were ${words}`]
    if (of === 'exceptions')
      return [
        `${exceptionId(Number(subject))} was ${words}; if it was of this period, what was decided of it stands in the audit chain`,
      ]
    return []
  })
}
