import { isNumber, wholeNumber } from './code-text.js'
import type { DecodedSegment } from './decoded-segment.js'
import { envelopeFinding } from './envelope-findings.js'
import { text } from './transaction.js'
import type { X12Finding } from './x12-finding.js'

export const setName = (st: DecodedSegment): string => `transaction set ${text(st, 1)} ${text(st, 2)}`

/** Control numbers and counts are numbers: 0001 and 1 are the same. */
export const sameNumber = (a: string, b: string): boolean =>
  isNumber(a) && (a === b || a.replace(/^0+/, '') === b.replace(/^0+/, ''))

/** Why the SE does not fit the transaction set it ends. `segments` are all of the set, from ST to SE. */
export function trailerTrouble(segments: readonly DecodedSegment[], se: DecodedSegment): X12Finding | undefined {
  const st = segments[0] ?? se
  const said = text(se, 1)
  const counted = segments.length
  if (text(se, 2) !== text(st, 2)) {
    const count = sameNumber(said, String(counted))
      ? ''
      : `, and SE01 says "${said}" segments where there are ${counted}`
    const message = `SE02 is "${text(se, 2)}", ST02 is "${text(st, 2)}"${count}: ${setName(st)} is not used`
    return envelopeFinding(se, 'transaction', 'AK502:3', message, 2)
  }
  if (wholeNumber(said) === counted || sameNumber(said, String(counted))) return undefined
  const swallowed = Number(said) > counted ? swallowing(segments) : undefined
  const cause =
    swallowed === undefined
      ? ''
      : `; the ${swallowed.id} in line ${swallowed.line} goes on in the next line: perhaps its terminator is missing`
  const message = `SE01 says "${said}" segments, ${setName(st)} has ${counted}: it is not used${cause}`
  return envelopeFinding(se, 'transaction', 'AK502:4', message, 1)
}

/** In a file with a line for each segment, the first one that has more than one. */
function swallowing(segments: readonly DecodedSegment[]): DecodedSegment | undefined {
  const lines = segments.slice(1).map(({ line }, index) => line - (segments[index] as DecodedSegment).line)
  const long = lines.filter((count) => count > 1).length
  const isLineEach = lines.every((count) => count > 0) && 4 * long < lines.length
  return isLineEach ? segments[lines.findIndex((count) => count > 1)] : undefined
}
