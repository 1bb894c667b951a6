import {
  compare,
  type DecimalText,
  decimal,
  type ExceptionCode,
  type Finding,
  negate,
  subtract,
  sumOf,
  ZERO,
} from '../../canonical/index.js'
import { fingerprint } from '../../exceptions/index.js'
import type { InvoiceResult } from '../../state/index.js'
import type { Rerun } from './rerun-night.js'

/** An exception that one of the two worlds has and the other has not. */
export interface OtherException {
  readonly change: 'removed' | 'added'
  readonly job: string
  readonly code: ExceptionCode
  readonly keys: Finding['keys']
  readonly message: string
  /** Money at risk, as of the last night that found it. */
  readonly amount: DecimalText
  readonly currency: string
  /** First night that found it, yyyy-MM-dd. */
  readonly night: string
}

/** Money that an exception of an invoice calls too much. */
export interface TooMuch {
  readonly code: ExceptionCode
  readonly amount: DecimalText
}

/** An invoice that would have gone otherwise than it did. */
export interface OtherInvoice {
  /** released: would go, and did not in these nights. earlier: would go in an earlier night than it did. held: went, and would not. */
  readonly change: 'released' | 'earlier' | 'held'
  readonly job: string
  readonly id: string
  /** ERP vendor number by its PO; null where it leads to none. */
  readonly vendor: string | null
  readonly amount: DecimalText
  /** The night in which it would go; of one that would be held, the night in which it went. */
  readonly night: string
  /** The night in which it went; null: in none of these. */
  readonly went: string | null
  /** Codes that held it then, or would hold it. */
  readonly codes: readonly ExceptionCode[]
  /** Would be paid beyond what was paid in fact; of one that would be held, what was paid too much and would not be. */
  readonly tooMuch: readonly TooMuch[]
}

interface Went {
  readonly turn: number
  readonly night: string
  readonly amount: DecimalText
}

interface Judged {
  readonly findings: readonly Finding[]
}

/**
 * History as it was and as it would have been, night by night in their order. An invoice is judged in the nights in which it was judged in
 * fact, until it would go. Whether it would be overpaid is seen from the end: by what the last of these nights says of it.
 */
export class TwoWorlds {
  readonly #exceptions = { was: new Map<string, Seen>(), would: new Map<string, Seen>() }
  readonly #went = new Map<string, Went>()
  readonly #wouldGo = new Map<string, Went & { readonly codes: readonly ExceptionCode[] }>()
  readonly #wouldHold = new Map<
    string,
    { readonly went: Went; readonly codes: readonly ExceptionCode[]; readonly findings: readonly Finding[] }
  >()
  readonly #last = new Map<string, Judged>()
  readonly #vendors = new Map<string, string>()
  #turn = 0

  constructor(readonly job: string) {}

