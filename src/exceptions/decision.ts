import type { DecimalText, ExceptionCode } from '../canonical/index.js'
import { type CatalogueEntry, catalogue } from './catalogue.js'

/** What may be decided about some code or other. */
export type DecisionWord = (typeof catalogue)[ExceptionCode]['decisions'][number]

/**
 * What a decision does to what the exception holds back.
 * release: it holds nothing back any more. short-pay: it releases, for what our own records give. hold: it stays held, on purpose.
 * refuse: it is never to be paid or used. correct: it stays held until the data say so (a receipt entered, a pack size, a
 * cross-reference); the exception then heals by itself.
 */
export type Effect = 'release' | 'short-pay' | 'hold' | 'refuse' | 'correct'

const effects: Readonly<Record<DecisionWord, Effect>> = {
  accept: 'release',
  'accept-change': 'release',
  'accept-price': 'release',
  accrue: 'release',
  'approve-change': 'correct',
  attach: 'correct',
  'cancel-line': 'correct',
  charge: 'correct',
  chase: 'hold',
  choose: 'correct',
  correct: 'correct',
  count: 'correct',
  deactivate: 'correct',
  discard: 'refuse',
  dispute: 'hold',
  ignore: 'release',
  investigate: 'hold',
  load: 'correct',
  map: 'correct',
  merge: 'correct',
  order: 'correct',
  post: 'correct',
  're-source': 'correct',
  receive: 'correct',
  reject: 'refuse',
  'reject-change': 'refuse',
  'reject-invoice': 'refuse',
  'reject-line': 'refuse',
  renew: 'correct',
  replay: 'correct',
  resend: 'correct',
  revert: 'correct',
  'short-pay': 'short-pay',
  void: 'correct',
  wait: 'hold',
  waive: 'release',
}

/** Every decision that some code or other allows. */
export const allDecisions: readonly string[] = Object.keys(effects)

/** The ERP takes an invoice number once per supplier: not a copy, and still not to be loaded under this number. */
const otherwise: Readonly<Record<string, Effect>> = { 'INV-DUPLICATE waive': 'hold' }

export const effectOf = (code: ExceptionCode, decision: DecisionWord): Effect =>
  otherwise[`${code} ${decision}`] ?? effects[decision]

export function decisionsOf(code: ExceptionCode): readonly DecisionWord[] {
  const { decisions }: Pick<CatalogueEntry, 'decisions'> = catalogue[code]
  return decisions as readonly DecisionWord[]
}

/** The decision of that name, if the code allows it; case and outer blanks do not count. */
export function allowedDecision(code: ExceptionCode, named: string): DecisionWord | undefined {
  const wanted = named.trim().toLowerCase()
  return decisionsOf(code).find((decision) => decision === wanted)
}

/** A decision about one exception that has not ended. Instants are ISO 8601 in UTC. */
export interface Decision {
  readonly decision: DecisionWord
  /** proposed: over the person's limit, a second one must agree. */
  readonly state: 'proposed' | 'standing'
  /** Money at risk and compared values that were decided on. */
  readonly amount: DecimalText
  readonly facts: Readonly<Record<string, string | null>>
  readonly note: string | null
  readonly decidedBy: string
  readonly decidedAt: string
  /** command, the name of a workbook, a cluster or a rule. */
  readonly via: string
  readonly agreedBy: string | null
  readonly agreedAt: string | null
  /** The rule that decided. */
  readonly rule: number | null
}

/** One and the same person, however the name is written. */
export const isSamePerson = (a: string, b: string): boolean => plainName(a) === plainName(b)

const plainName = (name: string): string => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
