import type { Delimiters } from '../delimiters.js'
import type { Guide } from '../guide/guide.js'
import type { Transaction } from '../transaction.js'
import type { X12Finding } from '../x12-finding.js'
import { ElementCheck } from './element-check.js'
import { Findings } from './findings.js'
import { TableWalk } from './table-walk.js'

/**
 * Holds a transaction set against its guide: which segments stand where and how often, and what stands in their elements. Each
 * finding carries AK304 or AK403 and its place; for 005010 the code may be one that only IK304 and IK403 have, as in AK403:I10.
 * A segment that is wrong does not make those behind it wrong. Without delimiters the components and repetitions of an element
 * are not looked into.
 */
export function checkTransaction(transaction: Transaction, guide: Guide, delimiters?: Delimiters): X12Finding[] {
  const findings = new Findings(guide.version, transaction.segments)
  const walk = walkOf(guide)
  walk.begin(findings)
  let elements: ElementCheck | undefined
  let position = 0
  for (const segment of transaction.segments) {
    position++
    const rule = walk.take(segment, position)
    if (rule === undefined || rule.holds(segment)) continue
    elements ??= new ElementCheck(guide, findings, delimiters)
    elements.check(segment, rule.guide)
  }
  walk.end()
  return findings.list
}

const walks = new WeakMap<Guide, TableWalk>()

/** One for all sets of a guide: its loops are there already when the next set begins. */
function walkOf(guide: Guide): TableWalk {
  const known = walks.get(guide)
  if (known !== undefined) return known
  const walk = new TableWalk(guide)
  walks.set(guide, walk)
  return walk
}
