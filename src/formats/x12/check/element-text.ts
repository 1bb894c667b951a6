import type { ElementGuide } from '../guide/guide.js'
import type { ElementCode } from './findings.js'

/** More codes than these are not spelled out. */
const MOST_CODES = 40

/** What is wrong with the value, for people: `the date "20211350" is no date CCYYMMDD`. */
export function problemText(problem: ElementCode, guide: ElementGuide, value: string): string {
  const it = `the ${guide.name ?? 'value'} ${JSON.stringify(value)}`
  switch (problem) {
    case '4':
      return `${it} is shorter than ${characters(guide, guide.min)}`
    case '5':
      return `${it} is longer than ${characters(guide, guide.max)}`
    case '7':
      return `${it} is no code of data element ${guide.number}`
    case '8':
      return `${it} is no date ${datePattern(guide)}`
    case '9':
      return `${it} is no time HHMM`
    case '13':
      return `${it} holds the component separator`
    default:
      return `${it} holds a character that may not stand there`
  }
}

/** What would be right, for people: a length, the codes, how a date is written. */
export function expectedValue(problem: ElementCode, guide: ElementGuide, partner: string | undefined): string {
  if (guide.type === 'DT') return `a date ${datePattern(guide)}`
  switch (problem) {
    case '4':
      return `at least ${characters(guide, guide.min)}`
    case '5':
      return `at most ${characters(guide, guide.max)}`
    case '7':
      return codesExpected(guide, partner)
    case '9':
      return 'a time HHMM, HHMMSS or HHMMSSDD'
    case '13':
      return 'a single value'
    default:
      if (guide.type === 'N') return `digits${impliedPoint(guide)}, with - before them where negative`
      return guide.type === 'R'
        ? 'digits and one decimal point, with - before them where negative'
        : 'printable characters'
  }
}

/** An amount of 500.00 in cents is 50000. */
const impliedPoint = ({ decimals }: ElementGuide): string =>
  decimals === undefined ? '' : ` without a decimal point, of which the last ${decimals} are decimals`

function codesExpected({ codes, number, partnerCodes }: ElementGuide, partner: string | undefined): string {
  if (codes === undefined || codes.size > MOST_CODES) return `a code of data element ${number}`
  const which = `one of ${[...codes].join(', ')}`
  return partnerCodes === true ? `${which} (${partner ?? 'the partner'})` : which
}

function characters({ type }: ElementGuide, count: number): string {
  const what = type === 'N' || type === 'R' || type === 'DT' || type === 'TM' ? 'digit' : 'character'
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function datePattern({ min, max }: ElementGuide): string {
  if (max === 6) return 'YYMMDD'
  return min === 6 ? 'YYMMDD or CCYYMMDD' : 'CCYYMMDD'
}
