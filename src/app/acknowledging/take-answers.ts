import {
  type AcknowledgedSet,
  type AnswerVerdict,
  type DecodedSegment,
  type FunctionalAcknowledgment,
  type InterchangeAcknowledgment,
  text,
  type X12Finding,
} from '../../formats/x12/index.js'
import {
  answerGroup,
  answerInterchange,
  type FileRow,
  keepEarlyAnswer,
  plainControl,
  type StateDatabase,
} from '../../state/index.js'
import type { Tools } from '../tools.js'
import { isaKey } from './isa-key.js'

/** A TA1, 997 or 999 that came in, and where it stands. */
export interface Answer {
  readonly isa: DecodedSegment
  readonly place: Pick<X12Finding, 'byteOffset' | 'byteLength' | 'line'>
  readonly functional?: FunctionalAcknowledgment
  readonly interchange?: InterchangeAcknowledgment
}

/** What is rejected of what we sent. `document` is the number people know it by, or its control number. */
export interface Rejection {
  readonly document: string
  readonly finding: X12Finding
}

/** Books an answer with what it is about. Its rejections are findings, also where we know of nothing sent under that number. */
export async function takeAnswer(
  database: StateDatabase,
  answer: Answer,
  file: FileRow,
  tools: Tools,
): Promise<readonly Rejection[]> {
  const { isa, functional, interchange } = answer
  const pair = {
    ours: isaKey({ qualifier: text(isa, 7), id: text(isa, 8) }),
    partner: isaKey({ qualifier: text(isa, 5), id: text(isa, 6) }),
  }
  const now = tools.now()
  const unknown = (what: string) => tools.log.warn({ file: file.name }, `${what} answers nothing we sent`)
  if (interchange !== undefined) {
    const { interchangeControl, verdict } = interchange
    const booked = { interchangeControl, state: verdict, answer: JSON.stringify(interchange) }
    if ((await answerInterchange(database, pair, booked, now)) === undefined) {
      unknown(`TA1 of ${interchangeControl}`)
      await keepEarlyAnswer(database, pair, { kind: 'interchange', ...booked }, now)
    }
    return verdict === 'rejected' ? [interchangeRejection(interchange, answer)] : []
  }
  if (functional === undefined) return []
  const { functionalId, groupControl, verdict, sets } = functional
  const states = new Map(sets.map((set): [string, AnswerVerdict] => [plainControl(set.control), set.verdict]))
  const booked = { functionalId, groupControl, state: verdict, sets: states, answer: JSON.stringify(functional) }
  const matched = await answerGroup(database, pair, booked, now)
  if (matched === undefined) {
    unknown(`${functional.set} of group ${functionalId} ${groupControl}`)
    await keepEarlyAnswer(database, pair, { kind: 'group', ...booked }, now)
  }
  return groupRejections(functional, answer, (set) => matched?.businessKeys.get(plainControl(set.control)) ?? '')
}

function interchangeRejection({ interchangeControl, error }: InterchangeAcknowledgment, answer: Answer): Rejection {
  const message = `TA1 rejects interchange ${interchangeControl}: ${error.means} (${error.standardCode})`
  return rejection(answer, 'TA1', interchangeControl, error.standardCode, 'interchange', message)
}

/** Each rejected set; the group where none is named. */
function groupRejections(
  functional: FunctionalAcknowledgment,
  answer: Answer,
  businessKey: (set: AcknowledgedSet) => string,
): Rejection[] {
  const { set: by, functionalId, groupControl, verdict, code, errors, sets } = functional
  const rejected = sets.filter((set) => set.verdict === 'rejected')
  if (rejected.length === 0) {
    if (verdict !== 'rejected' && verdict !== 'partially-accepted') return []
    const why = errors.map(({ standardCode, means }) => `${means} (${standardCode})`).join('; ')
    const what = verdict === 'rejected' ? 'rejects' : 'rejects part of'
    const message = `${by} ${what} group ${functionalId} ${groupControl} (AK901 ${code || 'missing'})${why && `: ${why}`}`
    return [rejection(answer, 'AK9', groupControl, errors[0]?.standardCode ?? '', 'group', message)]
  }
  return rejected.map((set) => {
    const key = businessKey(set)
    const named = `${set.set} ${key === '' ? '' : `${key} `}(group ${functionalId} ${groupControl}, set ${set.control})`
    const why = errorsInWords(set)
    const message = `${by} rejects ${named}${why && `: ${why}`}`
    const document = key === '' ? `${groupControl} ${set.control}` : key
    return rejection(answer, 'AK5', document, set.errors[0]?.standardCode ?? '', 'transaction', message)
  })
}

/** "IT1 at 5: the code is not valid (AK403:7) in element 3: XX". */
function errorsInWords({ errors, segments }: AcknowledgedSet): string {
  const within = segments.flatMap(({ segment, position, elements, means, standardCode }) =>
    elements.length === 0
      ? [`${segment} at ${position}: ${means} (${standardCode})`]
      : elements.map((element) => {
          const value = element.value === '' ? '' : `: ${element.value}`
          return `${segment} at ${position}: ${element.means} (${element.standardCode}) in element ${element.element}${value}`
        }),
  )
  const ofSet = errors
    .filter(({ standardCode }) => within.length === 0 || standardCode !== 'AK502:5')
    .map(({ means, standardCode }) => `${means} (${standardCode})`)
  return [...ofSet, ...within].join('; ')
}

function rejection(
  { place }: Answer,
  segment: string,
  document: string,
  standardCode: string,
  scope: X12Finding['scope'],
  message: string,
): Rejection {
  return { document, finding: { code: 'X12-ACK-REJECTED', standardCode, scope, segment, message, ...place } }
}
