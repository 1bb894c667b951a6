import type { Entry, Guide, Loop } from './guide.js'
import type { SetData, TableEntry } from './guide-data.js'
import { indexTable } from './index-table.js'
import type { SegmentDictionary } from './segment-dictionary.js'

export interface Version {
  /** The version of the guide. */
  readonly version: string
  /** The version asked for. */
  readonly requestedVersion: string
  readonly lenient: boolean
  readonly before003030: boolean
}

/** The data of a guide as the checker wants it: every segment resolved, every place of a segment id looked up beforehand. */
export function compileGuide(data: SetData, segments: SegmentDictionary, { before003030, ...version }: Version): Guide {
  const service = data.table.length === 1
  const own = before003030 ? withEarlier(data) : data.table
  const table: TableEntry[] = service ? [...own] : ['ST!', ...own, 'SE!']
  const root = makeLoop(table.map((entry) => entryOf(entry, segments)))
  return {
    set: data.set,
    name: data.name,
    ...version,
    table: root,
    segments,
    ...indexTable(root),
  }
}

function withEarlier({ table, before003030 = {} }: SetData): readonly TableEntry[] {
  return table.flatMap((entry) => {
    const earlier = before003030[typeof entry === 'string' ? entry : String(entry[0])]
    if (earlier === undefined) return [entry]
    return [earlier, typeof entry === 'string' ? entry.replace('!', '') : entry]
  })
}

/** `opened`: its first entry is the segment that opens the loop, and is not looked for within it. */
export function makeLoop(entries: readonly Entry[], opened = false): Loop {
  const places = new Map<string, number[]>()
  entries.forEach(({ id }, position) => {
    if (position > 0 || !opened) places.set(id, [...(places.get(id) ?? []), position])
  })
  const name = entries[0]?.id ?? ''
  const needed = [...entries.keys()].filter((position) => {
    const { mandatory = false, mustOccurWith } = entries[position] ?? {}
    return mandatory || mustOccurWith !== undefined
  })
  return { name, bounded: name === 'LS', entries, places, needed }
}

function entryOf(entry: TableEntry, segments: SegmentDictionary): Entry {
  if (typeof entry === 'string') return segmentEntry(entry, segments)
  const [first, ...rest] = entry
  if (typeof first !== 'string') throw new TypeError(`a loop must begin with the segment that opens it`)
  const id = first.split(/[! ]/, 1)
  const inside = [`${id}!`, ...rest].map((inner) => entryOf(inner, segments))
  return segmentEntry(first, segments, makeLoop(inside, true))
}

function segmentEntry(text: string, segments: SegmentDictionary, loop?: Loop): Entry {
  const [name = '', times = '1'] = text.split(' ')
  const mandatory = name.endsWith('!')
  const id = mandatory ? name.slice(0, -1) : name
  // How often a segment may come grew from version to version; those that begin and sum up a set came once in all of them.
  const unlimited = times === '*' || (segments.lenient && !(mandatory && times === '1'))
  const max = unlimited ? Number.POSITIVE_INFINITY : Number(times)
  return {
    id,
    mandatory,
    max,
    // Most segments of a table no file has.
    get segment() {
      return segments.required(id)
    },
    ...(loop && { loop }),
  }
}
