export { type Authority, authorityOf, type Decider, type Deciding } from './authority.js'
export { type CatalogueEntry, catalogue, type Severity } from './catalogue.js'
export { changedFacts } from './changed-facts.js'
export { type CauseKind, type Cluster, clusterOf, clusters } from './cluster.js'
export { type DecisionRequest, decide, type Verdict } from './decide.js'
export {
  allDecisions,
  allowedDecision,
  type Decision,
  type DecisionWord,
  decisionsOf,
  type Effect,
  effectOf,
  isSamePerson,
} from './decision.js'
export { type DecisionRule, decideByRules, type RuleScope, ruleFor, ruleWords, scopeKeys } from './decision-rule.js'
export { dueAt, type WorkingTime } from './due.js'
export { type Escalation, escalationOf } from './escalation.js'
export { type ExceptionStatus, type MatchException, unsettled } from './exception.js'
export { fingerprint } from './fingerprint.js'
export { type Settlement, settle } from './lifecycle.js'
export { defaultQueues, type EscalationStep, type Route, type Routing, route } from './routing.js'
export { type Runbook, runbook } from './runbook.js'
