import { queueColumn } from './queue-sheet.js'
import { columnRange, type TablePart } from './table-sheet.js'

/** One formula for each figure of a Summary row. */
export interface FigureFormulas {
  readonly open: string
  readonly fresh: string
  readonly overdue: string
  readonly dueToday: string
  readonly atRisk: string
}

export interface Viewing {
  /** Cell of the Summary with the instant of the report. */
  readonly now: string
  readonly currency: string
}

const OPEN = '{"new","open","reopened","proposed"}'

/** Range and what it must be, once or several times. */
export type Criteria = (part: TablePart) => readonly string[]

/**
 * Over all rows of the parts, or those that meet the criteria. The keys are our own words, never numbers or patterns, so COUNTIFS and SUMIFS
 * compare them as they stand.
 */
export function formulasOfParts(
  parts: readonly TablePart[],
  { now, currency }: Viewing,
  criteriaOf: Criteria = () => [],
): FigureFormulas {
  const counted = (part: TablePart, statuses: string, ...criteria: string[]): string => {
    const status = columnRange(part, queueColumn.status)
    return `SUMPRODUCT(COUNTIFS(${[status, statuses, ...criteriaOf(part), ...criteria].join(',')}))`
  }
  const summed = (part: TablePart): string => {
    const criteria = [
      columnRange(part, queueColumn.status),
      OPEN,
      columnRange(part, queueColumn.currency),
      `"${currency}"`,
    ]
    return `SUMPRODUCT(SUMIFS(${[columnRange(part, queueColumn.atRisk), ...criteria, ...criteriaOf(part)].join(',')}))`
  }
  const due = (part: TablePart): string => columnRange(part, queueColumn.due)
  return {
    open: total(parts, (part) => counted(part, OPEN)),
    fresh: total(parts, (part) => counted(part, '"new"')),
    overdue: total(parts, (part) => counted(part, OPEN, due(part), `"<"&${now}`)),
    dueToday: total(parts, (part) => counted(part, OPEN, due(part), `">="&${now}`, due(part), `"<"&(INT(${now})+1)`)),
    atRisk: `ROUND(${total(parts, summed)},2)`,
  }
}

/**
 * Rows whose column holds exactly the text of a cell ("" for none). COUNTIFS would take vendor 00123 for 123 and a * in a name for
 * anything, so these compare with EXACT.
 */
export function formulasOfText(
  parts: readonly TablePart[],
  { now, currency }: Viewing,
  column: number,
  key: string,
): FigureFormulas {
  const open = (part: TablePart): string => {
    const status = columnRange(part, queueColumn.status)
    return `EXACT(${columnRange(part, column)},${key})*((${status}="new")+(${status}="open")+(${status}="reopened")+(${status}="proposed"))`
  }
  const dueCell = (part: TablePart): string => columnRange(part, queueColumn.due)
  const one = (part: TablePart, factor: string): string => `SUMPRODUCT(${open(part)}*${factor})`
  return {
    open: total(parts, (part) => one(part, '1')),
    fresh: total(parts, (part) => one(part, `(${columnRange(part, queueColumn.status)}="new")`)),
    overdue: total(parts, (part) => one(part, `(${dueCell(part)}<>"")*(${dueCell(part)}<${now})`)),
    dueToday: total(parts, (part) => one(part, `(${dueCell(part)}>=${now})*(${dueCell(part)}<INT(${now})+1)`)),
    atRisk: `ROUND(${total(
      parts,
      (part) =>
        `SUMPRODUCT(${open(part)}*(${columnRange(part, queueColumn.currency)}="${currency}"),${columnRange(part, queueColumn.atRisk)})`,
    )},2)`,
  }
}

const total = (parts: readonly TablePart[], formula: (part: TablePart) => string): string =>
  parts.length === 0 ? '0' : parts.map(formula).join('+')
