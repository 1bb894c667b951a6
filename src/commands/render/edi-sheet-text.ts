import { ux } from '@oclif/core'
import type { Block, Branch, Fact, Row, Sheet, SheetParty, Tone } from '../../app/edi/sheet.js'
import { printable } from './printable.js'
import { widest } from './widest.js'

const colours: Readonly<Record<Tone, string | undefined>> = {
  good: 'green',
  notice: 'yellow',
  bad: 'redBright',
  plain: undefined,
}
const paint = (tone: Tone, text: string): string => ux.colorize(colours[tone], text)
const INDENT = '  '

/** A document for the terminal. `width` is how many characters a line may have; only parties are set side by side. */
export function sheetText(sheet: Sheet, width: number): string {
  const marks = sheet.marks.map(({ text, tone }) => paint(tone, `[${text}]`)).join(' ')
  const parts: string[][] = [
    [`${ux.colorize('bold', printable(sheet.title))}${marks === '' ? '' : `  ${marks}`}`, printable(sheet.summary)],
    sheet.problems.map((problem) => paint('bad', `! ${printable(problem)}`)),
    parties(sheet.parties, width),
    facts(sheet.facts),
    ...sheet.blocks.map(block),
    facts(sheet.totals, 'right'),
    titled(
      'Not mapped to a field',
      sheet.unmapped.map(({ name, text, line }) => ux.colorize('dim', `line ${line}  ${printable(text)}  (${name})`)),
    ),
    facts(sheet.source).map((line) => ux.colorize('dim', line)),
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function parties(all: readonly SheetParty[], width: number): string[] {
  const columns = all.map(({ role, lines }) => [role, ...lines].map(printable))
  const rows: string[][][] = []
  let used = 0
  for (const column of columns) {
    const needed = widest(column) + 4
    if (rows.length === 0 || used + needed > width) {
      rows.push([])
      used = 0
    }
    rows.at(-1)?.push(column)
    used += needed
  }
  return rows.flatMap((row, n) => {
    const height = Math.max(...row.map((column) => column.length))
    const lines = Array.from({ length: height }, (_, line) => {
      const texts = row.map((column) => (column[line] ?? '').padEnd(widest(column)))
      const painted = line === 0 ? texts.map((text) => ux.colorize('bold', text)) : texts
      return `${INDENT}${painted.join(INDENT + INDENT)}`.trimEnd()
    })
    return n === 0 ? lines : ['', ...lines]
  })
}

function facts(all: readonly Fact[], align: 'left' | 'right' = 'left'): string[] {
  const labels = all.map(({ label }) => printable(label))
  const values = all.map(({ value }) => printable(value))
  const room = widest(labels)
  const longest = align === 'right' ? widest(values) : 0
  return labels.map((label, n) => `${INDENT}${label.padEnd(room)}  ${(values[n] ?? '').padStart(longest)}`)
}

const titled = (title: string | undefined, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        ...(title === undefined ? [] : [`${INDENT}${ux.colorize('bold', title)}`]),
        ...lines.map((line) => (line === '' ? '' : `${INDENT}${line}`)),
      ]

function block(one: Block): string[] {
  if (one.kind === 'text') return titled(one.title, one.lines.map(printable))
  if (one.kind === 'tree')
    return titled(
      one.title,
      one.branches.flatMap((branch) => tree(branch, '')),
    )
  return titled(one.title, tableLines(one.columns, one.rows))
}

function tableLines(
  columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[],
  rows: readonly Row[],
): string[] {
  const cells = rows.map((row) => row.cells.map(printable))
  const widths = columns.map(({ title }, n) =>
    widest(
      cells.map((row) => row[n] ?? ''),
      title.length,
    ),
  )
  const line = (texts: readonly string[]): string =>
    columns
      .map(({ align }, n) => {
        const text = texts[n] ?? ''
        return align === 'right' ? text.padStart(widths[n] ?? 0) : text.padEnd(widths[n] ?? 0)
      })
      .join('  ')
      .trimEnd()
  return [
    ux.colorize('bold', line(columns.map(({ title }) => title))),
    ...rows.flatMap(({ notes }, n) => [
      line(cells[n] ?? []),
      ...notes.map(({ text, tone }) => `      ${tone === 'plain' ? printable(text) : paint(tone, printable(text))}`),
    ]),
  ]
}

function tree({ text, facts: said, branches }: Branch, indent: string): string[] {
  const room = widest(said.map(({ label }) => label))
  return [
    `${indent}${ux.colorize('bold', printable(text))}`,
    ...said.map(({ label, value }) => `${indent}    ${printable(label).padEnd(room)}  ${printable(value)}`),
    ...branches.flatMap((branch) => tree(branch, `${indent}  `)),
  ]
}
