import { ux } from '@oclif/core'
import { printable } from './printable.js'
import { widest } from './widest.js'

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string
  readonly align?: 'left' | 'right'
  /** Free text: cut with an ellipsis beyond so many characters, and before that where the terminal is too narrow for the table. */
  readonly width?: number
  readonly colour?: (row: Row) => string | undefined
}

/**
 * Plain aligned columns; colour only where the terminal has it. `room`: characters of a line, undefined for a pipe or a file. A last free
 * text that would be cut so far that it says nothing stands whole beneath its row.
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], room = terminalRoom()): string {
  const texts = rows.map((row) => columns.map((column) => printable(column.value(row))))
  const natural = columns.map((column, n) =>
    widest(
      texts.map((line) => cut(line[n] ?? '', column.width)),
      column.title.length,
    ),
  )
  const fit = fitted(natural, columns, room)
  const last = columns.length - 1
  const beneath = room !== undefined && (fit[last] ?? 0) < Math.min(natural[last] ?? 0, BENEATH)
  const beside = beneath ? columns.slice(0, last) : columns
  const widths = beneath ? fitted(natural.slice(0, last), beside, room) : fit
  const line = (cells: readonly string[], paint: (text: string, n: number) => string) =>
    beside
      .map(({ align }, n) => {
        const text = cut(cells[n] ?? '', widths[n])
        const padded =
          align === 'right'
            ? text.padStart(widths[n] ?? 0)
            : n === beside.length - 1
              ? text
              : text.padEnd(widths[n] ?? 0)
        return paint(padded, n)
      })
      .join('  ')
  const head = line(
    columns.map(({ title }) => title),
    (text) => ux.colorize('bold', text),
  )
  const body = rows.flatMap((row, r) => {
    const cells = texts[r] ?? []
    const drawn = line(cells, (text, n) => ux.colorize(beside[n]?.colour?.(row), text))
    return beneath ? [drawn, ...wrapped(cells[last] ?? '', room)] : [drawn]
  })
  return [head, ...body].join('\n')
}

/** Less what tables are indented by. */
const terminalRoom = (): number | undefined => (process.stdout.isTTY ? process.stdout.columns - 2 : undefined)

/** Never less than this of a free text. */
const LEAST = 12

/** With less room than this a last free text stands beneath its row. */
const BENEATH = 40

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

/** A sentence keeps its beginning; a name of one word its end too, by which names of one kind differ. */
function cut(text: string, width: number | undefined): string {
  if (width === undefined || text.length <= width) return text
  const tail = text.includes(' ') ? 0 : Math.floor((width - 1) / 2)
  return `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`
}

const INDENT = '    '

/** Cut between words into lines of `room` characters, indented; a longer word is left whole. Nothing for an empty text. */
function wrapped(text: string, room: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= room) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(`${INDENT}${word}`)
  }
  return lines
}
