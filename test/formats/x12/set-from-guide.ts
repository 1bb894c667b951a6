import type { Condition, ElementGuide, Entry, Guide, Loop, SegmentGuide } from '../../../src/formats/x12/index.js'
import fc from '../../properties.js'

/** Segments of a transaction set that its guide allows, without ST and SE; components are apart by `>`. */
export function setFromGuide(guide: Guide): fc.Arbitrary<string[]> {
  return fc.infiniteStream(fc.nat({ max: 2 ** 30 })).map((numbers) => {
    const choose = (below: number) => (numbers.next().value ?? 0) % below
    const segments = segmentsOf(guide.table, guide, choose, 0)
    return segments.filter((segment) => !/^S[TE]\*/.test(segment))
  })
}

type Choose = (below: number) => number

function segmentsOf(loop: Loop, guide: Guide, choose: Choose, depth: number): string[] {
  const segments: string[] = []
  loop.entries.forEach((entry, position) => {
    const opening = depth > 0 && position === 0
    for (let times = opening ? 1 : timesOf(entry, choose, depth); times > 0; times--) {
      const inside = entry.loop
      if (inside !== undefined) segments.push(...segmentsOf(inside, guide, choose, depth + 1))
      else if (entry.id === 'LS' || entry.id === 'LE') segments.push(`${entry.id}*L1`)
      else segments.push(segmentOf(entry.segment, choose))
    }
  })
  return segments
}

/** The deeper, the fewer: a set shall be a few dozen segments long. */
function timesOf({ mandatory, max }: Entry, choose: Choose, depth: number): number {
  if (mandatory) return max > 1 ? 1 + choose(2) : 1
  const often = choose(4 + 2 * depth) === 0
  return often ? Math.min(1 + choose(2), max) : 0
}

function segmentOf(segment: SegmentGuide, choose: Choose): string {
  return [segment.id, ...valuesOf(segment, choose, (element) => elementOf(element, choose))]
    .join('*')
    .replace(/\*+$/, '')
}

/** Mandatory elements and some others, so that the conditions hold. */
function valuesOf(segment: SegmentGuide, choose: Choose, value: (element: ElementGuide) => string): string[] {
  const { elements } = segment
  const there = presentIn(segment, () => choose(4) === 0) ?? presentIn(segment, () => false) ?? new Set()
  return elements.map((element, i) => (there.has(i + 1) ? value(element) : ''))
}

/** Positions of elements; undefined when adding and removing does not come to an end. */
function presentIn({ elements, conditions }: SegmentGuide, chosen: () => boolean): Set<number> | undefined {
  const there = new Set<number>()
  elements.forEach(({ mandatory }, i) => {
    if (mandatory || chosen()) there.add(i + 1)
  })
  for (let round = 0; round < 20; round++) {
    if (!conditions.some((condition) => repair(condition, there))) return there
  }
  return undefined
}

/** Adds or removes elements so that the condition holds; false when it did already. */
function repair({ kind, elements }: Condition, there: Set<number>): boolean {
  const given = elements.filter((position) => there.has(position))
  const first = elements[0] as number
  const add = (positions: readonly number[]) => {
    for (const position of positions) there.add(position)
    return true
  }
  if (kind === 'P') return given.length > 0 && given.length < elements.length && add(elements)
  if (kind === 'R') return given.length === 0 && add([first])
  if (kind === 'C') return there.has(first) && given.length < elements.length && add(elements)
  if (kind === 'L') return there.has(first) && given.length === 1 && add([elements[1] as number])
  for (const position of given.slice(1)) there.delete(position)
  return given.length > 1
}

function elementOf(element: ElementGuide, choose: Choose): string {
  const { composite } = element
  if (composite === undefined) return simpleValue(element, choose)
  const components = valuesOf(composite, choose, (component) => simpleValue(component, choose))
  // A composite that is there has something in it.
  if (components.every((component) => component === ''))
    return simpleValue(composite.elements[0] as ElementGuide, choose)
  return components.join('>').replace(/>+$/, '')
}

function simpleValue({ type, min, max, codes }: ElementGuide, choose: Choose): string {
  const length = Math.min(min + choose(Math.max(max - min, 0) + 1), 60)
  const of = (characters: string) => Array.from({ length }, () => characters.charAt(choose(characters.length))).join('')
  if (codes !== undefined) return [...codes][choose(codes.size)] ?? ''
  switch (type) {
    case 'N':
      return (choose(3) === 0 ? '-' : '') + of('0123456789')
    case 'R':
      return decimal(of('0123456789'), choose)
    case 'DT':
      return `${max === 8 ? '20' : ''}${two(choose(100))}${two(1 + choose(12))}${two(1 + choose(28))}`
    case 'TM':
      return two(choose(24)) + two(choose(60))
    default:
      return of('ABCXYZ0189')
  }
}

function decimal(digits: string, choose: Choose): string {
  const point = choose(digits.length + 2)
  const text = point > digits.length ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return (choose(3) === 0 ? '-' : '') + text
}

const two = (value: number): string => String(value).padStart(2, '0')
