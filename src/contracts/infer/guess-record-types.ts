import { type Dialect, detectDialect, type RecordTypes, readHead } from '../../formats/delimited/index.js'

const SAMPLED = 2000
const MOST_TYPES = 6
const typeWord = /^[A-Z0-9]{1,6}$/i

/** Records of several types, as far as the first ones show them, and what a person should look at. */
export interface TypesSeen {
  readonly dialect: Dialect
  readonly types: RecordTypes
  /** How the last record begins, where it is of a type of its own. */
  readonly trailer: string | undefined
  /** How many values a data record has. */
  readonly columns: number
}

/**
 * Whether the first value of each record says its type: a few short words that come again and again, each with a number of values of its
 * own. The type that most records have is data; one that stands before the first of them, and again, is above it; others say nothing.
 */
export async function guessRecordTypes(
  path: string,
  known: Partial<Pick<Dialect, 'delimiter' | 'encoding'>>,
): Promise<TypesSeen | undefined> {
  const dialect: Dialect = { ...(await detectDialect(path, { ...known, header: false })), header: false }
  const head = await readHead(path, dialect, SAMPLED)
  const widths = new Map<string, Map<number, number>>()
  for (const record of head) {
    const type = record[0]?.trim() ?? ''
    const of = widths.get(type) ?? new Map<number, number>()
    of.set(record.length, (of.get(record.length) ?? 0) + 1)
    widths.set(type, of)
  }
  const times = (type: string): number => [...(widths.get(type)?.values() ?? [])].reduce((sum, n) => sum + n, 0)
  const all = [...widths.keys()]
  if (all.length < 2 || all.length > MOST_TYPES || !all.every((type) => typeWord.test(type))) return undefined
  const last = head.at(-1)?.[0]?.trim() ?? ''
  const trailer = head.length < SAMPLED && times(last) === 1 ? last : undefined
  const inside = all.filter((type) => type !== trailer)
  const data = [...inside].sort((a, b) => times(b) - times(a) || all.indexOf(b) - all.indexOf(a))[0] ?? ''
  const first = head.findIndex((record) => record[0]?.trim() === data)
  const before = new Set(head.slice(0, first).map((record) => record[0]?.trim() ?? ''))
  const above = inside.filter((type) => before.has(type) && times(type) > 1)
  const single = inside.filter((type) => type !== data && times(type) === 1)
  // A header, or a value that is there twice by chance, is no type.
  if (above.length === 0 || single.length > 0 || times(data) < 2) return undefined
  const width = (type: string): number =>
    [...(widths.get(type) ?? [])].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 1
  if (above.every((type) => width(type) === width(data))) return undefined
  const heads = above.map((type) => ({ type, columns: width(type), least: width(type), places: [] }))
  return {
    dialect: { ...dialect, ...(trailer === undefined ? {} : { trailerMarker: trailer }) },
    types: {
      at: 1,
      data: [data],
      above: heads,
      passedOver: inside.filter((type) => type !== data && !above.includes(type)),
    },
    trailer,
    columns: heads.reduce((sum, { columns }) => sum + columns, width(data)),
  }
}
