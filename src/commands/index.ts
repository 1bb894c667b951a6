import AuditExport from './audit/export.js'
import AuditPack from './audit/pack.js'
import AuditVerify from './audit/verify.js'
import Backfill from './backfill.js'
import Backup from './backup.js'
import CatalogGraph from './catalog/graph.js'
import CatalogLint from './catalog/lint.js'
import CatalogList from './catalog/list.js'
import CatalogOwners from './catalog/owners.js'
import Completion from './completion.js'
import ConfigShow from './config/show.js'
import ContractsApprove from './contracts/approve.js'
import ContractsCheck from './contracts/check.js'
import ContractsDiff from './contracts/diff.js'
import ContractsInfer from './contracts/infer.js'
import ContractsList from './contracts/list.js'
import Dashboard from './dashboard.js'
import Demo from './demo.js'
import Diff from './diff.js'
import Doctor from './doctor.js'
import Drill from './drill.js'
import EdiAck from './edi/ack.js'
import EdiDiff from './edi/diff.js'
import EdiLint from './edi/lint.js'
import EdiMake from './edi/make.js'
import EdiSplit from './edi/split.js'
import EdiView from './edi/view.js'
import ExceptionsAssign from './exceptions/assign.js'
import ExceptionsClusters from './exceptions/clusters.js'
import ExceptionsDecide from './exceptions/decide.js'
import ExceptionsExport from './exceptions/export.js'
import ExceptionsImport from './exceptions/import.js'
import ExceptionsList from './exceptions/list.js'
import ExceptionsReopen from './exceptions/reopen.js'
import ExceptionsRulesList from './exceptions/rules/list.js'
import ExceptionsRulesWithdraw from './exceptions/rules/withdraw.js'
import ExceptionsShow from './exceptions/show.js'
import Explain from './explain.js'
import FilesList from './files/list.js'
import FilesShow from './files/show.js'
import Init from './init.js'
import LoadsApply from './loads/apply.js'
import LoadsApprove from './loads/approve.js'
import LoadsList from './loads/list.js'
import LoadsPlan from './loads/plan.js'
import LoadsReject from './loads/reject.js'
import LoadsRevert from './loads/revert.js'
import LoadsShow from './loads/show.js'
import LoadsVerify from './loads/verify.js'
import Metrics from './metrics.js'
import NotifyList from './notify/list.js'
import NotifySend from './notify/send.js'
import NotifyTest from './notify/test.js'
import PrivacyScan from './privacy/scan.js'
import Pull from './pull.js'
import Purge from './purge.js'
import Push from './push.js'
import QuarantineDiscard from './quarantine/discard.js'
import QuarantineList from './quarantine/list.js'
import QuarantineRelease from './quarantine/release.js'
import QuarantineShow from './quarantine/show.js'
import Replay from './replay.js'
import Restore from './restore.js'
import Retry from './retry.js'
import Run from './run.js'
import RunsCompare from './runs/compare.js'
import RunsList from './runs/list.js'
import RunsShow from './runs/show.js'
import ScheduleInstall from './schedule/install.js'
import ScheduleNext from './schedule/next.js'
import ScheduleStart from './schedule/start.js'
import Scorecard from './scorecard.js'
import Simulate from './simulate.js'
import StateMove from './state/move.js'
import Status from './status.js'
import TemplatesCompare from './templates/compare.js'
import TemplatesInfer from './templates/infer.js'
import Trace from './trace.js'
import Uninstall from './uninstall.js'
import Validate from './validate.js'
import WhatIf from './whatif.js'
import WhoAmI from './whoami.js'
import WorkList from './work/list.js'
import WorkRetry from './work/retry.js'
import Worker from './worker.js'
import XrefApprove from './xref/approve.js'
import XrefHistory from './xref/history.js'
import XrefImport from './xref/import.js'
import XrefList from './xref/list.js'
import XrefSuggest from './xref/suggest.js'
import XrefWithdraw from './xref/withdraw.js'

/** The command map: ids to classes. Classes are light; what they need is imported when they run. */
export const COMMANDS = {
  'audit:export': AuditExport,
  'audit:pack': AuditPack,
  'audit:verify': AuditVerify,
  backfill: Backfill,
  backup: Backup,
  'catalog:graph': CatalogGraph,
  'catalog:lint': CatalogLint,
  'catalog:list': CatalogList,
  'catalog:owners': CatalogOwners,
  completion: Completion,
  'config:show': ConfigShow,
  'contracts:approve': ContractsApprove,
  'contracts:check': ContractsCheck,
  'contracts:diff': ContractsDiff,
  'contracts:infer': ContractsInfer,
  'contracts:list': ContractsList,
  dashboard: Dashboard,
  demo: Demo,
  diff: Diff,
  doctor: Doctor,
  drill: Drill,
  'edi:ack': EdiAck,
  'edi:diff': EdiDiff,
  'edi:lint': EdiLint,
  'edi:make': EdiMake,
  'edi:split': EdiSplit,
  'edi:view': EdiView,
  'exceptions:assign': ExceptionsAssign,
  'exceptions:clusters': ExceptionsClusters,
  'exceptions:decide': ExceptionsDecide,
  'exceptions:export': ExceptionsExport,
  'exceptions:import': ExceptionsImport,
  'exceptions:list': ExceptionsList,
  'exceptions:reopen': ExceptionsReopen,
  'exceptions:rules:list': ExceptionsRulesList,
  'exceptions:rules:withdraw': ExceptionsRulesWithdraw,
  'exceptions:show': ExceptionsShow,
  explain: Explain,
  'files:list': FilesList,
  'files:show': FilesShow,
  init: Init,
  'loads:apply': LoadsApply,
  'loads:approve': LoadsApprove,
  'loads:list': LoadsList,
  'loads:plan': LoadsPlan,
  'loads:reject': LoadsReject,
  'loads:revert': LoadsRevert,
  'loads:show': LoadsShow,
  'loads:verify': LoadsVerify,
  metrics: Metrics,
  'notify:list': NotifyList,
  'notify:send': NotifySend,
  'notify:test': NotifyTest,
  'privacy:scan': PrivacyScan,
  pull: Pull,
  purge: Purge,
  push: Push,
  'quarantine:discard': QuarantineDiscard,
  'quarantine:list': QuarantineList,
  'quarantine:release': QuarantineRelease,
  'quarantine:show': QuarantineShow,
  replay: Replay,
  restore: Restore,
  retry: Retry,
  run: Run,
  'runs:compare': RunsCompare,
  'runs:list': RunsList,
  'runs:show': RunsShow,
  'schedule:install': ScheduleInstall,
  'schedule:next': ScheduleNext,
  'schedule:start': ScheduleStart,
  scorecard: Scorecard,
  simulate: Simulate,
  'state:move': StateMove,
  status: Status,
  'templates:compare': TemplatesCompare,
  'templates:infer': TemplatesInfer,
  trace: Trace,
  uninstall: Uninstall,
  validate: Validate,
  whatif: WhatIf,
  worker: Worker,
  'work:list': WorkList,
  'work:retry': WorkRetry,
  'xref:approve': XrefApprove,
  whoami: WhoAmI,
  'xref:history': XrefHistory,
  'xref:import': XrefImport,
  'xref:list': XrefList,
  'xref:suggest': XrefSuggest,
  'xref:withdraw': XrefWithdraw,
}
