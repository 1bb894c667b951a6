import type { CheckedFile } from '../../app/contracts/check-file.js'
import type { InferredContract } from '../../app/contracts/infer-contract.js'
import type { ContractListing } from '../../app/contracts/list-contracts.js'
import { count } from './money.js'
import { printableLines } from './printable.js'
import { table } from './table.js'

export function contractsText(
  { contracts, unused }: { readonly contracts: readonly ContractListing[]; readonly unused: number },
  all: boolean,
): string {
  const others = all || unused === 0 ? [] : [`${count(unused, 'more contract')} that no job reads under: --all`]
  return [contracts.length === 0 ? 'No job reads an extract.' : contractsTable(contracts), ...others].join('\n')
}

const contractsTable = (contracts: readonly ContractListing[]): string =>
  table(contracts, [
    { title: 'Contract', value: ({ name }) => name },
    { title: 'Version', value: ({ version }) => version },
    { title: 'Relations', value: ({ relations }) => relations.join(', ') || '-', width: 30 },
    { title: 'Layout', value: ({ layout }) => layout },
    { title: 'Sensitive', value: sensitive },
    { title: 'Jobs', value: ({ uses }) => [...new Set(uses.map(({ job }) => job))].join(', ') || '-', width: 40 },
    { title: 'Last file', value: lastFile, width: 48 },
    { title: 'Drift', value: driftWords, colour: driftColour },
  ])

function sensitive({ sensitivity: { personal, internal } }: ContractListing): string {
  const parts = [
    ...(personal.length === 0 ? [] : [`${personal.length} personal`]),
    ...(internal.length === 0 ? [] : [`${internal.length} internal`]),
  ]
  return parts.join(', ') || '-'
}

const lastFile = ({ lastFile: file }: ContractListing): string =>
  file === null ? '-' : `${file.name} ${file.disposition}${file.rejected ? `, ${file.rejected} rejected` : ''}`

function driftWords({ lastFile: file }: ContractListing): string {
  if (file === null) return '-'
  if (file.drift === null) return 'not kept'
  const kinds = (['missing', 'new', 'moved', 'retyped'] as const).flatMap((kind) => {
    const some = file.drift?.filter((drift) => drift.kind === kind).length ?? 0
    return some === 0 ? [] : [`${some} ${kind}`]
  })
  return kinds.join(', ') || 'none'
}

const driftColour = ({ lastFile: file }: ContractListing): string | undefined =>
  file?.drift?.some(({ harmful }) => harmful) ? 'red' : file?.drift?.length ? 'yellow' : undefined

export function checkedText(checked: CheckedFile, limit: number): string {
  const { findings, sums, drift, rows } = checked
  const verdict = checked.usable
    ? `${count(checked.records, 'record')}: ${checked.accepted} accepted, ${checked.rejected} rejected`
    : `not usable: a night would put it in quarantine. ${count(checked.records, 'record')}, none of them used`
  return [
    `${checked.file} under ${checked.contract} (${checked.version})`,
    verdict,
    ...Object.entries(rows).map(([relation, n]) => `  ${relation}: ${count(n, 'row')}`),
    ...sums.map(
      ({ column, declared, read, unreadable }) =>
        `  trailer sums ${column} to ${declared}, the records to ${read}${unreadable === 0 ? '' : `; ${unreadable} cannot be read`}`,
    ),
    ...drift.filter(({ kind }) => kind === 'moved').map(({ said }) => `  ${said}`),
    ...findings.slice(0, limit).map(({ code, message }) => `${code}  ${message}`),
    ...(findings.length > limit ? [`${count(findings.length - limit, 'more finding')}; see --limit, --json`] : []),
  ]
    .map(printableLines)
    .join('\n')
}

/** The YAML itself, or, where it was written to a file, what is in it. */
export function inferredText(inferred: InferredContract): string {
  if (inferred.output === null) return inferred.yaml.trimEnd()
  const { relation, mapped, unmapped, personal, decide, check, others } = inferred
  return [
    `${inferred.output}: contract ${inferred.contract}, ${count(inferred.columns, 'column')}, ${count(inferred.records, 'record')}`,
    relation === null
      ? 'No relation is proposed: its names say nothing'
      : `Fills ${relation}: ${count(mapped.length, 'field')} mapped${others.length === 0 ? '' : `; might also be ${others.map((other) => other.relation).join(' or ')}`}`,
    ...(personal.length === 0
      ? []
      : [`Classed personal: ${personal.map(({ column, why }) => `${column} (${why})`).join(', ')}`]),
    ...(unmapped.length === 0 ? [] : [`Becomes nothing: ${unmapped.join(', ')}`]),
    `The file under it: ${check.usable ? `${check.accepted} accepted, ${check.rejected} rejected` : 'not usable'}`,
    ...check.findings.map((finding) => `  ${finding}`),
    ...(decide.length === 0
      ? []
      : [`${count(decide.length, 'thing')} to decide:`, ...decide.map((line) => `  ${line}`)]),
  ].join('\n')
}
