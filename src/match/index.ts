export {
  type InvoiceOutcome,
  type LineResult,
  matchThreeWay,
  readFindings,
  readOutcomes,
  readResults,
  type ThreeWayParameters,
} from './three-way/index.js'
