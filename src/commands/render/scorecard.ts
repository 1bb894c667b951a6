import { ux } from '@oclif/core'
import type { SupplierScorecard } from '../../app/suppliers/supplier-scorecard.js'
import { count, money, risked } from './money.js'
import { table } from './table.js'

/** One page. */
export function scorecardText(card: SupplierScorecard): string {
  const { currency, invoices, answers, orderAcknowledgments, priceErrors, duplicates } = card
  const cash = (amount: string): string => money(amount, currency)
  const exceptions = table(card.exceptions, [
    { title: 'Exceptions', value: ({ code }) => code },
    { title: 'Since then', value: ({ count }) => String(count), align: 'right' },
    { title: 'Open', value: ({ open }) => String(open), align: 'right' },
    { title: 'Money at risk', value: (row) => risked(row, currency), align: 'right' },
  ])
  const age = table(card.ageing, [
    { title: 'Days open', value: ({ days }) => days },
    { title: 'Open', value: ({ open }) => String(open), align: 'right' },
    { title: 'Money at risk', value: (row) => risked(row, currency), align: 'right' },
  ])
  const days = orderAcknowledgments.within.map(({ days, count }) => `${count} in ${days} days`).join(', ')
  const facts: readonly [string, string][] = [
    ['Invoices judged', `${invoices.judged}, ${cash(invoices.amount)}`],
    ['Right at once', share(invoices.firstPass, invoices.judged)],
    ['Price errors', tallyText(priceErrors, currency)],
    ['Duplicates', tallyText(duplicates, currency)],
    [
      'Answers to us',
      answers.due === 0
        ? 'none was due'
        : `${answers.due} due: ${answers.inTime} in time, ${answers.late} late, ${answers.missing} missing`,
    ],
    ['Orders acknowledged', orderAcknowledgments.count === 0 ? 'none' : `${orderAcknowledgments.count}: ${days}`],
  ]
  return [
    `${ux.colorize('bold', card.name)}${card.name === card.supplier ? '' : ` (${card.supplier})`} since ${card.since.slice(0, 10)}`,
    ...facts.map(([name, value]) => `  ${name.padEnd(20)}${value}`),
    '',
    ...(card.exceptions.length === 0 ? ['No exception.'] : [exceptions]),
    `${count(card.open, 'open exception')}, ${risked(card, currency)} at risk`,
    '',
    age,
  ].join('\n')
}

const share = (some: number, all: number): string =>
  all === 0 ? 'nothing judged' : `${some} of ${all} (${((some / all) * 100).toFixed(1)} %)`

const tallyText = (tally: SupplierScorecard['priceErrors'], currency: string): string =>
  tally.count === 0 ? 'none' : `${tally.count}, of which ${tally.open} open with ${risked(tally, currency)}`
