export { type AckAgreement, type Acknowledgment, acknowledgmentOf } from './acknowledgment.js'
export type { AcknowledgedError } from './error-words.js'
export type { GroupReport, InterchangeReport, SetReport } from './interchange-report.js'
export { InterchangeReporter } from './interchange-reporter.js'
export {
  type AcknowledgedSegment,
  type AcknowledgedSet,
  type AnswerVerdict,
  type FunctionalAcknowledgment,
  type InterchangeAcknowledgment,
  readFunctionalAcknowledgment,
  readInterchangeAcknowledgment,
} from './received-acknowledgment.js'
export { groupVerdict, interchangeVerdict, type RejectOn, setVerdict, type Verdict } from './verdicts.js'
