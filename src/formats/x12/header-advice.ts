import type { DecodedSegment } from './decoded-segment.js'
import { envelopeFinding } from './envelope-findings.js'
import { isDay } from './header-checks.js'
import { hasShortDates } from './standard-version.js'
import { text } from './transaction.js'
import type { X12Finding } from './x12-finding.js'

interface Advice {
  readonly element: number
  readonly standardCode: string
  readonly expected: string
  readonly right: (value: string, header: DecodedSegment) => boolean
}

const QUALIFIERS = /^(0[1-4]|0[7-9]|[12]\d|3[0-8]|AM|NR|SA|SN|ZZ)$/
/** Element I11, from 00200 up to release 8. */
const CONTROL_VERSIONS = /^00(20[014]|30[0-7]|40[0-6]|50[0-5]|60[0-5]|70[0-6]|80[0-6])$/
const SEPARATOR = /^[^A-Za-z0-9 ]$/

const interchangeAdvice: readonly Advice[] = [
  {
    element: 1,
    standardCode: 'TA105:010',
    expected: 'an authorization qualifier, 00 to 06',
    right: (value) => /^0[0-6]$/.test(value),
  },
  {
    element: 3,
    standardCode: 'TA105:012',
    expected: 'a security qualifier, 00 or 01',
    right: (value) => /^0[01]$/.test(value),
  },
  {
    element: 5,
    standardCode: 'TA105:005',
    expected: 'an interchange id qualifier, as 01, 12 or ZZ',
    right: (value) => value === '' || QUALIFIERS.test(value),
  },
  {
    element: 7,
    standardCode: 'TA105:007',
    expected: 'an interchange id qualifier, as 01, 12 or ZZ',
    right: (value) => value === '' || QUALIFIERS.test(value),
  },
  {
    element: 11,
    standardCode: 'TA105:016',
    expected: 'U up to version 00401, from 00402 on the repetition separator',
    right: (value, isa) => (text(isa, 12) >= '00402' ? SEPARATOR.test(value) : value === 'U'),
  },
  {
    element: 12,
    standardCode: 'TA105:017',
    expected: 'an interchange version, as 00401 or 00501',
    right: (value) => !/^\d{5}$/.test(value) || CONTROL_VERSIONS.test(value),
  },
]

/** GS errors have no codes of their own but for control number, version and count: 024 is invalid interchange content. */
const groupAdvice: readonly Advice[] = [
  { element: 2, standardCode: 'TA105:024', expected: "the sender's code", right: (value) => value !== '' },
  { element: 3, standardCode: 'TA105:024', expected: "the receiver's code", right: (value) => value !== '' },
  {
    element: 4,
    standardCode: 'TA105:024',
    expected: 'a date CCYYMMDD',
    right: (value, gs) => value.length !== 6 || !isDay(value) || hasShortDates(text(gs, 8)),
  },
  {
    element: 7,
    standardCode: 'TA105:024',
    expected: 'X or T',
    right: (value) => value === 'X' || value === 'T',
  },
]

/**
 * What the standard asks of an ISA or GS and nobody is harmed by: the interchange is read and answered as if it were right. What does
 * harm is a finding of the envelope.
 */
export function headerAdvice(header: DecodedSegment): X12Finding[] {
  const [scope, rules] =
    header.id === 'ISA' ? (['interchange', interchangeAdvice] as const) : (['group', groupAdvice] as const)
  return rules
    .filter(({ element, right }) => !right(text(header, element), header))
    .map(({ element, standardCode, expected }) => {
      const value = text(header, element)
      const place = `${header.id}${String(element).padStart(2, '0')}`
      const message =
        value === '' ? `${place} is empty` : `${place} is "${value}", which the standard does not have there`
      return { ...envelopeFinding(header, scope, standardCode, message, element), expected }
    })
}

const DIGITS = 9

/** IEA02 that is the number of ISA13, but not written like it. One that is another number is a finding of the envelope. */
export function trailerAdvice(iea: DecodedSegment): X12Finding[] {
  const control = text(iea, 2)
  if (control.length === DIGITS || !/^\d{1,8}$/.test(control)) return []
  const message = `IEA02 is "${control}", shorter than the ${DIGITS} digits of ISA13`
  const expected = control.padStart(DIGITS, '0')
  return [{ ...envelopeFinding(iea, 'interchange', 'TA105:001', message, 2), expected }]
}
