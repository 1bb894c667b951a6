import { ux } from '@oclif/core'

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string
  readonly align?: 'left' | 'right'
  /** Free text: cut with an ellipsis beyond so many characters, and before that where the terminal is too narrow for the table. */
  readonly width?: number
  readonly colour?: (row: Row) => string | undefined
}

/** Plain aligned columns; colour only where the terminal has it. `room`: characters of a line, undefined for a pipe or a file. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], room = terminalRoom()): string {
  const whole = rows.map((row) => columns.map((column) => cut(column.value(row), column.width)))
  const widths = fitted(
    columns.map((column, n) => Math.max(column.title.length, ...whole.map((line) => line[n]?.length ?? 0))),
    columns,
    room,
  )
  const cells = whole.map((line) => line.map((text, n) => cut(text, widths[n])))
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

/** Less what tables are indented by. */
const terminalRoom = (): number | undefined => (process.stdout.isTTY ? process.stdout.columns - 2 : undefined)

/** Never less than this of a free text. */
const LEAST = 12

/** Takes from the widest free text until the line fits, or no text can give more. */
function fitted<Row>(
  widths: readonly number[],
  columns: readonly Column<Row>[],
  room: number | undefined,
): readonly number[] {
  const fit = [...widths]
  const give = (n: number): number =>
    columns[n]?.width === undefined ? 0 : (fit[n] ?? 0) - Math.max(LEAST, columns[n]?.title.length ?? 0)
  for (
    let over = fit.reduce((sum, one) => sum + one + 2, -2) - (room ?? Number.POSITIVE_INFINITY);
    over > 0;
    over -= 1
  ) {
    const giving = fit.map((_, n) => n).filter((n) => give(n) > 0)
    const widest = giving.sort((a, b) => (fit[b] ?? 0) - (fit[a] ?? 0))[0]
    if (widest === undefined) break
    fit[widest] = (fit[widest] ?? 0) - 1
  }
  return fit
}

const cut = (text: string, width: number | undefined): string =>
  width !== undefined && text.length > width ? `${text.slice(0, width - 1)}…` : text
