import { ux } from '@oclif/core'
import type { Outcome, RunSummary, Tally } from '../../app/run-summary.js'
import { count, moneyBeside, risked } from './money.js'
import { printable } from './printable.js'
import { table } from './table.js'

/** The end of a run in words a finance manager understands. */
export function summaryText(value: unknown): string {
  const summary = value as RunSummary
  return [
    heading(summary),
    section('What came in', cameIn(summary)),
    section('What matched', matched(summary)),
    section('What needs whom', needs(summary)),
    section('What went to the ERP', loads(summary)),
    ...answers(summary),
    ...evidence(summary),
    section('Where to look', places(summary)),
    ...((summary.healed ?? []).length > 0 ? [section('What is well again', summary.healed ?? [])] : []),
    ...(summary.failures.length > 0 ? [section('What could not be done', failures(summary))] : []),
  ].join('\n\n')
}

function heading(summary: RunSummary): string {
  const title = `${summary.organisation}: ${summary.title}, night of ${summary.asOf}`
  const notes = [
    summary.dryRun ? 'dry run, nothing was taken, kept or pushed' : '',
    summary.resumed ? 'resumed where it was cut off' : '',
  ]
  const note = notes.filter((text) => text !== '').join('; ')
  return `${ux.colorize('bold', title)}\nRun ${summary.run}${note === '' ? '' : ` (${note})`}`
}

const section = (title: string, lines: readonly string[]): string =>
  [ux.colorize('bold', title), ...lines.map((line) => `  ${line}`)].join('\n')

function cameIn({ files, documents, extracts }: RunSummary): string[] {
  if (files.taken + files.duplicates + documents.in === 0)
    return ['No new file. What was taken before was not taken again.']
  const records = extracts.reduce((sum, extract) => sum + extract.records, 0)
  const rejected = extracts.reduce((sum, extract) => sum + extract.rejected, 0)
  return [
    `${count(files.taken, 'new file')}${files.duplicates > 0 ? `, ${files.duplicates} sent twice and not processed again` : ''}${files.quarantined > 0 ? `, ${files.quarantined} in quarantine` : ''}`,
    ...(documents.in === 0
      ? []
      : [
          `${count(documents.in, 'X12 document')}: ${documents.taken} taken, ${documents.known} known before, ${documents.unusable} unusable`,
        ]),
    `${count(records, 'ERP record')} in ${count(extracts.length, 'extract')}: ${count(rejected, 'record')} rejected, the rest accepted`,
  ]
}

function matched(summary: RunSummary): string[] {
  const { invoices, outcomes, currency } = summary
  if (outcomes === null) return ['Nothing was matched: an extract that the job needs is missing.']
  if (invoices === null) return ended(outcomes, currency)
  const line = (name: string, tally: Tally) => ({
    name,
    count: String(tally.count),
    amount: moneyBeside(tally.amount, currency, tally.otherCurrencies),
  })
  const rows = [
    line('clean, ready to pay', invoices.clean),
    ...(invoices.released === undefined || invoices.released.count === 0
      ? []
      : [line('released by decisions, ready to pay', invoices.released)]),
    line('held for a decision', invoices.held),
    line('waiting for their receipt', invoices.waiting),
    line('duplicates, not paid', invoices.duplicate),
    line('invoices judged', invoices.judged),
  ]
  const text = table(rows, [
    { title: 'Invoices', value: (row) => row.name },
    { title: 'Number', value: (row) => row.count, align: 'right' },
    { title: 'Money', value: (row) => row.amount, align: 'right' },
  ])
  return [
    ...text.split('\n'),
    ...(invoices.confirmed > 0
      ? [`${count(invoices.confirmed, 'invoice')} loaded earlier now confirmed by the ERP's vouchers`]
      : []),
  ]
}

const ended = (outcomes: readonly Outcome[], currency: string): string[] =>
  table(outcomes, [
    { title: 'Outcome', value: ({ label }) => label },
    { title: 'Number', value: (outcome) => String(outcome.count), align: 'right' },
    {
      title: 'Money',
      value: ({ amount, otherCurrencies }) => (amount === null ? '' : moneyBeside(amount, currency, otherCurrencies)),
      align: 'right',
    },
  ]).split('\n')

