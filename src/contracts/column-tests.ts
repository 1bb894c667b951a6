import { type ColumnKind, type RelationColumn, type RelationName, relations } from '../canonical/index.js'
import type { ExtractColumn, TextContract } from '../config/extract-contract.js'
import type { ColumnTest } from '../formats/delimited/index.js'
import type { ColumnBinding } from './column-binding.js'
import { inWords } from './identity-checks.js'
import { nullsToRead, scaleOfKind } from './value-sql.js'

type ContractProjection = TextContract['projections'][number]

/** What to ask of each column of the file, so that no value has to be looked at again for what all of them are. */
export function columnTests(
  contract: TextContract,
  { positions, width }: ColumnBinding,
  projection: ContractProjection,
): ColumnTest[] {
  const tests: ColumnTest[] = Array.from({ length: width }, () => ({ kind: 'any' }))
  for (const column of contract.columns) {
    const position = positions.get(column.name)
    if (position !== undefined) tests[position - 1] = testOf(column, projection)
  }
  return tests
}

function testOf(column: ExtractColumn, projection: ContractProjection): ColumnTest {
  switch (column.kind) {
    case 'decimal':
    case 'integer':
      return isPlain(column) ? { kind: 'number', decimals: decimalsKept(column, projection) } : { kind: 'any' }
    case 'date': {
      const shape = shapeOf(column)
      return shape === undefined ? { kind: 'any' } : { kind: 'shape', shape }
    }
    case 'text':
      return textTest(column, projection)
    case 'flag':
      return { kind: 'any' }
  }
}

/** Whether digits with a point are to it what they are to DuckDB. Other ways to write a number may be allowed beside. */
const isPlain = (column: ExtractColumn): boolean =>
  column['implied-decimals'] === undefined &&
  !column.overpunch &&
  !column['hours-and-minutes'] &&
  Object.keys(column['sign-words'] ?? {}).length === 0 &&
  (column['number-signs'] ?? []).length === 0 &&
  column['thousands-separator'] !== '.' &&
  column['decimal-separator'] !== ','

function decimalsKept(column: ExtractColumn, projection: ContractProjection): number {
  if (column.kind === 'integer') return 0
  return Math.min(column.scale ?? mostDecimals, ...kindsMade(column.name, projection).map(scaleOfKind))
}

/** No relation keeps more. */
const mostDecimals = 6

/** What the canonical columns are that a column is turned into, or taken from. */
export function kindsMade(column: string, { relation, map }: ContractProjection): readonly ColumnKind[] {
  const described: Readonly<Record<string, RelationColumn>> = relations[relation as RelationName]
  return Object.entries(map).flatMap(([name, source]) => (takes(source, column) ? (described[name]?.kind ?? []) : []))
}

const takes = (source: ContractProjection['map'][string], column: string): boolean =>
  source === column ||
  (typeof source === 'object' &&
    'column' in source &&
    (source.column === column || ('minus' in source && source.minus === column)))

const longestShape = 16

/** Of dates as the first of their patterns has them, all equally long: 0 for a digit. As another has them no date may look the same. */
function shapeOf({ formats = [] }: ExtractColumn): string | undefined {
  const [shape, ...others] = formats.map(shapeOfFormat)
  if (shape === undefined || shape.length > longestShape) return undefined
  return others.every((other) => other !== undefined && other !== shape) ? shape : undefined
}

/** undefined where a pattern has more than a year, a month and a day, each once, or a digit. */
const shapeOfFormat = (format: string): string | undefined =>
  /^(?:%[Ymd]|[ -$&-/:-~])+$/.test(format) && !/(%.).*\1/.test(format)
    ? format.replaceAll('%Y', '0000').replaceAll(/%[md]/g, '00')
    : undefined

/** What a transform, or the search for identities in running text, then need not change. */
function textTest({ name }: ExtractColumn, { map }: ContractProjection): ColumnTest {
  const becomes = Object.entries(map).filter(([, source]) => takes(source, name))
  const transforms = becomes.flatMap(([, source]) =>
    typeof source === 'object' && 'transform' in source ? source.transform : [],
  )
  if (transforms.includes('digits-only')) return { kind: 'digits' }
  const inCapitals = transforms.includes('upper') || becomes.some(([canonical]) => inWords.has(canonical))
  return { kind: inCapitals ? 'capitals' : 'any' }
}

/**
 * The columns of the file, by their place from 0, whose bytes tell that two records have not the same key: texts that come as they stand,
 * without zeros before them or with. undefined where something else is made of one.
 */
export function keyPlaces(
  contract: TextContract,
  { positions }: ColumnBinding,
  { key, map }: ContractProjection,
): readonly number[] | undefined {
  const nulls = nullsToRead(contract)
  if (!contract.format['null-values'].every((text) => nulls.includes(text))) return undefined
  const places: number[] = []
  for (const name of key) {
    const source = map[name]
    if (source === undefined || (typeof source === 'object' && !('column' in source))) continue
    const column = contract.columns.find((one) => one.name === (typeof source === 'string' ? source : source.column))
    if (column?.kind !== 'text' || column['null-values'] !== undefined || !isAsItStands(source)) return undefined
    const position = positions.get(column.name)
    if (position !== undefined) places.push(position - 1)
  }
  return places
}

function isAsItStands(source: ContractProjection['map'][string]): boolean {
  if (typeof source === 'string') return true
  if (!('transform' in source)) return false
  const { column: _, transform, 'pad-left': pad, ...others } = source
  const isBare = Object.values(others).every((one) => one === undefined)
  return isBare && transform.every((one) => one === 'strip-leading-zeros') && (pad === undefined || pad.with === '0')
}
