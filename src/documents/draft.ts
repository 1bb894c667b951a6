/** A part of a document while its segments are read. */
export type Draft<Part> = { -readonly [Key in keyof Part]: Part[Key] }

/** A list of a draft with more in it; it begins with its first item, so that what is not given stays absent. */
export function append<Item>(list: readonly Item[] | undefined, item: Item): readonly Item[] {
  if (list === undefined) return [item]
  ;(list as Item[]).push(item)
  return list
}
