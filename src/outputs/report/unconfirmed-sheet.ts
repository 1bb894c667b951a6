import { type Amounts, money } from '../../canonical/index.js'
import { amount, count, instant, text } from './cell.js'
import type { UnconfirmedLoad } from './report-content.js'
import { style } from './style.js'
import type { Table, TableColumn } from './table-sheet.js'

export const UNCONFIRMED_SHEET = 'Unconfirmed loads'

const inWords = (amounts: Amounts = {}): string =>
  Object.entries(amounts)
    .map(([currency, sum]) => money(sum, currency))
    .join(' and ')

const columns = (timezone: string, isInOthers: boolean): readonly TableColumn<UnconfirmedLoad>[] => [
  { header: 'Load', width: 20, cell: ({ load }) => text(load, style.code) },
  { header: 'Where it stands', width: 56, cell: ({ standing }) => text(standing, style.wrapped) },
  { header: 'Rows', width: 10, look: style.headerRight, cell: ({ rows }) => count(rows) },
  { header: 'In the ERP', width: 12, look: style.headerRight, cell: ({ loaded }) => count(loaded) },
  { header: 'Rejected', width: 11, look: style.headerRight, cell: ({ rejected }) => count(rejected) },
  { header: 'Not seen', width: 11, look: style.headerRight, cell: ({ notSeen }) => count(notSeen) },
  { header: 'Amount', width: 17, look: style.headerRight, cell: (row) => amount(row.amount, row.currency) },
  ...(isInOthers
    ? [
        {
          header: 'In other currencies',
          width: 24,
          cell: ({ otherCurrencies }: UnconfirmedLoad) => text(inWords(otherCurrencies)),
        },
      ]
    : []),
  { header: 'Prepared', width: 18, cell: ({ preparedAt }) => instant(preparedAt, timezone) },
  { header: 'Sent', width: 18, cell: ({ sentAt }) => instant(sentAt, timezone) },
  { header: 'Approved by', width: 20, cell: ({ approvedBy }) => text(approvedBy) },
  { header: 'File', width: 48, cell: ({ file }) => text(file, style.quiet) },
]

/** Loads that nothing shows in the ERP yet, or not all of them. */
export const unconfirmedTable = (
  rows: readonly UnconfirmedLoad[],
  timezone: string,
  shared: { readonly footer: string; readonly rowsPerSheet: number },
): Table<UnconfirmedLoad> => ({
  ...shared,
  title: UNCONFIRMED_SHEET,
  subtitle:
    rows.length === 0
      ? 'Every load of this job that went out is in the ERP, as its extracts show.'
      : 'Loads of which the ERP’s extracts and result files do not show every row yet; the newest first.',
  columns: columns(
    timezone,
    rows.some(({ otherCurrencies }) => otherCurrencies !== undefined),
  ),
  rows,
  freezeColumns: 1,
})
