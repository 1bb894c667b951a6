import type { SetEngine } from '../../canonical/index.js'
import type { ExtractColumn } from '../../config/extract-contract.js'
import type { Staged } from '../../formats/delimited/index.js'
import { typedSql } from '../value-sql.js'
import type { NamedColumn } from './guess-relation.js'

export interface TrailerDraft {
  readonly marker: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Columns that it sums, which are numbers then whatever becomes of them. */
  readonly summed: readonly string[]
  readonly remarks: readonly string[]
}

/** What a control record counts and sums, found out by counting and summing. */
export async function trailerOf(
  engine: SetEngine,
  trailer: readonly string[] | undefined,
  counts: ReadonlyMap<string, number> | undefined,
  { records: ofData, source }: Staged,
  columns: readonly NamedColumn[],
): Promise<TrailerDraft | undefined> {
  if (trailer === undefined) return undefined
  const numbers = trailer.map((value, n) => ({ position: n + 1, value: value.trim() })).slice(1)
  const all = [...(counts?.values() ?? [])].reduce((sum, n) => sum + n, 0)
  // Where a file has several types of records it counts all of them rather than the data alone.
  const whole = counts !== undefined && numbers.some(({ value }) => /^\d{1,15}$/.test(value) && Number(value) === all)
  const records = whole ? all : ofData
  const counting = numbers.find(({ value }) => /^\d{1,15}$/.test(value) && [0, 1, 2].includes(Number(value) - records))
  const sums: { position: number; column: string }[] = []
  const numeric = columns.filter(({ number }) => number !== undefined)
  for (const { position, value } of numbers) {
    if (position === counting?.position || !/\d/.test(value)) continue
    for (const { name, position: at, number } of numeric) {
      const column = number as ExtractColumn
      const [row] = await engine.rows<{ same: boolean | null }>(
        `SELECT sum(${typedSql('t', column, 'DECIMAL(38,6)')}) = (SELECT ${typedSql('v', column, 'DECIMAL(38,6)')} FROM (SELECT '${value.replaceAll("'", "''")}' AS v)) AS same
         FROM (SELECT trim(c${at}) AS t FROM ${source})`,
      )
      if (row?.same !== true) continue
      sums.push({ position, column: name })
      break
    }
  }
  const counted = counting === undefined ? undefined : Number(counting.value) - records
  const unknown = numbers.filter(
    ({ position, value }) =>
      value !== '' && position !== counting?.position && !sums.some((sum) => sum.position === position),
  )
  return {
    marker: trailer[0]?.trim() ?? '',
    settings: {
      ...(counting === undefined ? {} : { count: counting.position }),
      ...(counting !== undefined && whole ? { counts: [...counts.keys()] } : {}),
      ...(counted ? { 'count-includes': counted } : {}),
      ...(sums.length > 0 ? { sums } : {}),
    },
    summed: sums.map(({ column }) => column),
    remarks:
      unknown.length === 0
        ? []
        : [`decide: what ${unknown.map(({ position }) => `value ${position}`).join(', ')} of the trailer say`],
  }
}
