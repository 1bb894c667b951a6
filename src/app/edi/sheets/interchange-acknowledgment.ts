import type { DecodedSegment } from '../../../formats/x12/index.js'
import type { Sheet } from '../sheet.js'
import type { Words } from '../words.js'
import { resultMark } from './functional-acknowledgment.js'

/** TA1: the receiver has the interchange, or why not. It stands in an interchange of its own or before the groups of another. */
export function interchangeAcknowledgmentSheet(
  ta1: DecodedSegment,
  isa: DecodedSegment | undefined,
  words: Words,
): Sheet {
  const at = (position: number) => ta1.elements[position - 1]?.trim() ?? ''
  const [control, date, time, code, note] = [at(1), at(2), at(3), at(4), at(5)]
  const from = isa?.elements[5]?.trim() ?? ''
  const name = words.partnerName(isa?.elements[4] ?? '', from) ?? from
  const written = /^\d{6}$/.test(date) ? `20${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}` : date
  return {
    title: `Interchange acknowledgment of ${control}`,
    summary: [words.say('I17', code).toLowerCase(), ...(name === '' ? [] : [`from ${name}`])].join(', '),
    marks: resultMark(code),
    parties: [],
    facts: [
      { label: 'Answers', value: `interchange ${control} of ${written} ${time.slice(0, 2)}:${time.slice(2, 4)}` },
      { label: 'Result', value: words.sayWithCode('I17', code) },
      ...(note === '' ? [] : [{ label: 'Note', value: words.sayWithCode('I18', note) }]),
    ],
    blocks: [],
    totals: [],
    problems: [],
    unmapped: [],
    source: [
      { label: 'Interchange', value: isa?.elements[12]?.trim() ?? '' },
      { label: 'Place', value: `line ${ta1.span.line}, byte ${ta1.span.byteOffset}` },
    ],
  }
}
