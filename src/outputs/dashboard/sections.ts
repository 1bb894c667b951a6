import { escaped, htmlTable, mark, paragraph, section } from '../html.js'
import { bar, trendFigure } from './chart.js'
import type { Cut, DashboardContent, RiskBy } from './content.js'
import { clock, count, money, risked, share } from './figures.js'

export interface Section {
  readonly id: string
  readonly title: string
  readonly body: (content: DashboardContent) => string
}

/** In the order of the page, which is the order of the keyboard. */
export const sections: readonly Section[] = [
  { id: 'backlog', title: 'Backlog by queue', body: backlog },
  { id: 'workflows', title: 'Workflows', body: workflows },
  { id: 'risk', title: 'Money at risk', body: risk },
  { id: 'reconciliation', title: 'Reconciliation', body: reconciliation },
  { id: 'loads', title: 'Loads', body: loads },
  { id: 'trends', title: 'The last nights', body: trends },
  { id: 'late', title: 'Late files and deliveries', body: late },
  { id: 'suppliers', title: 'Suppliers', body: suppliers },
]

export const sectionHtml = (one: Section, content: DashboardContent): string =>
  section(one.id, one.title, one.body(content))

function backlog({ queues, currency }: DashboardContent): string {
  if (queues.length === 0) return paragraph('No open exception.')
  const alarm = (n: number, kind: 'notice' | 'bad'): string => (n === 0 ? '0' : mark(count(n), kind))
  return htmlTable(
    'Open exceptions, most money first. Overdue and due today by the due time of each.',
    [
      { title: 'Queue', text: ({ queue }) => queue },
      { title: 'Owner', text: ({ owner }) => owner },
      { title: 'Open', isFigure: true, text: ({ open }) => count(open) },
      { title: 'Critical', isFigure: true, html: ({ critical }) => alarm(critical, 'bad') },
      { title: 'Overdue', isFigure: true, html: ({ overdue }) => alarm(overdue, 'bad') },
      { title: 'Due today', isFigure: true, html: ({ dueToday }) => alarm(dueToday, 'notice') },
      { title: 'Money at risk', isFigure: true, text: (row) => risked(row, currency) },
    ],
    queues,
  )
}

function workflows({ jobs, timezone }: DashboardContent): string {
  const at = clock(timezone)
  return htmlTable(
    'Each job with its last and its next run',
    [
      { title: 'Job', text: ({ job }) => job },
      { title: 'What it does', text: ({ title }) => title },
      {
        title: 'Last run',
        html: ({ lastRun }) =>
          lastRun === null
            ? mark('never', 'notice')
            : mark(lastRun.status, lastRun.status === 'done' ? 'good' : 'notice'),
      },
      { title: 'At', text: ({ lastRun }) => (lastRun === null ? '' : at(lastRun.at)) },
      { title: 'Next', text: ({ next }) => (next === null ? 'by hand' : at(next)) },
      {
        title: 'In time',
        html: ({ owed, isLate }) => (owed === null ? mark('yes', 'good') : mark(owed, isLate ? 'bad' : 'notice')),
      },
    ],
    jobs,
  )
}

function risk(content: DashboardContent): string {
  const { dearest, currency, timezone } = content
  const at = clock(timezone)
  const table = htmlTable(
    `The dearest open exceptions${cutWords(dearest)}`,
    [
      { title: 'Exception', text: ({ id }) => id },
      { title: 'Code', isWord: true, text: ({ code }) => code },
      { title: 'Queue', isWord: true, text: ({ queue }) => queue },
      { title: 'Supplier', text: ({ supplier }) => supplier },
      { title: 'About', text: ({ about }) => about },
      { title: 'At risk', isFigure: true, text: (row) => money(row.amountAtRisk, row.currency) },
      {
        title: 'Due',
        isWord: true,
        html: ({ dueAt, isOverdue }) =>
          dueAt === null ? '-' : isOverdue ? mark(`overdue since ${at(dueAt)}`, 'bad') : escaped(at(dueAt)),
      },
    ],
    dearest.rows,
  )
  return `<div class="pair">${content.risk.map((one) => riskBy(one, currency)).join('')}</div>${dearest.total === 0 ? '' : table}`
}

