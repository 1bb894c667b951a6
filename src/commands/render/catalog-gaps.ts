import type { CatalogGap } from '../../app/catalog/lint.js'

/** A line for each interface with all that nobody says of it, and one for each thing that is said wrongly. */
export function gapLines(gaps: readonly CatalogGap[]): string[] {
  const unsaid = (gap: CatalogGap): boolean => gap.message === `nobody says its ${gap.field}`
  const byInterface = new Map<string, CatalogGap[]>()
  for (const gap of gaps) {
    const place = `${gap.file}  ${gap.interface}`
    byInterface.set(place, [...(byInterface.get(place) ?? []), gap])
  }
  return [...byInterface].flatMap(([place, own]) => {
    const fields = own.filter(unsaid).map(({ field }) => field)
    const wrong = own.filter((gap) => !unsaid(gap)).map(({ message }) => `${place}: ${message}`)
    return [...(fields.length === 0 ? [] : [`${place}: nobody says its ${fields.join(', ')}`]), ...wrong]
  })
}
