import { compare, compareText } from '../../canonical/index.js'
import { catalogue } from '../../exceptions/index.js'
import { type Cell, formula, text } from './cell.js'
import { isOpen } from './exception-order.js'
import { queueColumn } from './queue-sheet.js'
import type { ExceptionRow } from './report-content.js'
import { quotedSheet } from './sheet-name.js'
import { style } from './style.js'
import { addFigures, type Figures, figuresBy, figuresOf, nothing, type Viewpoint } from './summary-figures.js'
import { formulasOfParts, formulasOfText, type Viewing } from './summary-formulas.js'
import type { SummaryLine } from './summary-page.js'
import { columnRange, type TablePart } from './table-sheet.js'

/** A queue as the Summary sees it: its rows, and the sheets they are about to be written to. */
export interface QueueView {
  readonly title: string
  readonly owner: string
  readonly rows: readonly ExceptionRow[]
  readonly parts: readonly TablePart[]
}

/** Days since an exception was first seen, both ends within. */
const ages: readonly { readonly name: string; readonly from: number; readonly to?: number }[] = [
  { name: 'today and yesterday', from: 0, to: 1 },
  { name: '2 to 3 days', from: 2, to: 3 },
  { name: '4 to 7 days', from: 4, to: 7 },
  { name: '8 to 14 days', from: 8, to: 14 },
  { name: '15 to 30 days', from: 15, to: 30 },
  { name: '31 to 90 days', from: 31, to: 90 },
  { name: 'over 90 days', from: 91 },
]
const ageNameOf = (days: number): string =>
  ages.find(({ from, to }) => days >= from && (to === undefined || days <= to))?.name ?? ''

/** Suppliers and facilities shown by name; the rest is one line. */
const BY_NAME = 20

/** The exceptions from each side they are looked at from. */
export class SummaryView {
  readonly rows: readonly ExceptionRow[]
  readonly parts: readonly TablePart[]
  readonly figures: ReadonlyMap<ExceptionRow, Figures>

  constructor(
    readonly queues: readonly QueueView[],
    from: Viewpoint,
    readonly viewing: Viewing,
  ) {
    this.rows = queues.flatMap(({ rows }) => rows)
    this.parts = queues.flatMap(({ parts }) => parts)
    this.figures = new Map(this.rows.map((row) => [row, figuresOf(row, from)]))
  }

  total(rows: readonly ExceptionRow[] = this.rows): Figures {
    return figuresBy(rows, () => '', this.figures).get('') ?? nothing
  }

  queueLines(): SummaryLine[] {
    return this.queues.map(({ title, owner, rows, parts }) => ({
      name: title,
      label: linkTo(title, parts[0]),
      explanation: owner,
      figures: this.total(rows),
      formulas: () => formulasOfParts(parts, this.viewing),
    }))
  }

  codeLines(): SummaryLine[] {
    return mostMoneyFirst(figuresBy(this.rows, ({ code }) => code, this.figures)).map(([code, figures]) => ({
      name: code,
      label: text(code, style.code),
      explanation: catalogue[code].raisedWhen,
      figures,
      formulas: (row) =>
        formulasOfParts(
          this.partsWith((candidate) => candidate.code === code),
          this.viewing,
          (part) => [columnRange(part, queueColumn.code), `$B${row}`],
        ),
    }))
  }

  /** From the youngest to the oldest; ages that no exception has are left out. */
  ageLines(): SummaryLine[] {
    const groups = figuresBy(this.rows, ({ ageDays }) => ageNameOf(ageDays), this.figures)
    return ages.flatMap(({ name, from, to }) => {
      const figures = groups.get(name)
      if (figures === undefined) return []
      const isWithin = ({ ageDays }: ExceptionRow): boolean => ageNameOf(ageDays) === name
      const criteria = (part: TablePart): readonly string[] => {
        const days = columnRange(part, queueColumn.age)
        return [days, `">=${from}"`, ...(to === undefined ? [] : [days, `"<=${to}"`])]
      }
      return [
        {
          name,
          label: text(name, style.code),
          explanation: '',
          figures,
          formulas: () => formulasOfParts(this.partsWith(isWithin), this.viewing, criteria),
        },
      ]
    })
  }

