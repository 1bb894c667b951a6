import { nestedLimits } from './limits.js'
import type { NestedEvents, NestedReader } from './nested-events.js'

/** Where the records of a file seem to be, and what its values are called. */
export interface Shape {
  /** Keys that lead to the records, `/` between them; empty where they stand at the top. */
  readonly path: string
  /** Of the values of a record, and of the objects it stands in. */
  readonly names: readonly string[]
  /** Values of which one record has several: none of them can be a column. */
  readonly several: readonly string[]
}

/** Objects of one key under those of another. */
interface Kind {
  readonly key: string
  readonly below: Map<string, Kind>
  readonly leaves: Map<string, Leaf>
  objects: number
  values: number
  /** Some object has several of them, or a list of them. */
  several: boolean
  lastUnder: number
}

interface Leaf {
  several: boolean
  filled: boolean
  lastUnder: number
}

/** Fewer different values are no record of its own, but notes or contacts of one. */
const LEAST_VALUES = 3

/** Of more, the attribute tells no types. */
const TYPES = 12

/** Looks at a whole file that nobody has described. @throws NoRecords */
export async function findShape(read: NestedReader): Promise<Shape> {
  const finder = new ShapeFinder()
  await read(finder)
  const way = [finder.top]
  for (let next = inner(finder.top); next !== undefined; next = inner(next)) way.push(next)
  // What nothing repeats is around the records, unless there is but one of all.
  while (way.length > 1 && !way.some(({ several }) => several)) way.pop()
  const names = way.flatMap((kind, level) => {
    const others = new Set(way.slice(level + 1, level + 2))
    return [...namesOf(kind, '../'.repeat(way.length - 1 - level), others)]
  })
  return {
    path: way
      .slice(1)
      .map(({ key }) => key)
      .join('/'),
    names: names.filter(({ several }) => !several).map(({ name }) => name),
    several: names.filter(({ several }) => several).map(({ name }) => name),
  }
}

/** The objects below that are more likely the records, where there are some. */
function inner(kind: Kind): Kind | undefined {
  const weightier = (a: Kind, b: Kind): number => weight(b) - weight(a)
  const [best] = [...kind.below.values()].filter(leadsOn).sort(weightier)
  if (best === undefined) return undefined
  const isEnvelope = !kind.several && kind.objects === 1
  const isOfRecord = best.several && best.objects >= kind.objects && best.leaves.size >= LEAST_VALUES
  return isEnvelope || isOfRecord || (!best.several && inner(best) !== undefined) ? best : undefined
}

const leadsOn = (kind: Kind): boolean => kind.several || [...kind.below.values()].some(leadsOn)

const weight = (kind: Kind): number => [...kind.below.values()].reduce((sum, one) => sum + weight(one), kind.values)

function* namesOf(
  { below, leaves }: Kind,
  before: string,
  without: ReadonlySet<Kind>,
): Generator<{ readonly name: string; readonly several: boolean }> {
  const told = new Set<string>()
  for (const [key, { several, filled }] of leaves) {
    // A list of objects is told as an empty value first.
    if (below.has(key) && !filled) continue
    const byType = several ? typedNames(leaves, key) : []
    if (byType.length > 0) told.add(key)
    if (byType.length === 0 && !isTyped(key)) yield { name: `${before}${key}`, several }
    for (const name of byType) yield { name: `${before}${name}`, several: false }
  }
  for (const kind of below.values()) {
    if (without.has(kind) || told.has(kind.key)) continue
    if (kind.several) yield { name: `${before}${kind.key}`, several: true }
    else yield* namesOf(kind, `${before}${kind.key}/`, without)
  }
}

const isTyped = (key: string): boolean => key.endsWith(']')

/** Of several values of one key, the names that an attribute tells them apart by. */
const typedNames = (leaves: Kind['leaves'], key: string): string[] =>
  [...leaves].flatMap(([name, { several }]) => (isTyped(name) && name.startsWith(`${key}[`) && !several ? [name] : []))

class ShapeFinder implements NestedEvents {
  readonly top = kindOf('')
  private readonly around: { readonly kind: Kind; readonly number: number }[] = []
  private opened = 0
  private names = 0

  open(key: string, _: number, listed: boolean): void {
    const at = this.around.at(-1)
    const kind = at === undefined ? this.top : this.below(at.kind, key)
    kind.objects++
    kind.several ||=
      listed || (at !== undefined && kind.lastUnder === at.number) || (at === undefined && kind.objects > 1)
    kind.lastUnder = at?.number ?? 0
    this.around.push({ kind, number: ++this.opened })
  }

  value(key: string, text: string): void {
    const at = this.around.at(-1)
    if (at === undefined) return
    const leaf = at.kind.leaves.get(key) ?? { several: false, filled: false, lastUnder: 0 }
    if (!at.kind.leaves.has(key) && !this.placed()) return
    at.kind.leaves.set(key, leaf)
    if (text === '') return
    at.kind.values++
    leaf.filled = true
    leaf.several ||= leaf.lastUnder === at.number
    leaf.lastUnder = at.number
  }

  alias(key: string, text: string): void {
    const leaves = this.around.at(-1)?.kind.leaves
    if (
      leaves === undefined ||
      (!leaves.has(key) && typedNames(leaves, key.slice(0, key.indexOf('['))).length >= TYPES)
    )
      return
    this.value(key, text)
  }

  close(): void {
    this.around.pop()
  }

  fault(): void {}

  private below(kind: Kind, key: string): Kind {
    const known = kind.below.get(key)
    if (known !== undefined) return known
    const made = kindOf(key)
    if (this.placed()) kind.below.set(key, made)
    return made
  }

  private placed(): boolean {
    return ++this.names <= nestedLimits.names
  }
}

const kindOf = (key: string): Kind => ({
  key,
  below: new Map(),
  leaves: new Map(),
  objects: 0,
  values: 0,
  several: false,
  lastUnder: 0,
})
