import { ux } from '@oclif/core'
import { type DiffResult, type DiffSide, linesText, type ShownDifference } from '../../app/diff/diff-result.js'
import { figures, sideNames } from '../../app/diff/write-differences.js'
import { grouped } from '../../app/money-text.js'
import { count } from './money.js'
import { printable } from './printable.js'
import { type Column, table } from './table.js'

const kinds = {
  changed: 'Changed',
  'only-left': 'Only in',
  'only-right': 'Only in',
  doubled: 'Keys that stand more than once; nothing tells which row is meant',
  undated: 'Rows whose days cannot be read',
} as const

/** Figures by field, the first differences of each kind with their lines, and where every row went. */
export function diffText(result: DiffResult): string {
  const { left, right, fields, differences, output } = result
  const names = sideNames(result).map(printable) as [string, string]
  const groups = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) => {
    const shown = differences.filter((difference) => difference.kind === kind)
    const all = result.outcomes[kind]
    const side = kind === 'only-left' ? ` ${names[0]}` : kind === 'only-right' ? ` ${names[1]}` : ''
    const more = all > shown.length ? [`  and ${count(all - shown.length, 'more', 'more')}`] : []
    return all === 0
      ? []
      : [
          '',
          bold(`${kinds[kind]}${side}: ${count(all, 'key')}`),
          ...shown.flatMap((one) => differenceText(one, result, names)),
          ...more,
        ]
  })
  const unread = [left, right].flatMap((side, n) => unreadText(side, names[n] ?? ''))
  return [
    `${bold(names[0])}  (${layoutText(left)})`,
    `${bold(names[1])}  (${layoutText(right)})`,
    ...[left, right].flatMap(({ notCompared }, n) =>
      notCompared.length === 0
        ? []
        : [ux.colorize('dim', `not compared of ${names[n]}: ${printable(notCompared.join(', '))}`)],
    ),
    ...fieldsText(fields),
    ...groups,
    ...unread,
    '',
    ...tie(result, names),
    '',
    result.alike ? ux.colorize('green', 'No difference') : ux.colorize('yellow', 'They differ'),
    ...(output === null ? [] : [`Every difference: ${output}`]),
  ].join('\n')
}

const bold = (text: string): string => ux.colorize('bold', text)

const layoutText = ({ records, delimiter, encoding, contract }: DiffSide): string =>
  [
    count(records, 'record'),
    contract === null ? `delimiter ${delimiter === '\t' ? 'tab' : delimiter}` : `contract ${contract}`,
    encoding,
  ].join(', ')

const fieldColumns: readonly Column<DiffResult['fields'][number]>[] = [
  { title: 'Field', value: ({ field }) => field, width: 40 },
  { title: 'Tolerance', value: ({ tolerance }) => tolerance },
  { title: 'Same', align: 'right', value: ({ same }) => grouped(same) },
  { title: 'Within', align: 'right', value: ({ within }) => grouped(within) },
  {
    title: 'Differs',
    align: 'right',
    value: ({ differs }) => grouped(differs),
    colour: ({ differs }) => (differs > 0 ? 'yellow' : undefined),
  },
]

/** The fields that differ somewhere, or may; the rest by name. */
function fieldsText(fields: DiffResult['fields']): string[] {
  const always = fields.filter(({ within, differs, tolerance }) => within + differs === 0 && tolerance === 'exact')
  const sometimes = fields.filter((field) => !always.includes(field))
  return [
    ...(sometimes.length === 0 ? [] : ['', table(sometimes, fieldColumns)]),
    ...(always.length === 0
      ? []
      : ['', `The same in every row: ${printable(always.map(({ field }) => field).join(', '))}`]),
  ]
}

function differenceText(difference: ShownDifference, { keys }: DiffResult, names: readonly [string, string]): string[] {
  const { fields, left, right } = difference
  const key = keys.map((name) => `${printable(name)} ${shown(difference.keys[name] ?? null)}`).join(', ')
  const places = [left, right].flatMap((place, n) =>
    place === null ? [] : [`${names[n]} line${place.lines.length === 1 ? '' : 's'} ${linesText(place)}`],
  )
  const width = Math.max(0, ...fields.map(({ field }) => field.length))
  return [
    `  ${key}  ${ux.colorize('dim', places.join(', '))}`,
    ...fields.map(({ field, left: from, right: to, distance, verdict }) => {
      const apart = distance === null ? '' : `  (${distance.startsWith('-') ? '' : '+'}${distance})`
      const within = verdict === 'within' ? ux.colorize('dim', '  within its tolerance') : ''
      return `    ${printable(field).padEnd(width)}  ${shown(from)} -> ${shown(to)}${apart}${within}`
    }),
  ]
}

/** Quotes show spaces that would not be seen. */
function shown(value: string | null): string {
  if (value === null) return '(empty)'
  return value.trim() === value ? printable(value) : `"${printable(value)}"`
}

function unreadText({ unread, unreadShown }: DiffSide, name: string): string[] {
  if (unread === 0) return []
  const more = unread > unreadShown.length ? [`  and ${count(unread - unreadShown.length, 'more', 'more')}`] : []
  return [
    '',
    bold(`Not read of ${name}: ${count(unread, 'record')}`),
    ...unreadShown.map(({ line, reason }) => `  line ${line} has ${reason}`),
    ...more,
  ]
}

/** Each side's records and what became of them: the first figure is the sum of the others. */
function tie(result: DiffResult, names: readonly [string, string]): string[] {
  const [records, ...all] = figures(result)
  const parts = all.filter(({ left, right }) => left !== 0 || right !== 0)
  const sum = (side: 'left' | 'right'): string =>
    parts.map((part) => `${grouped(part[side] ?? 0)} ${part.what}`).join(' + ') || 'nothing to compare'
  const line = (side: 'left' | 'right', name: string): string =>
    `${name}: ${grouped(records?.[side] ?? 0)} records = ${sum(side)}`
  return [line('left', names[0]), line('right', names[1])]
}
