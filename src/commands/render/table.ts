import { ux } from '@oclif/core'

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string
  readonly align?: 'left' | 'right'
  /** Cut with an ellipsis beyond so many characters. */
  readonly width?: number
  readonly colour?: (row: Row) => string | undefined
}

/** Plain aligned columns; colour only where the terminal has it. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map((column) => cut(column.value(row), column.width)))
  const widths = columns.map((column, n) => Math.max(column.title.length, ...cells.map((line) => line[n]?.length ?? 0)))
  const line = (texts: readonly string[], paint: (text: string, n: number) => string) =>
    texts
      .map((text, n) => {
        const last = n === columns.length - 1 && columns[n]?.align !== 'right'
        const padded =
          columns[n]?.align === 'right' ? text.padStart(widths[n] ?? 0) : last ? text : text.padEnd(widths[n] ?? 0)
        return paint(padded, n)
      })
      .join('  ')
  const head = line(
    columns.map(({ title }) => title),
    (text) => ux.colorize('bold', text),
  )
  const body = cells.map((texts, r) => {
    const row = rows[r]
    return line(texts, (text, n) => (row === undefined ? text : ux.colorize(columns[n]?.colour?.(row), text)))
  })
  return [head, ...body].join('\n')
}

const cut = (text: string, width: number | undefined): string =>
  width !== undefined && text.length > width ? `${text.slice(0, width - 1)}…` : text
