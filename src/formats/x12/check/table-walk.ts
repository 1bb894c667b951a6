import type { DecodedSegment } from '../decoded-segment.js'
import type { Entry, Guide, Loop } from '../guide/guide.js'
import { text } from '../transaction.js'
import type { X12Finding } from '../x12-finding.js'
import { Findings } from './findings.js'
import { Frame } from './frame.js'
import { ruleOf, type SegmentRule } from './segment-rule.js'
import { Follower, type WalkLoop, type WalkPlace, WalkTable } from './walk-table.js'

/**
 * Follows the segments of one transaction set through its table. Each segment goes to the nearest place that can take it: first in
 * the innermost open loop, from where that is on, then in the loops around it. One that has no place is told and leaves the walk
 * where it was; if it opens a loop, or stands in one that is not open, that loop is entered, so that what follows it finds its place.
 */
export class TableWalk {
  readonly #guide: Guide
  readonly #table: WalkTable
  #findings: Findings
  /** Kept for reuse beyond the open ones. */
  readonly #frames: Frame[] = []
  #open = 0
  #lastMisplaced = ''
  /** Every open loop stands in the one before it: no segment was misplaced so far. */
  #orderly = true

  constructor(guide: Guide) {
    this.#guide = guide
    this.#table = new WalkTable(guide)
    this.#findings = new Findings(guide.version)
  }

