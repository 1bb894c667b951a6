import type { DecodedSegment } from '../formats/x12/index.js'
import type { DocumentFinding } from './document-finding.js'

/** One HL with what stands behind it up to the next. */
export interface HierarchyLevel {
  /** Place in the document, 1-based: what HL01 should say. */
  readonly hl: number
  /** The place of the level it belongs to; none for a root. */
  readonly parent: number | undefined
  /** HL03. */
  readonly code: string
  readonly segment: DecodedSegment
  readonly segments: readonly DecodedSegment[]
}

export interface HierarchyTree {
  /** What stands before the first HL, and from the CTT on. */
  readonly outside: readonly DecodedSegment[]
  /** In the order of the file. */
  readonly levels: readonly HierarchyLevel[]
  /** What is wrong with the numbering but leaves no doubt where each level belongs. */
  readonly findings: readonly DocumentFinding[]
  /** What leaves a level without a place: the tree cannot be built. */
  readonly broken: readonly DocumentFinding[]
}

// Element 723: mandatory element missing, conditional element missing, invalid code value.
const MISSING = 'AK403:1'
const CONDITIONAL_MISSING = 'AK403:2'
const INVALID = 'AK403:7'

/** 007 is 7. */
const bare = (number: string): string => number.replace(/^0+(?=.)/, '')
const element = (segment: DecodedSegment, position: number): string => segment.value(position) ?? ''

/**
 * The tree of the HL segments in whatever order BSN05 allows: parents are found by number alone, never by what usually follows what.
 * A parent with a number that was given twice is the nearest one before.
 */
export function hierarchyTree(segments: readonly DecodedSegment[]): HierarchyTree {
  const outside: DecodedSegment[] = []
  const parts: DecodedSegment[][] = []
  let part = outside
  for (const segment of segments) {
    if (segment.id === 'HL') {
      part = []
      parts.push(part)
    } else if (segment.id === 'CTT' || segment.id === 'SE') part = outside
    part.push(segment)
  }
  const heads = parts.flatMap(([head]) => head ?? [])
  const findings: DocumentFinding[] = []
  const broken: DocumentFinding[] = []
  const parents = parentsOf(heads, findings, broken)
  const circles = findCircles(heads, parents, broken)
  judgeOrder(heads, parents, circles, findings)
  judgeNumbers(heads, findings)
  judgeChildren(heads, parents, findings)
  const levels = heads.map((segment, index) => ({
    hl: index + 1,
    parent: parents[index],
    code: element(segment, 3),
    segment,
    segments: parts[index]?.slice(1) ?? [],
  }))
  return { outside, levels, findings, broken }
}

/** For each HL the place of the one that its HL02 names. */
function parentsOf(
  heads: readonly DecodedSegment[],
  findings: DocumentFinding[],
  broken: DocumentFinding[],
): (number | undefined)[] {
  const first = new Map<string, number>()
  for (const [index, head] of heads.entries()) {
    const number = bare(element(head, 1))
    if (!first.has(number)) first.set(number, index + 1)
  }
  const latest = new Map<string, number>()
  return heads.map((head, index) => {
    const number = element(head, 2)
    const before = latest.get(bare(number))
    latest.set(bare(element(head, 1)), index + 1)
    if (number === '') {
      if (index > 0 && element(head, 3) !== 'S')
        findings.push(found(head, 2, CONDITIONAL_MISSING, undefined, 'the parent is missing; only a shipment has none'))
      return undefined
    }
    const parent = before ?? first.get(bare(number))
    if (parent === undefined)
      broken.push(found(head, 2, INVALID, number, `the parent "${number}" is no HL01 of this transaction set`))
    return parent
  })
}

/** The places of levels that are their own ancestors. Each circle is told once, at its first level. */
function findCircles(
  heads: readonly DecodedSegment[],
  parents: readonly (number | undefined)[],
  broken: DocumentFinding[],
): ReadonlySet<number> {
  const circles = new Set<number>()
  const settled = new Uint32Array(heads.length + 1)
  for (let round = 1; round <= heads.length; round++) {
    let place: number | undefined = round
    while (place !== undefined && settled[place] === 0) {
      settled[place] = round
      place = parents[place - 1]
    }
    if (place === undefined || settled[place] !== round) continue
    let first = place
    while (!circles.has(place)) {
      circles.add(place)
      first = Math.min(first, place)
      place = parents[place - 1] as number
    }
    const head = heads[first - 1] as DecodedSegment
    broken.push(found(head, 2, INVALID, element(head, 2), 'the parents go round in a circle'))
  }
  return circles
}

/** Parents stand before their children. */
function judgeOrder(
  heads: readonly DecodedSegment[],
  parents: readonly (number | undefined)[],
  circles: ReadonlySet<number>,
  findings: DocumentFinding[],
): void {
  for (const [index, head] of heads.entries()) {
    if ((parents[index] ?? 0) <= index + 1 || circles.has(index + 1)) continue
    const number = element(head, 2)
    findings.push(found(head, 2, INVALID, number, `the parent "${number}" stands behind its child`))
  }
}

/** HL01 counts 1, 2, 3. After a gap it may go on from there: one mistake is told once. */
function judgeNumbers(heads: readonly DecodedSegment[], findings: DocumentFinding[]): void {
  let expected = 1
  for (const head of heads) {
    const number = element(head, 1)
    if (number === '') findings.push(found(head, 1, MISSING, undefined, 'the number of the level is missing'))
    else if (number !== String(expected) && Number(number) !== expected)
      findings.push(found(head, 1, INVALID, number, `"${number}" is out of sequence: ${expected} comes next`))
    expected = /^\d{1,9}$/.test(number) ? Number(number) + 1 : expected + 1
  }
}

/** HL04 1: levels below; 0: none. */
function judgeChildren(
  heads: readonly DecodedSegment[],
  parents: readonly (number | undefined)[],
  findings: DocumentFinding[],
): void {
  const withChildren = new Set(parents)
  for (const [index, head] of heads.entries()) {
    const said = element(head, 4)
    const is = withChildren.has(index + 1) ? '1' : '0'
    if (said === '' || said === is) continue
    const message = `"${said}", but this level has ${is === '1' ? 'levels' : 'no level'} below it: ${is} would be right`
    findings.push(found(head, 4, INVALID, said, message))
  }
}

const found = (
  { id, span }: DecodedSegment,
  position: number,
  standardCode: string,
  value: string | undefined,
  message: string,
): DocumentFinding => ({
  code: 'X12-SYNTAX',
  standardCode,
  segment: id,
  element: position,
  ...(value === undefined ? {} : { value }),
  message: `${id}${String(position).padStart(2, '0')}: ${message}`,
  span,
})
