/** What codes, elements and segments are called in plain words. Undefined for what is not in daily use in hospital supply. */
export interface Dictionary {
  /** `element` is the number in X12's data element dictionary, as in meaningOf('668', 'IB'): "Backordered". */
  meaningOf(element: string, code: string): string | undefined
  segmentName(segment: string): string | undefined
  /** By place, 1-based: elementName('BIG', 1) is "Invoice date". */
  elementName(segment: string, position: number): string | undefined
  /** The number of the data element that stands at a place, as in elementNumber('BEG', 2): "92". */
  elementNumber(segment: string, position: number): string | undefined
  /** The code at a place, in words. */
  meaningAt(segment: string, position: number, code: string): string | undefined
}

type Table<Value> = Readonly<Record<string, Value>>
interface Data {
  readonly codes: Table<Table<string>>
  readonly elements: Table<string>
  /** An element is its number, and its name where it has a plainer one in this place: "373 Invoice date". */
  readonly segments: Table<{ readonly name: string; readonly elements: readonly string[] }>
}

let loaded: Promise<Dictionary> | undefined

/** Loads the words when they are first needed: a night without people reading never does. */
export function loadDictionary(): Promise<Dictionary> {
  loaded ??= Promise.all([
    import('./codes.json', { with: { type: 'json' } }),
    import('./elements.json', { with: { type: 'json' } }),
    import('./segments.json', { with: { type: 'json' } }),
  ]).then(([codes, elements, segments]) =>
    dictionaryOf({ codes: codes.default, elements: elements.default, segments: segments.default }),
  )
  return loaded
}

function dictionaryOf({ codes, elements, segments }: Data): Dictionary {
  const own = <Value>(table: Table<Value> | undefined, key: string): Value | undefined =>
    table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
  const place = (segment: string, position: number) => own(segments, segment)?.elements[position - 1]
  const elementNumber = (segment: string, position: number) => place(segment, position)?.split(' ', 1)[0]
  const meaningOf = (element: string, code: string) => own(own(codes, element), code)
  return {
    meaningOf,
    segmentName: (segment) => own(segments, segment)?.name,
    elementName: (segment, position) => {
      const entry = place(segment, position)
      if (entry === undefined) return undefined
      const space = entry.indexOf(' ')
      return space < 0 ? own(elements, entry) : entry.slice(space + 1)
    },
    elementNumber,
    meaningAt: (segment, position, code) => {
      const element = elementNumber(segment, position)
      return element === undefined ? undefined : meaningOf(element, code)
    },
  }
}
