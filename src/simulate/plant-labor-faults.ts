import { type DecimalText, decimal, multiply } from '../canonical/index.js'
import { type Fault, faultsOf } from './fault.js'
import { identityOf } from './identity.js'
import { type Department, laborBook, type Shift } from './labor-book.js'
import type { Planter } from './planting.js'

const fault = faultsOf('labor-to-ledger')
const odd = (name: string, says: string, plant: Fault['plant']): Fault => fault(name, null, says, plant)

/** What may be wrong with hours worked, paid and posted. Each has a department of its own. */
export const laborFaults: readonly Fault[] = [
  fault('hours-paid-over', 'LAB-HOURS', 'more hours paid than worked', (planter) => {
    hours(planter, { worked: '72', paid: '80' }, '80 hours paid, 72 worked')
  }),
  fault('hours-paid-under', 'LAB-HOURS', 'fewer hours paid than worked', (planter) => {
    hours(planter, { worked: '76.5', paid: '72' }, '72 hours paid, 76.5 worked')
  }),
  fault('hours-never-worked', 'LAB-HOURS', 'paid, and nothing worked in a department whose others did', (planter) => {
    hours(planter, { worked: '0', paid: '40' }, '40 hours paid, none worked')
  }),
  fault('worked-and-not-paid', 'LAB-NOT-POSTED', 'worked hours of a department without any payroll', (planter) => {
    const { book, department } = opened(planter)
    book.work(department, { hours: '8', lastDaysAgo: 11 })
    const keys = keysOf(department)
    planter.ledger.expect({
      code: 'LAB-NOT-POSTED',
      keys,
      amount: decimal(0),
      planted: 'worked to 11 days ago, never paid',
    })
  }),
  fault('payroll-not-in-ledger', 'LAB-NOT-POSTED', 'paid, and not in the ledger after its days', (planter) => {
    const { book, department } = opened(planter)
    const amount = book.settle(department, { paidDaysAgo: 6, inLedger: false })
    planter.ledger.expect({
      code: 'LAB-NOT-POSTED',
      keys: bookingKeys(department),
      amount,
      planted: 'paid six days ago',
    })
  }),
  fault('payroll-other-amount', 'GL-AMOUNT', 'the ledger shows another amount than payroll', (planter) => {
    const { book, department } = opened(planter)
    const off = decimal('123.40')
    book.settle(department, { bookedOver: off })
    planter.ledger.expect({
      code: 'GL-AMOUNT',
      keys: bookingKeys(department),
      amount: off,
      planted: 'booked for 123.40 more',
    })
  }),
  fault('department-without-account', 'XREF-COSTCENTER', 'nobody says where a department is booked', (planter) => {
    const { book, department } = opened(planter, false)
    const amount = book.settle(department, { inLedger: false })
    const keys = { company: department.company.company, department: department.number, payCode: 'REG' }
    planter.ledger.expect({ code: 'XREF-COSTCENTER', keys, amount, planted: 'is in no list of accounts' })
  }),
  odd('hours-within-tolerance', 'half an hour more paid than worked, which is all that is allowed', (planter) => {
    const { book, department } = opened(planter)
    book.settle(department, { shifts: [...ordinary, { worked: '40', paid: '40.5' }] })
    planter.ledger.spare(keysOf(department))
  }),
  odd('worked-on-last-day', 'not paid on the last day that it may wait', (planter) => {
    const { book, department } = opened(planter)
    book.work(department, { hours: '8', lastDaysAgo: 10 })
    planter.ledger.spare(keysOf(department))
  }),
  odd('payroll-on-last-day', 'not in the ledger on the last day that it may wait', (planter) => {
    const { book, department } = opened(planter)
    book.settle(department, { paidDaysAgo: 5, inLedger: false })
    planter.ledger.spare(bookingKeys(department))
  }),
  odd('payroll-in-two-postings', 'the ledger shows it in two journals', (planter) => {
    const { book, department } = opened(planter)
    book.settle(department, { inTwo: true })
    planter.ledger.spare(bookingKeys(department))
  }),
]

const ordinary: readonly Shift[] = [
  { worked: '80', paid: '80' },
  { worked: '64', paid: '64' },
]

function opened(planter: Planter, isBooked = true) {
  const book = laborBook(planter.ledger)
  return { book, department: book.department(planter.nextCompany(), isBooked) }
}

function hours(planter: Planter, shift: Shift, planted: string): void {
  const { book, department } = opened(planter)
  book.settle(department, { shifts: [...ordinary, shift] })
  const employee = identityOf(planter.ledger, book.employee(department, ordinary.length))
  const apart: DecimalText = decimal(Math.abs(Number(shift.paid) - Number(shift.worked)))
  planter.ledger.expect({
    code: 'LAB-HOURS',
    keys: { ...keysOf(department), employee, payCode: 'REG' },
    amount: multiply(apart, department.rate),
    planted,
  })
}

const keysOf = ({ company, number, period }: Department) => ({ company: company.company, department: number, period })

const bookingKeys = ({ company, costCenter, account, period }: Department) => ({
  company: company.company,
  costCenter,
  account,
  period,
})
