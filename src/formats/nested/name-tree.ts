import { nestedLimits } from './limits.js'

/** A name of a value, or the beginning of names. */
export interface NameNode {
  readonly name: string
  readonly below: Map<string, NameNode>
  /** Which of the wanted it is, from 0. */
  column: number
  found: boolean
  /** A value of that name is not empty. */
  filled: boolean
}

/**
 * Names of values as they are nested: `item/number` in the record, `../number` in the object it stands in. Only names that are wanted have a
 * place, unless the tree grows.
 */
export class NameTree {
  /** By how many steps of the path lead there: the last are the names in the record itself. */
  readonly levels: readonly NameNode[]
  /** In the order in which they were found. */
  readonly found: NameNode[] = []
  private size = 0

  /** @param grows whether what is not wanted gets a name too, in the record or everywhere */
  constructor(
    private readonly depth: number,
    wanted: readonly string[],
    private readonly grows: 'not' | 'in records' | 'everywhere',
  ) {
    this.levels = Array.from({ length: depth + 1 }, (_, n) => node('../'.repeat(depth - n)))
    for (const [column, name] of wanted.entries()) {
      const keys = name.split('/')
      const ups = keys.findIndex((key) => key !== '..')
      let at = this.levels[depth - ups]
      for (const key of keys.slice(ups)) at = at && this.put(at, key)
      if (at !== undefined) at.column = column
    }
  }

  /** undefined where it has no place. */
  child(at: NameNode, key: string, level: number): NameNode | undefined {
    const known = at.below.get(key)
    if (known !== undefined) return known
    const grows = this.grows === 'everywhere' || (this.grows === 'in records' && level === this.depth)
    if (!grows || this.size >= nestedLimits.names) return undefined
    this.size++
    return this.put(at, key)
  }

  find(one: NameNode, filled: boolean): void {
    one.filled ||= filled
    if (one.found) return
    one.found = true
    this.found.push(one)
  }

  private put(at: NameNode, key: string): NameNode {
    const known = at.below.get(key)
    if (known !== undefined) return known
    const made = node(at.name === '' || at.name.endsWith('../') ? `${at.name}${key}` : `${at.name}/${key}`)
    at.below.set(key, made)
    return made
  }
}

const node = (name: string): NameNode => ({ name, below: new Map(), column: -1, found: false, filled: false })
