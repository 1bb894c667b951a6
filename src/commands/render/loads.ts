import { ux } from '@oclif/core'
import type { ApplyOutcome } from '../../app/loads/apply-load.js'
import type { LoadOutcome } from '../../app/loads/approve-load.js'
import { behindRow } from '../../app/loads/behind-row.js'
import type { LoadListing } from '../../app/loads/list-loads.js'
import type { LoadsPlan } from '../../app/loads/plan-by-hand.js'
import type { LoadRowListing } from '../../app/loads/rows-of-load.js'
import type { LoadDetail } from '../../app/loads/show-load.js'
import type { Verification, VerifiedLoad } from '../../app/loads/verify-loads.js'
import { failureLines } from './by-hand.js'
import { localTime } from './local-time.js'
import { count, moneyBeside } from './money.js'
import { printable } from './printable.js'
import { table } from './table.js'

export const loadsTable = (loads: readonly LoadListing[], timezone: string): string =>
  table(loads, [
    { title: 'Load', value: ({ id }) => id },
    { title: 'Job', value: ({ job }) => job },
    { title: 'Status', value: ({ status }) => status, colour: ({ status }) => colours[status] },
    { title: 'Rows', value: (load) => holds(load) },
    { title: 'Money', value: moneyOf, align: 'right' },
    { title: 'Planned', value: ({ plannedAt }) => localTime(plannedAt, timezone) },
    { title: 'In the ERP', value: (load) => inErp(load), colour: ({ verdict }) => verdictColours[verdict] },
    { title: 'Waits for', value: (load) => load.waitsFor ?? reversalOf(load), width: 70 },
  ])

const moneyOf = ({ amount, currency, otherCurrencies }: LoadListing): string =>
  moneyBeside(amount, currency, otherCurrencies)

const colours: Readonly<Record<string, string>> = { waiting: 'yellow', approved: 'yellow', sent: 'green' }
const verdictColours: Readonly<Record<string, string>> = {
  loaded: 'green',
  'partly-loaded': 'yellow',
  'nothing-loaded': 'redBright',
}

const holds = ({ invoices, lines }: LoadListing): string =>
  invoices > 0 ? `${count(invoices, 'invoice')}, ${count(lines, 'line')}` : count(lines, 'row')

/** How many rows the ERP has, of how many. */
function inErp({ verdict, rows, loaded, rejected, notSeen, givenBack }: LoadListing): string {
  switch (verdict) {
    case 'not-sent':
      return '-'
    case 'given-back':
      return `none, all ${rows} given back`
    case 'loaded':
      return givenBack === 0 ? `all ${rows}` : `${loaded} of ${rows}, ${givenBack} given back`
    case 'nothing-loaded':
      return `NONE of ${rows}${rejected > 0 ? `, ${rejected} rejected` : ''}`
    default:
      return [
        `${loaded} of ${rows}`,
        ...(rejected > 0 ? [`${rejected} rejected`] : []),
        ...(givenBack > 0 ? [`${givenBack} given back`] : []),
        `${notSeen} not seen`,
      ].join(', ')
  }
}

const reversalOf = ({ reverses, reversedBy }: LoadListing): string =>
  reverses !== null
    ? `takes ${reverses} back`
    : reversedBy !== null
      ? `to be taken back, or taken back, by ${reversedBy}`
      : ''

