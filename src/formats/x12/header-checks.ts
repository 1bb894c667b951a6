import { isDate } from './check/date-time.js'
import { isNumber, isSegmentId, wholeNumber } from './code-text.js'
import type { DecodedSegment } from './decoded-segment.js'
import type { Delimiters } from './delimiters.js'
import { envelopeFinding, syntaxFinding } from './envelope-findings.js'
import type { Segment } from './segment.js'
import { text } from './transaction.js'
import type { X12Finding } from './x12-finding.js'

interface ElementRule {
  readonly element: number
  readonly standardCode: string
  readonly means: string
  readonly valid: (value: string) => boolean
}

const present = (value: string): boolean => value !== ''
const matches = (pattern: RegExp) => (value: string) => pattern.test(value)

/** A day of the calendar: yyMMdd (this century) or yyyyMMdd. */
export function isDay(value: string): boolean {
  return isNumber(value) && isDate(value, value.length)
}

/** HHmm, with seconds and hundredths or not. */
const isTime = matches(/^([01]\d|2[0-3])[0-5]\d([0-5]\d(\d{1,2})?)?$/)

/** Element 105 of the TA1 says what is wrong with an interchange header. */
const interchangeRules: readonly ElementRule[] = [
  { element: 5, standardCode: 'TA105:005', means: 'the sender qualifier is missing', valid: present },
  { element: 6, standardCode: 'TA105:006', means: 'the sender id is missing', valid: present },
  { element: 7, standardCode: 'TA105:007', means: 'the receiver qualifier is missing', valid: present },
  { element: 8, standardCode: 'TA105:008', means: 'the receiver id is missing', valid: present },
  { element: 9, standardCode: 'TA105:014', means: 'the interchange date is no date yyMMdd', valid: isDay },
  { element: 10, standardCode: 'TA105:015', means: 'the interchange time is no time HHmm', valid: isTime },
  {
    element: 12,
    standardCode: 'TA105:017',
    means: 'the interchange version is not five digits',
    valid: matches(/^\d{5}$/),
  },
  {
    element: 13,
    standardCode: 'TA105:018',
    means: 'the interchange control number is no number',
    valid: matches(/^\d{1,9}$/),
  },
  {
    element: 14,
    standardCode: 'TA105:019',
    means: 'acknowledgment requested is neither 0 nor 1',
    valid: matches(/^[01]$/),
  },
  {
    element: 15,
    standardCode: 'TA105:020',
    means: 'the usage indicator is none of P, T and I',
    valid: matches(/^[PTI]$/),
  },
]

const groupRules: readonly ElementRule[] = [
  { element: 1, standardCode: 'AK905:1', means: 'the functional identifier is missing', valid: present },
  { element: 4, standardCode: 'TA105:024', means: 'the group date is no date', valid: isDay },
  { element: 5, standardCode: 'TA105:024', means: 'the group time is no time', valid: isTime },
  { element: 6, standardCode: 'AK905:6', means: 'the group control number is no number', valid: matches(/^\d{1,9}$/) },
  { element: 8, standardCode: 'AK905:2', means: 'the version is missing', valid: present },
]

const setRules: readonly ElementRule[] = [
  {
    element: 1,
    standardCode: 'AK502:6',
    means: 'the transaction set identifier is missing or invalid',
    valid: matches(/^[A-Z0-9]{3}$/),
  },
  {
    element: 2,
    standardCode: 'AK502:7',
    means: 'the transaction set control number is missing or invalid',
    valid: matches(/^\S{1,9}$/),
  },
]

export const checkInterchangeHeader = (isa: DecodedSegment): X12Finding[] => check(isa, 'interchange', interchangeRules)
export const checkGroupHeader = (gs: DecodedSegment): X12Finding[] => check(gs, 'group', groupRules)
export const checkSetHeader = (st: DecodedSegment): X12Finding[] =>
  hasPlainNumbers(st) ? [] : check(st, 'transaction', setRules)

/** As nearly all have them: a code of three signs and a control number of up to nine digits. */
function hasPlainNumbers(st: DecodedSegment): boolean {
  const set = text(st, 1)
  return set.length === 3 && isNumber(set) && wholeNumber(text(st, 2)) !== undefined
}

function check(segment: DecodedSegment, scope: X12Finding['scope'], rules: readonly ElementRule[]): X12Finding[] {
  const findings: X12Finding[] = []
  for (const { element, standardCode, means, valid } of rules) {
    const value = text(segment, element)
    if (valid(value)) continue
    const message = `${segment.id}${String(element).padStart(2, '0')} is "${value}": ${means}`
    findings.push(envelopeFinding(segment, scope, standardCode, message, element))
  }
  return findings
}

/** What the scanner knows of a segment. */
export type ScannedSegment = Pick<Segment, 'terminated' | 'clean' | 'binary' | 'remark'>

// Tabulators do no harm in a description; NUL and its like mean that bytes were damaged on the way.
const DAMAGE = /[^\P{Cc}\t]/u

/** Why a segment within a transaction set cannot be trusted; undefined when it can. */
export function segmentTrouble(
  segment: DecodedSegment,
  { clean, binary }: ScannedSegment,
  delimiters: Delimiters,
): X12Finding | undefined {
  if (!isSegmentId(segment.idNumber)) {
    return syntaxFinding(segment, 'transaction', 'AK304:1', `${JSON.stringify(segment.id)} is no segment id`)
  }
  if (clean) return undefined
  const index = segment.elements.findIndex(
    (value, index) => index + 1 !== binary && DAMAGE.test(value) && DAMAGE.test(withoutDelimiters(value, delimiters)),
  )
  if (index === -1) return undefined
  const place = segment.id + String(index + 1).padStart(2, '0')
  const message = `${place} holds a control character: ${JSON.stringify(segment.elements[index])}`
  return syntaxFinding(segment, 'transaction', 'AK403:6', message, index + 1)
}

/** Some networks use control characters as component and repetition separators. */
function withoutDelimiters(value: string, { component, repetition }: Delimiters): string {
  const separators = [component, repetition].map((byte) => (byte === undefined ? '' : String.fromCharCode(byte)))
  return [...value].filter((character) => !separators.includes(character)).join('')
}