  /** By name, since a supplier has a vendor number in each company; one whose name nobody gave by its number. */
  supplierLines(): SummaryLine[] {
    const keyOf = ({ supplier, supplierName }: ExceptionRow): string => supplierName ?? supplier ?? ''
    const names = new Set(this.rows.map(({ supplierName }) => supplierName))
    const numbers = new Map<string, Set<string>>()
    for (const row of this.rows) {
      const { supplier, supplierName } = row
      if (supplier === null || supplierName === null) continue
      numbers.set(supplierName, (numbers.get(supplierName) ?? new Set()).add(supplier))
    }
    return this.textLines(
      (key) => (names.has(key) ? queueColumn.supplierName : queueColumn.supplier),
      keyOf,
      '(no supplier)',
      (key) => [...(numbers.get(key) ?? [])].sort().join(', '),
    )
  }

  facilityLines(): SummaryLine[] {
    return this.textLines(
      () => queueColumn.facility,
      ({ facility }) => facility ?? '',
      '(no facility)',
      () => '',
    )
  }

  private textLines(
    columnOf: (key: string) => number,
    keyOf: (row: ExceptionRow) => string,
    none: string,
    explain: (key: string) => string,
  ): SummaryLine[] {
    const groups = mostMoneyFirst(figuresBy(this.rows, keyOf, this.figures))
    const named = groups.slice(0, BY_NAME).map(
      ([key, figures]): SummaryLine => ({
        name: key === '' ? none : key,
        label: text(key === '' ? none : key, style.code),
        explanation: explain(key),
        figures,
        formulas: (row) =>
          formulasOfText(
            this.partsWith((candidate) => keyOf(candidate) === key),
            this.viewing,
            columnOf(key),
            key === '' ? '""' : `$B${row}`,
          ),
      }),
    )
    const rest = groups.slice(BY_NAME)
    return rest.length === 0 ? named : [...named, this.others(rest.map(([, figures]) => figures))]
  }

  /** Everything, less the lines above. */
  private others(groups: readonly Figures[]): SummaryLine {
    const whole = formulasOfParts(this.parts, this.viewing)
    return {
      name: `${groups.length} more`,
      label: text(`${groups.length} more`, style.quiet),
      explanation: '',
      figures: groups.reduce(addFigures, nothing),
      formulas: (row, first) => {
        const less = (total: string, letter: string): string => `${total}-SUM(${letter}${first}:${letter}${row - 1})`
        return {
          open: less(whole.open, 'D'),
          fresh: less(whole.fresh, 'E'),
          overdue: less(whole.overdue, 'F'),
          dueToday: less(whole.dueToday, 'G'),
          atRisk: `ROUND(${less(whole.atRisk, 'H')},2)`,
        }
      },
    }
  }

  /** Sheets of the queues that hold such a row: no formula looks where nothing can be. */
  private partsWith(holds: (row: ExceptionRow) => boolean): readonly TablePart[] {
    return this.queues.filter(({ rows }) => rows.some((row) => isOpen(row) && holds(row))).flatMap(({ parts }) => parts)
  }
}

function mostMoneyFirst<Key extends string>(groups: ReadonlyMap<Key, Figures>): [Key, Figures][] {
  return [...groups].sort(([a, x], [b, y]) => compare(y.atRisk, x.atRisk) || y.open - x.open || compareText(a, b))
}

function linkTo(title: string, part: TablePart | undefined): Cell {
  if (part === undefined) return text(title, style.code)
  const address = `#${quotedSheet(part.sheet)}!A1`
  return formula(`HYPERLINK("${address.replaceAll('"', '""')}","${title.replaceAll('"', '""')}")`, title, style.link)
}
