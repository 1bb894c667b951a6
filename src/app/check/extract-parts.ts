import type { FileRow } from '../../state/index.js'

/** Files that are used together or not at all. */
export interface Together {
  /** What the name says they are of, for people; empty where it says nothing. */
  readonly set: string
  readonly files: readonly {
    readonly part: string | undefined
    readonly file: FileRow
    /** It holds changes alone. */
    readonly changes?: true
  }[]
  /** So many parts it has by what its names say, and not all have come. */
  readonly lacking: { readonly has: number; readonly of: number } | undefined
}

export interface Parts {
  /** What may serve, best first, for each part that counts by itself; one entry where the extract is one file. */
  readonly slots: readonly (readonly Together[])[]
  /** Files whose names the pattern does not fit: nobody can say which part they are. */
  readonly strangers: readonly FileRow[]
}

/**
 * Files of an input, best first, put together as the input's `parts` says: the newest of each part; where names tell sets apart, all of one
 * set. Without `parts` each file is the whole extract.
 */
export function partsOf(files: readonly FileRow[], pattern: string | undefined): Parts {
  if (pattern === undefined) return { slots: [files.map(alone)], strangers: [] }
  const named = files.map((file) => ({ file, place: placeOf(file.name, pattern) }))
  const strangers = named.flatMap(({ file, place }) => (place === undefined ? [file] : []))
  const sets = new Map<string, Placed[]>()
  const slots = new Map<string, Together[]>()
  for (const { file, place } of named) {
    if (place === undefined) continue
    if (place.set === undefined) {
      const files = [{ part: place.part, file }]
      slots.set(place.part, [...(slots.get(place.part) ?? []), { set: '', files, lacking: undefined }])
    } else sets.set(place.set, [...(sets.get(place.set) ?? []), { ...place, file }])
  }
  const tries = [...sets].map(([set, placed]) => together(set, placed))
  return { slots: [...(tries.length > 0 ? [tries] : []), ...slots.values()], strangers }
}

interface Place {
  readonly part: string
  readonly set: string | undefined
  readonly of: number | undefined
}
interface Placed extends Place {
  readonly file: FileRow
}

/** Which part a file of this name is; undefined where the pattern does not fit, or there is none. */
export const partNamed = (name: string, pattern: string | undefined): string | undefined =>
  pattern === undefined ? undefined : placeOf(name, pattern)?.part

function placeOf(name: string, pattern: string): Place | undefined {
  const found = new RegExp(pattern, 'u').exec(name)
  if (found === null) return undefined
  const { part, set, of } = found.groups ?? {}
  return {
    part: part ?? (found.groups === undefined ? found[1] : undefined) ?? name,
    set,
    of: of === undefined ? undefined : Number(of),
  }
}

/** A file by itself. */
export const alone = (file: FileRow): Together => ({ set: '', files: [{ part: undefined, file }], lacking: undefined })

/** Of a part that came twice the better one. */
function together(set: string, placed: readonly Placed[]): Together {
  const best = new Map<string, Placed>()
  for (const one of placed) if (!best.has(one.part)) best.set(one.part, one)
  const of = Math.max(0, ...[...best.values()].map((one) => one.of ?? 0))
  return {
    set,
    files: [...best.values()].sort((a, b) => (a.part < b.part ? -1 : 1)),
    lacking: best.size < of ? { has: best.size, of } : undefined,
  }
}
