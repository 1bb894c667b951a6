import type { Drop, Workspace } from '../../config/index.js'
import { dropsOf } from '../pull/drops-of.js'
import { packPlace } from '../push/destination.js'

/** A folder at an endpoint, with what a job or a partner does in it. */
export interface FolderUsed {
  readonly endpoint: string
  readonly folder: string
  /** Files are read from it. */
  readonly reads: boolean
  /** Files are written, renamed or removed in it. */
  readonly writes: boolean
  /** It is made when it is first needed. */
  readonly madeByUs: boolean
  /** Job inputs, loads and partners, for people. */
  readonly usedBy: readonly string[]
}

/** Every folder that the workspace takes files from or brings files to, each once, by endpoint and name. */
export function foldersUsed({ jobs, settings }: Workspace): readonly FolderUsed[] {
  const uses: FolderUsed[] = []
  for (const [job, settings] of jobs) {
    const { loads, decisions } = settings
    for (const { input, drop } of dropsOf(settings)) uses.push(...usesOfDrop(drop, `${job}, input ${input}`))
    const back = decisions?.['return-to']
    if (back !== undefined) uses.push(...usesOfDelivery(back, `${job}, returned workbooks`))
    const pack = packPlace(settings)
    if (pack !== undefined) uses.push(...usesOfDelivery(pack, `${job}, evidence pack`))
    for (const load of loads) uses.push(...usesOfDelivery(load, `${job}, load ${load.template}`))
  }
  for (const [partner, { x12 }] of Object.entries(settings.partners)) {
    if (x12?.['send-to'] !== undefined) uses.push(...usesOfDelivery(x12['send-to'], `partner ${partner}`))
  }
  return together(uses)
}

function usesOfDrop({ endpoint, folder, after, claim }: Drop, by: string): FolderUsed[] {
  const use = { endpoint, madeByUs: false, usedBy: [by] }
  const writes = after !== 'leave' || claim !== undefined
  const source = { ...use, folder, reads: true, writes }
  if (after === 'leave' || after === 'remove') return [source]
  return [source, { ...use, folder: after.move, reads: false, writes: true, madeByUs: true }]
}

interface Delivery {
  readonly endpoint: string
  readonly folder: string
  readonly fallback?: { readonly endpoint: string; readonly folder?: string | undefined } | undefined
}

function usesOfDelivery({ endpoint, folder, fallback }: Delivery, by: string): FolderUsed[] {
  const use = { reads: false, writes: true, madeByUs: false }
  const first = { ...use, endpoint, folder, usedBy: [by] }
  if (fallback === undefined) return [first]
  return [
    first,
    { ...use, endpoint: fallback.endpoint, folder: fallback.folder ?? folder, usedBy: [`${by}, fallback`] },
  ]
}

function together(uses: readonly FolderUsed[]): FolderUsed[] {
  const folders = new Map<string, FolderUsed>()
  for (const use of uses) {
    const key = JSON.stringify([use.endpoint, use.folder])
    const known = folders.get(key)
    folders.set(
      key,
      known === undefined
        ? use
        : {
            ...known,
            reads: known.reads || use.reads,
            writes: known.writes || use.writes,
            madeByUs: known.madeByUs && use.madeByUs,
            usedBy: [...new Set([...known.usedBy, ...use.usedBy])],
          },
    )
  }
  return [...folders.values()]
}
