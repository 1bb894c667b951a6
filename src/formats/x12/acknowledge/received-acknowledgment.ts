import type { DecodedSegment } from '../decoded-segment.js'
import { type Transaction, text } from '../transaction.js'
import { type AcknowledgedError, acknowledgedError } from './error-words.js'

export type AnswerVerdict = 'accepted' | 'accepted-with-errors' | 'partially-accepted' | 'rejected'

/** A 997 or 999 that came in: what a partner says of one group we sent. */
export interface FunctionalAcknowledgment {
  readonly set: '997' | '999'
  /** AK101: GS01 of our group. */
  readonly functionalId: string
  /** AK102: GS06 of our group. */
  readonly groupControl: string
  readonly verdict: AnswerVerdict
  /** AK901 as sent; the empty string where there is no AK9. */
  readonly code: string
  /** AK902 to AK904 as sent. */
  readonly counts: { readonly included: string; readonly received: string; readonly accepted: string }
  readonly errors: readonly AcknowledgedError[]
  /** Only the sets it names: many partners name those in error alone. */
  readonly sets: readonly AcknowledgedSet[]
}

export interface AcknowledgedSet {
  /** AK201: ST01. */
  readonly set: string
  /** AK202: ST02. */
  readonly control: string
  readonly verdict: AnswerVerdict
  readonly errors: readonly AcknowledgedError[]
  readonly segments: readonly AcknowledgedSegment[]
}

export interface AcknowledgedSegment extends AcknowledgedError {
  readonly segment: string
  /** AK302: ST is 1. */
  readonly position: string
  readonly loop: string
  /** CTX of a 999: where the partner says what business it is about. */
  readonly contexts: readonly string[]
  readonly elements: readonly AcknowledgedElement[]
}

export interface AcknowledgedElement extends AcknowledgedError {
  /** Position in the segment, 1-based. */
  readonly element: string
  readonly component: string | undefined
  /** Number of the data element in the dictionary. */
  readonly dataElement: string
  /** AK404: the value as the partner saw it. */
  readonly value: string
}

/** A TA1 that came in: what a partner or network says of one interchange we sent. */
export interface InterchangeAcknowledgment {
  /** TA101: our ISA13. */
  readonly interchangeControl: string
  readonly verdict: AnswerVerdict
  readonly error: AcknowledgedError
}

const verdicts: Readonly<Record<string, AnswerVerdict>> = {
  A: 'accepted',
  E: 'accepted-with-errors',
  P: 'partially-accepted',
}

/** R, M, W and X are rejections; so is a code nobody knows, or none: what is not plainly accepted needs a look. */
const verdictOf = (code: string): AnswerVerdict => verdicts[code] ?? 'rejected'

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

/** Undefined when the set is no 997 or 999, or names no group. */
export function readFunctionalAcknowledgment(transaction: Transaction): FunctionalAcknowledgment | undefined {
  const { set, segments } = transaction
  const ak1 = segments.find(({ id }) => id === 'AK1')
  if ((set !== '997' && set !== '999') || ak1 === undefined) return undefined
  const sets: Mutable<AcknowledgedSet>[] = []
  let ak9: DecodedSegment | undefined
  for (const segment of segments) {
    const current = sets.at(-1)
    if (segment.id === 'AK2') sets.push({ ...named(segment), verdict: 'rejected', errors: [], segments: [] })
    else if (segment.id === 'AK9') ak9 = segment
    else if (current !== undefined) readWithin(segment, current)
  }
  const code = ak9 === undefined ? '' : text(ak9, 1)
  const count = (element: number) => (ak9 === undefined ? '' : text(ak9, element))
  return {
    set,
    functionalId: text(ak1, 1),
    groupControl: text(ak1, 2),
    verdict: verdictOf(code),
    code,
    counts: { included: count(2), received: count(3), accepted: count(4) },
    errors: ak9 === undefined ? [] : errorsFrom(ak9, 5, 'AK905'),
    sets,
  }
}

/** @param segment a TA1; undefined when it names no interchange */
export function readInterchangeAcknowledgment(segment: DecodedSegment): InterchangeAcknowledgment | undefined {
  if (segment.id !== 'TA1' || text(segment, 1) === '') return undefined
  return {
    interchangeControl: text(segment, 1),
    verdict: verdictOf(text(segment, 4)),
    error: acknowledgedError('TA105', text(segment, 5)),
  }
}

const named = (ak2: DecodedSegment) => ({ set: text(ak2, 1), control: text(ak2, 2) })

function readWithin(segment: DecodedSegment, set: Mutable<AcknowledgedSet>): void {
  const within = set.segments.at(-1) as Mutable<AcknowledgedSegment> | undefined
  switch (segment.id) {
    case 'AK5':
    case 'IK5':
      set.verdict = verdictOf(text(segment, 1))
      set.errors = errorsFrom(segment, 2, 'AK502')
      break
    case 'AK3':
    case 'IK3':
      set.segments.push({
        segment: text(segment, 1),
        position: text(segment, 2),
        loop: text(segment, 3),
        // An AK3 without a code stands for its AK4.
        ...acknowledgedError('AK304', text(segment, 4) || '8'),
        contexts: [],
        elements: [],
      })
      break
    case 'CTX':
      within?.contexts.push(segment.elements.filter((element) => element !== '').join(' '))
      break
    case 'AK4':
    case 'IK4':
      within?.elements.push(elementOf(segment))
  }
}

function elementOf(ak4: DecodedSegment): AcknowledgedElement {
  // A composite: position, component, repetition. Its separator is whatever the partner uses.
  const [element = '', component] = text(ak4, 1).split(/\D+/)
  return {
    element,
    component,
    dataElement: text(ak4, 2),
    ...acknowledgedError('AK403', text(ak4, 3)),
    value: text(ak4, 4),
  }
}

function errorsFrom(segment: DecodedSegment, first: number, element: 'AK502' | 'AK905'): AcknowledgedError[] {
  return Array.from({ length: 5 }, (_, index) => text(segment, first + index))
    .filter((code) => code !== '')
    .map((code) => acknowledgedError(element, code))
}