export function loadText(load: LoadDetail, limit: number): string {
  const { bytes, totals, history, deliveries, lints, timezone } = load
  const facts: (readonly [string, string])[] = [
    ['Job', `${load.job}, run ${load.run}`],
    ['Template', load.template],
    ['Status', `${load.status}${load.waitsFor === null ? '' : `, waits for ${load.waitsFor}`}`],
    ...(load.approval === null ? [] : [['Approval', load.approval] as const]),
    ...(reversalOf(load) === '' ? [] : [['Reversal', reversalOf(load)] as const]),
    ['Holds', `${holds(load)}, ${moneyOf(load)}`],
    ['In the ERP', inErp(load)],
    ['File', bytes.path],
    ['SHA-256', `${load.sha256}${bytes.state === 'as built' ? '' : `, the file is ${bytes.state}`}`],
    ...(totals === null
      ? []
      : [
          [
            'Totals',
            `planned ${totalsText(totals, load)}; in the file ${bytes.totals === null ? 'not readable' : totalsText(bytes.totals, load)}`,
          ] as const,
        ]),
    ['Lint', lints.length === 0 ? 'nothing found' : lints.slice(0, 10).map(printable).join('\n            ')],
  ]
  const happened = [
    ...history.map(({ at, event, person, actor, reason }) => ({
      at,
      said: `${event} by ${person === null ? actor : actor.startsWith(person) ? actor : `${person}, ${actor}`}${reason === null ? '' : `: ${reason}`}`,
    })),
    ...deliveries.flatMap(({ sentAt, endpoint, folder }) =>
      sentAt === null ? [] : [{ at: sentAt, said: `sent to ${endpoint}:${folder}` }],
    ),
  ]
  return [
    ux.colorize('bold', `Load ${load.id}`),
    ...facts.map(([name, value]) => `  ${name.padEnd(10)} ${printable(value)}`),
    '',
    ux.colorize('bold', 'What happened'),
    ...happened.map(({ at, said }) => `  ${localTime(at, timezone)}  ${printable(said)}`),
    ...(load.writes === null
      ? ['', 'What it wrote is not kept.']
      : ['', ux.colorize('bold', 'What it writes'), rowsText(load.writes, limit)]),
  ].join('\n')
}

/** Of several currencies the sum of the figures as they are is a check of the bytes, and no money. */
const totalsText = (
  { invoices, lines, amount, rows }: NonNullable<LoadDetail['totals']>,
  { otherCurrencies }: LoadListing,
): string =>
  invoices > 0
    ? `${invoices} invoices, ${lines} lines, ${otherCurrencies === undefined ? amount : `check sum ${amount} over all currencies`}`
    : count(rows, 'row')

/** One row a line: what it changes, and what is behind it. */
function rowsText(rows: readonly LoadRowListing[], limit: number): string {
  const shown = rows.slice(0, limit)
  const alike = columnsAlike(rows)
  const listed = table(shown, [
    { title: 'File', value: ({ file, number }) => `${file}:${number}` },
    { title: 'Row', value: ({ about }) => about, width: 44 },
    { title: '', value: ({ change }) => change, colour: ({ change }) => (change === 'changed' ? 'yellow' : undefined) },
    { title: 'What it says', value: (row) => saysText(row, alike), width: 110 },
    { title: 'Behind it', value: ({ decisions }) => behindRow(decisions), width: 60 },
    {
      title: 'In the ERP',
      value: ({ outcome, said }) => printable(said === null ? outcome : `${outcome}: ${said}`),
      colour: ({ outcome }) => (outcome === 'rejected' ? 'redBright' : undefined),
    },
  ])
  const more = rows.length - shown.length
  return shown.length === 0 ? count(rows.length, 'row') : more > 0 ? `${listed}\n${more} more with --limit` : listed
}

/** Columns in which all rows of a file say the same: they tell nothing about one of them. */
function columnsAlike(rows: readonly LoadRowListing[]): ReadonlySet<string> {
  const first = new Map<string, LoadRowListing>()
  const differ = new Set<string>()
  const files = new Map<string, number>()
  for (const row of rows) {
    files.set(row.file, (files.get(row.file) ?? 0) + 1)
    const before = first.get(row.file)
    if (before === undefined) first.set(row.file, row)
    else
      for (const column of [...Object.keys(before.values), ...Object.keys(row.values)])
        if (before.values[column] !== row.values[column]) differ.add(`${row.file} ${column}`)
  }
  const all = [...first].flatMap(([file, { values }]) => Object.keys(values).map((column) => [file, column] as const))
  return new Set(
    all
      .filter(([file, column]) => (files.get(file) ?? 0) > 1 && !differ.has(`${file} ${column}`))
      .map(([file, column]) => `${file} ${column}`),
  )
}

