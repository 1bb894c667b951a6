import { ux } from '@oclif/core'
import type { ComparedRun, RunComparison, RunDifference } from '../../app/comparing/run-comparison.js'
import { grouped } from '../../app/money-text.js'
import { count } from './money.js'
import { printable } from './printable.js'
import { table } from './table.js'

const kinds = { exception: 'Exceptions', invoice: 'Invoices', row: 'Rows written to the ERP' } as const

/** Totals side by side, then what differs, most money first, each with why. */
export function runComparisonText(
  comparison: RunComparison & { readonly output: string | null },
  limit: number,
): string {
  const { left, right, totals, same, files, settings, judgedAgain, differences, alike, output } = comparison
  const groups = [
    [`Left   ${runText(left)}`, `Right  ${runText(right)}`],
    [
      table(totals, [
        { title: 'Total', value: ({ what }) => what },
        { title: 'Left', align: 'right', value: (total) => figure(total.left) },
        { title: 'Right', align: 'right', value: (total) => figure(total.right) },
        {
          title: 'Difference',
          align: 'right',
          value: ({ difference }) => (difference === '0' ? '' : figure(difference)),
          colour: () => 'yellow',
        },
      ]),
    ],
    [
      ...filesText('left', files.left),
      ...filesText('right', files.right),
      settingsText(settings),
      ...(judgedAgain === 0
        ? []
        : [`Left out: ${count(judgedAgain, 'invoice')} that a later run of one side judged again`]),
    ],
    ...(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) =>
      kindText(
        differences.filter((one) => one.kind === kind),
        kind,
        limit,
      ),
    ),
    [
      `Same on both sides: ${count(same.exceptions, 'exception')}, ${count(same.invoices, 'invoice')}, ${count(same.rows, 'row')}, ${count(files.both, 'file')}`,
      alike ? ux.colorize('green', 'Both came to the same') : ux.colorize('yellow', 'They differ'),
      ...(output === null ? [] : [`Every difference: ${output}`]),
    ],
  ]
  return groups
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

const figure = (total: string | null): string => {
  const [whole = '', fraction] = (total ?? '-').split('.')
  return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction.padEnd(2, '0')}`
}

const runText = ({ workspace, folder, run, job, asOf, status, version }: ComparedRun): string =>
  printable(`${workspace} (${folder}): ${job}, run ${run}, as of ${asOf}, ${status}, Matchbook ${version}`)

const NAMED = 5

function filesText(side: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return [printable(`Files on the ${side} alone: ${names.slice(0, NAMED).join(', ')}${more}`)]
}

function settingsText(settings: RunComparison['settings']): string {
  if (settings === null) return 'Settings: one side kept none'
  if (settings.length === 0) return 'Settings: both judged by the same, but for places'
  const each = settings.map(({ name, headings }) => (headings.length === 0 ? name : `${name} (${headings.join(', ')})`))
  const more = each.length > NAMED ? `; and ${each.length - NAMED} more` : ''
  return `Settings that differ: ${each.slice(0, NAMED).join('; ')}${more}`
}

function kindText(differences: readonly RunDifference[], kind: keyof typeof kinds, limit: number): string[] {
  if (differences.length === 0) return []
  const shown = differences.slice(0, limit)
  const hidden = differences.length - shown.length
  return [
    ux.colorize('bold', `${kinds[kind]} that differ: ${differences.length}`),
    ...shown.flatMap((one) => [
      printable(`  ${one.subject}${one.amount === null || kind === 'row' ? '' : `  ${figure(one.amount)}`}`),
      printable(`    left ${one.left ?? 'none'} | right ${one.right ?? 'none'}`),
      printable(`    ${one.because}`),
    ]),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
  ]
}