function riskBy({ by, rows, total }: RiskBy, currency: string): string {
  const most = rows[0]?.amountAtRisk ?? '0'
  return htmlTable(
    `By ${by}${cutWords({ rows, total })}`,
    [
      { title: by === 'code' ? 'Code' : 'Supplier', text: ({ name }) => name },
      { title: 'Open', isFigure: true, text: ({ open }) => count(open) },
      { title: 'Money at risk', isFigure: true, text: (row) => risked(row, currency) },
      { title: 'Beside the largest', html: ({ amountAtRisk }) => bar(amountAtRisk, most) },
    ],
    rows,
  )
}

function reconciliation({ reconciliations, currency }: DashboardContent): string {
  if (reconciliations.length === 0) return paragraph('No run has compared anything yet.')
  return reconciliations
    .map(({ job, run, asOf, status, records, rejected, outcomes }) =>
      htmlTable(
        `${job}, ${asOf} (run ${run}, ${status}): ${count(records)} records read, ${count(rejected)} rejected`,
        [
          { title: 'Outcome', text: ({ label }) => label },
          { title: 'Number', isFigure: true, text: (one) => count(one.count) },
          { title: 'Money', isFigure: true, text: ({ amount }) => (amount === null ? '-' : money(amount, currency)) },
        ],
        outcomes,
      ),
    )
    .join('')
}

function trends(content: DashboardContent): string {
  if (content.trends.length === 0) return paragraph('No night has ended yet.')
  return `<div class="trends">${content.trends.map((trend) => trendFigure(trend, content.currency)).join('')}</div>`
}

function loads({ loads, timezone }: DashboardContent): string {
  if (loads.total === 0) return paragraph('No load waits for anybody, and the ERP has what was sent.')
  const at = clock(timezone)
  return htmlTable(
    `Loads that wait for a person, and those that the ERP does not have as a whole${cutWords(loads)}`,
    [
      { title: 'Load', text: ({ id }) => id },
      { title: 'Job', text: ({ job }) => job },
      { title: 'Since', text: ({ since }) => at(since) },
      { title: 'State', html: ({ state, isBad }) => mark(state, isBad ? 'bad' : 'notice') },
    ],
    loads.rows,
  )
}

function late({ late, outbox, down, timezone }: DashboardContent): string {
  const at = clock(timezone)
  const waiting =
    outbox.waiting === 0
      ? 'Nothing waits to go out.'
      : `${count(outbox.waiting)} files wait to go out, the oldest since ${outbox.oldest === null ? '-' : at(outbox.oldest)}.`
  const files = htmlTable(
    `Files that did not come or were not taken${cutWords(late)}`,
    [
      { title: 'File', text: ({ what }) => what },
      { title: 'From', text: ({ from }) => from },
      { title: 'Since', text: ({ since }) => at(since) },
      { title: 'Why', text: ({ why }) => why },
    ],
    late.rows,
  )
  const endpoints = htmlTable(
    'Endpoints that are down',
    [
      { title: 'Endpoint', text: ({ endpoint }) => endpoint },
      { title: 'Since', text: ({ since }) => at(since) },
      { title: 'Why', text: ({ message }) => message },
    ],
    down,
  )
  return [
    paragraph(waiting),
    late.total === 0 ? paragraph('No file is late.') : files,
    down.length === 0 ? paragraph('No endpoint is down.') : endpoints,
  ].join('')
}

function suppliers({ suppliers, currency }: DashboardContent): string {
  if (suppliers.total === 0) return paragraph('No supplier has anything to show yet.')
  return htmlTable(
    `The last 90 days, most money at risk first${cutWords(suppliers)}`,
    [
      { title: 'Supplier', text: ({ name }) => name },
      { title: 'Invoices', isFigure: true, text: ({ judged }) => count(judged) },
      { title: 'Right at once', isFigure: true, text: ({ firstPass, judged }) => share(firstPass, judged) },
      { title: 'Open', isFigure: true, text: ({ open }) => count(open) },
      { title: 'Price errors', isFigure: true, text: ({ priceErrors }) => count(priceErrors) },
      { title: 'Duplicates', isFigure: true, text: ({ duplicates }) => count(duplicates) },
      { title: 'Acknowledgments', text: ({ answers }) => answers },
      { title: 'Money at risk', isFigure: true, text: (row) => risked(row, currency) },
    ],
    suppliers.rows,
  )
}

const cutWords = ({ rows, total }: Cut<unknown>): string =>
  total > rows.length ? `: the first ${count(rows.length)} of ${count(total)}` : ''
