import type { Span } from '../../canonical/index.js'
import type { DecodedSegment } from './decoded-segment.js'
import { elementText } from './element-text.js'
import type { Remark } from './remark.js'
import type { ScanProblem } from './segment-scanner.js'
import { text } from './transaction.js'
import type { X12Finding } from './x12-finding.js'

type Scope = X12Finding['scope']

/** ISA/GS/ST and SE/GE/IEA that do not fit together. The standard's code is TA105, AK905 or AK502. */
export function envelopeFinding(
  segment: DecodedSegment,
  scope: Scope,
  standardCode: string,
  message: string,
  element?: number,
): X12Finding {
  return finding('X12-ENVELOPE', segment, scope, standardCode, message, element)
}

/** Segments and elements that break the syntax. The standard's code is AK304 or AK403. */
export function syntaxFinding(
  segment: DecodedSegment,
  scope: Scope,
  standardCode: string,
  message: string,
  element?: number,
): X12Finding {
  return finding('X12-SYNTAX', segment, scope, standardCode, message, element)
}

/** A control number that something else has already. What comes under it is read; whether it is taken in is another question. */
export const controlReused = (
  segment: DecodedSegment,
  standardCode: 'AK502:23' | 'AK905:19',
  message: string,
  element: number,
): X12Finding => finding('X12-CONTROL-DUPLICATE', segment, 'group', standardCode, message, element)

/** The number of an interchange that its sender gave to another one before. */
export const interchangeReused = (isa: DecodedSegment, message: string): X12Finding =>
  finding('X12-CONTROL-DUPLICATE', isa, 'interchange', 'TA105:025', message, 13)

function finding(
  code: 'X12-ENVELOPE' | 'X12-SYNTAX' | 'X12-CONTROL-DUPLICATE',
  segment: DecodedSegment,
  scope: Scope,
  standardCode: string,
  message: string,
  element: number | undefined,
): X12Finding {
  const place = element === undefined ? {} : { element, value: text(segment, element) }
  return { code, standardCode, scope, message, segment: segment.id, ...place, ...segment.span }
}

/** No more of a remark is repeated. */
const LONGEST_REMARK = 60

/** What stands before the segment and is none. */
export function remarkFinding({ text, length, lines }: Remark, before: DecodedSegment, scope: Scope): X12Finding {
  const said = elementText(text)
  const shown = said.length > LONGEST_REMARK ? `${said.slice(0, LONGEST_REMARK)}...` : said
  return {
    code: 'X12-SYNTAX',
    standardCode: scope === 'transaction' ? 'AK304:1' : 'TA105:024',
    scope,
    message: `"${shown}" stands before ${before.id} and is no segment: nothing but line ends may stand between two`,
    byteOffset: before.byteOffset - length,
    byteLength: text.length,
    line: before.line - lines,
  }
}

/** The file is over, or could never be read: what stands from `span` on is not to be had. */
export function fileFinding(
  code: 'FILE-EMPTY' | 'FILE-TRUNCATED' | 'FILE-UNREADABLE',
  scope: Scope,
  message: string,
  span: Span,
): X12Finding {
  const { byteOffset, byteLength, line } = span
  // TA105 023: improper (premature) end of file; 024: invalid interchange content.
  return {
    code,
    standardCode: code === 'FILE-TRUNCATED' ? 'TA105:023' : 'TA105:024',
    scope,
    message,
    byteOffset,
    byteLength,
    line,
  }
}

/** What the scanner met between segments, when at least one interchange of the file could be opened. */
export function scanFinding(problem: ScanProblem): X12Finding {
  const { kind, standardCode, message, segment, element, byteOffset, byteLength, line } = problem
  const code = kind === 'irregular-header' || kind === 'delimiter-clash' ? 'X12-ENVELOPE' : 'X12-SYNTAX'
  return {
    code,
    standardCode: standardCode ?? 'TA105:024',
    scope: 'interchange',
    message,
    ...(segment === undefined ? {} : { segment }),
    ...(element === undefined ? {} : { element }),
    byteOffset,
    byteLength,
    line,
  }
}
