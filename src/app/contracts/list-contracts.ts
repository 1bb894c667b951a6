import { tmpdir } from 'node:os'
import type { SetEngine } from '../../canonical/index.js'
import type { ExtractContract } from '../../config/index.js'
import { type ColumnDrift, layoutDrift, readLayout, withText } from '../../contracts/index.js'
import type { FileRow } from '../../state/index.js'
import { openCalculator } from '../open-calculator.js'
import type { Reading } from '../reading.js'
import { filesOfInput } from '../workspace/files-of-input.js'
import { settingsVersion } from '../workspace/settings-version.js'
import { type ContractUse, usesOf } from './contract-uses.js'

export interface ContractListing {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly version: string
  /** For people: delimiter, encoding, header, trailer, how many columns. */
  readonly layout: string
  readonly columns: number
  readonly relations: readonly string[]
  /** Columns by class; those of no sensitivity are left out. */
  readonly sensitivity: { readonly personal: readonly string[]; readonly internal: readonly string[] }
  readonly uses: readonly {
    readonly job: string
    readonly input: string
    readonly endpoint: string
    readonly folder: string
    readonly include: readonly string[]
  }[]
  /** The file last taken under it; null: none yet. */
  readonly lastFile: {
    readonly id: number
    readonly name: string
    readonly takenAt: string
    readonly disposition: string
    readonly reason: string | null
    readonly records: number | null
    readonly rejected: number | null
    /** How its columns differ; null: its bytes are not kept, or it is wrapped. */
    readonly drift: readonly ColumnDrift[] | null
  } | null
}

/** The contracts that jobs read under, or all of the workspace, in the order of their names, with the file last seen under each. */
export async function listContracts(
  reading: Reading,
  { all }: { readonly all: boolean },
): Promise<{ readonly contracts: readonly ContractListing[]; readonly unused: number }> {
  const { workspace } = reading
  const used = [...workspace.contracts.values()].filter(({ contract }) => usesOf(contract, workspace).length > 0)
  const contracts = (all ? [...workspace.contracts.values()] : used).sort((a, b) => (a.contract < b.contract ? -1 : 1))
  const engine = await openCalculator(tmpdir())
  try {
    const listings: ContractListing[] = []
    for (const contract of contracts) listings.push(await listingOf(engine, contract, reading))
    return { contracts: listings, unused: workspace.contracts.size - used.length }
  } finally {
    await engine.close()
  }
}

async function listingOf(engine: SetEngine, contract: ExtractContract, reading: Reading): Promise<ContractListing> {
  const uses = usesOf(contract.contract, reading.workspace)
  const of = (wanted: string) =>
    contract.columns.filter(({ sensitivity }) => sensitivity === wanted).map(({ name }) => name)
  const file = await lastFileUnder(uses, reading)
  return {
    name: contract.contract,
    title: contract.title,
    source: contract.source,
    version: settingsVersion(contract),
    layout: layoutText(contract),
    columns: contract.columns.length,
    relations: [...new Set(contract.projections.map(({ relation }) => relation))],
    sensitivity: { personal: of('personal'), internal: of('internal') },
    uses: uses.flatMap(({ job, input, settings }) =>
      settings.from.map(({ endpoint, folder, include }) => ({ job: job.job, input, endpoint, folder, include })),
    ),
    lastFile:
      file === undefined
        ? null
        : {
            id: file.id,
            name: file.name,
            takenAt: file.taken_at,
            disposition: file.disposition,
            reason: file.reason,
            records: file.records,
            rejected: file.rejected,
            drift: await driftOf(engine, contract, file, reading),
          },
  }
}

/** The extract taken last by inputs of a contract; of duplicates and wrappers nothing is read. */
export async function lastFileUnder(
  uses: readonly ContractUse[],
  { state, workspace }: Pick<Reading, 'state' | 'workspace'>,
): Promise<FileRow | undefined> {
  const files: FileRow[] = []
  for (const { job, input } of uses)
    files.push(
      ...(await filesOfInput(state.database, job, input, workspace, ['taken', 'read', 'quarantined', 'superseded'])),
    )
  return files.sort((a, b) => a.id - b.id).at(-1)
}

async function driftOf(
  engine: SetEngine,
  contract: ExtractContract,
  { sha256 }: FileRow,
  { archive }: Pick<Reading, 'archive'>,
): Promise<readonly ColumnDrift[] | null> {
  const path = await archive.path(sha256).catch(() => undefined)
  if (path === undefined) return null
  return withText(contract, path, undefined, async (extract) =>
    extract.fault === undefined
      ? layoutDrift(extract.contract, await readLayout(engine, extract.contract, extract.path))
      : [],
  )
}

const delimiterNames: Readonly<Record<string, string>> = {
  '\t': 'tab',
  ' ': 'space',
  ',': 'comma',
  '|': 'pipe',
  ';': 'semicolon',
}

/** For people, in a line. */
export function layoutText({ format, columns }: Pick<ExtractContract, 'format' | 'columns'>): string {
  const trailer = 'trailer' in format ? format.trailer : undefined
  const marker = 'header-marker' in format ? format['header-marker'] : undefined
  return [
    ...formText(format),
    ...(marker === undefined ? [] : [`control record ${marker}`]),
    ...(trailer === undefined ? [] : [`trailer ${trailer.marker}`]),
    `${columns.length} columns`,
  ].join(', ')
}

function formText(format: ExtractContract['format']): string[] {
  switch (format.kind) {
    case 'delimited':
      return [
        delimiterNames[format.delimiter] ?? `"${format.delimiter}"`,
        format.encoding,
        format.header ? 'header' : 'no header',
      ]
    case 'fixed':
      return ['fixed places', format.encoding]
    case 'xlsx':
      return ['workbook', ...(format.sheet === undefined ? [] : [`sheet ${format.sheet}`])]
    case 'json':
    case 'ndjson':
      return [
        format.kind === 'json' ? 'JSON' : 'JSON a line',
        format.encoding,
        ...(format.records === undefined ? [] : [`records at ${format.records}`]),
      ]
    case 'xml':
      return ['XML', `records at ${format.records}`]
  }
}
