import type { DecodedSegment } from '../decoded-segment.js'
import type { Delimiters } from '../delimiters.js'
import type { Guide } from '../guide/guide.js'
import type { Transaction } from '../transaction.js'
import type { X12Finding } from '../x12-finding.js'
import { ElementCheck } from './element-check.js'
import { Findings } from './findings.js'
import { KnownWay } from './known-way.js'

/**
 * Holds a transaction set against its guide: which segments stand where and how often, and what stands in their elements. Each
 * finding carries AK304 or AK403 and its place; for 005010 the code may be one that only IK304 and IK403 have, as in AK403:I10.
 * A segment that is wrong does not make those behind it wrong. Without delimiters the components and repetitions of an element
 * are not looked into.
 */
export function checkTransaction(transaction: Transaction, guide: Guide, delimiters?: Delimiters): X12Finding[] {
  const { segments } = transaction
  const findings = new Findings(guide.version, segments)
  const way = wayOf(guide)
  way.begin(segments, findings)
  let elements: ElementCheck | undefined
  for (let n = 0; n < segments.length; n++) {
    const segment = segments[n] as DecodedSegment
    const rule = way.take(segment)
    if (rule === undefined || rule.holds(segment)) continue
    findings.at(n + 1)
    elements ??= new ElementCheck(guide, findings, delimiters)
    elements.check(segment, rule.guide)
  }
  way.end()
  return findings.list
}

const ways = new WeakMap<Guide, KnownWay>()

/** One for all sets of a guide: what is known of its table stays known. */
function wayOf(guide: Guide): KnownWay {
  const known = ways.get(guide)
  if (known !== undefined) return known
  const way = new KnownWay(guide)
  ways.set(guide, way)
  return way
}
