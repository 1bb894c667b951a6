import type { ApprovedContract } from '../../app/contracts/approve-contract.js'
import type { ContractDiff } from '../../app/contracts/diff-contract.js'
import { printableLines } from './printable.js'

export function contractDiffText(contracts: readonly ContractDiff[]): string {
  const quiet = contracts.filter((one) => contracts.length > 1 && !hasNews(one))
  const shown = contracts.filter((one) => !quiet.includes(one))
  return [
    ...shown.map(one).map(printableLines),
    ...(quiet.length === 0 ? [] : [`As agreed: ${quiet.map(({ contract }) => contract).join(', ')}`]),
    ...(contracts.length === 0 ? ['No job reads an extract.'] : []),
  ].join('\n\n')
}

const hasNews = ({ drift, differences, approvalRequired, approved, version }: ContractDiff): boolean =>
  drift.length > 0 || differences.length > 0 || (approvalRequired && approved?.version !== version)

function one(diff: ContractDiff): string {
  const { contract, version, approved, approvalRequired, comparedWith, differences, seen, drift, proposed, open } = diff
  const standing =
    approved === null
      ? `never approved${approvalRequired ? ', which the settings ask for' : ''}`
      : approved.version === version
        ? `approved ${approved.at.slice(0, 10)} by ${approved.by}: ${approved.reason}`
        : `not approved as it is${approvalRequired ? `; version ${approved.version} stays in force` : ''}`
  return [
    `${contract} ${version}: ${standing}`,
    ...(comparedWith === null
      ? []
      : differences.length === 0
        ? [`  says the same as version ${comparedWith}`]
        : [
            `  since version ${comparedWith}:`,
            ...differences.map((change) => `    ${change.path}: ${short(change.before)} -> ${short(change.after)}`),
          ]),
    seen === null
      ? '  no file has been seen, or its bytes are not kept'
      : `  ${seen.name}, taken ${seen.takenAt.slice(0, 10)}: ${drift.length === 0 ? 'has the columns agreed' : seen.usable ? 'used, but differs' : 'not used'}`,
    ...drift.map(({ said, harmful }) => `    ${harmful ? 'harmful' : 'harmless'}: ${said}`),
    ...(proposed.length === 0 || open.length > 0
      ? []
      : [
          `  proposed, with matchbook contracts approve ${contract} --reason TEXT:`,
          ...proposed.map(({ said }) => `    ${said}`),
        ]),
    ...open.map((what) => `  to be decided by hand: ${what}`),
  ].join('\n')
}

function short(value: unknown): string {
  const text = value === null ? '(nothing)' : JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

export const approvedContractText = ({
  contract,
  changes,
  written,
  said,
  dryRun,
  before,
  version,
}: ApprovedContract): string =>
  [
    ...(before === version ? [] : [`${contract} ${before} -> ${version}`]),
    ...changes.map((change) => `  ${change}`),
    ...(written === null ? [] : [`  ${dryRun ? 'would be written' : 'written'} to ${written}`]),
    dryRun ? `Dry run: ${said}` : said,
  ].join('\n')
