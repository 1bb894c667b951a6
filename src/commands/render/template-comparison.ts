import { ux } from '@oclif/core'
import type { TemplateComparison, TemplateSide, Weight } from '../../app/templates/template-comparison.js'
import { count } from './money.js'
import { printable } from './printable.js'
import { table } from './table.js'

const weights: Readonly<Record<Weight, { readonly says: string; readonly colour: string }>> = {
  breaks: { says: 'breaks', colour: 'red' },
  look: { says: 'look at it', colour: 'yellow' },
  fine: { says: 'fine', colour: 'green' },
}

/** One line a difference, what breaks first. */
export function templateComparisonText({ left, right, differences, alike }: TemplateComparison): string {
  const breaks = differences.filter(({ weight }) => weight === 'breaks').length
  const verdict =
    breaks === 0
      ? 'Nothing that is sent now would break'
      : `${count(breaks, 'difference')} would break what is sent now`
  return [
    `In use  ${sideText(left)}`,
    `Other   ${sideText(right)}`,
    '',
    ...(alike
      ? [ux.colorize('green', 'No difference')]
      : [
          table(differences, [
            {
              title: 'Weight',
              value: ({ weight }) => weights[weight].says,
              colour: ({ weight }) => weights[weight].colour,
            },
            { title: 'File', value: ({ file }) => file ?? '' },
            { title: 'Column', value: ({ column }) => column ?? '', width: 40 },
            { title: 'What', value: ({ what }) => what },
            { title: 'In use', value: (one) => one.left ?? '-' },
            { title: 'Other', value: (one) => one.right ?? '-' },
          ]),
          '',
          verdict,
        ]),
  ].join('\n')
}

const sideText = ({ named, title, release, columns }: TemplateSide): string =>
  printable(
    [named, title, release === null ? null : `release ${release}`, count(columns, 'column')]
      .filter((part) => part !== null)
      .join(', '),
  )