  /** A transaction set begins. */
  begin(findings: Findings): void {
    this.#findings = findings
    findings.askForLoop(this.#loopName)
    this.#open = 0
    this.#lastMisplaced = ''
    this.#orderly = true
    this.#enter(this.#table.root)
  }

  /** What to hold the segment's elements against; undefined when nothing is known of such a segment. */
  take(segment: DecodedSegment, position: number): SegmentRule | undefined {
    this.#findings.at(position)
    if (!this.#orderly) return this.#search(segment)
    const { loop, cursor } = this.#frames[this.#open - 1] as Frame
    for (let follower = loop.followers[cursor]; follower !== undefined; follower = follower.next) {
      if (follower.id !== segment.id) continue
      const level = this.#open - 1 - follower.up
      const { place } = follower
      if ((this.#frames[level] as Frame).canTake(place, follower.after)) return this.#accept(segment, level, place)
    }
    return this.#search(segment)
  }

  #search(segment: DecodedSegment): SegmentRule | undefined {
    const { id } = segment
    let isNearest = true
    let full: { readonly level: number; readonly place: number } | undefined
    for (let level = this.#open - 1; level >= 0; level--) {
      const frame = this.#frames[level] as Frame
      const places = frame.loop.guide.places.get(id)
      if (places === undefined) continue
      for (const [index, place] of places.entries()) {
        if (place < frame.cursor) continue
        const after = places[index - 1] ?? -1
        if (frame.canTake(place, after)) {
          if (isNearest) this.#remember(id, level, place, after)
          return this.#accept(segment, level, place)
        }
        full ??= { level, place }
      }
      isNearest = false
    }
    if (full === undefined) return this.#late(segment) ?? this.#misplaced(segment)
    const rule = this.#accept(segment, full.level, full.place)
    this.#sayFull((this.#frames[full.level] as Frame).loop.guide.entries[full.place] as Entry)
    return rule
  }

  /** For the next time: only what no nearer loop could ever take. */
  #remember(id: string, level: number, place: number, after: number): void {
    if (!this.#orderly) return
    const { loop, cursor } = this.#frames[this.#open - 1] as Frame
    loop.followers[cursor] = new Follower(id, this.#open - 1 - level, place, after, loop.followers[cursor])
  }

  /** The transaction set is over. */
  end(): void {
    while (this.#open > 0) this.#leave()
  }

  #accept(segment: DecodedSegment, level: number, place: number): SegmentRule {
    while (this.#open - 1 > level) this.#leave()
    const frame = this.#frames[level] as Frame
    if (place > frame.cursor) this.#pass(frame, place, segment)
    const { inner, rule, isPlain, entry } = frame.loop.places[place] as WalkPlace
    frame.cursor = place
    frame.counts[place] = (frame.counts[place] as number) + 1
    this.#lastMisplaced = ''
    if (!isPlain && entry.mustOccurWith !== undefined) frame.remember(place, text(segment, 1))
    if (inner !== undefined) this.#enterOpened(inner, segment)
    if (!isPlain && entry.unused === true) this.#sayUnused(entry)
    if (!isPlain && entry.id === 'LE' && frame.loop.guide.bounded) this.#checkBounds(segment, frame)
    return rule
  }

  /**
   * A segment that was told missing comes after all: what is out of its sequence is the one that came in its place. The walk goes
   * on from there, so that what belongs behind it is not at fault.
   */
  #late(segment: DecodedSegment): SegmentRule | undefined {
    for (let level = this.#open - 1; level >= 0; level--) {
      const frame = this.#frames[level] as Frame
      const late = frame.takeMissed(segment.id)
      if (late === undefined) continue
      const { place, finding, instead } = late
      this.#findings.retell(finding, '7', instead, `${instead} is out of its sequence: it belongs behind ${segment.id}`)
      while (this.#open - 1 > level) this.#leave()
      frame.goBack(place)
      return this.#accept(segment, level, place)
    }
    return undefined
  }

  #misplaced(segment: DecodedSegment): SegmentRule | undefined {
    const { id } = segment
    const { segments, standardIds, ids, set, lenient } = this.#guide
    const known = segments.get(id)
    const again = this.#lastMisplaced === id
    this.#lastMisplaced = id
    this.#orderly = false
    if (!ids.has(id)) {
      const standard = known !== undefined || standardIds.has(id)
      const capitals = ids.has(id.toUpperCase()) ? `: in capitals, ${id.toUpperCase()}, it would be one` : ''
      const message = standard ? `${id} does not belong in a ${set}` : `${id} is no segment of the standard${capitals}`
      if (!lenient) this.#findings.aboutSegment(standard ? '6' : '1', id, message)
    } else {
      const passed = this.#passedPlace(id)
      // A run of the same segment or loop out of its sequence is one mistake.
      if (passed !== undefined) {
        const { frame, place } = passed
        const { loop, cursor } = frame
        const { inner } = loop.places[place] as WalkPlace
        const before = (loop.guide.entries[cursor] as Entry).id
        const told = again || frame.misplacedLoop === place
        if (!told) this.#findings.aboutSegment('7', id, `${id} is out of its sequence: it belongs before ${before}`)
        if (inner !== undefined) {
          frame.misplacedLoop = place
          this.#enterOpened(inner, segment)
        }
      } else {
        const loop = this.#enterHome(id, segment)
        const message = `${id} is not expected here: it belongs in loop ${loop}, which is not open`
        if (!lenient) this.#findings.aboutSegment('2', id, message)
      }
    }
    return known === undefined ? undefined : ruleOf(known)
  }

  /** The segment's place in an open loop that is already beyond it. */
  #passedPlace(id: string): { readonly frame: Frame; readonly place: number } | undefined {
    for (let level = this.#open - 1; level >= 0; level--) {
      const frame = this.#frames[level] as Frame
      const place = frame.loop.guide.places.get(id)?.at(-1)
      if (place !== undefined) return { frame, place }
    }
    return undefined
  }

  /**
   * Enters the loop in which such a segment stands, without the segment that opens it; of several the one nearest to here. Returns
   * the name of the outermost loop that was not open.
   */
  #enterHome(id: string, segment: DecodedSegment): string {
    let nearest: readonly Loop[] = []
    let shared = -1
    for (const path of this.#guide.homes.get(id) ?? []) {
      const common = this.#openLoops(path)
      if (common > shared) [nearest, shared] = [path, common]
    }
    for (const loop of nearest.slice(shared)) this.#enter(this.#table.loops.get(loop) as WalkLoop).astray = true
    const frame = this.#frames[this.#open - 1] as Frame
    const place = frame.loop.guide.places.get(id)?.[0] ?? 0
    frame.cursor = place
    frame.counts[place] = 1
    const entered = frame.loop.places[place]?.inner
    if (entered !== undefined) this.#enterOpened(entered, segment)
    return nearest[shared]?.name ?? frame.loop.guide.name
  }

  /** How many loops of the path, from the outermost, are open one within the other. */
  #openLoops(path: readonly Loop[]): number {
    let common = 0
    for (let level = 0; level < this.#open && common < path.length; level++) {
      if (this.#frames[level]?.loop.guide === path[common]) common++
    }
    return common
  }

  #enterOpened(loop: WalkLoop, segment: DecodedSegment): void {
    const frame = this.#enter(loop)
    frame.counts[0] = 1
    if (loop.guide.bounded) frame.boundedBy = text(segment, 1)
  }

  #enter(loop: WalkLoop): Frame {
    const frame = this.#frames[this.#open] ?? new Frame(loop)
    if (this.#open === this.#frames.length) this.#frames.push(frame)
    frame.begin(loop)
    this.#open++
    return frame
  }

  #leave(): void {
    const frame = this.#frames[this.#open - 1] as Frame
    this.#pass(frame, frame.loop.places.length, undefined)
    this.#open--
  }

