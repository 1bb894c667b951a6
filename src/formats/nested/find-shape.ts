import { choosing } from './chosen-objects.js'
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
  /** Objects of which one has several, told apart by a value of their own. */
  readonly choices: readonly ({ readonly key: string } & Choice)[]
}

interface Choice {
  readonly child: string
  readonly values: readonly string[]
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
  /** The value that tells several of them apart, where one does. */
  choice?: Choice
}

interface Leaf {
  several: boolean
  filled: boolean
  lastUnder: number
  /** How many objects have it, and its values with the object around that had it last; undefined where it tells no types. */
  objects: number
  types: Map<string, number> | undefined
}

/** Fewer different values are no record of its own, but notes or contacts of one. */
const LEAST_VALUES = 3

/** Of more, the attribute tells no types. */
const TYPES = 12

/** What systems call the value that says which of several an object is: QUALF, PARVW, IDDAT and SUMID of SAP among them. */
const namesType = /qual|type|role|kind|purpose|function|usage|parvw|iddat|sumid/i

/** Looks at a whole file that nobody has described. @throws NoRecords */
export async function findShape(read: NestedReader): Promise<Shape> {
  const finder = new ShapeFinder()
  await read(finder)
  const choices = choicesIn(finder.top)
  if (choices.size === 0) return { ...shapeOf(finder.top), choices: [] }
  const names = [...choices].flatMap(([key, { child, values }]) => values.map((value) => `${key}[${child}=${value}]/`))
  const again = new ShapeFinder(choices)
  await choosing(read, names)(again)
  return { ...shapeOf(again.top), choices: [...choices].map(([key, choice]) => ({ key, ...choice })) }
}

/** By the key of the objects. Objects that stand at several places are told apart everywhere by the same value. */
function choicesIn({ below }: Kind, found = new Map<string, Choice>()): ReadonlyMap<string, Choice> {
  for (const kind of below.values()) {
    const choice = choiceOf(kind)
    if (choice !== undefined && !found.has(kind.key)) found.set(kind.key, choice)
    choicesIn(kind, found)
  }
  return found
}

/** Every object has the value, no two of one object around have the same, and the same come again elsewhere. */
function choiceOf({ several, objects, leaves }: Kind): Choice | undefined {
  if (!several) return undefined
  for (const [child, leaf] of leaves)
    if (
      leaf.types !== undefined &&
      namesType.test(child) &&
      !leaf.several &&
      leaf.objects === objects &&
      leaf.types.size < objects
    )
      return { child, values: [...leaf.types.keys()] }
  return undefined
}

function shapeOf(top: Kind): Omit<Shape, 'choices'> {
  const way = [top]
  for (let next = inner(top); next !== undefined; next = inner(next)) way.push(next)
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

/** What is told apart by its type is part of a record, and none. */
const leadsOn = (kind: Kind): boolean =>
  kind.choice === undefined && !isTyped(kind.key) && (kind.several || [...kind.below.values()].some(leadsOn))

const weight = (kind: Kind): number => [...kind.below.values()].reduce((sum, one) => sum + weight(one), kind.values)

/** The type by which an object is chosen is in its name; an IDoc says of each segment that it is one. */
const saysNothing = ({ key: object }: Kind, key: string): boolean =>
  object.includes(`[${key}=`) || key === '@SEGMENT' || key === '@BEGIN'

function* namesOf(
  kind: Kind,
  before: string,
  without: ReadonlySet<Kind>,
): Generator<{ readonly name: string; readonly several: boolean }> {
  const { below, leaves } = kind
  const told = new Set<string>()
  for (const [key, { several, filled }] of leaves) {
    if (saysNothing(kind, key)) continue
    // A list of objects is told as an empty value first.
    if (below.has(key) && !filled) continue
    const byType = several ? typedNames(leaves, key) : []
    if (byType.length > 0) told.add(key)
    if (byType.length === 0 && !isTyped(key)) yield { name: `${before}${key}`, several }
    for (const name of byType) yield { name: `${before}${name}`, several: false }
  }
  for (const one of below.values()) {
    if (without.has(one) || told.has(one.key) || one.choice !== undefined) continue
    if (one.several) yield { name: `${before}${one.key}`, several: true }
    else yield* namesOf(one, `${before}${one.key}/`, without)
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

  /** @param choices by which objects of a key are told a second time, under a name of their own */
  constructor(private readonly choices: ReadonlyMap<string, Choice> = new Map()) {}

  open(key: string, _: number, listed: boolean): void {
    const at = this.around.at(-1)
    const kind = at === undefined ? this.top : this.below(at.kind, key)
    kind.objects++
    kind.several ||=
      (listed && !isTyped(key)) ||
      (at !== undefined && kind.lastUnder === at.number) ||
      (at === undefined && kind.objects > 1)
    kind.lastUnder = at?.number ?? 0
    this.around.push({ kind, number: ++this.opened })
  }

  value(key: string, text: string): void {
    const at = this.around.at(-1)
    if (at === undefined) return
    const leaf = at.kind.leaves.get(key) ?? leafOf()
    if (!at.kind.leaves.has(key) && !this.placed()) return
    at.kind.leaves.set(key, leaf)
    if (text === '') return
    at.kind.values++
    leaf.filled = true
    leaf.several ||= leaf.lastUnder === at.number
    if (leaf.lastUnder !== at.number) leaf.objects++
    leaf.lastUnder = at.number
    this.tell(leaf, text)
  }

  /** Remembers a value that may be a type. A second one under the same object around, or one of many, is none. */
  private tell(leaf: Leaf, text: string): void {
    const around = this.around.at(-2)?.number
    if (leaf.types === undefined || around === undefined) return
    const isType = leaf.types.get(text) !== around && /^[\w-]{1,20}$/.test(text)
    if (!isType || (leaf.types.size >= TYPES && !leaf.types.has(text))) leaf.types = undefined
    else leaf.types.set(text, around)
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
    const choice = this.choices.get(key)
    const made: Kind = choice === undefined ? kindOf(key) : { ...kindOf(key), choice }
    if (this.placed()) kind.below.set(key, made)
    return made
  }

  private placed(): boolean {
    return ++this.names <= nestedLimits.names
  }
}

const leafOf = (): Leaf => ({ several: false, filled: false, lastUnder: 0, objects: 0, types: new Map() })

const kindOf = (key: string): Kind => ({
  key,
  below: new Map(),
  leaves: new Map(),
  objects: 0,
  values: 0,
  several: false,
  lastUnder: 0,
})