function needs({ exceptions, currency }: RunSummary): string[] {
  if (exceptions.open === 0) return ['Nobody: there is no open exception.']
  const rows = table(exceptions.queues, [
    { title: 'Queue', value: (queue) => queue.queue },
    { title: 'Owner', value: (queue) => queue.owner, width: 34 },
    { title: 'Open', value: (queue) => String(queue.open), align: 'right' },
    {
      title: 'Critical',
      value: (queue) => (queue.critical === 0 ? '-' : String(queue.critical)),
      align: 'right',
      colour: (queue) => (queue.critical > 0 ? 'redBright' : undefined),
    },
    {
      title: 'Overdue',
      value: (queue) => (queue.overdue === 0 ? '-' : String(queue.overdue)),
      align: 'right',
      colour: (queue) => (queue.overdue > 0 ? 'yellow' : undefined),
    },
    { title: 'Money at risk', value: (queue) => risked(queue, currency), align: 'right' },
  ])
  const change = `${exceptions.raised} new tonight, ${exceptions.stillOpen} still open, ${exceptions.reopened} back again, ${exceptions.healed} gone by themselves`
  return [
    ...rows.split('\n'),
    ux.colorize('bold', `${count(exceptions.open, 'open exception')}, ${risked(exceptions, currency)} at risk`),
    change,
  ]
}

function loads({ loads, loadsWaiting = [], sentLater, currency, dryRun, onlyJudges }: RunSummary): string[] {
  if (onlyJudges) return ['Nothing: what judges by a past day, or by its rules, loads and pushes nothing.']
  const later = [
    ...(sentLater > 0 ? [`${count(sentLater, 'load')} of earlier runs went out now`] : []),
    ...loadsWaiting.map(
      ({ id, amount, otherCurrencies, waitsFor }) =>
        `Load ${id}, ${moneyBeside(amount, currency, otherCurrencies)}, ${ux.colorize('yellow', `waits for ${waitsFor}`)}`,
    ),
  ]
  if (loads.length === 0)
    return [
      dryRun ? 'Nothing: a dry run pushes nothing.' : 'No new load: nothing clean that was not loaded before.',
      ...later,
    ]
  return [
    ...loads.map(({ file, endpoint, invoices, lines, amount, otherCurrencies, status }) => {
      const holds = invoices > 0 ? `${count(invoices, 'invoice')}, ${count(lines, 'line')}` : count(lines, 'row')
      const state = {
        sent: `pushed to ${endpoint} and confirmed`,
        planned: `waits in the outbox for ${endpoint}`,
        waiting: 'built and kept, not pushed: it has to be approved',
      }[status]
      return `${file}: ${holds}, ${moneyBeside(amount, currency, otherCurrencies)}, ${state}`
    }),
    ...later,
  ]
}

/** Nothing is said where no partner gets any. */
function answers({ acknowledgments: { sent, waiting } }: RunSummary): string[] {
  const pushed = sent > 0 ? [`${count(sent, 'X12 acknowledgment')} (TA1, 997, 999) pushed and confirmed`] : []
  const queued =
    waiting > 0 ? [`${count(waiting, 'X12 acknowledgment')} in the outbox, to go out with the next run`] : []
  return sent + waiting === 0 ? [] : [section('What went to the suppliers', [...pushed, ...queued])]
}

/** Nothing is said of a job that makes no packs. */
function evidence({ pack }: RunSummary): string[] {
  if (pack === undefined) return []
  const { period, state, file, sha256, gaps } = pack
  const lines = {
    made: [`Made the pack of ${period}: ${file}`, `SHA-256 ${sha256}`],
    there: [`The pack of ${period} was made before, and stays as it is: ${file}`],
    none: [period === '' ? 'No pack: nothing was judged.' : `No pack of ${period}: it is not over yet.`],
  }
  return [section('Evidence', [...lines[state], ...gaps.map((gap) => `Missing in it: ${gap}`)])]
}

const places = ({ workbook, workbooks = [], holdList, dryRun }: RunSummary): string[] => [
  ...(dryRun ? ['A dry run keeps nothing to look into; without --dry-run there is a workbook'] : []),
  ...(workbook === null ? [] : [`Workbook   ${workbook}`]),
  ...workbooks.map(({ name, workbook }) => `  ${printable(name)}   ${workbook}`),
  ...(holdList === null ? [] : [`Hold list  ${holdList}`]),
]

const failures = ({ failures }: RunSummary): string[] =>
  failures.flatMap(({ subject, code, message, hint }) => [
    `${printable(subject)}: ${code}, ${printable(message)}`,
    `  ${hint}`,
  ])
