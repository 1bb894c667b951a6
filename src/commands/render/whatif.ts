import { ux } from '@oclif/core'
import type { WhatIf } from '../../app/whatif/whatif.js'
import type { Figure } from '../../app/whatif/whatif-figures.js'
import { count, money } from './money.js'
import { table } from './table.js'

/** What would be otherwise, in the words of who pays. */
export function whatIfText(found: Omit<WhatIf, 'exit'>): string {
  const { from, to, nights, tolerances, stillHold, csv } = found
  const again = nights.filter(({ left }) => left === null)
  const nightsAgain = new Set(again.map(({ asOf }) => asOf)).size
  const runs = again.length === nightsAgain ? '' : ` in ${count(again.length, 'run')}`
  const head = ux.colorize('bold', `${count(nightsAgain, 'night')}${runs} from ${from} to ${to}, judged again with`)
  return [
    [head, ...(tolerances.length === 0 ? ['the tolerances they had'] : tolerances).map((words) => `  ${words}`)].join(
      '\n',
    ),
    ...(stillHold.length === 0 ? [] : [section('More specific, and holding all the same', stillHold)]),
    ...(again.length === 0 ? [] : figures(found)),
    ...nightsLeft(found),
    ...(csv === null ? [] : [`Written to ${csv}`]),
  ].join('\n\n')
}

const section = (title: string, lines: readonly string[]): string =>
  [ux.colorize('bold', title), ...lines.map((line) => `  ${line}`)].join('\n')

function figures({ totals, bySupplier, byCode, currency }: Omit<WhatIf, 'exit'>): string[] {
  const text = ({ count, amount }: Figure): string => (count === 0 ? '-' : `${count}  ${money(amount, currency)}`)
  const amount = (value: WhatIf['totals']['letThrough']): string => (value === '0' ? '-' : money(value, currency))
  const lines = [
    { what: 'Exceptions that would not be', figure: text(totals.removed) },
    { what: 'Exceptions that would be', figure: text(totals.added) },
    { what: 'Invoices that would go', figure: text(totals.released) },
    { what: 'Invoices that would go earlier', figure: text(totals.earlier) },
    { what: 'Invoices that would be held', figure: text(totals.held) },
    { what: 'Overpayment let through', figure: money(totals.letThrough, currency) },
    { what: 'Overpayment prevented', figure: money(totals.prevented, currency) },
  ]
  const all = table(lines, [
    { title: 'Against history', value: ({ what }) => what },
    { title: 'Number and money', value: ({ figure }) => figure, align: 'right' },
  ])
  const suppliers = table(bySupplier, [
    { title: 'Supplier', value: ({ supplier }) => (supplier === '' ? '(none)' : supplier) },
    { title: 'Name', value: ({ name }) => name ?? '' },
    { title: 'Exceptions less', value: ({ removed }) => text(removed), align: 'right' },
    { title: 'more', value: ({ added }) => text(added), align: 'right' },
    { title: 'Released', value: ({ released }) => text(released), align: 'right' },
    { title: 'Earlier', value: ({ earlier }) => text(earlier), align: 'right' },
    { title: 'Held', value: ({ held }) => text(held), align: 'right' },
    { title: 'Let through', value: ({ letThrough }) => amount(letThrough), align: 'right' },
    { title: 'Prevented', value: ({ prevented }) => amount(prevented), align: 'right' },
  ])
  const codes = table(byCode, [
    { title: 'Code', value: ({ code }) => code },
    { title: 'Exceptions less', value: ({ removed }) => text(removed), align: 'right' },
    { title: 'more', value: ({ added }) => text(added), align: 'right' },
    { title: 'Let through', value: ({ letThrough }) => amount(letThrough), align: 'right' },
    { title: 'Prevented', value: ({ prevented }) => amount(prevented), align: 'right' },
  ])
  return [all, ...(bySupplier.length === 0 ? ['Nothing would be otherwise.'] : [suppliers, codes])]
}

function nightsLeft({ nights, from, to }: Omit<WhatIf, 'exit'>): string[] {
  if (nights.length === 0) return [`There was no night from ${from} to ${to} of a job that asks tolerances.`]
  const name = ({ job, asOf, run }: WhatIf['nights'][number]): string => `${asOf} ${job} (${run})`
  const left = nights.filter(({ left }) => left !== null).map((night) => `${name(night)}: ${night.left}`)
  const other = nights.filter(({ differs }) => differs !== null).map((night) => `${name(night)}: ${night.differs}`)
  return [
    ...(left.length === 0 ? [] : [section('Could not be judged again', left)]),
    ...(other.length === 0
      ? []
      : [section('Judged again as they were, these come to something else than they said', other)]),
  ]
}
