import { readFile } from 'node:fs/promises'
import type { DescribedColumn } from '../../contracts/index.js'
import { MatchbookError } from '../../errors/index.js'

/**
 * An ERP team's description of a layout: a line for each column with its name and, where values stand at fixed places, first character and
 * width (or 1-10), between spaces, tabs, commas, semicolons or pipes. A number before the name and words behind do not matter; lines
 * that begin with # are passed over.
 * @throws USAGE naming the line that cannot be read
 */
export async function describedLayout(file: string): Promise<readonly DescribedColumn[]> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new MatchbookError('USAGE', `the layout ${file} cannot be read`, { hint: 'See the name of the file', cause })
  })
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map((line, n) => ({ line: line.trim(), at: n + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
  const columns = lines.map(({ line, at }) => described(line, file, at))
  const twice = columns.findIndex(({ name }, n) => columns.findIndex((other) => other.name === name) < n)
  if (twice >= 0) throw wrong(file, lines[twice]?.at ?? 1, `names ${columns[twice]?.name} a second time`)
  const placed = columns.filter(({ from }) => from !== undefined).length
  const firstBare = columns.findIndex(({ from }) => from === undefined)
  if (placed > 0 && placed < columns.length)
    throw wrong(file, lines[firstBare]?.at ?? 1, 'has no first character and width, as others have')
  if (columns.length === 0) throw wrong(file, 1, 'describes no column')
  return columns
}

function described(line: string, file: string, at: number): DescribedColumn {
  const bare = line.replace(/^\d+\.?[\s,;|]+(?=\D)/, '')
  const parts = bare.split(/\s*[\t,;|]\s*| {2,}/).map(unquoted)
  const [name = '', place = '', width = ''] = parts.length > 1 ? parts : wordsOfLine(bare)
  if (name === '' || /^\d+$/.test(name)) throw wrong(file, at, 'names no column')
  const range = /^(\d+)\s*[-:]\s*(\d+)$/.exec(place)
  const from = Number(range ? range[1] : place || Number.NaN)
  const wide = range ? Number(range[2]) - from + 1 : Number(width || Number.NaN)
  if (!Number.isInteger(from) || !Number.isInteger(wide)) return { name }
  if (from < 1 || wide < 1) throw wrong(file, at, `places ${name} at ${place}, which is no place`)
  return { name, from, width: wide }
}

/** With single spaces only, the name goes up to the first number. */
function wordsOfLine(line: string): string[] {
  const [, name, place, width] = /^(.*?)(?: (\d+(?:[-:]\d+)?))?(?: (\d+).*)?$/.exec(line) ?? []
  return [unquoted(name ?? line), place ?? '', width ?? '']
}

const unquoted = (text: string): string => text.replaceAll('"', '').trim()

const wrong = (file: string, line: number, what: string): MatchbookError =>
  new MatchbookError('USAGE', `${file}:${line} ${what}`, {
    hint: 'A line for each column: its name, and at fixed places its first character and width',
    facts: { file, line },
  })
