export type {
  ControlTotal,
  ExceptionRow,
  InputFile,
  InvoiceOutcome,
  LoadSummary,
  MatchedRow,
  ReportContent,
  Rows,
} from './report-content.js'
export { writeWorkbook } from './write-workbook.js'
