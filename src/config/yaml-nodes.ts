import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'

/** Keys and list positions (0-based) from the top of a file. */
export type Path = readonly (string | number)[]

export interface NodeMistake {
  readonly offset: number
  readonly path: Path
  readonly message: string
  readonly expected: string
  readonly suggestion?: string
}

/**
 * What YAML allows and settings do not: keys that are not text as they are written (00123: is the key 123), aliases without an anchor
 * and aliases of something around them. `readable` is false when the values cannot be had at all.
 */
export function nodeMistakes(document: Document): { mistakes: NodeMistake[]; readable: boolean } {
  const mistakes: NodeMistake[] = []
  let readable = true
  const visit = (node: unknown, path: Path, around: readonly unknown[]): void => {
    if (isAlias(node)) {
      const target = node.resolve(document)
      if (target !== undefined && !around.includes(target)) return
      readable = false
      const message = `*${node.source} ${target === undefined ? 'without its &' : 'inside its own &'}${node.source}`
      mistakes.push({ offset: start(node), path, message, expected: 'an alias of a value above it' })
    } else if (isMap(node)) {
      for (const pair of node.items) {
        const wrong = keyMistake(pair, path)
        if (wrong !== undefined) mistakes.push(wrong)
        if (!isScalar(pair.key)) readable = false
        visit(pair.value, [...path, keyText(pair)], [...around, node])
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) visit(item, [...path, index], [...around, node])
    }
  }
  visit(document.contents, [], [])
  return { mistakes, readable }
}

function keyMistake({ key }: Pair, path: Path): NodeMistake | undefined {
  const mistake = (message: string, suggestion?: string): NodeMistake => ({
    offset: start(key),
    path,
    message,
    expected: 'text as a key',
    ...(suggestion === undefined ? {} : { suggestion }),
  })
  if (!isScalar(key)) return mistake('a list, a map or an alias as a key')
  if (key.value === '__proto__') return mistake('the key __proto__')
  if (typeof key.value === 'string') return undefined
  if (key.value === null) return mistake('an empty key')
  // What YAML 1.1 makes of <<.
  if (typeof key.value === 'symbol') return mistake('a merge key <<')
  const written = key.source ?? String(key.value)
  return mistake(`the key ${written} without quotes is read as ${typeof key.value} ${key.value}`, `"${written}"`)
}

interface Found {
  readonly node: unknown
  readonly offset: number
  /** False when the path leads nowhere and this is what lies around it. */
  readonly found: boolean
}

/** The node a path leads to through maps, lists and aliases; the offset is its own or its key's. */
export function nodeAt(document: Document, path: Path, at: 'key' | 'value'): Found {
  let node: unknown = document.contents
  let offset = start(node)
  for (const [depth, step] of path.entries()) {
    const inside = isAlias(node) ? node.resolve(document) : node
    const pair = isMap(inside) ? inside.items.findLast((one) => keyText(one) === String(step)) : undefined
    const item = isSeq(inside) && typeof step === 'number' ? inside.items[step] : undefined
    if (pair === undefined && item === undefined) return { node, offset, found: false }
    node = pair === undefined ? item : pair.value
    const last = depth === path.length - 1
    const keyWanted = pair !== undefined && ((last && at === 'key') || isEmpty(node))
    offset = start(keyWanted ? pair.key : node) || offset
  }
  return { node, offset, found: true }
}

/** `key:` with nothing after it has no place of its own. */
const isEmpty = (node: unknown): boolean => node === null || (isScalar(node) && node.value === null && !node.source)

const keyText = ({ key }: Pair): string => (isScalar(key) ? String(key.value ?? '') : '')

const start = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0
