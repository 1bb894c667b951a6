import type { DecimalText } from '../../../canonical/index.js'
import type { Fact } from '../sheet.js'
import type { Words } from '../words.js'
import { figure } from './figures.js'

/** The data elements whose codes such fields hold; a field that ends in uom holds a unit. */
const CODED: Readonly<Record<string, string>> = {
  carrierQualifier: '66',
  classOfTrade: '687',
  dateQualifier: '374',
  idQualifier: '66',
  method: '91',
  multiplierQualifier: '648',
  priceBasis: '639',
  referenceQualifier: '128',
}

/**
 * What of a document or line has no place of its own in a sheet, by the names of its fields. A field that is new to the
 * vocabulary is shown in plain before anybody writes a better line for it: nothing is dropped in silence.
 */
export function leftover(thing: object, shown: readonly string[], words: Words): Fact[] {
  const said = Object.entries(thing).filter(([key]) => !shown.includes(key) && key !== 'span')
  const units = new Map(said.flatMap(([key, value]) => (key.endsWith(UNIT) ? [[key, plain(key, value, words)]] : [])))
  const isUnitOfAnother = (key: string) => said.some(([other]) => `${other}${UNIT}` === key)
  return said
    .filter(([key]) => !isUnitOfAnother(key))
    .map(([key, value]) => ({
      label: spaced(key),
      value: [plain(key, value, words), units.get(`${key}${UNIT}`)].filter(Boolean).join(' '),
    }))
    .filter(({ value }) => value !== '')
}

/** A weight and its unit, weightUom, are said together. */
const UNIT = 'Uom'

function plain(key: string, value: unknown, words: Words): string {
  if (typeof value === 'string' && /amount$/i.test(key)) return figure(value as DecimalText, 2)
  if (typeof value === 'string') return words.say(/uom$/i.test(key) ? '355' : (CODED[key] ?? ''), value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) {
    return value
      .map((one) => plain(key, one, words))
      .filter(Boolean)
      .join('; ')
  }
  if (typeof value !== 'object' || value === null) return ''
  return leftover(value, [], words)
    .map(({ label, value: text }) => `${label.toLowerCase()} ${text}`)
    .join(', ')
}

/** priceBasis as "Price basis". */
const spaced = (key: string): string => {
  const words = key.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
