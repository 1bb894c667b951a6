export type { Loadable, MatchedDocument, Matcher, ResultColumn, ResultTable, Rule } from './matcher.js'
export { documentsOf, matcherNeeds, matcherOf, matchers, readsTolerances } from './matchers.js'
export {
  type Evidence,
  loadName,
  type ResultRow,
  type RuleFinding,
  type RuleOutcome,
  type RuleTotal,
  readPeriod,
  readRuleFindings,
  readRuleOutcomes,
  readTable,
  readTotals,
  tableOf,
} from './read-output.js'
export {
  type ComparedField,
  type Counts,
  type Difference,
  type DifferenceKind,
  differenceKinds,
  type FieldCounts,
  type FieldDifference,
  fillSieve,
  HashSieve,
  type KeyColumn,
  type Reconciliation,
  type RowPlace,
  readDifferences,
  reconcile,
  type Side,
  type SideCounts,
  type SideName,
  sides,
  sift,
  type TwoSides,
  type Window,
} from './reconcile/index.js'
export { relationsReference } from './relations-reference.js'
export { type MatchedNight, runMatcher } from './run-matcher.js'
export {
  type AskedException,
  type AskedIdentifier,
  type SaidBefore,
  type SuggestedLink,
  suggestLinks,
} from './suggest/index.js'
export {
  type InvoiceOutcome,
  type LineResult,
  matchThreeWay,
  readFindings,
  readOutcomes,
  readResults,
  type ThreeWayParameters,
} from './three-way/index.js'
