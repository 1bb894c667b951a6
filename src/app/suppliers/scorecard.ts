import { type AtRisk, atRisk, compare, type DecimalText, decimal, sumOf } from '../../canonical/index.js'
import { unsettled } from '../../exceptions/index.js'
import type { AnsweredGroup, JudgedInvoice, StoredException } from '../../state/index.js'

/** Codes by which a supplier asks for another price than was agreed. */
const priceCodes: ReadonlySet<string> = new Set(['INV-PRICE', 'PRICE-CONTRACT', 'PRICE-EXPIRED', 'ACK-PRICE'])
const duplicateCodes: ReadonlySet<string> = new Set(['INV-DUPLICATE', 'INV-DUPLICATE-SUSPECT', 'FILE-DUPLICATE'])

/** Money at risk is that of those still open. */
export interface CodeTally extends AtRisk {
  readonly code: string
  /** All of the time looked at, settled ones too. */
  readonly count: number
  readonly open: number
}

export interface Scorecard extends AtRisk {
  /** Name of the partner in the workspace, or the ERP's number of a supplier who is no partner. */
  readonly supplier: string
  readonly name: string
  readonly currency: string
  readonly since: string
  readonly invoices: { readonly judged: number; readonly amount: DecimalText; readonly firstPass: number }
  readonly exceptions: readonly CodeTally[]
  readonly open: number
  readonly priceErrors: Omit<CodeTally, 'code'>
  readonly duplicates: Omit<CodeTally, 'code'>
  /** Groups that we sent and that an answer (997 or 999) is due to. */
  readonly answers: { readonly due: number; readonly inTime: number; readonly late: number; readonly missing: number }
  /** Open exceptions by the days since they were first seen. */
  readonly ageing: readonly (AtRisk & { readonly days: string; readonly open: number })[]
}

export interface ScorecardInput {
  readonly supplier: string
  readonly name: string
  readonly currency: string
  readonly since: string
  readonly now: string
  readonly judged: readonly JudgedInvoice[]
  readonly exceptions: readonly StoredException[]
  readonly groups: readonly AnsweredGroup[]
}

/** Everything given is the supplier's own. */
export function scorecard(input: ScorecardInput): Scorecard {
  const { judged, exceptions, supplier, name, currency, since, now } = input
  const open = exceptions.filter(isOpen)
  const questioned = new Set(exceptions.flatMap(({ document, keys }) => [document, keys.invoice]))
  const firstPass = judged.filter(
    ({ id, number, outcome }) => outcome === 'clean' && !questioned.has(id) && !questioned.has(number),
  )
  const codes = [...new Set(exceptions.map(({ code }) => code))]
  return {
    supplier,
    name,
    currency,
    since,
    invoices: {
      judged: judged.length,
      amount: sumOf(judged.map(({ amount }) => decimal(amount))),
      firstPass: firstPass.length,
    },
    exceptions: codes
      .map((code) => ({
        code,
        ...tally(
          exceptions.filter((one) => one.code === code),
          currency,
        ),
      }))
      .sort((a, b) => compare(b.amountAtRisk, a.amountAtRisk) || b.count - a.count || (a.code < b.code ? -1 : 1)),
    open: open.length,
    ...atRisk(open, currency),
    priceErrors: tally(
      exceptions.filter(({ code }) => priceCodes.has(code)),
      currency,
    ),
    duplicates: tally(
      exceptions.filter(({ code }) => duplicateCodes.has(code)),
      currency,
    ),
    answers: answered(input.groups, now),
    ageing: ageing(open, now, currency),
  }
}

const isOpen = ({ status }: StoredException): boolean => unsettled.includes(status)

function tally(some: readonly StoredException[], currency: string): Omit<CodeTally, 'code'> {
  const open = some.filter(isOpen)
  return {
    count: some.length,
    open: open.length,
    ...atRisk(open, currency),
  }
}

/** What is not answered is missing once its time is over; until then it is only due. */
function answered(groups: readonly AnsweredGroup[], now: string): Scorecard['answers'] {
  const ends = groups.map(({ sentAt, answeredAt, answerHours }) => {
    const until = Date.parse(sentAt ?? now) + (answerHours ?? 0) * 3_600_000
    if (answeredAt !== null) return Date.parse(answeredAt) <= until ? 'inTime' : 'late'
    return Date.parse(now) > until ? 'missing' : 'waiting'
  })
  const counted = (end: (typeof ends)[number]): number => ends.filter((one) => one === end).length
  return { due: groups.length, inTime: counted('inTime'), late: counted('late'), missing: counted('missing') }
}

const ages = [
  { days: '0 to 7', from: 0, below: 8 },
  { days: '8 to 30', from: 8, below: 31 },
  { days: '31 to 90', from: 31, below: 91 },
  { days: 'over 90', from: 91, below: Number.POSITIVE_INFINITY },
] as const

function ageing(open: readonly StoredException[], now: string, currency: string): Scorecard['ageing'] {
  const aged = open.map((one) => ({
    age: Math.max(0, Math.floor((Date.parse(now) - Date.parse(one.firstSeen)) / 86_400_000)),
    amountAtRisk: one.amountAtRisk,
    currency: one.currency,
  }))
  return ages.map(({ days, from, below }) => {
    const some = aged.filter(({ age }) => age >= from && age < below)
    return { days, open: some.length, ...atRisk(some, currency) }
  })
}