  /** Invoices that would have gone by now: later nights do not judge them. */
  get gone(): ReadonlySet<string> {
    return new Set(this.#wouldGo.keys())
  }

  /** @param taken invoices that the night's load took, with what was paid; undefined: nothing is loaded, and what is clean goes */
  add(night: string, was: Rerun, would: Rerun, taken: ReadonlyMap<string, string> | undefined): void {
    this.#turn += 1
    for (const finding of was.findings) see(this.#exceptions.was, this.job, finding, night)
    for (const finding of would.findings) see(this.#exceptions.would, this.job, finding, night)
    const before = new Map((was.invoices?.outcomes ?? []).map((one) => [one.invoiceId, one]))
    for (const { invoiceId, result } of was.invoices?.results ?? [])
      if (typeof result.supplier === 'string') this.#vendors.set(invoiceId, result.supplier)
    const found = findingsByInvoice(was.findings)
    for (const { invoiceId, amount, outcome } of before.values()) {
      this.#last.set(invoiceId, { findings: found.get(invoiceId) ?? [] })
      const paid = taken === undefined ? (outcome === 'clean' ? amount : undefined) : taken.get(invoiceId)
      if (paid !== undefined && !this.#went.has(invoiceId)) this.#went.set(invoiceId, this.#now(night, paid))
    }
    const wouldFind = findingsByInvoice(would.findings)
    for (const one of would.invoices?.outcomes ?? []) this.#judge(one, before.get(one.invoiceId), night, wouldFind)
  }

  #judge(
    one: InvoiceResult,
    before: InvoiceResult | undefined,
    night: string,
    found: ReadonlyMap<string, Finding[]>,
  ): void {
    const { invoiceId: id } = one
    const went = this.#went.get(id)
    const wentNow = went?.turn === this.#turn
    const codes = (before?.codes ?? []) as readonly ExceptionCode[]
    // What was decided lets it through again, as long as nothing is raised beside.
    const isLetThrough =
      one.outcome === 'clean' ||
      (one.outcome === 'held' && one.codes.every((code) => codes.some((other) => other === code)))
    // One that was clean in fact and did not go waits for something else than its exceptions.
    const goes = wentNow ? isLetThrough : one.outcome === 'clean' && before?.outcome !== 'clean'
    if (goes) this.#wouldGo.set(id, { ...this.#now(night, one.amount), codes })
    else if (wentNow)
      this.#wouldHold.set(id, { went, codes: one.codes as readonly ExceptionCode[], findings: found.get(id) ?? [] })
  }

  #now = (night: string, amount: string): Went => ({ turn: this.#turn, night, amount: decimal(amount) })

  exceptions(): OtherException[] {
    const { was, would } = this.#exceptions
    return [
      ...[...was].filter(([print]) => !would.has(print)).map(([, seen]) => this.#other('removed', seen)),
      ...[...would].filter(([print]) => !was.has(print)).map(([, seen]) => this.#other('added', seen)),
    ]
  }

  #other(change: OtherException['change'], { finding, night }: Seen): OtherException {
    const { code, keys, message, amountAtRisk: amount, currency } = finding
    return { change, job: this.job, code, keys, message, amount, currency, night }
  }

  invoices(): OtherInvoice[] {
    const others = [...this.#wouldGo].flatMap(([id, { turn, night, amount, codes }]): OtherInvoice[] => {
      const went = this.#went.get(id)
      if (went !== undefined && went.turn <= turn) return []
      const change = went === undefined ? 'released' : 'earlier'
      const tooMuch =
        went === undefined ? tooMuchOf(this.#last.get(id)?.findings ?? []) : paidShort(amount, went.amount, codes)
      return [
        {
          change,
          job: this.job,
          id,
          vendor: this.#vendors.get(id) ?? null,
          amount,
          night,
          went: went?.night ?? null,
          codes,
          tooMuch,
        },
      ]
    })
    const held = [...this.#wouldHold].map(([id, { went, codes, findings }]): OtherInvoice => {
      const { night, amount } = went
      return {
        change: 'held',
        job: this.job,
        id,
        vendor: this.#vendors.get(id) ?? null,
        amount,
        night,
        went: night,
        codes,
        tooMuch: tooMuchOf(findings),
      }
    })
    return [...others, ...held]
  }
}

interface Seen {
  readonly finding: Finding
  readonly night: string
}

function see(world: Map<string, Seen>, job: string, finding: Finding, night: string): void {
  const print = fingerprint(job, finding)
  world.set(print, { finding, night: world.get(print)?.night ?? night })
}

function findingsByInvoice(findings: readonly Finding[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { document } = finding
    if (document !== undefined) found.set(document, [...(found.get(document) ?? []), finding])
  }
  return found
}

/** Codes whose money at risk is what would be paid too much, on their over side; they never count the same money twice. */
const tooMuchCodes: ReadonlySet<ExceptionCode> = new Set<ExceptionCode>([
  'INV-PRICE',
  'PRICE-CONTRACT',
  'INV-QTY-ORDERED',
  'INV-QTY-RECEIVED',
  'INV-NO-RECEIPT',
  'INV-EXTENDED',
  'INV-TOTAL',
  'INV-FREIGHT',
  'INV-TAX',
])

const tooMuchOf = (findings: readonly Finding[]): TooMuch[] =>
  findings
    .filter(
      ({ code, tolerance, amountAtRisk }) =>
        tooMuchCodes.has(code) && tolerance?.side !== 'under' && compare(amountAtRisk, ZERO) > 0,
    )
    .map(({ code, amountAtRisk: amount }) => ({ code, amount }))

/** It was paid in the end, by a decision perhaps for less than was billed. */
function paidShort(billed: DecimalText, paid: DecimalText, codes: readonly ExceptionCode[]): TooMuch[] {
  const [code] = codes
  const amount = subtract(billed, paid)
  return code !== undefined && compare(amount, ZERO) > 0 ? [{ code, amount }] : []
}

export const amountOf = (all: readonly { readonly amount: DecimalText }[]): DecimalText =>
  sumOf(all.map(({ amount }) => amount))
/** What an invoice changes of what is paid too much: less where it would be held. */
export const overpaid = ({ change, tooMuch }: OtherInvoice): DecimalText =>
  change === 'held' ? negate(amountOf(tooMuch)) : amountOf(tooMuch)