  /**
   * The loop goes on behind these entries, from where it is up to `place`, with the segment `instead`, or ends: what they lack should
   * have come.
   */
  #pass(frame: Frame, place: number, instead: DecodedSegment | undefined): void {
    if (frame.astray) return
    const { loop, counts, cursor } = frame
    for (const needed of loop.needed) {
      if (needed < cursor || needed >= place) continue
      const entry = loop.guide.entries[needed] as Entry
      if (entry.mandatory && counts[needed] === 0 && !frame.hasMissed(needed)) {
        const finding = this.#sayMissing(entry, loop.guide)
        if (instead !== undefined) frame.miss({ place: needed, finding, instead: instead.id })
      }
      if (entry.mustOccurWith !== undefined) this.#checkQualifiers(entry, frame, needed)
    }
  }

  #checkQualifiers(entry: Entry, frame: Frame, place: number): void {
    const seen = frame.qualifiers?.get(place)
    for (const qualifier of entry.mustOccurWith ?? []) {
      if (seen?.has(qualifier) === true) continue
      const code = this.#findings.implementation('I6', '3')
      const who = `, which ${this.#guide.partner ?? 'the partner'} asks for,`
      const message = `${entry.id} with "${qualifier}" in ${entry.id}01${who} is missing${this.#where(frame.loop.guide)}`
      this.#findings.aboutSegment(code, entry.id, message, `${entry.id}01 "${qualifier}"`)
    }
  }

  #checkBounds(segment: DecodedSegment, frame: Frame): void {
    const value = text(segment, 1)
    if (value === frame.boundedBy) return
    const expected = frame.boundedBy
    const message = `the loop id "${value}" is not that of the LS it closes, "${expected}"`
    this.#findings.aboutElement('7', 1, undefined, undefined, value, message, expected)
  }

  #sayFull({ id, max, loop }: Entry): void {
    const times = max === 1 ? 'once' : `${max} times`
    if (loop === undefined) this.#findings.aboutSegment('5', id, `${id} may stand here ${times} only`, `at most ${max}`)
    else this.#findings.aboutSegment('4', id, `loop ${id} may stand here ${times} only`, `at most ${max}`)
  }

  #sayMissing(entry: Entry, loop: Loop): X12Finding {
    const who = entry.partnerMandatory === true ? `, which ${this.#guide.partner ?? 'the partner'} asks for,` : ''
    return this.#findings.aboutSegment('3', entry.id, `${entry.id}${who} is missing${this.#where(loop)}`, entry.id)
  }

  #sayUnused(entry: Entry): void {
    const message = `${entry.id} is not used by ${this.#guide.partner ?? 'the partner'}`
    this.#findings.aboutSegment(this.#findings.implementation('I4', '2'), entry.id, message)
  }

  #where(loop: Loop): string {
    return loop === this.#guide.table ? '' : ` in loop ${loop.name}`
  }

  /** AK303: the innermost loop by the segment that opens it, or LS01 within LS and LE. Undefined outside of all loops. */
  readonly #loopName = (): string | undefined => {
    if (this.#open <= 1) return undefined
    const { loop, boundedBy } = this.#frames[this.#open - 1] as Frame
    if (boundedBy !== '') return boundedBy
    const around = this.#frames[this.#open - 2] as Frame
    return around.boundedBy === '' ? loop.guide.name : around.boundedBy
  }
}
