import { counted } from '../../../canonical/index.js'
import type { DecodedSegment, Transaction } from '../../../formats/x12/index.js'
import type { Block, Note, Row, Sheet, Tone } from '../sheet.js'
import type { Words } from '../words.js'
import { sourceFacts, testMark } from './source.js'

const at = (segment: DecodedSegment | undefined, position: number): string =>
  segment?.elements[position - 1]?.trim() ?? ''

const tones: Readonly<Record<string, Tone>> = {
  A: 'good',
  E: 'notice',
  P: 'bad',
  R: 'bad',
  M: 'bad',
  W: 'bad',
  X: 'bad',
}
const resultTone = (code: string): Tone => tones[code] ?? 'plain'

/** What an acknowledgment comes to, in capitals. */
export function resultMark(code: string): Sheet['marks'] {
  const text = { A: 'ACCEPTED', E: 'ACCEPTED WITH ERRORS', P: 'PARTIALLY ACCEPTED' }[code] ?? 'REJECTED'
  return code === '' ? [] : [{ text, tone: resultTone(code) }]
}

/** 997 or 999: what the receiver of a group thinks of it, set by set, error by error. */
export function functionalAcknowledgmentSheet(transaction: Transaction, words: Words): Sheet {
  const { set, envelope, segments } = transaction
  const group = segments.find(({ id }) => id === 'AK1')
  const result = segments.find(({ id }) => id === 'AK9')
  const party = words.partnerName(envelope.senderQualifier, envelope.sender) ?? envelope.sender
  const code = at(result, 1)
  return {
    title: `${words.say('143', set)} of group ${at(group, 2)}`,
    summary: [
      words.say('479', at(group, 1)),
      `from ${party}`,
      code === '' ? 'without a result' : words.say('715', code).toLowerCase(),
    ].join(', '),
    marks: [...testMark(envelope), ...resultMark(code)],
    parties: [],
    facts: [
      {
        label: 'Answers',
        value: `group ${at(group, 2)}, ${words.say('479', at(group, 1))}${at(group, 3) === '' ? '' : `, version ${at(group, 3)}`}`,
      },
      { label: 'Sets', value: `${at(result, 2)} included, ${at(result, 3)} received, ${at(result, 4)} accepted` },
    ],
    blocks: sets(segments, words),
    totals: [],
    problems: errorsOf(result, 5, words),
    unmapped: segments
      .slice(1, -1)
      .filter(({ id }) => !SHOWN.has(id))
      .map(({ id, elements, span }) => ({
        name: words.segmentName(id) ?? id,
        text: [id, ...elements].join('*'),
        line: span.line,
      })),
    source: sourceFacts(transaction, set, words),
  }
}

const SHOWN = new Set(['AK1', 'AK2', 'AK3', 'AK4', 'AK5', 'AK9', 'IK3', 'IK4', 'IK5', 'CTX'])

function sets(segments: readonly DecodedSegment[], words: Words): Block[] {
  const rows: (Row & { notes: Note[] })[] = []
  let inError = ''
  for (const segment of segments) {
    const row = rows.at(-1)
    const kind = segment.id.slice(2)
    if (segment.id === 'AK2') {
      rows.push({ cells: [at(segment, 2), words.sayWithCode('143', at(segment, 1)), ''], notes: [] })
    } else if (row === undefined || !SHOWN.has(segment.id)) {
    } else if (kind === '3') {
      inError = at(segment, 1)
      row.notes.push({ text: segmentError(segment, words), tone: 'bad' })
    } else if (kind === '4') row.notes.push({ text: `  ${elementError(segment, inError, words)}`, tone: 'bad' })
    else if (segment.id === 'CTX') row.notes.push({ text: `  ${contextText(segment, words)}`, tone: 'plain' })
    else if (kind === '5') {
      const code = at(segment, 1)
      rows[rows.length - 1] = {
        cells: [row.cells[0] ?? '', row.cells[1] ?? '', words.sayWithCode('717', code)],
        notes: [...row.notes, ...errorsOf(segment, 2, words).map((text) => ({ text, tone: resultTone(code) }))],
      }
    }
  }
  if (rows.length === 0) return []
  const columns = ['Set', 'Kind', 'Result'].map((title) => ({ title, align: 'left' as const }))
  return [
    {
      kind: 'table',
      title: counted(rows.length, 'transaction set answered', 'transaction sets answered'),
      columns,
      rows,
    },
  ]
}

function segmentError(segment: DecodedSegment, words: Words): string {
  const id = at(segment, 1)
  const loop = at(segment, 3) === '' ? '' : `, loop ${at(segment, 3)}`
  const name = words.segmentName(id)
  const what = words.meaningAt(segment.id, 4, at(segment, 4)) ?? at(segment, 4)
  return `Segment ${at(segment, 2)}, ${id}${name === undefined ? '' : ` (${name})`}${loop}: ${what === '' ? 'in error' : what}`
}

/** AK401 is a composite: element, component, repetition. Its separator is any byte that is no digit. `id` is the segment in error. */
function elementError(segment: DecodedSegment, id: string, words: Words): string {
  const [element = '', component] = at(segment, 1).split(/\D/)
  const number = at(segment, 2)
  const value = at(segment, 4)
  const name = words.elementName(id, Number(element))?.toLowerCase() ?? (number === '' ? '' : `data element ${number}`)
  const place = `${id}${element.padStart(2, '0')}${component === undefined || component === '' ? '' : `-${component}`}`
  return `${place}${name === '' ? '' : ` (${name})`}: ${words.meaningAt(segment.id, 3, at(segment, 3)) ?? at(segment, 3)}${value === '' ? '' : `, value "${value}"`}`
}

/** CTX01: which number of the document it is about, and that number. */
function contextText(segment: DecodedSegment, words: Words): string {
  const [, id = '', element, number] = /^([A-Z][A-Z0-9]{1,2}?)(\d\d)[^A-Za-z0-9](.+)$/.exec(at(segment, 1)) ?? []
  const name = words.elementName(id, Number(element))
  return name === undefined
    ? `context ${segment.elements.filter(Boolean).join(' ')}`
    : `in ${name.toLowerCase()} ${number}`
}

/** AK502 to AK506, AK905 to AK909: "Count of segments is wrong (4)". */
function errorsOf(segment: DecodedSegment | undefined, from: number, words: Words): string[] {
  if (segment === undefined) return []
  const codes = segment.elements.slice(from - 1).map((code) => code.trim())
  return codes
    .map((code, n) => (code === '' ? '' : `${words.meaningAt(segment.id, from + n, code) ?? 'Error'} (${code})`))
    .filter((text) => text !== '')
}
