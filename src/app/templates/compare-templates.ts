import type { LoadColumn, LoadTemplate } from '../../config/index.js'
import type { TemplateDifference, Weight } from './template-comparison.js'

type TemplateFile = LoadTemplate['files'][number]

/** Two versions of a load template, the one in use on the left: what the next release adds, takes away and changes. */
export function compareTemplates(left: LoadTemplate, right: LoadTemplate): TemplateDifference[] {
  const whole = (what: string, of: (template: LoadTemplate) => string | undefined, weight: Weight) =>
    differing(null, null, what, of(left), of(right), weight)
  const names = new Set([...left.files, ...right.files].map(({ name }) => name))
  return [
    ...whole('release', ({ release }) => release, 'fine'),
    ...whole('pattern of dates', ({ date }) => date, 'breaks'),
    ...whole('delimiter', ({ delimiter }) => delimiter, 'breaks'),
    ...whole('header', ({ header }) => (header ? 'yes' : 'no'), 'breaks'),
    ...whole('archive', ({ archive }) => archive.kind, 'breaks'),
    ...whole('name of the archive', ({ archive }) => archive.name, 'look'),
    ...[...names].flatMap((name) => {
      const [l, r] = [left, right].map(({ files }) => files.find((file) => file.name === name))
      if (l !== undefined && r !== undefined) return compareFiles(l, r)
      const weight = l === undefined ? 'look' : 'breaks'
      return differing(name, null, 'file', l && 'there', r && 'there', weight)
    }),
  ]
}

function compareFiles(left: TemplateFile, right: TemplateFile): TemplateDifference[] {
  const { name } = left
  const columns = new Set([...left.map, ...right.map].map((column) => column.name))
  return [
    ...layoutWidth(name, left.columns, right.columns),
    ...differing(name, null, 'what a row is', left.rows, right.rows, 'look'),
    ...[...columns].flatMap((column) => {
      const [l, r] = [left, right].map(({ map }) => map.find((one) => one.name === column))
      if (l !== undefined && r !== undefined) return compareColumns(name, l, r)
      if (l !== undefined) return differing(name, column, 'taken away', place(l), undefined, 'breaks')
      return differing(name, column, 'added', undefined, r && place(r), r?.required === true ? 'breaks' : 'look')
    }),
  ]
}

/** More columns at the end may stay empty; fewer have no place for what we send. */
export const layoutWidth = (file: string, left: number, right: number): TemplateDifference[] =>
  differing(file, null, 'columns of the layout', String(left), String(right), right < left ? 'breaks' : 'look')

const place = ({ position, required }: LoadColumn): string => `at ${position}${required ? ', required' : ''}`

function compareColumns(file: string, left: LoadColumn, right: LoadColumn): TemplateDifference[] {
  const column = left.name
  const lengths = [left['max-length'], right['max-length']]
  const isShorter = (lengths[1] ?? Number.POSITIVE_INFINITY) < (lengths[0] ?? Number.POSITIVE_INFINITY)
  const words = (length: number | undefined) => (length === undefined ? 'no limit' : `${length} characters`)
  const asked = ({ required }: LoadColumn) => (required ? 'required' : 'optional')
  const origin = ({ from, constant, value }: LoadColumn) =>
    from ?? (constant === undefined ? (value === undefined ? '' : `the job value ${value}`) : `always "${constant}"`)
  return [
    ...differing(file, column, 'position', String(left.position), String(right.position), 'breaks'),
    ...differing(file, column, 'length', words(lengths[0]), words(lengths[1]), isShorter ? 'breaks' : 'fine'),
    ...differing(file, column, 'asked for', asked(left), asked(right), right.required ? 'breaks' : 'fine'),
    ...differing(file, column, 'kind', left.kind, right.kind, 'breaks'),
    ...differing(file, column, 'filled from', origin(left), origin(right), 'look'),
  ]
}

export const differing = (
  file: string | null,
  column: string | null,
  what: string,
  left: string | undefined,
  right: string | undefined,
  weight: Weight,
): TemplateDifference[] =>
  left === right ? [] : [{ file, column, what, left: left ?? null, right: right ?? null, weight }]
