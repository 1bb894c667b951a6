import { relations, type SetEngine } from '../../canonical/index.js'
import type { Staged } from '../../formats/delimited/index.js'
import type { DraftProjection } from './draft.js'
import type { NamedColumn } from './guess-relation.js'
import { wordsOf } from './name-words.js'

/** The key, with what else is needed where several records have one: the latest day of each, or shares that are summed. */
export async function withKey(
  engine: SetEngine,
  staged: Staged,
  columns: readonly NamedColumn[],
  projection: DraftProjection,
): Promise<DraftProjection> {
  const { relation, key, fields, settings, remarks } = projection
  const position = (field: string): number | undefined => {
    const from = fields.find((one) => one.field === field)?.source
    const name = typeof from === 'string' ? from : from?.column
    return columns.find((column) => column.name === name)?.position
  }
  const different = async (positions: readonly (number | undefined)[]): Promise<number> => {
    const texts = positions.flatMap((at) => (at === undefined ? [] : [`c${at}`]))
    const [row] = await engine.rows<{ n: number }>(
      `SELECT count(DISTINCT row(${texts.join(', ')})) AS n FROM ${staged.source}`,
    )
    return row?.n ?? 0
  }
  const natural = key.map(position)
  const keys = natural.every((at) => at === undefined) ? staged.records : await different(natural)
  const most = Math.floor(staged.records / 50)
  if (staged.records - keys <= most) return projection
  const day = columns.find(({ name, date }) => date !== undefined && wordsOf(name).includes('effective'))
  const isField = fields.some(({ source }) => source === day?.name) || 'effective_from' in relations[relation]
  if (day !== undefined && !isField && staged.records - (await different([...natural, day.position])) <= most)
    return {
      ...projection,
      settings: { ...settings, 'newest-by': day.name },
      remarks: [
        ...remarks,
        `check: several records of one key, each from its ${day.name} on; the latest that the day has reached counts`,
      ],
    }
  const shared = fields.filter(({ field }) => ['quantity', 'amount'].includes(field) && position(field) !== undefined)
  const dropped = fields.filter(({ field }) => field === 'cost_center')
  const same = fields
    .filter((one) => !shared.includes(one) && !dropped.includes(one))
    .map(({ field }) => position(field))
  const alike = keys > 1 && shared.length > 0 && (await different([...natural, ...same])) === keys
  if (alike) {
    const whole = (await different([...natural, ...shared.map(({ field }) => position(field))])) === keys
    const names = shared.map(({ field }) => field)
    return {
      ...projection,
      fields: fields.filter((one) => !dropped.includes(one)),
      settings: { ...settings, merge: whole ? {} : { sum: names } },
      remarks: [
        ...remarks,
        whole
          ? `decide: several records of one key, alike in ${names.join(' and ')} too: taken as one. Are they shares, merge: { sum: [${names.join(', ')}] }`
          : `check: several records of one key, alike but for ${names.join(' and ')}: shares of one line, summed`,
      ],
    }
  }
  const found = await uniqueKey(engine, staged, columns, projection)
  return { ...projection, key: found.length > 0 ? found : key }
}

/** The natural key where it tells all records apart, with what else is needed for that; otherwise the natural key, to be looked at. */
async function uniqueKey(
  engine: SetEngine,
  { source, records }: Staged,
  columns: readonly NamedColumn[],
  { key, fields }: DraftProjection,
): Promise<readonly string[]> {
  const positions = (names: readonly string[]): number[] =>
    names.flatMap((field) => {
      const from = fields.find((one) => one.field === field)?.source
      const name = typeof from === 'string' ? from : from?.column
      return columns.find((column) => column.name === name)?.position ?? []
    })
  const repeats = async (names: readonly string[]): Promise<number> => {
    const at = positions(names)
    if (at.length === 0) return records
    const [row] = await engine.rows<{ n: number }>(
      `SELECT count(DISTINCT row(${at.map((position) => `c${position}`).join(', ')})) AS n FROM ${source}`,
    )
    return records - (row?.n ?? 0)
  }
  // A few records sent twice are a fault of the file, not of the key.
  const most = Math.floor(records / 50)
  if (records === 0 || (await repeats(key)) <= most) return key
  for (const { field, source: from } of fields) {
    if (key.includes(field) || (typeof from === 'object' && 'constant' in from)) continue
    if ((await repeats([...key, field])) <= most) return [...key, field]
  }
  return key
}
