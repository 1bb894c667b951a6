export type {
  ControlTotal,
  ExceptionRow,
  InputFile,
  LoadSummary,
  MatchedRow,
  ReportContent,
  ReportOutcome,
  ReportTable,
  Rows,
} from './report-content.js'
export { writeWorkbook } from './write-workbook.js'
