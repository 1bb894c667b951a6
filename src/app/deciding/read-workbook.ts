import { MatchbookError } from '../../errors/index.js'
import { openWorkbook } from '../../formats/xlsx/index.js'
import { type DecisionRow, readDecisions, type UnusableSheet, unusableWorkbook } from '../../outputs/report/index.js'
import { type RowToken, rowToken } from './row-tokens.js'

/** A row that says which exception or cluster it speaks of. */
export interface TokenRow extends DecisionRow {
  readonly subject: RowToken
}

/** A row that cannot be taken, whatever it asks for. */
export interface RefusedRow {
  readonly row: DecisionRow
  readonly said: string
  /** What it would have spoken of, where that is known. */
  readonly subject?: RowToken
}

export interface ReadWorkbook {
  readonly rows: readonly TokenRow[]
  readonly refused: readonly RefusedRow[]
  readonly unusable: readonly UnusableSheet[]
}

/** The rows of a workbook in which something is filled in, those that no decision can be taken from set apart. @throws WORKBOOK-REFUSED */
export async function readWorkbook(file: string): Promise<ReadWorkbook> {
  const book = await openWorkbook(file)
  try {
    const wrong = await unusableWorkbook(book)
    if (wrong !== undefined) throw new MatchbookError('WORKBOOK-REFUSED', wrong, { facts: { file } })
    const rows: TokenRow[] = []
    const refused: RefusedRow[] = []
    const unusable: UnusableSheet[] = []
    for await (const found of readDecisions(book)) {
      if (!('row' in found)) {
        unusable.push(found)
        continue
      }
      const subject = rowToken(found.token)
      const said = subject === undefined ? tokenless(found) : mistake(found)
      if (said !== undefined) refused.push({ row: found, said, ...(subject === undefined ? {} : { subject }) })
      else if (subject !== undefined) rows.push({ ...found, subject })
    }
    return { ...withoutDoubles(rows, refused), unusable }
  } finally {
    book.close()
  }
}

const tokenless = ({ token }: DecisionRow): string =>
  token === ''
    ? 'the row has no token: it was typed in or copied without its hidden column'
    : 'the token of the row was changed'

function mistake({ formulas, changed, decision, ruleUntil }: DecisionRow): string | undefined {
  if (formulas.length > 0)
    return `${formulas.join(' and ')} ${formulas.length === 1 ? 'holds a formula' : 'hold formulas'}; write the value`
  if (changed.length > 0) return `read-only cells were changed: ${changed.join(', ')}`
  if (ruleUntil !== '' && decision === '') return 'Rule until without a Decision'
  return undefined
}

/** Two rows of one exception, by copying or by merging workbooks: nobody can say which is meant. */
function withoutDoubles(
  rows: readonly TokenRow[],
  refused: readonly RefusedRow[],
): Pick<ReadWorkbook, 'rows' | 'refused'> {
  const places = new Map<string, TokenRow[]>()
  for (const row of rows) {
    const key = String(row.subject.id)
    const known = places.get(key)
    if (known === undefined) places.set(key, [row])
    else known.push(row)
  }
  const doubled = (row: TokenRow) => (places.get(String(row.subject.id))?.length ?? 0) > 1
  return {
    rows: rows.filter((row) => !doubled(row)),
    refused: [
      ...refused,
      ...rows.filter(doubled).map((row) => {
        const all = places.get(String(row.subject.id)) ?? []
        const said = `the same exception stands in ${all.map(({ sheet, row: n }) => `${sheet} row ${n}`).join(' and ')}`
        return { row, said, subject: row.subject }
      }),
    ],
  }
}
