import type { Entry, Guide, Loop } from '../guide/guide.js'
import { ruleOf, type SegmentRule } from './segment-rule.js'

/** No set has so many segments; not Infinity, so that counts are compared as small integers. */
const NO_LIMIT = 0x3fffffff

/** The table of a guide as it is walked: every object of a kind has the same fields, and knows what the walk will ask. */
export class WalkTable {
  readonly root: WalkLoop
  readonly loops = new Map<Loop, WalkLoop>()

  constructor({ table }: Guide) {
    this.root = new WalkLoop(table, this.loops)
  }
}

export class WalkLoop {
  readonly guide: Loop
  readonly places: readonly WalkPlace[]
  /** The positions of entries that must come. */
  readonly needed: readonly number[]
  /** By position of the segment met last: what followed it before, the newest first. */
  readonly followers: (Follower | undefined)[]

  constructor(loop: Loop, loops: Map<Loop, WalkLoop>) {
    this.guide = loop
    this.places = loop.entries.map((entry) => new WalkPlace(entry, loop, loops))
    this.needed = loop.needed
    this.followers = loop.entries.map(() => undefined)
    loops.set(loop, this)
  }
}

export class WalkPlace {
  readonly entry: Entry
  readonly most: number
  readonly rule: SegmentRule
  /** The loop that it opens. */
  readonly inner: WalkLoop | undefined
  /** That the segment stands here is all there is to it. */
  readonly isPlain: boolean

  constructor(entry: Entry, around: Loop, loops: Map<Loop, WalkLoop>) {
    this.entry = entry
    this.most = Math.min(entry.max, NO_LIMIT)
    this.rule = ruleOf(entry.segment)
    this.inner = entry.loop === undefined ? undefined : new WalkLoop(entry.loop, loops)
    const closes = entry.id === 'LE' && around.bounded
    this.isPlain = entry.mustOccurWith === undefined && entry.unused !== true && !closes
  }
}

/** A segment that may be taken without a search as long as the loops are as they were. */
export class Follower {
  readonly id: string
  /** How many loops are left for it. */
  readonly up: number
  /** Its position in the loop that it stands in, and the last one before that which could take it. */
  readonly place: number
  readonly after: number
  /** Another one, of another id or position: no more of them than the loops around have entries. */
  readonly next: Follower | undefined

  constructor(id: string, up: number, place: number, after: number, next: Follower | undefined) {
    this.id = id
    this.up = up
    this.place = place
    this.after = after
    this.next = next
  }
}
