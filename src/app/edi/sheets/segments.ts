import { counted } from '../../../canonical/index.js'
import type { Guide, Loop } from '../../../formats/x12/guide/guide.js'
import { type DecodedSegment, hasShortDates, type Transaction } from '../../../formats/x12/index.js'
import type { Branch, Fact, Sheet } from '../sheet.js'
import type { Words } from '../words.js'
import { sourceFacts, testMark } from './source.js'

/** A transaction set that has no document of its own: its segments with their names and meanings, indented by loop. */
export function segmentsSheet(transaction: Transaction, guide: Guide | undefined, words: Words): Sheet {
  const { set, envelope, segments } = transaction
  const body = segments.slice(1, -1)
  const name = words.meaningOf('143', set) ?? 'Transaction set'
  const party = (side: 'sender' | 'receiver') =>
    words.partnerName(envelope[`${side}Qualifier`], envelope[side]) ?? envelope[side]
  return {
    title: `${name} ${set}, control number ${envelope.transactionControl}`,
    summary: `${counted(body.length, 'segment')}, from ${party('sender')} to ${party('receiver')}`,
    marks: testMark(envelope),
    parties: [],
    facts: [],
    blocks: [{ kind: 'tree', branches: levels(body, guide, hasShortDates(envelope.version), words) }],
    totals: [],
    problems: [],
    unmapped: [],
    source: sourceFacts(transaction, set, words),
  }
}

/**
 * Each segment under the one that opens its loop, as the guide has the loops; all in one list where there is none. `short`: dates have six
 * digits.
 */
function levels(segments: readonly DecodedSegment[], guide: Guide | undefined, short: boolean, words: Words): Branch[] {
  const roots: Branch[] = []
  let open: { readonly loop: Loop; readonly into: Branch[] }[] =
    guide === undefined ? [] : [{ loop: guide.table, into: roots }]
  for (const segment of segments) {
    const into: Branch[] = []
    const branch = { text: headline(segment, words), facts: elementFacts(segment, short, words), branches: into }
    const depth = open.findLastIndex(({ loop }) => loop.places.has(segment.id))
    if (depth >= 0) open = open.slice(0, depth + 1)
    ;(open.at(-1)?.into ?? roots).push(branch)
    const opened = depth < 0 ? undefined : loopOpened(open[depth]?.loop, segment.id)
    if (opened !== undefined) open = [...open, { loop: opened, into }]
  }
  return roots
}

const loopOpened = (within: Loop | undefined, id: string): Loop | undefined =>
  within?.places
    .get(id)
    ?.map((place) => within.entries[place]?.loop)
    .find((loop) => loop !== undefined)

const headline = ({ id }: DecodedSegment, words: Words): string => {
  const name = words.segmentName(id)
  return name === undefined ? id : `${name} (${id})`
}

/** A qualifier says what the element behind it is: REF*PO*4500 reads "Purchase order: 4500". */
const QUALIFIES: Readonly<Record<string, string>> = {
  '235': '234',
  '128': '127',
  '374': '373',
  '66': '67',
  '365': '364',
  '88': '87',
  '522': '782',
  '673': '380',
}

function elementFacts({ id, elements }: DecodedSegment, short: boolean, words: Words): Fact[] {
  const facts: Fact[] = []
  for (let position = 1; position <= elements.length; position++) {
    const value = elements[position - 1]?.trim() ?? ''
    if (value === '') continue
    const element = simple(words.elementNumber(id, position) ?? '')
    const meaning = words.meaningOf(element, value)
    const next = elements[position]?.trim() ?? ''
    const nextElement = words.elementNumber(id, position + 1)
    if (meaning !== undefined && next !== '' && nextElement !== undefined && QUALIFIES[element] === nextElement) {
      facts.push({ label: meaning, value: shown(nextElement, next, short) })
      position++
      continue
    }
    const place = `${id}${String(position).padStart(2, '0')}`
    const label = words.elementName(id, position) ?? place
    facts.push({ label, value: meaning === undefined ? shown(element, value, short) : `${meaning} (${value})` })
  }
  return facts
}

/** A composite unit of measure is one unit where nothing else is said. */
const simple = (element: string): string => (element === 'C001' ? '355' : element)

const DATES = new Set(['373', '370', '446', '388', 'I08'])

/** Dates as people write them; anything else as sent. Of six digits 80 to 99 are 1980 to 1999. */
function shown(element: string, value: string, short: boolean): string {
  const pattern = short ? /^(\d{2}|\d{4})(\d{2})(\d{2})$/ : /^(\d{4})(\d{2})(\d{2})$/
  const [, year = '', month, day] = (DATES.has(element) && pattern.exec(value)) || []
  if (month === undefined) return value
  const century = year.length === 4 ? '' : year < '80' ? '20' : '19'
  return `${century}${year}-${month}-${day}`
}
