import { may, must, type RelationColumns } from './column.js'

/** Work and pay. An employee is a keyed hash made when the file is read; who it is stays outside. */
export const labor = {
  worked_time: {
    company: must('text', 'company that employs'),
    employee: must('text', 'keyed hash of the employee'),
    department: must('text', 'department worked for'),
    pay_code: must('text', 'kind of time: regular, overtime, on call'),
    period: must('text', 'pay period, as payroll names it too'),
    worked_on: must('date', 'day worked'),
    hours: must('hours', 'hours worked; a correction is negative'),
    entry: may('text', 'number of the entry; tells two of one day apart'),
  },
  payroll_line: {
    company: must('text', 'company that pays'),
    employee: must('text', 'keyed hash of the employee'),
    department: must('text', 'department charged'),
    pay_code: must('text', 'kind of pay'),
    period: must('text', 'pay period'),
    hours: must('hours', 'hours paid; a correction is negative'),
    amount: must('amount', 'gross pay'),
    paid_on: must('date', 'day of the payment; the journal is booked on it'),
    pay_run: may('text', 'number of the pay run; tells two lines of one period apart'),
  },
  labor_account: {
    company: must('text', 'company'),
    department: must('text', 'department'),
    pay_code: may('text', 'empty: any'),
    cost_center: must('text', 'accounting unit it is booked to'),
    account: must('text', 'expense account'),
  },
} as const satisfies RelationColumns
