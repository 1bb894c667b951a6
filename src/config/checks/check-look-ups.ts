import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

type ContractNamed = (name: string) => Setting | undefined

/** Whether a column of a contract is of another file: header/VENDOR_ID, where the contract has a look-up header. */
export function isLookedUp(contract: Setting, column: Setting): boolean {
  const { text = '' } = column.at('name')
  return text.includes('/') && contract.at('look-ups').has(text.slice(0, text.indexOf('/')))
}

/** What a contract looks up in files of others: columns that are on both sides. @param named contracts there are, as far as they can be read */
export function checkLookUps(contract: Setting, named: ContractNamed): Problem[] {
  const lookUps = contract.at('look-ups')
  const columns = contract.at('columns').items()
  const names = columns.map((column) => column.at('name').text ?? '')
  return lookUps.entries().flatMap(([name, lookUp]) => {
    const by = lookUp.at('by')
    const other = named(lookUp.at('contract').text ?? '')
    const there = other?.at('columns').items()
    const otherNames = there?.map((column) => column.at('name').text ?? '')
    const empty =
      by.names.length === 0 && by.value !== undefined
        ? [by.problem('no column', 'at least one column of this file, and that of the other')]
        : []
    const own = by.names.flatMap((key) => by.isNamedLike(key, 'column', names))
    const others = by
      .entries()
      .flatMap(([, column]) => column.refersTo(`column of ${lookUp.at('contract').text}`, otherNames))
    const wanted = columns.flatMap((column) => {
      const at = column.at('name')
      if (at.text === undefined || !at.text.startsWith(`${name}/`) || there === undefined) return []
      const text = at.text.slice(name.length + 1)
      const found = there.find((one) => one.at('name').text === text)
      if (found === undefined)
        return [
          at.problem(
            `"${at.text}": ${lookUp.at('contract').text} has no column "${text}"`,
            `${name}/ and one of ${otherNames?.join(', ')}`,
          ),
        ]
      const open = found.at('sensitivity').text === 'personal' && column.at('sensitivity').text !== 'personal'
      return open
        ? [
            at.problem(
              `"${at.text}", which is personal in ${lookUp.at('contract').text}`,
              'sensitivity: personal here too',
            ),
          ]
        : []
    })
    return [...empty, ...own, ...others, ...wanted]
  })
}

/** The other file comes by an input of the same job, whole. */
export const lookUpsComeIn = (inputs: readonly Setting[], named: ContractNamed): Problem[] =>
  inputs.flatMap((input) => {
    const place = input.at('contract')
    return (
      named(place.text ?? '')
        ?.at('look-ups')
        .entries() ?? []
    ).flatMap(([, lookUp]) => {
      const other = lookUp.at('contract').text
      const coming = inputs.find((one) => one.at('contract').text === other)
      if (other === undefined) return []
      if (coming === undefined)
        return [
          place.problem(
            `${place.text} looks up ${other}, and no input of the job takes it`,
            `an input with contract: ${other}`,
          ),
        ]
      return coming.has('changes')
        ? [
            coming
              .at('changes')
              .problem(`changes of what ${place.text} looks up`, 'an input whose files are whole', { at: 'key' }),
          ]
        : []
    })
  })