/** What changes, old to new; of a new row what tells it from the others. */
const saysText = ({ file, changes, change, values }: LoadRowListing, alike: ReadonlySet<string>): string =>
  change === 'new'
    ? Object.entries(values)
        .filter(([column]) => !alike.has(`${file} ${column}`))
        .map(([column, value]) => `${column} ${value}`)
        .join(', ')
    : changes.map((one) => `${one.column} ${one.old ?? 'empty'} → ${one.new}`).join(', ')

export const loadOutcomeText = ({ load, done, dryRun, said }: LoadOutcome): string =>
  [
    `Load ${load.id}: ${ux.colorize(done ? 'green' : 'yellow', load.status)}, ${holds(load)}, ${moneyOf(load)}${dryRun ? ' (dry run: nothing was kept)' : ''}`,
    `  SHA-256 ${load.sha256}`,
    `  ${printable(said)}`,
  ].join('\n')

export const appliedText = (outcome: ApplyOutcome): string =>
  [loadOutcomeText(outcome), ...outcome.failures.flatMap(failureLines)].join('\n')

/** Load by load what would be written. */
export function planText({ job, asOf, loads, failures, output }: LoadsPlan, limit: number): string {
  const parts = loads.map((load) =>
    [
      `${ux.colorize('bold', `Load ${load.id}`)}: ${holds(load)}, ${moneyOf(load)}; ${load.new} new, ${load.changed} changed, ${load.unchanged} unchanged`,
      `  ${printable(whenText(load))}`,
      ...(load.writes === null ? ['  What it writes is not kept.'] : [rowsText(load.writes, limit)]),
    ].join('\n'),
  )
  return [
    loads.length === 0 ? `${job} would write nothing as of ${asOf}.` : parts.join('\n\n'),
    ...(failures.length === 0 ? [] : failures.flatMap(failureLines)),
    ...(output === null ? [] : [`Every value: ${output}`]),
    '',
    'Nothing was written, taken or sent.',
  ].join('\n')
}

const whenText = ({ status, waitsFor }: LoadListing): string =>
  status === 'planned' ? 'It would go out with the night.' : `It would wait for ${waitsFor}.`

/** Load by load what of it is there, and what is not. */
export const verificationText = ({ loads, sent }: Verification, limit: number): string =>
  [
    ...loads.map((load) => verifiedText(load, limit)),
    ...(loads.length === 0 ? [`All of the ${count(sent, 'load')} that were sent are in the ERP.`] : []),
  ].join('\n\n')

function verifiedText(load: VerifiedLoad, limit: number): string {
  const { verdict, rejectedRows, notSeenRows } = load
  const reasons = new Map<string, string[]>()
  for (const { row, said } of rejectedRows) reasons.set(said, [...(reasons.get(said) ?? []), row])
  const some = (rows: readonly string[]): string =>
    `${rows.slice(0, limit).join(', ')}${rows.length > limit ? `, and ${rows.length - limit} more` : ''}`
  return [
    `${ux.colorize('bold', `Load ${load.id}`)}: ${ux.colorize(verdictColours[verdict], inErp(load))}, ${holds(load)}, ${moneyOf(load)}`,
    ...[...reasons].map(([said, rows]) => `  rejected, ${printable(said)}: ${printable(some(rows))}`),
    ...(notSeenRows.length === 0
      ? []
      : [
          `  ${verdict === 'awaited' ? 'not seen yet' : 'not seen, though it is time'}: ${printable(some(notSeenRows))}`,
        ]),
  ].join('\n')
}
