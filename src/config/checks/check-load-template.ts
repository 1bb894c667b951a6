import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'
import type { MatcherNeeds } from './check-job.js'
import { namedAsFile } from './named-as-file.js'

/** What a schema cannot see in a load template: whether its columns have one place and one origin each. */
export const checkLoadTemplate = (
  template: Setting,
  file: string,
  matchers: Readonly<Record<string, MatcherNeeds>>,
): Problem[] => [
  ...namedAsFile(template.at('template'), file),
  ...onceEach(
    template
      .at('files')
      .items()
      .map((one) => one.at('name')),
    'file',
  ),
  ...template.at('files').items().flatMap(checkFile),
  ...checkReversal(template),
  ...template
    .at('files')
    .items()
    .flatMap((one) => one.at('rows').refersTo('rows', rowsThereAre(matchers))),
]

/** What a reversal names, the template must fill: fields that columns take, columns that hold a constant. */
function checkReversal(template: Setting): Problem[] {
  const reversal = template.at('reversal')
  if (reversal.value === undefined) return []
  const columns = template
    .at('files')
    .items()
    .flatMap((file) => file.at('map').items())
  const fields = [...new Set(columns.flatMap((column) => column.at('from').text ?? []))]
  const constants = columns.filter((column) => column.has('constant')).flatMap((column) => column.at('name').text ?? [])
  const named = ['negate', 'previous'].flatMap((name) => reversal.at(name).items())
  // Fields of the rows may decide without being written: what a change is of, for example.
  const keys = ['suffix'].flatMap((name) => keysOf(reversal.at(name), 'field', fields))
  const exchanged = reversal.at('exchange')
  return [
    ...named.flatMap((one) => one.refersTo('field', fields)),
    ...keysOf(exchanged, 'field', fields),
    ...exchanged.entries().flatMap(([, other]) => other.refersTo('field', fields)),
    ...keys,
    ...keysOf(reversal.at('constants'), 'column with a constant', constants),
  ]
}

const keysOf = (setting: Setting, what: string, known: readonly string[]): Problem[] =>
  setting.names
    .filter((name) => !known.includes(name))
    .map((name) => setting.at(name).problem(`${what} "${name}"`, `one of ${known.join(', ')}`, { at: 'key' }))

/** What the rows of a load can be at all; undefined where nobody says. */
function rowsThereAre(matchers: Readonly<Record<string, MatcherNeeds>>): readonly string[] | undefined {
  const rows = [...new Set(Object.values(matchers).flatMap(({ tables }) => tables))]
  return rows.length === 0 ? undefined : rows
}

function checkFile(file: Setting): Problem[] {
  const width = file.at('columns').number
  const columns = file.at('map').items()
  const positions = columns.map((column) => column.at('position'))
  const outside = positions.filter(({ number }) => number !== undefined && width !== undefined && number > width)
  return [
    ...onceEach(positions, 'position'),
    ...outside.map((position) =>
      position.problem(`position ${position.number}`, `at most ${width}, the columns of the layout`),
    ),
    ...columns.flatMap(oneOrigin),
    ...file
      .at('result-reference')
      .items()
      .flatMap((one) =>
        one.refersTo(
          'column',
          columns.flatMap((column) => column.at('name').text ?? []),
        ),
      ),
  ]
}

function oneOrigin(column: Setting): Problem[] {
  const origins = ['from', 'constant', 'value'].filter((name) => column.has(name))
  if (origins.length === 1) return []
  const found = origins.length === 0 ? 'none of from, constant and value' : origins.join(' and ')
  return [column.problem(found, 'exactly one of from, constant and value')]
}

function onceEach(settings: readonly Setting[], what: string): Problem[] {
  const seen = new Set<unknown>()
  return settings
    .filter(({ value }) => value !== undefined && seen.size === seen.add(value).size)
    .map((setting) => setting.problem(`${what} ${String(setting.value)} a second time`, `each ${what} once`))
}
