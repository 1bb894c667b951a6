import type { Book } from './book.js'
import { blank, text } from './cell.js'
import { style } from './style.js'

export const HOW_TO_READ_SHEET = 'How to read'

const page: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'What to do',
    [
      [
        '1. Find your queue',
        'Each team has a sheet of its own; Summary links to it. The rows with the most money stand first.',
      ],
      [
        '2. Decide',
        'Choose a Decision from the list in the yellow cell. The list offers what the code of the row allows. Decided by is your name; left empty, the Assignee counts. A note is kept with the decision. A day in Rule until lets the decision hold for later exceptions of the same supplier and item too.',
      ],
      [
        '3. Save and give it back',
        'Save as .xlsx under any name and put it where workbooks are taken back, or send it to whoever imports it. You may sort, filter, hide columns, and leave rows for later. Do not delete the hidden column at the end of a queue sheet: by it each row is known again. What cannot be taken comes back in a copy, with the reason beside each row.',
      ],
    ],
  ],
  [
    'Sheets',
    [
      [
        'Summary',
        'Counts and money by queue, code, age, supplier and facility, and how the last nights ended. The figures are formulas over the queue sheets; only unsettled exceptions count (new, open, reopened, proposed).',
      ],
      [
        'Clusters',
        'Exceptions that share one cause: a price of one item, the receipts of one dock, one file. A decision in its row is one for each of them; a decision in the row of a single exception goes before it.',
      ],
      [
        'Queue sheets',
        'One row an exception: what is wrong, how much money is at risk, until when it should be decided, and where the values stand.',
      ],
      [
        'Matched',
        'Invoice lines that agree with their PO line and receipts within tolerance, with how they were matched and in which unit.',
      ],
      [
        'Held and waiting',
        'Invoices that are not in tonight’s load. Held: somebody must decide. Waiting: nobody need act yet, for example because the receipt may still come.',
      ],
      [
        'Evidence',
        'Where each value stands that an exception was raised on: file, line or byte, field, value. Where it stands in the row of an exception leads there.',
      ],
      ['Control totals', 'Everything that came in and where it went. Each row ties, or says that it does not.'],
      ['Unconfirmed loads', 'Loads that wait for an approval, or of which the ERP does not show every row yet.'],
      [
        'Supplier scorecard',
        'How each supplier did in the last 90 days: invoices right at once, exceptions, prices, duplicates, acknowledgments.',
      ],
      ['Files', 'The files that were read, with the hash of their bytes.'],
    ],
  ],
  [
    'Status',
    [
      ['new', 'Found for the first time tonight.'],
      ['open', 'Found before, and still there.'],
      ['reopened', 'Was settled, and is back or for more money.'],
      [
        'proposed',
        'Decided by one person; the amount asks for a second one. Column Proposed says what and by whom: choose the same Decision to agree.',
      ],
      ['decided', 'Somebody has settled it; it stays on the sheet while the data still shows it.'],
      ['healed', 'Gone by itself: the data agrees now. Nothing to do.'],
    ],
  ],
  [
    'Figures',
    [
      [
        'At risk',
        'What would be paid wrongly, or cannot be paid, if the exception were ignored. An invoice line with two troubles is two exceptions, each with its own amount.',
      ],
      [
        'Due',
        'Until when it should be decided; red when that has passed. Times are in the time zone named on the Summary.',
      ],
      [
        'Currencies',
        'Totals are in one currency. Exceptions in others are listed apart on the Summary and never added to them.',
      ],
      [
        'Long numbers',
        'A spreadsheet keeps 15 digits. A number with more is shown as text, exact, and formulas pass over it.',
      ],
      [
        'An apostrophe in front',
        'Text that a spreadsheet could run as a formula is shown with an apostrophe in front. What goes to the ERP is not changed.',
      ],
    ],
  ],
]

export async function writeHowToRead(book: Book, subtitle: string, footer: string): Promise<void> {
  const sheet = book.sheet(HOW_TO_READ_SHEET, { columns: [{ width: 2 }, { width: 28 }, { width: 110 }], footer })
  await sheet.row([text('How to read this workbook', style.title), blank(style.title), blank(style.title)], {
    height: 28,
  })
  await sheet.row([text(subtitle, style.subtitle), blank(style.subtitle), blank(style.subtitle)], { height: 18 })
  for (const [heading, entries] of page) {
    await sheet.row([blank({}), text(heading, style.section)], { height: 30 })
    for (const [term, words] of entries)
      await sheet.row([blank({}), text(term, style.code), text(words, style.wrapped)])
  }
  sheet.close()
}
