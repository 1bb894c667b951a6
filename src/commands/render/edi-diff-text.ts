import { ux } from '@oclif/core'
import type { Comparison, Difference, LineComparison } from '../../app/edi/compare/difference.js'
import { count } from './money.js'
import { printable } from './printable.js'
import { widest } from './widest.js'

/** What differs, with what each document says of it; lines that are the same are counted, not shown. */
export function diffText({ left, right, same, differences, lines }: Comparison): string {
  const different = lines.filter(({ state }) => state !== 'same')
  const tally =
    lines.length === 0
      ? ''
      : `: ${different.length} of ${count(lines.length, 'line')} ${different.length === 1 ? 'differs' : 'differ'}`
  return [
    `${ux.colorize('bold', printable(left.title))}  (${left.heading.toLowerCase()})`,
    `${ux.colorize('bold', printable(right.title))}  (${right.heading.toLowerCase()})`,
    ...(differences.length === 0 ? [] : ['', ...fields(differences, left.heading, right.heading, '  ')]),
    ...different.flatMap((line) => ['', ...lineText(line, left.heading, right.heading)]),
    '',
    same
      ? ux.colorize('green', `No difference${lines.length === 0 ? '' : ` in ${count(lines.length, 'line')}`}`)
      : ux.colorize('yellow', `They differ${tally}`),
  ].join('\n')
}

function lineText({ line, item, state, statuses, differences }: LineComparison, left: string, right: string): string[] {
  const only = { 'left-only': `only ${left.toLowerCase()}`, 'right-only': `only ${right.toLowerCase()}` }
  const says = state === 'left-only' || state === 'right-only' ? `  ${ux.colorize('redBright', only[state])}` : ''
  return [
    `  ${ux.colorize('bold', `Line ${printable(line)}`)}  ${printable(item)}${says}`,
    ...statuses.map((status) => `    ${ux.colorize('yellow', printable(status))}`),
    ...(differences.length === 0 ? [] : fields(differences, left, right, '    ')),
  ]
}

/** So much stands side by side in a terminal; what is longer stands below each other. */
const WIDEST_VALUE = 40

/** Columns: the field, what the left says, what the right says, what it comes to. */
function fields(differences: readonly Difference[], left: string, right: string, indent: string): string[] {
  const rows = differences.map(({ field, left: before, right: after, says }) =>
    [field, before ?? '-', after ?? '-', says ?? ''].map(printable),
  )
  const head = ['', left, right, '']
  const short = rows.filter((row) => !isLong(row))
  const widths = head.map((title, n) =>
    widest(
      short.map((row) => row[n] ?? ''),
      title.length,
    ),
  )
  const line = (row: readonly string[]) =>
    `${indent}${row.map((text, n) => text.padEnd(widths[n] ?? 0)).join('  ')}`.trimEnd()
  const [room, dim] = [Math.max(left.length, right.length), (text: string) => ux.colorize('dim', text)]
  const below = ([field = '', before = '', after = '', says = '']: readonly string[]) => [
    `${indent}${field}${says === '' ? '' : `  ${says}`}`,
    `${indent}  ${dim(left.padEnd(room))}  ${before}`,
    `${indent}  ${dim(right.padEnd(room))}  ${after}`,
  ]
  return [
    ...(short.length === 0 ? [] : [dim(line(head))]),
    ...rows.flatMap((row) => (isLong(row) ? below(row) : [line(row)])),
  ]
}

const isLong = ([, before = '', after = '']: readonly string[]): boolean =>
  Math.max(before.length, after.length) > WIDEST_VALUE
