import type { Fact } from '../sheet.js'

/**
 * What of a document or line has no place of its own in a sheet, by the names of its fields. A field that is new to the
 * vocabulary is shown in plain before anybody writes a better line for it: nothing is dropped in silence.
 */
export function leftover(thing: object, shown: readonly string[]): Fact[] {
  return Object.entries(thing)
    .filter(([key]) => !shown.includes(key) && key !== 'span')
    .map(([key, value]) => ({ label: spaced(key), value: plain(value) }))
    .filter(({ value }) => value !== '')
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join('; ')
  if (typeof value !== 'object' || value === null) return ''
  return leftover(value, [])
    .map(({ label, value: text }) => `${label.toLowerCase()} ${text}`)
    .join(', ')
}

/** priceBasis as "Price basis". */
const spaced = (key: string): string => {
  const words = key.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
