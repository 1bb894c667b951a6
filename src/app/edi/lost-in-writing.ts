/** Places that are the file's, not the document's, or follow from others. */
const NOT_SAID = new Set([
  'span',
  'envelope',
  'unmapped',
  'sequence',
  'hl',
  'parent',
  'inOrder',
  'inPacks',
  'identifier',
])

/** JSON path of the first thing that a document said and the same document, written and read again, does not; undefined when all is there. */
export function lostInWriting(said: unknown, read: unknown, path: string): string | undefined {
  if (Array.isArray(said)) {
    return first(
      said.map(
        (member: unknown, n) => () => lostInWriting(member, Array.isArray(read) ? read[n] : undefined, `${path}[${n}]`),
      ),
    )
  }
  if (typeof said === 'object' && said !== null) {
    const there = (typeof read === 'object' && read !== null ? read : {}) as Readonly<Record<string, unknown>>
    return first(
      Object.entries(said)
        .filter(([key]) => !NOT_SAID.has(key))
        .map(
          ([key, value]) =>
            () =>
              lostInWriting(value, there[key], `${path}.${key}`),
        ),
    )
  }
  return said === read ? undefined : path
}

function first(searches: readonly (() => string | undefined)[]): string | undefined {
  for (const search of searches) {
    const found = search()
    if (found !== undefined) return found
  }
  return undefined
}
