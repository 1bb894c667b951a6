import { add, type DecimalText, decimal, negate, sumOf, ZERO } from '../canonical/index.js'
import { glExtract } from './erp-extracts.js'
import type { Ledger } from './ledger.js'
import type { Company } from './parties.js'

/** Journals as their sources hand them over, and what the ledger shows of them. */
export interface JournalSource {
  readonly company: Company
  /** Also the start of the names of its journals. */
  readonly name: string
}

export interface JournalLine {
  readonly account: string
  readonly costCenter: string
  readonly debit: DecimalText
  readonly credit: DecimalText
}

export interface Journal {
  readonly source: JournalSource
  readonly sequence: number
  readonly name: string
  readonly period: string
  readonly lines: readonly JournalLine[]
  readonly debit: DecimalText
}

export interface JournalWishes {
  readonly daysAgo: number
  /** How often the ledger shows it; by default not at all. */
  readonly posted?: number
  readonly status?: 'posted' | 'unposted'
  /** By default a debit and a credit of a random amount. */
  readonly lines?: readonly JournalLine[]
  /** By default the next. */
  readonly sequence?: number
  readonly period?: string
  /** What the ledger shows of the first line: so much more, or another account. */
  readonly bookedOver?: DecimalText
  readonly bookedTo?: string
  /** The ledger adds up lines of one account and cost centre. */
  readonly asOne?: boolean
}

const booksOf = new WeakMap<Ledger, JournalBook>()

/** The one book of journals of a health system. */
export function journalBook(ledger: Ledger): JournalBook {
  const book = booksOf.get(ledger) ?? new JournalBook(ledger)
  booksOf.set(ledger, book)
  return book
}

export class JournalBook {
  readonly #ledger: Ledger

  constructor(ledger: Ledger) {
    this.#ledger = ledger
    for (const { company } of ledger.companies) {
      const account = (account: string, status = 'open', costCenter = ''): void =>
        ledger.books.add('gl-accounts', 'gl_account', { company, cost_center: costCenter, account, status })
      for (const open of ['1400', '2100', '2200', '6100', '6110', '6200', '4010']) account(open)
      account('6999', 'closed')
      account('6500', 'open', `${company}-0001`)
      for (let ago = 0; ago <= 4; ago++)
        ledger.books.add('gl-periods', 'gl_period', {
          company,
          period: this.periodAgo(ago),
          status: ago < 3 ? 'open' : 'closed',
        })
    }
  }

  source(company: Company, number: string): JournalSource {
    return { company, name: `IC${number}` }
  }

  /** Accounting period so many months before that of the night. */
  periodAgo(months: number): string {
    const [year = 0, month = 0] = this.#ledger.asOf.split('-').map(Number)
    const counted = year * 12 + month - 1 - months
    return `${Math.floor(counted / 12)}-${String((counted % 12) + 1).padStart(2, '0')}`
  }

  lines({ company }: JournalSource): [JournalLine, JournalLine] {
    const { random } = this.#ledger
    const amount = decimal(`${random.between(20, 900)}.${String(random.between(0, 99)).padStart(2, '0')}`)
    const costCenter = random.pick(company.facilities).costCenter
    return [
      { account: '6100', costCenter, debit: amount, credit: ZERO },
      { account: '2100', costCenter, debit: ZERO, credit: amount },
    ]
  }

  /** Leaves out the next number of a source; gives it back. */
  skip(source: JournalSource): number {
    return Number(this.#ledger.number(numbers(source), 0))
  }

  write(source: JournalSource, wishes: JournalWishes): Journal {
    const lines = wishes.lines ?? this.lines(source)
    const journal: Journal = {
      source,
      sequence: wishes.sequence ?? this.skip(source),
      name: `J${this.#ledger.number('journal', 40_000)}`,
      period: wishes.period ?? this.#ledger.daysAgo(wishes.daysAgo).slice(0, 7),
      lines,
      debit: sumOf(lines.map(({ debit }) => debit)),
    }
    this.#handOver(journal, this.#ledger.daysAgo(wishes.daysAgo))
    for (let posting = 0; posting < (wishes.posted ?? 0); posting++) this.#book(journal, wishes)
    return journal
  }

  /** The ledger shows a posting of the journal that failed. */
  refused(journal: Journal): void {
    this.#show(journal, journal.lines, 'error')
  }

  #handOver({ source, sequence, name, period, lines }: Journal, date: string): void {
    for (const [index, { account, costCenter, debit, credit }] of lines.entries())
      this.#ledger.books.add('journals', 'journal_line', {
        company: source.company.company,
        source: source.name,
        sequence: String(sequence),
        journal: name,
        line: String(index + 1),
        cost_center: costCenter,
        account,
        period,
        posting_date: date,
        debit: debit === ZERO ? '' : debit,
        credit: credit === ZERO ? '' : credit,
      })
  }

  #book(journal: Journal, { bookedOver, bookedTo, asOne, status = 'posted' }: JournalWishes): void {
    const [first, ...rest] = journal.lines
    if (first === undefined) throw new RangeError('a journal without lines')
    const shown = [
      { ...first, account: bookedTo ?? first.account, debit: add(first.debit, bookedOver ?? ZERO) },
      ...rest,
    ]
    this.#show(journal, asOne === true ? addedUp(shown) : shown, status)
  }

  #show(journal: Journal, lines: readonly JournalLine[], status: string): void {
    showInLedger(this.#ledger, {
      company: journal.source.company,
      source: journal.source.name,
      journal: journal.name,
      period: journal.period,
      status,
      lines: lines.map(({ account, costCenter, debit, credit }) => ({
        account,
        costCenter,
        amount: add(debit, negate(credit)),
      })),
    })
  }
}

export interface Posting {
  readonly company: Company
  readonly source: string
  readonly journal: string
  readonly period: string
  readonly status: string
  readonly lines: readonly { readonly account: string; readonly costCenter: string; readonly amount: DecimalText }[]
}

/** One posting in the ERP's general ledger. */
export function showInLedger(ledger: Ledger, { company, source, journal, period, status, lines }: Posting): void {
  const posting = ledger.number('posting', 9_000_000)
  for (const [index, { account, costCenter, amount }] of lines.entries())
    ledger.books.add(glExtract(company), 'ledger_line', {
      company: company.company,
      source,
      journal,
      line: String(index + 1),
      cost_center: costCenter,
      account,
      period,
      amount,
      status,
      posting,
    })
}

const numbers = ({ company, name }: JournalSource): string => `journal ${company.company} ${name}`

function addedUp(lines: readonly JournalLine[]): JournalLine[] {
  const sums = new Map<string, JournalLine>()
  for (const line of lines) {
    const key = `${line.account} ${line.costCenter}`
    const before = sums.get(key)
    sums.set(
      key,
      before === undefined
        ? line
        : { ...line, debit: add(before.debit, line.debit), credit: add(before.credit, line.credit) },
    )
  }
  return [...sums.values()]
}

/** Ordinary journals: posted, or on their way within their days. */
export function fillWithJournals(ledger: Ledger, journals: number): void {
  const book = journalBook(ledger)
  for (const company of ledger.companies) {
    const source = { company, name: 'IC' }
    for (let count = 0; count < Math.max(3, Math.ceil(journals / ledger.companies.length)); count++)
      book.write(source, { daysAgo: 9, posted: 1 })
    book.write(source, { daysAgo: 1 })
  }
}
