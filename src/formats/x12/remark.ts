import { codeNumber, isSegmentId } from './code-text.js'

const LAST_LINE = /^([\s\S]*[\r\n])([ \t]*)(\S{2,3})$/
const LINE_ENDS = /[\r\n]+/g
const LINE_END = /\r\n|[\r\n]/g
const BLANKS = '\r\n\t '

/** A text that somebody put between two segments, behind which the next one begins on a line of its own. */
export interface Remark {
  readonly text: string
  /** To where the segment begins, in bytes. */
  readonly length: number
  /** So many line ends stand in it. */
  readonly lines: number
}

/**
 * The remark in what stands in front of the first separator of a segment (`// 500 lbs`, line end, `TD5`); undefined where that is an id, also
 * one that is wrapped (`TD`, line end, `5`).
 */
export function remarkIn(before: string): Remark | undefined {
  const [, above = '', indent = '', id = ''] = LAST_LINE.exec(before) ?? []
  const text = withoutBlanksBehind(above)
  if (text === '' || !isId(id) || isId(before.replace(LINE_ENDS, ''))) return undefined
  return { text, length: above.length + indent.length, lines: above.match(LINE_END)?.length ?? 0 }
}

function withoutBlanksBehind(text: string): string {
  let end = text.length
  while (end > 0 && BLANKS.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

const isId = (text: string): boolean => isSegmentId(codeNumber(text, 0, text.length))
