import type { ComparableInvoice, ComparableRun } from '../../state/index.js'
import type { RunSummary } from '../run-summary.js'
import { compareExceptions } from './compare-exceptions.js'
import { compareSettings } from './compare-settings.js'
import type { RunComparison, RunDifference } from './run-comparison.js'
import { totalsOf } from './run-totals.js'

type Body = Omit<RunComparison, 'left' | 'right'>

/** Two runs of one job, of one workspace or of two that ran side by side: what is the same, what differs, and why as far as it can be told. */
export function compareRuns(left: ComparableRun, right: ComparableRun): Body {
  const settings = compareSettings(left.settings, right.settings)
  const exceptions = compareExceptions(left, right, settings)
  const invoices = compareInvoices(left, right)
  const rows = compareRows(left, right)
  const differences = [...exceptions.differences, ...invoices.differences, ...rows.differences]
  const totals = totalsOf(summaryOf(left), summaryOf(right))
  const files = compareFiles(left, right)
  return {
    totals,
    files,
    settings,
    judgedAgain: invoices.judgedAgain,
    same: { exceptions: exceptions.same, invoices: invoices.same, rows: rows.same },
    differences,
    alike:
      differences.length === 0 &&
      totals.every((total) => total.left === total.right) &&
      files.left.length + files.right.length === 0,
  }
}

const summaryOf = ({ run }: ComparableRun): RunSummary | undefined =>
  run.summary === null ? undefined : ((JSON.parse(run.summary) as RunSummary | null) ?? undefined)

function compareFiles(left: ComparableRun, right: ComparableRun): Body['files'] {
  const hashes = (side: ComparableRun) => new Set(side.files.map(({ sha256 }) => sha256))
  const without = (side: ComparableRun, others: ReadonlySet<string>) => [
    ...new Set(side.files.filter(({ sha256 }) => !others.has(sha256)).map(({ name }) => name)),
  ]
  const [l, r] = [hashes(left), hashes(right)]
  return { left: without(left, r), right: without(right, l), both: [...l].filter((sha256) => r.has(sha256)).length }
}

interface Compared {
  readonly same: number
  readonly differences: RunDifference[]
}

function compareInvoices(left: ComparableRun, right: ComparableRun): Compared & { readonly judgedAgain: number } {
  const keyed = (side: ComparableRun) => {
    const times = new Map<string, number>()
    return new Map(
      side.invoices.map((invoice) => {
        // The second of the same number is a duplicate on either side.
        const name = `${invoice.partner} ${invoice.number}`
        const nth = (times.get(name) ?? 0) + 1
        times.set(name, nth)
        return [nth === 1 ? name : `${name} (${nth})`, invoice]
      }),
    )
  }
  const [ls, rs] = [keyed(left), keyed(right)]
  let same = 0
  let judgedAgain = 0
  const differences: RunDifference[] = []
  for (const subject of new Set([...ls.keys(), ...rs.keys()])) {
    const [l, r] = [ls.get(subject), rs.get(subject)]
    const lacking = l === undefined ? left : r === undefined ? right : undefined
    if (lacking !== undefined && !lacking.isLast && lacking.documents.has((l ?? r)?.number ?? '')) {
      judgedAgain += 1
      continue
    }
    const [said, answered] = [invoiceText(l), invoiceText(r)]
    if (said === answered) same += 1
    else {
      differences.push({
        kind: 'invoice',
        where: l === undefined ? 'right' : r === undefined ? 'left' : 'both',
        subject: `invoice ${subject}`,
        left: said,
        right: answered,
        amount: (l ?? r)?.amount ?? null,
        because: invoiceCause(l, r, lacking),
      })
    }
  }
  return { same, judgedAgain, differences }
}

const invoiceText = (invoice: ComparableInvoice | undefined): string | null =>
  invoice === undefined
    ? null
    : [invoice.outcome, invoice.amount, invoice.codes.join(' '), invoice.isLoaded ? 'loaded' : '']
        .filter((part) => part !== '')
        .join(', ')

function invoiceCause(
  left: ComparableInvoice | undefined,
  right: ComparableInvoice | undefined,
  lacking: ComparableRun | undefined,
): string {
  if (left === undefined || right === undefined) {
    const isRead = lacking?.documents.has((left ?? right)?.number ?? '')
    return isRead ? 'the other side had settled it before' : 'the other side has not read it'
  }
  const only = (codes: readonly string[], others: readonly string[]) => codes.filter((code) => !others.includes(code))
  const codes = [...only(left.codes, right.codes), ...only(right.codes, left.codes)]
  if (codes.length > 0) return `see ${[...new Set(codes)].join(', ')}`
  if (left.amount !== right.amount) return 'read with another amount: compare the guides of the partner'
  return 'decided, or loaded, on one side alone'
}

function compareRows(left: ComparableRun, right: ComparableRun): Compared {
  const keyed = (side: ComparableRun) => new Map(side.rows.map((row) => [`${row.table} ${row.key}`, row.hash]))
  const [ls, rs] = [keyed(left), keyed(right)]
  let same = 0
  const differences: RunDifference[] = []
  for (const subject of new Set([...ls.keys(), ...rs.keys()])) {
    const [l, r] = [ls.get(subject), rs.get(subject)]
    if (l === r) {
      same += 1
      continue
    }
    const where = l === undefined ? 'right' : r === undefined ? 'left' : 'both'
    differences.push({
      kind: 'row',
      where,
      subject: `row ${subject}`,
      left: l === undefined ? null : 'written',
      right: r === undefined ? null : 'written',
      amount: null,
      because: where === 'both' ? 'written with other values' : 'written on one side alone',
    })
  }
  return { same, differences }
}
