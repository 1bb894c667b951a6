import { nestedLimits } from './limits.js'
import type { NameNode, NameTree } from './name-tree.js'
import type { NestedEvents } from './nested-events.js'
import { NoRecords } from './no-records.js'

/** A record as it was found: its own values by column, and those of the objects it stands in, from the outer to the inner. */
export interface FoundRecord {
  readonly values: readonly (readonly (string | undefined)[])[]
  readonly line: number
  /** Why it cannot be used. */
  readonly fault: string | undefined
}

/** An object on the way to the records, or a record. */
interface Holder {
  readonly level: number
  readonly line: number
  readonly values: (string | undefined)[]
  fault: string | undefined
  /** Records of it are given out: nothing can be added to them any more. */
  sealed: boolean
}

/** An object that is open. Where its names have no place, nothing in it is looked at. */
interface Open {
  readonly holder: Holder | undefined
  readonly node: NameNode | undefined
}

export interface FinderOptions {
  /** Keys that lead to the records. */
  readonly path: readonly string[]
  readonly names: NameTree
  /** So many of the names, the first, have one value in a record; of the others any may serve. */
  readonly single: number
  /** Takes each record; without it only names are gathered. */
  readonly take?: (record: FoundRecord) => void
  /** Records wait for the end of what stands at this level: a line is used as a whole or not at all. */
  readonly whole?: boolean
}

/** Finds the records of a nested file, each with the values above it. */
export class RecordFinder implements NestedEvents {
  /** How far down the path objects stand, and empty values. */
  private opened = -1
  private emptied = -1
  private readonly around: Open[] = []
  /** Records whose holders are not whole yet. */
  private held: { readonly own: Holder; readonly above: readonly Holder[] }[] = []
  private heldSize = 0
  /** With the end of an object of this level, what is held is whole. */
  private readonly holds: number

  constructor(private readonly options: FinderOptions) {
    const { path, names, whole } = options
    const above = names.levels.slice(0, path.length).findIndex(isWanted)
    this.holds = whole ? 0 : above < 0 ? path.length : above
  }

  /** Something is there where records are to be, if only an empty list on the way; or there is nothing at all. */
  get reached(): boolean {
    return this.opened < 0 || this.opened === this.options.path.length || this.emptied > this.opened
  }

  open(key: string, line: number): void {
    const { path, names } = this.options
    const at = this.around.at(-1)
    const level = at === undefined ? 0 : at.holder === undefined ? -1 : at.holder.level + 1
    const isOnPath = at === undefined || (this.onPath(at) && path[level - 1] === key)
    if (isOnPath) {
      this.opened = Math.max(this.opened, level)
      const holder = { level, line, values: [], fault: undefined, sealed: false }
      this.around.push({ holder, node: names.levels[level] })
      return
    }
    const { holder, node } = at
    const below = node === undefined || holder === undefined ? undefined : names.child(node, key, holder.level)
    this.around.push({ holder, node: below })
  }

  value(key: string, text: string): void {
    const at = this.around.at(-1)
    const { path } = this.options
    if (at?.holder !== undefined && this.onPath(at) && path[at.holder.level] === key) {
      if (text === '') this.emptied = Math.max(this.emptied, at.holder.level + 1)
      else {
        const { line } = at.holder
        this.record({ level: path.length, line, values: [], fault: `a value, and no object, at ${key}`, sealed: false })
      }
      return
    }
    this.put(key, text, true)
  }

  alias(key: string, text: string): void {
    this.put(key, text, false)
  }

  mixed(key: string): void {
    const node = this.around.at(-1)?.node?.below.get(key)
    if (node !== undefined && node.column >= 0) this.fault(`other elements in the text of ${node.name}`)
  }

  close(): void {
    const closed = this.around.pop()
    const holder = closed?.holder
    if (holder === undefined || holder === this.around.at(-1)?.holder) return
    if (holder.level === this.options.path.length) this.record(holder)
    if (holder.level <= this.holds) this.release()
  }

  fault(reason: string): void {
    const holder = this.around.at(-1)?.holder
    if (holder === undefined) return
    if (holder.sealed) throw new NoRecords(`the object of line ${holder.line} has ${reason}`, holder.line)
    holder.fault ??= reason
  }

  unreadable(text: string, line: number, reason: string): void {
    this.around.length = 0
    this.held = []
    this.heldSize = 0
    this.options.take?.({ values: [[text]], line, fault: reason })
  }

  private put(key: string, text: string, grows: boolean): void {
    const { names } = this.options
    const { holder, node: around } = this.around.at(-1) ?? {}
    if (holder === undefined || around === undefined) return
    const node = grows ? names.child(around, key, holder.level) : around.below.get(key)
    if (node === undefined) return
    names.find(node, text !== '')
    if (node.column < 0) return
    if (holder.sealed)
      throw new NoRecords(
        `${node.name} of the object of line ${holder.line} stands behind more records than can be held until it comes`,
        holder.line,
      )
    if (node.column < this.options.single && holder.values[node.column] && text !== '')
      holder.fault ??= `${node.name} more than once`
    holder.values[node.column] ||= text
  }

  /** Nothing has been left on the way to the records. */
  private onPath({ holder, node }: Open): boolean {
    const { path, names } = this.options
    return holder !== undefined && holder.level < path.length && node === names.levels[holder.level]
  }

  private record(own: Holder): void {
    if (this.options.take === undefined) return
    const above = new Set(this.around.flatMap(({ holder }) => holder ?? []))
    this.held.push({ own, above: [...above] })
    this.heldSize += own.values.reduce((sum, text) => sum + (text?.length ?? 0) + 8, 64)
    if (this.heldSize > nestedLimits.held) this.release()
  }

  private release(): void {
    for (const { own, above } of this.held) {
      const fault = own.fault ?? above.find((holder) => holder.fault !== undefined)?.fault
      this.options.take?.({ values: [...above.map(({ values }) => values), own.values], line: own.line, fault })
    }
    if (this.held.length > 0) for (const { holder } of this.around) if (holder !== undefined) holder.sealed = true
    this.held = []
    this.heldSize = 0
  }
}

const isWanted = (node: NameNode): boolean => node.column >= 0 || [...node.below.values()].some(isWanted)
