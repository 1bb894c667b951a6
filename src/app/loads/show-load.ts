import type { LoadTemplate } from '../../config/index.js'
import { type ControlTotals, controlTotals, lintLoad, readBackLoad } from '../../outputs/load/index.js'
import { hashOfFile } from '../../outputs/place-file.js'
import { deliveriesOfLoads, type LoadEvent, type LoadRow, loadEvents } from '../../state/index.js'
import type { Reading } from '../reading.js'
import { chooseLoad } from './choose-load.js'
import { type LoadListing, listings } from './list-loads.js'
import { loadOutcomes } from './load-outcomes.js'
import { type LoadRowListing, rowsOfLoad } from './rows-of-load.js'
import { templateOfLoad } from './template-of-load.js'

/** One load with all that is known of it; the shape is part of the published surface. */
export interface LoadDetail extends LoadListing {
  /** Zone of the workspace, for people; instants are UTC. */
  readonly timezone: string
  /** As planned; null for a load whose plan is not kept. */
  readonly totals: ControlTotals | null
  /** What lies on the disk: as built, changed since, or gone. `totals` are read from it. */
  readonly bytes: {
    readonly path: string
    readonly state: 'as built' | 'changed' | 'gone'
    readonly sha256: string | null
    readonly totals: ControlTotals | null
  }
  /** What the template's rules find wrong in it; empty: nothing. */
  readonly lints: readonly string[]
  readonly history: readonly {
    readonly at: string
    readonly event: LoadEvent
    readonly person: string | null
    readonly actor: string
    readonly reason: string | null
    readonly sha256: string
  }[]
  readonly deliveries: readonly {
    readonly name: string
    readonly endpoint: string
    readonly folder: string
    readonly sha256: string
    readonly size: number
    readonly status: string
    readonly queuedAt: string
    readonly sentAt: string | null
    readonly attempts: number
    readonly lastError: string | null
  }[]
  /** Null for a load whose plan is not kept. */
  readonly writes: readonly LoadRowListing[] | null
}

/** @throws LOAD-UNKNOWN */
export async function showLoad(reading: Reading, named: string): Promise<LoadDetail> {
  const { database } = reading.state
  const load = await chooseLoad(database, named)
  const [listing] = await listings(reading, [load])
  if (listing === undefined) throw new Error(`load ${load.id} is gone`)
  const template = templateOfLoad(load, reading.workspace)
  const outcomes = await loadOutcomes(reading, load)
  const held = template === undefined ? null : await rowsOfLoad(database, load, template, outcomes)
  return {
    ...listing,
    timezone: reading.workspace.settings.timezone,
    totals: held === null || template === undefined ? null : controlTotals(template, held.plan),
    bytes: await bytesOf(load, template),
    lints: held === null || template === undefined ? [] : lintLoad(template, held.plan).map(({ message }) => message),
    history: (await loadEvents(database, [load.id])).map(({ at, event, person, actor, reason, sha256 }) => ({
      at,
      event,
      person,
      actor,
      reason,
      sha256,
    })),
    deliveries: (await deliveriesOfLoads(database, [load.id])).map((file) => ({
      name: file.name,
      endpoint: file.bound_to ?? file.endpoint,
      folder: file.bound_folder ?? file.folder,
      sha256: file.sha256,
      size: file.size,
      status: file.status,
      queuedAt: file.queued_at,
      sentAt: file.sent_at,
      attempts: file.attempts,
      lastError: file.last_error,
    })),
    writes: held?.rows ?? null,
  }
}

async function bytesOf({ file, sha256 }: LoadRow, template: LoadTemplate | undefined): Promise<LoadDetail['bytes']> {
  const found = await hashOfFile(file).then(
    ({ sha256: now }) => now,
    () => null,
  )
  if (found === null) return { path: file, state: 'gone', sha256: null, totals: null }
  // What is no load any more has no totals.
  const read = template === undefined ? undefined : await readBackLoad(template, file).catch(() => undefined)
  return { path: file, state: found === sha256 ? 'as built' : 'changed', sha256: found, totals: read?.totals ?? null }
}
