import { nestedLimits } from './limits.js'
import type { NestedEvents, NestedReader } from './nested-events.js'
import { NoRecords } from './no-records.js'

/** Of several objects of one key the one whose own value `child` is `value`: `E1EDKA1[PARVW=LF]`. */
interface Choice {
  readonly child: string
  readonly value: string
}

/**
 * A reading in which objects also go by the names that choose them by a value of their own, as in `E1EDKA1[PARVW=LF]/PARTN`. Such an object
 * is told a second time when it is whole, since the value may stand anywhere in it; then it makes no new columns.
 */
export function choosing(read: NestedReader, names: readonly string[]): NestedReader {
  const choices = choicesOf(names)
  return choices.size === 0 ? read : (events) => read(new ChosenObjects(choices, events))
}

/** By the key of the objects. What an attribute of a plain value chooses stands last in a name, and is told by the reader itself. */
function choicesOf(names: readonly string[]): ReadonlyMap<string, readonly Choice[]> {
  const choices = new Map<string, Choice[]>()
  for (const step of new Set(names.flatMap((name) => name.split('/').slice(0, -1)))) {
    const [, key, child, value] = /^(.+?)\[([^=]+)=(.*)\]$/.exec(step) ?? []
    if (key === undefined || child === undefined || value === undefined) continue
    choices.set(key, [...(choices.get(key) ?? []), { child, value }])
  }
  return choices
}

/** An object that is open and may be chosen: what is in it so far. */
interface Candidate {
  readonly key: string
  readonly line: number
  readonly values: Map<string, string>
  readonly replay: ((events: NestedEvents) => void)[]
  /** How many objects within it are open. */
  depth: number
}

class ChosenObjects implements NestedEvents {
  /** From the outer to the inner. */
  private readonly candidates: Candidate[] = []
  private kept = 0

  constructor(
    private readonly choices: ReadonlyMap<string, readonly Choice[]>,
    private readonly events: NestedEvents,
  ) {}

  open(key: string, line: number, listed: boolean): void {
    this.events.open(key, line, listed)
    this.keep(key.length, (events) => events.open(key, line, listed))
    for (const candidate of this.candidates) candidate.depth++
    if (this.choices.has(key)) this.candidates.push({ key, line, values: new Map(), replay: [], depth: 0 })
  }

  value(key: string, text: string): void {
    this.events.value(key, text)
    const own = this.candidates.at(-1)
    if (own?.depth === 0 && !own.values.has(key)) own.values.set(key, text.trim())
    this.keep(key.length + text.length, (events) => events.alias?.(key, text))
  }

  alias(key: string, text: string): void {
    this.events.alias?.(key, text)
    this.keep(key.length + text.length, (events) => events.alias?.(key, text))
  }

  mixed(key: string): void {
    this.events.mixed?.(key)
    this.keep(key.length, (events) => events.mixed?.(key))
  }

  close(): void {
    this.events.close()
    const own = this.candidates.at(-1)
    const closed = own?.depth === 0 ? this.candidates.pop() : undefined
    this.keep(1, (events) => events.close())
    for (const candidate of this.candidates) candidate.depth--
    if (closed !== undefined) this.tellChosen(closed)
    if (this.candidates.length === 0) this.kept = 0
  }

  fault(reason: string): void {
    this.events.fault(reason)
  }

  unreadable(text: string, line: number, reason: string): void {
    this.candidates.length = 0
    this.kept = 0
    this.events.unreadable?.(text, line, reason)
  }

  private tellChosen({ key, line, values, replay }: Candidate): void {
    for (const { child, value } of this.choices.get(key) ?? []) {
      if (values.get(child) !== value) continue
      const again = (events: NestedEvents): void => {
        events.open(`${key}[${child}=${value}]`, line, true)
        for (const told of replay) told(events)
        events.close()
      }
      again(this.events)
      this.keep(key.length, again)
    }
  }

  private keep(size: number, told: (events: NestedEvents) => void): void {
    if (this.candidates.length === 0) return
    this.kept += size + 64
    if (this.kept > nestedLimits.held)
      throw new NoRecords(
        `the ${this.candidates[0]?.key} that begins there is larger than what can be held until it is known which one it is`,
        this.candidates[0]?.line ?? 1,
      )
    for (const { replay } of this.candidates) replay.push(told)
  }
}
