import { absolute, add, type DecimalText, decimal, subtract } from '../canonical/index.js'
import { type Fault, faultsOf } from './fault.js'
import { type Journal, type JournalLine, journalBook } from './journal-book.js'
import type { Planter } from './planting.js'

const fault = faultsOf('gl-posting')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** What may be wrong with journals and what the ledger shows of them. Each has a source of its own, whose other journals are in order. */
export const journalFaults: readonly Fault[] = [
  fault('journal-unbalanced', 'GL-UNBALANCED', 'debits and credits of a journal differ', (planter) => {
    const { book, source } = began(planter)
    const [debit, credit] = book.lines(source)
    const off = decimal('4.05')
    const journal = book.write(source, {
      daysAgo: 0,
      lines: [debit, { ...credit, credit: subtract(credit.credit, off) }],
    })
    expect(planter, 'GL-UNBALANCED', journal, off, 'the credit is 4.05 short')
  }),
  fault('journal-number-missing', 'GL-SEQUENCE', 'a number is missing from the sequence', (planter) => {
    const { book, source } = began(planter)
    const missing = book.skip(source)
    book.write(source, { daysAgo: 4, posted: 1 })
    const keys = { company: source.company.company, journal: `${source.name} #${missing}` }
    planter.ledger.expect({
      code: 'GL-SEQUENCE',
      keys,
      amount: decimal(0),
      planted: `number ${missing} was never handed over`,
    })
  }),
  fault('journal-number-doubled', 'GL-SEQUENCE', 'two journals under one number', (planter) => {
    const { book, source } = began(planter)
    const first = book.write(source, { daysAgo: 1 })
    const second = book.write(source, { daysAgo: 1, sequence: first.sequence })
    const keys = { company: source.company.company, journal: `${source.name} #${first.sequence}` }
    const dearer = Number(first.debit) > Number(second.debit) ? first.debit : second.debit
    planter.ledger.expect({
      code: 'GL-SEQUENCE',
      keys,
      amount: dearer,
      planted: `also ${second.name} bears number ${first.sequence}`,
    })
  }),
  fault('journal-posted-twice', 'GL-SEQUENCE', 'the ledger shows one journal twice', (planter) => {
    const { book, source } = began(planter)
    const journal = book.write(source, { daysAgo: 4, posted: 2 })
    expect(planter, 'GL-SEQUENCE', journal, journal.debit, 'posted twice')
  }),
  fault('journal-not-in-ledger', 'GL-SEQUENCE', 'not in the ledger although its days are over', (planter) => {
    const { book, source } = began(planter)
    const journal = book.write(source, { daysAgo: 3 })
    expect(planter, 'GL-SEQUENCE', journal, journal.debit, 'to be booked three days ago')
  }),
  fault('account-unknown', 'GL-ACCOUNT', 'an account that is not in the chart', (planter) =>
    misplaced(planter, { account: '9876' }, 'account 9876 is in no chart'),
  ),
  fault('account-closed', 'GL-ACCOUNT', 'an account that is closed', (planter) =>
    misplaced(planter, { account: '6999' }, 'account 6999 is inactive'),
  ),
  fault(
    'account-of-other-cost-center',
    'GL-ACCOUNT',
    'an account that may not be used with the cost centre',
    (planter) => misplaced(planter, { account: '6500' }, 'account 6500 is for another cost centre alone'),
  ),
  fault('period-closed', 'GL-ACCOUNT', 'a journal of a period that is closed', (planter) => {
    const { book, source } = began(planter)
    const journal = book.write(source, { daysAgo: 1, period: book.periodAgo(3) })
    for (const line of journal.lines) expectLine(planter, journal, line, 'the period is closed')
  }),
  fault('ledger-other-amount', 'GL-AMOUNT', 'the ledger shows another amount than was sent', (planter) => {
    const { book, source } = began(planter)
    const off = decimal('17.30')
    const journal = book.write(source, { daysAgo: 4, posted: 1, bookedOver: off })
    expectAmount(planter, journal, journal.lines[0], off, 'booked for 17.30 more than was sent')
  }),
  fault('ledger-other-account', 'GL-AMOUNT', 'the ledger shows it on another account', (planter) => {
    const { book, source } = began(planter)
    const journal = book.write(source, { daysAgo: 4, posted: 1, bookedTo: '6110' })
    const [debit] = journal.lines
    for (const line of [debit, debit && { ...debit, account: '6110' }])
      expectAmount(planter, journal, line, journal.debit, 'booked to 6110 instead of 6100')
  }),
  odd('journal-on-last-day', 'not in the ledger on the last day that it has', (planter) => {
    const { book, source } = began(planter)
    spare(planter, book.write(source, { daysAgo: 2 }))
  }),
  odd('journal-waits-for-posting-run', 'in the ledger, and not posted yet', (planter) => {
    const { book, source } = began(planter)
    spare(planter, book.write(source, { daysAgo: 5, posted: 1, status: 'unposted' }))
  }),
  odd('journal-in-many-lines', 'the ledger shows two lines of one account as one', (planter) => {
    const { book, source } = began(planter)
    const [debit, credit] = book.lines(source)
    const half = decimal('1.25')
    const lines = [{ ...debit, debit: half }, { ...debit, debit: subtract(debit.debit, half) }, credit]
    spare(planter, book.write(source, { daysAgo: 4, posted: 1, lines, asOne: true }))
  }),
  odd('journal-refused-once', 'the ledger refused it first, and posted it the second time', (planter) => {
    const { book, source } = began(planter)
    const journal = book.write(source, { daysAgo: 4, posted: 1 })
    book.refused(journal)
    spare(planter, journal)
  }),
]

/** A source with some journals that are posted. */
function began(planter: Planter) {
  const book = journalBook(planter.ledger)
  const source = book.source(planter.nextCompany(), planter.ledger.number('journal source', 300))
  for (let count = 0; count < 2; count++) book.write(source, { daysAgo: 5, posted: 1 })
  return { book, source }
}

function misplaced(planter: Planter, other: Partial<JournalLine>, planted: string): void {
  const { book, source } = began(planter)
  const [debit, credit] = book.lines(source)
  const journal = book.write(source, { daysAgo: 1, lines: [{ ...debit, ...other }, credit] })
  expectLine(planter, journal, journal.lines[0], planted)
}

const keysOf = ({ source, name }: Journal) => ({ company: source.company.company, journal: `${source.name} ${name}` })

function expect(
  planter: Planter,
  code: 'GL-UNBALANCED' | 'GL-SEQUENCE',
  journal: Journal,
  amount: DecimalText,
  planted: string,
): void {
  planter.ledger.expect({ code, keys: keysOf(journal), amount, planted })
}

function expectLine(planter: Planter, journal: Journal, line: JournalLine | undefined, planted: string): void {
  if (line === undefined) throw new RangeError('a journal without lines')
  const keys = { ...keysOf(journal), line: String(journal.lines.indexOf(line) + 1), account: line.account }
  planter.ledger.expect({ code: 'GL-ACCOUNT', keys, amount: add(line.debit, line.credit), planted })
}

function expectAmount(
  planter: Planter,
  journal: Journal,
  line: JournalLine | undefined,
  amount: DecimalText,
  planted: string,
): void {
  if (line === undefined) throw new RangeError('a journal without lines')
  const keys = { ...keysOf(journal), account: line.account, costCenter: line.costCenter, period: journal.period }
  planter.ledger.expect({ code: 'GL-AMOUNT', keys, amount: absolute(amount), planted })
}

const spare = (planter: Planter, journal: Journal): void => planter.ledger.spare(keysOf(journal))
