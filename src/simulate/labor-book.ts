import { add, type DecimalText, decimal, multiply, sumOf, ZERO } from '../canonical/index.js'
import { showInLedger } from './journal-book.js'
import type { Ledger } from './ledger.js'
import type { Company } from './parties.js'

export interface Department {
  readonly company: Company
  readonly number: string
  readonly costCenter: string
  readonly account: string
  readonly period: string
  /** Pay of an hour, in whole halves of a dollar. */
  readonly rate: DecimalText
}

/** Hours of one employee in the period. */
export interface Shift {
  readonly worked: string
  readonly paid: string
}

export interface PayrollWishes {
  readonly shifts?: readonly Shift[]
  readonly paidDaysAgo?: number
  readonly inLedger?: boolean
  readonly inTwo?: boolean
  readonly bookedOver?: DecimalText
}

const booksOf = new WeakMap<Ledger, LaborBook>()

/** The one book of hours and pay of a health system. */
export function laborBook(ledger: Ledger): LaborBook {
  const book = booksOf.get(ledger) ?? new LaborBook(ledger)
  booksOf.set(ledger, book)
  return book
}

const DAY_OF_WORK = decimal(8)

export class LaborBook {
  readonly #ledger: Ledger

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** A new department; where it is not booked, no account is known for it. */
  department(company: Company, isBooked = true): Department {
    const { random, books } = this.#ledger
    const number = `${company.company}${this.#ledger.number('department', 7000)}`
    const department = {
      company,
      number,
      costCenter: `${company.company}-${number}`,
      account: '6200',
      period: this.#ledger.daysAgo(20).slice(0, 7),
      rate: decimal(`${random.between(22, 58)}.${random.pick(['00', '50'])}`),
    }
    if (isBooked)
      books.add('labor-accounts', 'labor_account', {
        company: company.company,
        department: number,
        pay_code: '',
        cost_center: department.costCenter,
        account: department.account,
      })
    return department
  }

  employee({ number }: Department, place: number): string {
    return `E${number}${place}`
  }

  /** Worked by one employee, and as yet not paid. */
  work(department: Department, { hours, lastDaysAgo }: { readonly hours: string; readonly lastDaysAgo: number }): void {
    for (const daysAgo of [lastDaysAgo + 2, lastDaysAgo]) this.#entry(department, 0, decimal(hours), daysAgo)
  }

  /** Worked, paid and posted, but for what is wished otherwise; gives back the pay. */
  settle(department: Department, wishes: PayrollWishes = {}): DecimalText {
    const { shifts = usual(this.#ledger), paidDaysAgo = 9, inLedger = true, inTwo = false, bookedOver = ZERO } = wishes
    const pays = shifts.map(({ worked, paid }, place) => {
      this.#worked(department, place, decimal(worked))
      return this.#paid(department, place, decimal(paid), paidDaysAgo)
    })
    const pay = sumOf(pays)
    const [first = ZERO, ...rest] = pays
    const parts = inTwo ? [first, sumOf(rest)] : [add(pay, bookedOver)]
    if (inLedger) for (const part of parts) this.#post(department, part)
    return pay
  }

  /** Day by day, the rest on the last. */
  #worked(department: Department, place: number, hours: DecimalText): void {
    const days = Math.floor(Number(hours) / 8)
    for (let day = 0; day < days; day++) this.#entry(department, place, DAY_OF_WORK, 15 + day)
    const rest = add(hours, multiply(decimal(-days), DAY_OF_WORK))
    if (rest !== ZERO) this.#entry(department, place, rest, 14)
  }

  #entry(department: Department, place: number, hours: DecimalText, daysAgo: number): void {
    this.#ledger.books.add(
      'payroll-time',
      'worked_time',
      {
        company: department.company.company,
        employee: this.employee(department, place),
        department: department.number,
        pay_code: 'REG',
        period: department.period,
        worked_on: this.#ledger.daysAgo(daysAgo),
        hours,
        entry: this.#ledger.number('time entry', 0),
      },
      { EMPLOYEE_NAME: 'SPECIMEN, PERSON' },
    )
  }

  #paid(department: Department, place: number, hours: DecimalText, daysAgo: number): DecimalText {
    const amount = multiply(hours, department.rate)
    this.#ledger.books.add(
      'payroll-register',
      'payroll_line',
      {
        company: department.company.company,
        employee: this.employee(department, place),
        department: department.number,
        pay_code: 'REG',
        period: department.period,
        hours,
        amount,
        paid_on: this.#ledger.daysAgo(daysAgo),
        pay_run: 'R1',
      },
      { EMPLOYEE_NAME: 'SPECIMEN, PERSON' },
    )
    return amount
  }

  #post({ company, costCenter, account, period }: Department, amount: DecimalText): void {
    const journal = `PAY${this.#ledger.number('payroll journal', 100)}`
    const status = 'posted'
    showInLedger(this.#ledger, {
      company,
      source: 'PAYROLL',
      journal,
      period,
      status,
      lines: [
        { account, costCenter, amount },
        { account: '2200', costCenter: '', amount: multiply(amount, decimal(-1)) },
      ],
    })
  }
}

const usual = ({ random }: Ledger): Shift[] =>
  Array.from({ length: random.between(2, 4) }, () => {
    const hours = String(random.pick([80, 72, 64, 40, 36]))
    return { worked: hours, paid: hours }
  })

/** Departments that are in order. */
export function fillWithLabor(ledger: Ledger, departments: number): void {
  const book = laborBook(ledger)
  for (const company of ledger.companies)
    for (let count = 0; count < Math.max(2, Math.ceil(departments / ledger.companies.length)); count++)
      book.settle(book.department(company))
}
