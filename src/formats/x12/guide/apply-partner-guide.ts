import type { PartnerElement, PartnerGuide, PartnerSegment } from '../../../config/partner-guide.js'
import { makeLoop } from './compile-guide.js'
import type { ElementGuide, Entry, Guide, Loop, SegmentGuide } from './guide.js'
import { indexTable } from './index-table.js'
import { lastMandatory } from './segment-dictionary.js'

/**
 * The guide as the partner wants it. A rule holds wherever its path fits: the segment, or the segment within the loops named; of
 * several the longest path wins for what it says. Rules for another set or version change nothing. `partner` is how findings call
 * the partner. What fits nowhere is told by `partnerGuideMistakes`.
 */
export function applyPartnerGuide(guide: Guide, partnerGuide: PartnerGuide, partner: string): Guide {
  if (!concerns(guide, partnerGuide)) return guide
  const rules = Object.entries(partnerGuide.segments)
    .map(([path, rule]) => ({ path: path.split('/'), rule }))
    .sort((a, b) => a.path.length - b.path.length)
  const overlay = new Overlay(rules)
  const table = overlay.loop(guide.table, [guide.table.name])
  return { ...guide, table, ...indexTable(table), partner }
}

/** Rules of a partner's guide that fit nothing in this guide, as sentences for the operator. */
export function partnerGuideMistakes(guide: Guide, partnerGuide: PartnerGuide): string[] {
  if (!concerns(guide, partnerGuide)) return []
  const places = segmentPlaces(guide.table, [guide.table.name])
  return Object.entries(partnerGuide.segments).flatMap(([path, { elements }]) => {
    const wanted = path.split('/')
    const found = places.find(({ path: place }) => endsWith(place, wanted))
    if (found === undefined) return [`${path} is in no place of a ${guide.set} in ${guide.version}`]
    const { id, elements: defined } = found.segment
    return Object.keys(elements ?? {})
      .filter((position) => Number(position) < 1 || Number(position) > defined.length)
      .map((position) => `${path} has no element ${position}: ${id} has ${defined.length}`)
  })
}

function concerns(guide: Guide, { set, version }: PartnerGuide): boolean {
  return set === guide.set && guide.requestedVersion.startsWith(version ?? '')
}

interface Rule {
  readonly path: readonly string[]
  readonly rule: PartnerSegment
}

class Overlay {
  readonly #rules: readonly Rule[]

  constructor(rules: readonly Rule[]) {
    this.#rules = rules
  }

  loop(loop: Loop, path: readonly string[]): Loop {
    const entries = loop.entries.map((entry, position) => this.#entry(entry, position, path))
    return makeLoop(entries, path.length > 1)
  }

  #entry(entry: Entry, position: number, path: readonly string[]): Entry {
    const inside = entry.loop === undefined ? undefined : this.loop(entry.loop, [...path, entry.id])
    // The segment that opens a loop stands in the loop's table a second time; the rules apply where the loop stands.
    if (position === 0 && path.length > 1) return entry
    const place = [...path, entry.id]
    let changed = entry
    for (const { path: wanted, rule } of this.#rules) if (endsWith(place, wanted)) changed = withRule(changed, rule)
    return inside === undefined ? changed : { ...changed, loop: inside }
  }
}

function withRule(entry: Entry, rule: PartnerSegment): Entry {
  const { required, used } = rule
  return {
    ...entry,
    segment: withElements(entry.segment, rule),
    ...(required === undefined ? {} : { mandatory: required, partnerMandatory: required && !entry.mandatory }),
    ...(used === false ? { unused: true, mandatory: false } : {}),
    ...(rule['max-uses'] === undefined ? {} : { max: rule['max-uses'] }),
    ...(rule['must-occur-with'] === undefined ? {} : { mustOccurWith: rule['must-occur-with'] }),
  }
}

function withElements(segment: SegmentGuide, rule: PartnerSegment): SegmentGuide {
  const elements = segment.elements.map((element, i) => {
    const change = rule.elements?.[String(i + 1).padStart(2, '0')]
    return change === undefined ? element : withElement(element, change)
  })
  const mustCarry = rule['must-carry'] ?? segment.mustCarry
  return {
    ...segment,
    elements,
    lastMandatory: lastMandatory(elements),
    ...(mustCarry === undefined ? {} : { mustCarry }),
  }
}

function withElement(element: ElementGuide, rule: PartnerElement): ElementGuide {
  const { required, used, codes } = rule
  return {
    ...element,
    min: rule['min-length'] ?? element.min,
    max: rule['max-length'] ?? element.max,
    ...(required === undefined ? {} : { mandatory: required, partnerMandatory: required && !element.mandatory }),
    ...(used === false ? { unused: true, mandatory: false } : {}),
    ...(codes === undefined ? {} : { codes: new Set(codes), partnerCodes: true }),
  }
}

interface Place {
  readonly path: readonly string[]
  readonly segment: SegmentGuide
}

function segmentPlaces(loop: Loop, path: readonly string[]): Place[] {
  return loop.entries.flatMap(({ id, segment, loop: inside }) => [
    { path: [...path, id], segment },
    ...(inside === undefined ? [] : segmentPlaces(inside, [...path, id])),
  ])
}

function endsWith(path: readonly string[], wanted: readonly string[]): boolean {
  const from = path.length - wanted.length
  return from >= 0 && wanted.every((part, i) => part === path[from + i])
}
