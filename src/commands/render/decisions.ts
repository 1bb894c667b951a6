import { ux } from '@oclif/core'
import type { DecideOutcome } from '../../app/deciding/decide-exceptions.js'
import type { ImportOutcome } from '../../app/deciding/import-by-hand.js'
import type { ClusterListing } from '../../app/deciding/list-clusters.js'
import type { RuleListing } from '../../app/deciding/rules-by-hand.js'
import { count, money } from './money.js'
import { printable } from './printable.js'
import { table } from './table.js'

/** One line an exception, and how many came to what. */
export function outcomesText({ outcomes, dryRun }: DecideOutcome): string {
  const tally = new Map<string, number>()
  for (const { outcome } of outcomes) tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
  const sums = [...tally].map(([outcome, many]) => `${count(many, 'exception')} ${outcome}`)
  return [
    ...outcomes.map(
      ({ exception, outcome, said }) =>
        `${exception}  ${ux.colorize(outcome === 'refused' ? 'red' : 'green', outcome)}  ${printable(said)}`,
    ),
    '',
    `${sums.join(', ')}${dryRun ? ' (dry run: nothing was kept)' : ''}`,
  ].join('\n')
}

/** So many refused rows are printed; --json and the copy have all. */
const SHOWN = 20

/** What became of a workbook: refusals first, since they are what is left to do. */
export function importedText(outcome: ImportOutcome): string {
  const { name, counts, rows, unusable, applied, repeated, dryRun, returned } = outcome
  const refused = rows.filter((row) => row.outcome === 'refused')
  const sums = Object.entries(counts).filter(([, many]) => many > 0)
  const said = sums.map(([what, many]) => `${many} ${what}`).join(', ')
  const notes = [
    ...(repeated ? ['it was taken in before, and nothing was done now'] : []),
    ...(applied ? [] : ['nothing was taken, because a row was refused']),
    ...(dryRun ? ['dry run: nothing was kept'] : []),
  ]
  return [
    ...unusable.map(
      ({ sheet, said: why }) => `${printable(sheet)}: ${ux.colorize('red', 'refused')}  ${printable(why)}`,
    ),
    ...refused
      .slice(0, SHOWN)
      .map(
        ({ sheet, row, exception, said: why }) =>
          `${printable(sheet)} row ${row}${exception === null ? '' : ` (${printable(exception)})`}: ${ux.colorize('red', 'refused')}  ${printable(why)}`,
      ),
    ...(refused.length > SHOWN ? [`... and ${refused.length - SHOWN} more rows were refused`] : []),
    `${printable(name)}: ${said === '' ? 'nothing was filled in' : said}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`,
    ...(returned === null ? [] : [`Copy with the result of each row: ${returned}`]),
  ].join('\n')
}

export const clustersTable = (clusters: readonly ClusterListing[]): string =>
  table(clusters, [
    { title: 'Cluster', value: (one) => one.id },
    { title: 'Job', value: (one) => one.job },
    { title: 'Code', value: (one) => one.code },
    { title: 'Cause', value: (one) => one.cause },
    { title: 'What they share', value: (one) => keysText(one.keys), width: 60 },
    { title: 'Queue', value: (one) => one.queue },
    { title: 'Exceptions', value: (one) => String(one.count), align: 'right' },
    {
      title: 'At risk',
      value: (one) => one.amountAtRisk.map(({ amount, currency }) => money(amount, currency)).join(', '),
      align: 'right',
    },
    { title: 'May be decided', value: (one) => one.decisions.join(', '), width: 40 },
  ])

export const rulesTable = (rules: readonly RuleListing[]): string =>
  table(rules, [
    { title: 'No.', value: (rule) => String(rule.id), align: 'right' },
    { title: 'Code', value: (rule) => rule.code },
    { title: 'Decision', value: (rule) => rule.decision },
    { title: 'For', value: (rule) => keysText(rule.scope) || 'every one', width: 50 },
    { title: 'Up to', value: (rule) => rule.upTo, align: 'right' },
    { title: 'Until', value: (rule) => rule.until },
    { title: 'Made by', value: (rule) => rule.madeBy },
    { title: 'Of', value: (rule) => rule.fromException },
    { title: 'Withdrawn by', value: (rule) => rule.withdrawnBy ?? '' },
  ])

const keysText = (keys: ClusterListing['keys']): string =>
  Object.entries(keys)
    .map(([key, value]) => `${key} ${printable(value ?? '')}`)
    .join(', ')
