import { parseFieldTolerance } from '../../canonical/index.js'
import { reconcileKeys } from '../matchers/reconcile.js'
import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

const sides = ['left', 'right'] as const

/** What a schema cannot see in the settings of the reconcile matcher: inputs and columns that are not there. */
export function checkReconcile(job: Setting, contract: (name: string) => Setting | undefined): Problem[] {
  const settings = job.at('settings')
  const inputs = job.at('inputs')
  const extracts = inputs.entries().flatMap(([name, input]) => (input.at('kind').text === 'extract' ? [name] : []))
  const [left, right] = [settings.at('left'), settings.at('right')]
  const contractOf = (side: (typeof sides)[number]) =>
    contract(inputs.at(settings.at(side).at('input').text ?? '').at('contract').text ?? '')
  const namesOf = (columns: readonly Setting[] | undefined) =>
    columns?.flatMap((column) => column.at('name').text ?? [])
  const columnsOf = Object.fromEntries(sides.map((side) => [side, namesOf(contractOf(side)?.at('columns').items())]))
  const personal = (place: Setting, side: (typeof sides)[number]): Problem[] => {
    const classed = contractOf(side)
      ?.at('columns')
      .items()
      .filter((column) => column.at('sensitivity').text === 'personal')
    return place.text !== undefined && namesOf(classed)?.includes(place.text)
      ? [place.problem(`the personal column ${place.text}`, 'columns without personal data: differences show values')]
      : []
  }
  const columns = (place: Setting): Problem[] =>
    sides.flatMap((side) => {
      const column = place.text === undefined ? place.at(side) : place
      return [...column.refersTo(`column of the ${side} contract`, columnsOf[side]), ...personal(column, side)]
    })
  const keys = settings.at('keys')
  return [
    ...left.at('input').refersTo('extract input', extracts),
    ...right.at('input').refersTo('extract input', extracts),
    ...(left.at('input').text !== undefined && left.at('input').text === right.at('input').text
      ? [right.at('input').problem('the same input on both sides', 'two inputs')]
      : []),
    ...sides.flatMap((side) =>
      ['from', 'to'].flatMap((day) =>
        settings.at(side).at('window').at(day).refersTo(`column of the ${side} contract`, columnsOf[side]),
      ),
    ),
    ...(settings.has('keys') && keys.names.length === 0 ? [keys.problem('no key', 'at least one', { at: 'key' })] : []),
    ...keys.names.flatMap((name) => keys.isNamedLike(name, 'key of exceptions', reconcileKeys)),
    ...keys.entries().flatMap(([, key]) => [...columns(key.at('column')), ...keyTolerance(key.at('tolerance'))]),
    ...settings
      .at('fields')
      .entries()
      .flatMap(([, field]) => [...columns(field.at('column')), ...moneyField(field)]),
  ]
}

/** A key is equal or not. */
function keyTolerance(tolerance: Setting): Problem[] {
  const read = parseFieldTolerance(tolerance.text ?? '')
  return read === undefined || read.kind === 'text'
    ? []
    : [tolerance.problem(`"${tolerance.text}" for a key`, 'case, zeros, spaces, or several of them with +')]
}

/** How far texts are apart is no amount. */
function moneyField(field: Setting): Problem[] {
  const tolerance = field.at('tolerance')
  const number = parseFieldTolerance(tolerance.text ?? '')?.kind === 'number' || field.at('sum').value === true
  return field.at('money').value === true && !number
    ? [field.at('money').problem('money without a tolerance for numbers', 'tolerance: number, or a limit')]
    : []
}
