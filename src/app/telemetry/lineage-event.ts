import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import type { JobSettings, Workspace } from '../../config/index.js'
import type { RunRow } from '../../state/index.js'
import { interfacesOf } from '../catalog/interfaces.js'
import type { RunSummary } from '../run-summary.js'
import { type LineageDataset, lineageInputs, lineageOutputs } from './lineage-datasets.js'
import { type LineageFacet, lineageSpec, type MakeFacet, makeFacet } from './lineage-facets.js'
import type { WatchedEnd } from './run-watch.js'

/** START at the beginning, RUNNING where a run that was cut off goes on, COMPLETE or FAIL at its end. */
export type LineageType = 'START' | 'RUNNING' | 'COMPLETE' | 'FAIL'

/** A RunEvent of OpenLineage 2-0-2 (https://openlineage.io/spec/2-0-2/OpenLineage.json). */
export interface LineageEvent {
  readonly eventType: LineageType
  /** ISO instant. */
  readonly eventTime: string
  readonly producer: string
  readonly schemaURL: string
  readonly run: { readonly runId: string; readonly facets: Readonly<Record<string, LineageFacet>> }
  readonly job: {
    readonly namespace: string
    readonly name: string
    readonly facets: Readonly<Record<string, LineageFacet>>
  }
  readonly inputs: readonly LineageDataset[]
  readonly outputs: readonly LineageDataset[]
}

/** What all events of one run have in common. */
export interface LineageRun {
  readonly namespace: string
  readonly job: JobSettings
  readonly run: RunRow
  readonly workspace: Workspace
  readonly version: string
}

export function lineageEvent(of: LineageRun, eventType: LineageType, at: string, end?: WatchedEnd): LineageEvent {
  const producer = `urn:matchbook:${of.version}`
  const facet = makeFacet(producer)
  const { job, run, workspace } = of
  return {
    eventType,
    eventTime: at,
    producer,
    schemaURL: `${lineageSpec}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: { runId: uuidOf(`${workspace.folder} ${run.id}`), facets: runFacets(of, facet, end) },
    job: { namespace: of.namespace, name: job.job, facets: jobFacets(of, facet) },
    inputs: lineageInputs(job, workspace, facet, end?.summary),
    // What a run would have written is no output of one that failed.
    outputs: eventType === 'FAIL' ? [] : lineageOutputs(job, workspace, facet, end?.summary),
  }
}

function runFacets({ run, workspace, version }: LineageRun, facet: MakeFacet, end: WatchedEnd | undefined) {
  const zone = workspace.settings.timezone
  return {
    ...facet('nominalTime', { nominalStartTime: DateTime.fromISO(run.as_of, { zone }).toUTC().toISO() }),
    ...facet('processing_engine', { name: 'matchbook', version, openlineageAdapterVersion: version }),
    ...facet('matchbook_run', { run: run.id, kind: run.kind, asOf: run.as_of, ...(end && endFacts(end)) }),
    ...(end?.failure === undefined
      ? {}
      : facet('errorMessage', { message: end.failure, programmingLanguage: 'TypeScript' })),
  }
}

const endFacts = ({ status, summary }: WatchedEnd) => ({ status, ...(summary && countsOf(summary)) })

/** Counts of a run; no money, because whoever may see lineage need not see that. */
export const countsOf = ({ files, documents, exceptions, failures }: RunSummary) => ({
  filesTaken: files.taken,
  filesQuarantined: files.quarantined,
  documentsTaken: documents.taken,
  documentsUnusable: documents.unusable,
  exceptionsRaised: exceptions.raised,
  exceptionsHealed: exceptions.healed,
  exceptionsOpen: exceptions.open,
  unreachable: failures.length,
})

function jobFacets({ job, workspace }: LineageRun, facet: MakeFacet) {
  const owners = interfacesOf(workspace).flatMap((one) =>
    one.job === job.job && one.owner !== null ? [one.owner] : [],
  )
  return {
    ...facet('jobType', { processingType: 'BATCH', integration: 'MATCHBOOK', jobType: 'JOB' }),
    ...facet('documentation', { description: job.title }),
    ...(owners.length === 0 ? {} : facet('ownership', { owners: [...new Set(owners)].map((name) => ({ name })) })),
  }
}

/** The same text, the same UUID: a run that goes on after a crash is the same run to whoever watches (RFC 9562, version 8). */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(`matchbook ${text}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
