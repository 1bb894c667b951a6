import path from 'node:path'
import { MatchbookError } from '../../errors/index.js'
import type { DifferenceFigure, DifferenceRow } from '../../outputs/differences/index.js'
import type { DiffRequest } from './diff-request.js'
import { type DiffResult, linesText, type ShownDifference } from './diff-result.js'

const endings = ['.csv', '.xlsx']

/** @throws USAGE when it has another ending, or is one of the files that are read */
export function requireOutput({ output, left, right }: DiffRequest): void {
  if (output === undefined) return
  if (!endings.includes(path.extname(output).toLowerCase()))
    throw new MatchbookError('USAGE', `--output ${output} ends in neither .csv nor .xlsx`, {
      hint: 'Name a file that does',
    })
  if ([left, right].some((file) => path.resolve(file) === path.resolve(output)))
    throw new MatchbookError('USAGE', `--output is a file that is read: ${output}`, { hint: 'Name another file' })
}

/**
 * Writes every difference, a row for each field that differs.
 * @throws DISK-FULL, WORKSPACE-READ-ONLY
 */
export async function writeDifferences(
  output: string,
  result: DiffResult,
  differences: AsyncIterable<ShownDifference>,
): Promise<void> {
  const { writeDifferencesCsv, writeDifferencesWorkbook } = await import('../../outputs/differences/index.js')
  const [left, right] = sideNames(result)
  const content = { left, right, keys: result.keys, rows: rowsOf(result.keys, differences) }
  if (output.toLowerCase().endsWith('.csv')) await writeDifferencesCsv(output, content)
  else await writeDifferencesWorkbook(output, { ...content, figures: figures(result) })
}

/** Two files of one name need their folders to be told apart. */
export function sideNames({ left, right }: DiffResult): [string, string] {
  const [a, b] = [path.basename(left.file), path.basename(right.file)]
  return a === b ? [left.file, right.file] : [a, b]
}

async function* rowsOf(
  keys: readonly string[],
  differences: AsyncIterable<ShownDifference>,
): AsyncGenerator<DifferenceRow> {
  for await (const { kind, keys: values, fields, left, right } of differences) {
    const row = {
      difference: kind,
      keys: keys.map((key) => values[key] ?? null),
      leftLines: linesText(left),
      rightLines: linesText(right),
    }
    const whole = { field: null, left: null, right: null, distance: null, tolerance: null, verdict: null }
    if (fields.length === 0) yield { ...row, ...whole }
    else for (const field of fields) yield { ...row, ...field }
  }
}

/** The counts of both sides in the order in which they add up. */
export function figures({ left, right }: DiffResult): DifferenceFigure[] {
  const figure = (what: keyof typeof meanings): DifferenceFigure => ({
    what,
    left: left[what],
    right: right[what],
    meaning: meanings[what],
  })
  return (Object.keys(meanings) as (keyof typeof meanings)[]).map(figure)
}

const meanings = {
  records: 'in the file; all the following add up to it',
  same: 'on both sides, and every compared field says the same',
  within: 'on both sides, and what differs is within its tolerance',
  changed: 'on both sides, and some field differs',
  only: 'on this side only',
  doubled: 'with a key that stands more than once on either side; not compared',
  outside: 'not in force on the day asked for',
  undated: 'whether they are in force cannot be read',
  unread: 'cannot be split into the columns; not compared',
} as const
