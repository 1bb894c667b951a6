export { type DecisionRow, readDecisions, type UnusableSheet, unusableWorkbook } from './read-decisions.js'
export type {
  ClusterRow,
  ControlTotal,
  ExceptionRow,
  InputFile,
  LoadSummary,
  MatchedRow,
  ReportContent,
  ReportOutcome,
  ReportTable,
  Rows,
  SupplierScore,
  TrendNight,
  UnconfirmedLoad,
} from './report-content.js'
export { type NotTaken, type ReturnedContent, writeReturnedCopy } from './returned-copy.js'
export { writeWorkbook } from './write-workbook.js'
