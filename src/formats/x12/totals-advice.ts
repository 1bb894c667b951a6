import { add, type DecimalText, parseDecimal, ZERO } from '../../canonical/index.js'
import type { DecodedSegment } from './decoded-segment.js'
import { syntaxFinding } from './envelope-findings.js'
import { type Transaction, text } from './transaction.js'
import type { X12Finding } from './x12-finding.js'

/** The segment that CTT01 counts, and the place of the quantity in it that CTT02 sums, where the standard says which. */
const LINES: Readonly<Record<string, { readonly id: string; readonly quantity?: number }>> = {
  '810': { id: 'IT1', quantity: 2 },
  '832': { id: 'LIN' },
  '846': { id: 'LIN' },
  '850': { id: 'PO1', quantity: 2 },
  '855': { id: 'PO1', quantity: 2 },
  '856': { id: 'HL' },
  '860': { id: 'POC' },
  '865': { id: 'POC' },
}

/**
 * A CTT that counts other lines, or sums other quantities, than its set has: a line may be missing, or was sent twice. It is no error of
 * the syntax, and many count in their own way; so it is told to people, and a set is read and answered as if it were right.
 */
export function totalsAdvice({ set, segments }: Transaction): X12Finding[] {
  const ctt = segments.findLast(({ id }) => id === 'CTT')
  const lines = Object.hasOwn(LINES, set) ? LINES[set] : undefined
  if (ctt === undefined || lines === undefined) return []
  return [countAdvice(set, ctt, segments, lines.id), hashAdvice(ctt, segments, lines)].filter(
    (finding) => finding !== undefined,
  )
}

function countAdvice(
  set: string,
  ctt: DecodedSegment,
  segments: readonly DecodedSegment[],
  id: string,
): X12Finding | undefined {
  const said = text(ctt, 1)
  const count = (wanted: string) => segments.filter((segment) => segment.id === wanted).length
  // A ship notice counts its levels; nearly as many count its items.
  const right = set === '856' ? [count('HL'), count('LIN')] : [count(id)]
  // That there is none at all is told by itself.
  if (!/^\d+$/.test(said) || right[0] === 0 || right.includes(Number(said))) return undefined
  const has = set === '856' ? `${right[0]} levels and ${right[1]} items` : `${right[0]} of ${id}`
  return advice(ctt, 1, `CTT01 counts ${said} lines, the set has ${has}`, String(right[0]))
}

function hashAdvice(
  ctt: DecodedSegment,
  segments: readonly DecodedSegment[],
  { id, quantity }: { readonly id: string; readonly quantity?: number },
): X12Finding | undefined {
  const said = parseDecimal(text(ctt, 2))
  if (said === undefined || quantity === undefined) return undefined
  const stated = segments.filter((segment) => segment.id === id).map((segment) => text(segment, quantity) || '0')
  const sum = sumOf(stated)
  // A hash total is summed without regard to decimal points and signs; most sum plainly.
  if (sum === undefined || said === sum || said === sumOf(stated.map((value) => value.replace(/[-.]/g, ''))))
    return undefined
  return advice(ctt, 2, `CTT02 says ${said}, the quantities of the lines are ${sum} together`, sum)
}

/** Undefined where one is no number: that is told by itself. */
function sumOf(values: readonly string[]): DecimalText | undefined {
  let sum: DecimalText = ZERO
  for (const value of values) {
    const number = parseDecimal(value)
    if (number === undefined) return undefined
    sum = add(sum, number)
  }
  return sum
}

const advice = (ctt: DecodedSegment, element: number, message: string, expected: string): X12Finding => ({
  ...syntaxFinding(ctt, 'transaction', 'AK403:7', message, element),
  expected,
})
