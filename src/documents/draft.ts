/** A part of a document while its segments are read. */
export type Draft<Part> = { -readonly [Key in keyof Part]: Part[Key] }

const Room = function Room(): void {} as unknown as new () => object
Room.prototype = Object.prototype

/**
 * A plain empty object, of which the engine learns how many fields it will have. One made by a literal has room for the fields it is
 * written with, and is made larger with every third that comes.
 */
export const emptyDraft = <Part>(): Partial<Draft<Part>> => new Room()

/** A list of a draft with more in it; it begins with its first item, so that what is not given stays absent. */
export function append<Item>(list: readonly Item[] | undefined, item: Item): readonly Item[] {
  if (list === undefined) return [item]
  ;(list as Item[]).push(item)
  return list
}
