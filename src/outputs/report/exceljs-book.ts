import { createWriteStream } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { DataValidation, stream, Worksheet } from 'exceljs'
import { fontsInOrder } from '../font-order.js'
import type { Book, Sheet, SheetFinish, SheetSetup } from './book.js'
import type { Cell } from './cell.js'

// Left in the type declarations of exceljs 4.4.0; the writer has it.
type SheetWriter = Worksheet & { readonly dataValidations: { add(range: string, validation: DataValidation): void } }

/** Not in the type declarations either: what writes styles.xml. */
type Styled = { readonly styles: { toXml(model: unknown): string } }

/** So many rows go to the zip before it gets the processor: more would only pile up in memory. */
const ROWS_AT_A_TIME = 200

/** A Book on the streaming writer of exceljs: memory does not grow with the rows. `created` is stamped into the file. */
export async function openBook(file: string, about: { title: string; created: Date }): Promise<Book> {
  const { default: excel } = await import('exceljs')
  const out = createWriteStream(file, { flags: 'wx' })
  const failure = new Promise<never>((_, reject) => out.once('error', reject))
  // Nobody may be waiting at that moment; whoever writes next is told.
  failure.catch(() => undefined)
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  const { styles } = workbook as unknown as Styled
  const toXml = styles.toXml.bind(styles)
  styles.toXml = (model) => fontsInOrder(toXml(model))
  workbook.creator = 'Matchbook'
  workbook.lastModifiedBy = 'Matchbook'
  workbook.created = about.created
  workbook.modified = about.created
  workbook.title = about.title
  workbook.views = [{ x: 0, y: 0, width: 28_000, height: 16_000, firstSheet: 0, activeTab: 0, visibility: 'visible' }]
  return {
    sheet: (name, setup) => openSheet(workbook, name, setup, failure),
    define: (name, range) => workbook.definedNames.add(range, name),
    close: async () => {
      await Promise.race([workbook.commit(), failure])
    },
  }
}

function openSheet(
  workbook: stream.xlsx.WorkbookWriter,
  name: string,
  setup: SheetSetup,
  failure: Promise<never>,
): Sheet {
  const { freeze } = setup
  const sheet = workbook.addWorksheet(name, {
    state: setup.hidden ? 'hidden' : 'visible',
    properties: { ...(setup.tabColour && { tabColor: { argb: setup.tabColour } }) },
    views: [
      freeze
        ? { state: 'frozen', xSplit: freeze.columns, ySplit: freeze.rows, showGridLines: false }
        : { state: 'normal', showGridLines: false },
    ],
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      ...(setup.printHeader && { printTitlesRow: `${setup.printHeader}:${setup.printHeader}` }),
    },
    headerFooter: { oddFooter: `&L&8${setup.footer.replaceAll('&', '&&')}&C&8&A&R&8Page &P of &N` },
  }) as SheetWriter
  sheet.columns = setup.columns.map(({ width, hidden }) => ({ width, hidden: hidden ?? false }))
  let written = 0
  return {
    row: async (cells, options) => {
      const row = sheet.addRow(cells.map(({ value }) => stored(value)))
      cells.forEach((cell, index) => {
        row.getCell(index + 1).style = cell.style
      })
      row.height = options?.height ?? heightOf(cells, setup)
      for (const [from, to] of options?.merge ?? []) sheet.mergeCells(row.number, from, row.number, to)
      row.commit()
      written += 1
      if (written % ROWS_AT_A_TIME === 0) await Promise.race([setImmediate(), failure])
    },
    close: (finish = {}) => {
      finishSheet(sheet, finish)
      sheet.commit()
    },
  }
}

/** Points of a line of 10 point text, and of the air around a row. */
const LINE = 12.75
const AIR = 4.5

/** Readers disagree on growing a row to its wrapped text, so it is said: as many lines as the text of its widths needs. */
function heightOf(cells: readonly Cell[], { columns }: SheetSetup): number {
  const lines = cells.map(({ value, style }, index) => {
    if (typeof value !== 'string' || !style.alignment?.wrapText) return 1
    // Letters are narrower than the digits a width counts, but there is an indent, and words break before the end.
    const width = Math.max(4, (columns[index]?.width ?? 10) * 1.15 - 3)
    return value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0)
  })
  return Math.min(MOST_LINES, Math.max(1, ...lines)) * LINE + AIR
}
/** A row of a page's height helps nobody; the rest is in the cell. */
const MOST_LINES = 12

// A file may spell a character as _x000D_; a text that happens to look so must stay text.
const stored = (value: Cell['value']) =>
  typeof value === 'string' ? value.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : value

function finishSheet(sheet: SheetWriter, { filter, printArea, rules = [], lists = [] }: SheetFinish): void {
  if (filter) sheet.autoFilter = filter
  if (printArea) sheet.pageSetup.printArea = printArea
  rules.forEach(({ range, formula, style }, index) => {
    sheet.addConditionalFormatting({
      ref: range,
      rules: [{ type: 'expression', priority: index + 1, formulae: [formula], style }],
    })
  })
  for (const { range, formula, prompt, error } of lists) {
    sheet.dataValidations.add(range, {
      type: 'list',
      allowBlank: true,
      formulae: [formula],
      showInputMessage: true,
      promptTitle: 'Decision',
      prompt,
      showErrorMessage: true,
      errorStyle: 'stop',
      errorTitle: 'Not a decision for this row',
      error,
    })
  }
}
