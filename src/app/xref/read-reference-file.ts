import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { MatchbookError, nearMiss } from '../../errors/index.js'
import { type ReferenceColumn, type ReferenceRecord, referenceColumns } from './reference-row.js'

export interface ReferenceLine {
  /** Physical line its record begins on, 1-based. */
  readonly line: number
  readonly record: ReferenceRecord
}

export interface ReferenceFile {
  readonly lines: readonly ReferenceLine[]
  /** Columns in the order of the file, for places in it. */
  readonly columns: readonly string[]
  /** Of its bytes, hex. */
  readonly sha256: string
}

const needed: readonly ReferenceColumn[] = ['kind', 'identifier', 'target']

/**
 * A CSV file of cross-references: UTF-8, comma, a header; columns in any order, those that are not needed may be left out.
 * @throws REFERENCE-FILE with the line
 */
export async function readReferenceFile(file: string): Promise<ReferenceFile> {
  const name = path.basename(file)
  const refuse = (said: string): never => {
    throw new MatchbookError('REFERENCE-FILE', `${name}: ${said}`)
  }
  const bytes = await readFile(file)
  const text = utf8(bytes) ?? refuse('it is not UTF-8 text; save it as "CSV UTF-8 (comma delimited)"')
  const rows = rowsOf(text, refuse)
  const [head, ...body] = rows
  if (head === undefined) return refuse('it is empty; the first line names the columns')
  const columns = head.cells.map((title) => title.trim().toLowerCase())
  for (const [n, title] of columns.entries()) {
    if (columns.indexOf(title) !== n) refuse(`line 1, column ${n + 1}: "${title}" is there twice`)
    if (!(referenceColumns as readonly string[]).includes(title)) {
      const near = nearMiss(title, referenceColumns)
      refuse(
        `line 1, column ${n + 1}: "${title}" is no column of a cross-reference${near === undefined ? '.' : `; was ${near} meant?`} It may have ${referenceColumns.join(', ')}`,
      )
    }
  }
  for (const title of needed) if (!columns.includes(title)) refuse(`line 1: there is no column ${title}`)
  const lines = body
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells }) => {
      if (cells.length !== columns.length)
        refuse(`line ${line}: ${cells.length} cells, the first line names ${columns.length} columns`)
      const record = Object.fromEntries(
        referenceColumns.map((column) => [column, cells[columns.indexOf(column)]?.trim() ?? '']),
      ) as Record<ReferenceColumn, string>
      return { line, record }
    })
  return { lines, columns, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function rowsOf(text: string, refuse: (said: string) => never): { line: number; cells: string[] }[] {
  try {
    let line = 1
    const parsed = parse(text, { bom: true, info: true, relax_column_count: true }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    return parsed.map(({ record, info }) => {
      const row = { line, cells: record }
      line = info.lines + 1
      return row
    })
  } catch (error) {
    if (error instanceof CsvError) return refuse(error.message)
    throw error
  }
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
