import type { SupplierScore } from '../../outputs/report/index.js'
import type { Scorecard } from './scorecard.js'

/** A scorecard as one row of the workbook. */
export const supplierScore = ({
  name,
  currency,
  invoices,
  open,
  amountAtRisk,
  priceErrors,
  duplicates,
  answers,
}: Scorecard): SupplierScore => ({
  name,
  currency,
  judged: invoices.judged,
  firstPass: invoices.firstPass,
  open,
  amountAtRisk,
  priceErrors: priceErrors.count,
  duplicates: duplicates.count,
  answersDue: answers.due,
  answersInTime: answers.inTime,
  answersLate: answers.late + answers.missing,
})
